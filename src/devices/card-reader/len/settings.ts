/** Settings of an old integrated reader. */
import { z } from 'zod';
import { IDENTIFIER, IDENTIFIER_IN_WORDS } from '../../../rules/identifier.ts';

export const lenReaderSettings = z.strictObject({
  id: z.string().regex(IDENTIFIER, IDENTIFIER_IN_WORDS),
  generation: z.literal('old'),
  driver: z.literal('len'),
  /** Where the reader may be found, e.g. `/dev/ttyUSB0`; tried in this order. */
  ports: z.array(z.string().min(1)).min(1),
  /** The bench emulates this reader on the first port. */
  virtual: z.boolean().optional(),
});

export type LenReaderSettings = z.infer<typeof lenReaderSettings>;
