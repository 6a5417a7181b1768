/** The configuration's part for what goes to the centre: whose key seals it, and which key of the kiosk signs it. */
import { z } from 'zod';
import { keySource } from '../store/settings.ts';

export const centreSettings = z.strictObject({
  /** A file with the centre's public keys (JWK set: X25519 to seal to, Ed25519 to check its signatures with). */
  key: z.string().min(1),
});

export const packetSettings = z
  .strictObject({
    /** Ed25519 seed that signs what this kiosk sends; without it `<dataDir>/keys/kiosk.key`, generated. */
    key: keySource.optional(),
  })
  .prefault({});
