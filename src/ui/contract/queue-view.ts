/** The screen on the wall of the waiting room: numbers only. */
import { z } from 'zod';

export const queueView = z.strictObject({
  screen: z.literal('queue'),
  open: z.boolean(),
  called: z.int().nullable(),
  serving: z.int().nullable(),
  next: z.array(z.int()),
  minutesEach: z.number().nullable(),
});
export type QueueView = z.infer<typeof queueView>;
