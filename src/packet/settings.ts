/** The configuration's part for what goes to the centre: whose key seals it, and which key of the kiosk signs it. */
import { z } from 'zod';
import { keySource } from '../store/settings.ts';

export const centreSettings = z.strictObject({
  /** A file with the centre's public keys (JWK set: X25519 to seal to, Ed25519 to check its signatures with). */
  key: z.string().min(1),
});

export const oversightSettings = z.strictObject({
  /** A file with the public key that reports of fees are sealed to (JWK set of one X25519 key). */
  key: z.string().min(1),
  /** Where a fee can be reported from outside, as the slip's QR has it: an address or a telephone number. */
  channel: z.string().min(1).max(120),
});

export const packetSettings = z
  .strictObject({
    /** Ed25519 seed that signs what this kiosk sends; without it `<dataDir>/keys/kiosk.key`, generated. */
    key: keySource.optional(),
  })
  .prefault({});
