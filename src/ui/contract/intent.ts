/** Page → server: what the person asks for. Wishes, not commands: the server checks rights and moment. */
import { z } from 'zod';
import { benchCommand } from './bench.ts';

const readerId = z.string().min(1).max(64);

export const intent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('verify'), reader: readerId }),
  /** `uid`: UID8 of the card that the officer sees, so that a press meant for one card never reaches another. */
  z.strictObject({ type: z.literal('activate'), uid: z.string().regex(/^[0-9A-F]{16}$/) }),
  z.strictObject({ type: z.literal('compare') }),
  z.strictObject({ type: z.literal('retry') }),
  z.strictObject({ type: z.literal('cancel') }),
  z.strictObject({ type: z.literal('finish') }),
  z.strictObject({ type: z.literal('bench'), command: benchCommand }),
]);
export type Intent = z.infer<typeof intent>;
