/**
 * The bench drawer: the virtual devices as the page shows them, and what can be done to them by hand.
 * Present in a view only when the kiosk runs on virtual devices.
 */
import { z } from 'zod';

const id = z.string().min(1).max(64);
const text = z.strictObject({ id: z.string(), en: z.string() });

export const benchStatus = z.strictObject({
  readers: z.array(z.strictObject({ id, label: text })),
  /** The deck: every virtual card, and the reader it lies on (null: in the drawer). */
  cards: z.array(z.strictObject({ id, label: text, where: id.nullable() })),
  /** One entry a virtual finger; its impressions are numbered from 1. */
  fingers: z.array(z.strictObject({ id, label: text, impressions: z.int().min(1).max(20) })),
});
export type BenchStatus = z.infer<typeof benchStatus>;

export const benchCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('lay'), card: id, reader: id }),
  z.strictObject({ type: z.literal('pull'), reader: id }),
  z.strictObject({ type: z.literal('press'), finger: id, impression: z.int().min(1).max(20) }),
]);
export type BenchCommand = z.infer<typeof benchCommand>;
