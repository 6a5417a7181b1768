/** What a virtual person does before a kiosk, in the person's terms: whichever devices are on the bench, those for it take it. */
import { z } from 'zod';
import { type FingerPosition, isFingerPosition } from '../rules/finger-position.ts';
import { invitationCode } from './people/invitations.ts';

const finger = z.custom<FingerPosition>((code) => typeof code === 'number' && isFingerPosition(code));

export const deed = z.discriminatedUnion('does', [
  /** Holds the code of their invitation before the scanner. */
  z.strictObject({ does: z.literal('invitation') }),
  /** Stands before the photo camera; a cloth of this colour hangs behind. */
  z.strictObject({ does: z.literal('face'), background: z.enum(['red', 'blue', 'orange', 'white']) }),
  z.strictObject({ does: z.literal('sign') }),
  /** Lays them on the sensor that waits: a slap scanner takes all at once, others the first. Each time a fresh touch. */
  z.strictObject({ does: z.literal('fingers'), fingers: z.array(finger).min(1).max(10) }),
  /** Looks into the iris camera: one for a single eye takes the first. */
  z.strictObject({
    does: z.literal('eyes'),
    eyes: z
      .array(z.enum(['right', 'left']))
      .min(1)
      .max(2),
  }),
  /** Nobody is before the cameras any more. */
  z.strictObject({ does: z.literal('leave') }),
]);
export type Deed = z.infer<typeof deed>;

interface At {
  /** As configured; the kind is not told of devices that people have nothing to do with. */
  readonly kind?: string | undefined;
  readonly driver: string;
}

/** The deed in the words of a device's emulator; undefined where it is none of that device's business. */
export function actAt(wanted: Deed, person: string, { kind, driver }: At): object | undefined {
  const isCertified = driver === 'sbi';
  switch (wanted.does) {
    case 'invitation':
      return kind === 'code-scanner' ? { scan: invitationCode(person) } : undefined;
    case 'sign':
      return kind === 'signature-pad' ? { sign: { seed: person } } : undefined;
    case 'face':
      if (kind !== 'photo-camera') return undefined;
      return isCertified ? { present: { person } } : { show: { person, background: wanted.background } };
    case 'eyes':
      if (kind !== 'iris-camera') return undefined;
      return isCertified
        ? { present: { person, eyes: wanted.eyes } }
        : { show: { person, eye: wanted.eyes[0] } };
    case 'fingers':
      // A plain sensor takes a picture, not a person: world.ts presses it.
      return isCertified && kind === 'finger-sensor'
        ? { present: { person, fingers: wanted.fingers } }
        : undefined;
    case 'leave':
      if (isCertified) return { present: null };
      return kind === 'photo-camera' || kind === 'iris-camera' ? { show: { person: null } } : undefined;
  }
}
