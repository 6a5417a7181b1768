/** What the audit holds of the end of a day: who looked, who approved, and what was counted. */
import { z } from 'zod';
import { amount, code, day, word } from './audit-fields.ts';

const dayCounts = z.strictObject({
  opened: amount,
  sealed: amount,
  unsealed: amount,
  unfinished: amount,
  exceptions: amount,
  packets: amount,
  samAuthentications: amount,
  handedOver: amount,
  inSafe: amount,
  audited: z.strictObject({
    opened: amount,
    sealed: amount,
    exceptions: amount,
    reads: amount,
    handedOver: amount,
  }),
});

/** Counted two ways, so that a row or an entry too few shows. */
export type DayCounts = z.infer<typeof dayCounts>;

export const closingEvents = {
  'day-review-begun': z.strictObject({ day }),
  'day-review-cancelled': z.strictObject({ day }),
  /** `code`: why the counts did not agree when they were looked at. */
  'day-reviewed': z.strictObject({ day, code: code.nullable() }),
  /** By who approved it. */
  'day-closed': z.strictObject({ day, reviewedBy: word, counts: dayCounts, code: code.nullable() }),
};
