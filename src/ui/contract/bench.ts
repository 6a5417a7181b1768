/**
 * The bench drawer: the virtual devices as the page shows them, and what can be done to them by hand.
 * Present in a view only when the kiosk runs on virtual devices.
 */
import { z } from 'zod';
import { type FingerPosition, isFingerPosition } from '../../rules/finger-position.ts';
import { EYES } from '../../rules/recording.ts';

const id = z.string().min(1).max(64);
const text = z.object({ id: z.string(), en: z.string() });
/** Short name of a virtual person. */
const person = z.string();
const fingerPosition = z.custom<FingerPosition>((code) => typeof code === 'number' && isFingerPosition(code));
const impression = z.int().min(1).max(20);

export const benchStatus = z.object({
  readers: z.array(z.object({ id, label: text })).readonly(),
  /** The deck: every virtual card, whose it is (null: nobody's), and the reader it lies on (null: in the drawer). */
  cards: z.array(z.object({ id, label: text, person: person.nullable(), where: id.nullable() })).readonly(),
  /** One entry a virtual finger; its impressions are numbered from 1. */
  fingers: z.array(z.object({ id, person, position: fingerPosition, impressions: impression })).readonly(),
});
export type BenchStatus = z.infer<typeof benchStatus>;

/** What a virtual person does before the kiosk. */
const deed = z.discriminatedUnion('does', [
  z.strictObject({ does: z.literal('invitation') }),
  z.strictObject({ does: z.literal('face'), background: z.enum(['red', 'blue', 'orange', 'white']) }),
  z.strictObject({ does: z.literal('sign') }),
  z.strictObject({ does: z.literal('fingers'), fingers: z.array(fingerPosition).min(1).max(10) }),
  z.strictObject({ does: z.literal('eyes'), eyes: z.array(z.enum(EYES)).min(1).max(2) }),
  z.strictObject({ does: z.literal('leave') }),
]);
export type Deed = z.infer<typeof deed>;

export const benchCommand = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('lay'), card: id, reader: id }),
  z.strictObject({ command: z.literal('pull'), reader: id }),
  z.strictObject({ command: z.literal('press'), finger: id, impression }),
  z.strictObject({ command: z.literal('person'), person: id, deed }),
]);
export type BenchCommand = z.infer<typeof benchCommand>;
