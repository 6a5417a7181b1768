/** What the audit holds of roster, records, cards and what people report: numbers, days, words of code. */
import { z } from 'zod';
import { BIODATA_FIELDS } from '../rules/biodata.ts';
import { DISPUTE_DECISIONS, DISPUTE_REASONS } from '../rules/hand-over.ts';
import { amount, day, id, sha256, uid, word } from './audit-fields.ts';
import { maskedNik } from './masked-nik.ts';

export const INVITATION_STATES = ['printed', 'delivered', 'came', 'rescheduled'] as const;
export const HAND_OVER_MEANS = ['index-finger', 'other-finger', 'iris', 'face'] as const;
export const HAND_OVER_OUTCOMES = ['berhasil', 'gagal'] as const;

export const serviceEvents = {
  'roster-imported': z.strictObject({ roster: z.int().min(1), invitations: amount }),
  /** Somebody looked a person up; `found`: how many it showed. */
  'roster-looked-up': z.strictObject({
    how: z.enum(['nik', 'invitation', 'name', 'village']),
    found: amount,
  }),
  'invitation-noted': z.strictObject({ nik: maskedNik, state: z.enum(INVITATION_STATES) }),
  'statuses-received': z.strictObject({ records: amount }),
  'shipment-received': z.strictObject({ cards: amount }),
  /** Somebody looked which finished cards lie here; `found`: how many it showed. */
  'cards-looked-up': z.strictObject({ how: z.enum(['nik', 'village']), found: amount }),
  /** `approvedBy`: the second person, where it was not the index finger on the chip. */
  'card-handed-over': z.strictObject({
    handOver: id,
    nik: maskedNik,
    uid: uid.nullable(),
    outcome: z.enum(HAND_OVER_OUTCOMES),
    means: z.enum(HAND_OVER_MEANS),
    approvedBy: word.nullable(),
    disputed: z.array(z.enum(BIODATA_FIELDS)).max(BIODATA_FIELDS.length),
    /** Why the card was set aside. */
    reason: z.enum(DISPUTE_REASONS).nullable(),
    feesAsked: z.boolean(),
  }),
  'dispute-settled': z.strictObject({ handOver: id, nik: maskedNik, decision: z.enum(DISPUTE_DECISIONS) }),
  /** Every day has one, also without a report, and none says how many there were. */
  'fee-reports-committed': z.strictObject({ day, sha256 }),
};
