/** Page → server: what the person asks for. Wishes, not commands: the server checks rights and moment. */
import { z } from 'zod';
import { DISPUTE_REASONS } from '../../rules/hand-over.ts';
import { CAPTURE_STEPS, REASONS_FOR_COMING } from '../../rules/recording.ts';
import { benchCommand } from './bench.ts';
import { biodataView } from './desk-view.ts';
import { reportFee } from './fee-report.ts';
import { screenIntents, stationIntents } from './staff-intent.ts';

const readerId = z.string().min(1).max(64);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/);
/** A wish that is all in its name. */
const bare = <T extends string>(type: T) => z.strictObject({ type: z.literal(type) });

/** UID8 of a chip. */
const uid = z.string().regex(/^[0-9A-F]{16}$/);

export const deskIntent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('verify'), reader: readerId }),
  /** `uid`: of the card that the officer sees, so that a press meant for one card never reaches another. */
  z.strictObject({ type: z.literal('activate'), uid }),
  bare('compare'),
  bare('begin-hand-over'),
  z.strictObject({ type: z.literal('hand-over'), uid: uid.nullable(), feesAsked: z.boolean() }),
  z.strictObject({
    type: z.literal('dispute'),
    uid: uid.nullable(),
    reason: z.enum(DISPUTE_REASONS),
    fields: z.array(biodataView.keyof()).max(17),
  }),
  z.strictObject({ type: z.literal('show-cards'), village: z.string().min(1).max(60).nullable() }),
  bare('retry'),
  bare('cancel'),
  bare('finish'),
  reportFee,
]);

/** flows/session-events.ts, ResidentEvent, tells what each means. */
const residentOnly = [
  z.strictObject({ type: z.literal('begin'), language }),
  z.strictObject({ type: z.literal('speak'), language }),
  /** `training`: of operators alone. */
  z.strictObject({
    type: z.literal('record'),
    reason: z.enum(REASONS_FOR_COMING),
    training: z.boolean().exactOptional(),
  }),
  z.strictObject({ type: z.literal('check-card'), reader: readerId }),
  bare('ask-status'),
  z.strictObject({
    type: z.literal('take-number'),
    priority: z.enum(['elderly', 'disabled', 'pregnant', 'nursing']).nullable(),
  }),
  z.strictObject({ type: z.literal('present-invitation'), code: z.string().min(1).max(200) }),
  z.strictObject({ type: z.literal('type-nik'), nik: z.string().regex(/^\d{16}$/) }),
  z.strictObject({ type: z.literal('acknowledge-notice'), version: z.int().min(1) }),
  z.strictObject({
    type: z.literal('name-guardian'),
    name: z.string().min(1).max(60),
    relation: z.string().min(1).max(40),
  }),
  z.strictObject({ type: z.literal('confirm-biodata'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  bare('dispute-biodata'),
  bare('start-capture'),
  bare('finish-signature'),
  bare('clear-signature'),
  bare('be-patient'),
  z.strictObject({ type: z.literal('redo'), step: z.enum(CAPTURE_STEPS) }),
  bare('approve'),
  bare('print-again'),
  bare('close-receipt'),
  bare('back'),
  z.strictObject({ type: z.literal('rate'), answers: z.array(z.int().min(1).max(4)).length(9) }),
  bare('skip-survey'),
  bare('call-officer'),
  bare('touch'),
  bare('leave'),
] as const;
/** “retry” is a wish of the desk, too. */
export const residentIntent = z.discriminatedUnion('type', [...residentOnly, bare('retry'), reportFee]);
/** An operator does for a resident what the resident may do, and more. */
export const stationIntent = z.discriminatedUnion('type', [
  ...residentOnly,
  ...stationIntents,
  bare('retry'),
]);

export const intent = z.discriminatedUnion('type', [
  ...deskIntent.options,
  ...residentOnly,
  ...stationIntents,
  ...screenIntents,
  z.strictObject({ type: z.literal('bench'), command: benchCommand }),
]);
export type Intent = z.infer<typeof intent>;
