/** The wish with which a fee is reported, from the resident's screen and from the desk's. */
import { z } from 'zod';
import { FEE_AMOUNTS, FEE_ASKERS, FEE_STAGES, FEE_WORDS_LENGTH } from '../../rules/fee-report.ts';

export const reportFee = z.strictObject({
  type: z.literal('report-fee'),
  stage: z.enum(FEE_STAGES),
  amount: z.enum(FEE_AMOUNTS).nullable(),
  asker: z.enum(FEE_ASKERS).nullable(),
  words: z
    .string()
    .max(FEE_WORDS_LENGTH)
    .regex(/^[^\p{Cc}]*$/u, 'no control characters'),
});
export type ReportFee = z.infer<typeof reportFee>;
