/** What the audit holds of acts that cannot be repeated and of what goes out and comes back. */
import { z } from 'zod';
import { amount, id } from './audit-fields.ts';

export const OUTBOX_KINDS = ['activation', 'packet', 'hand-over', 'fee-report', 'alarm'] as const;
export const INTENT_KINDS = ['sealing', 'export'] as const;
export const INTENT_OUTCOMES = ['done', 'failed', 'unknown'] as const;

const kind = z.enum(INTENT_KINDS);
const counts = z.partialRecord(z.enum(OUTBOX_KINDS), amount);

export const sendingEvents = {
  'intent-begun': z.strictObject({ intent: id, kind, session: id.nullable() }),
  'intent-settled': z.strictObject({
    intent: id,
    kind,
    session: id.nullable(),
    outcome: z.enum(INTENT_OUTCOMES),
  }),
  'receipt-number-issued': z.strictObject({ session: id, number: z.int().min(1) }),
  /** Rows by kind that a batch took out of the kiosk. */
  'outbox-exported': z.strictObject({ batch: z.int().min(1), rows: counts }),
  /** Rows by kind that the centre confirmed, and how many confirmations were of nothing that this kiosk sent. */
  'outbox-received': z.strictObject({ rows: counts, unknown: amount }),
};
