/**
 * The resident's screen: what the person in front of the kiosk sees of a session, self-service or assisted. It never
 * shows who else was here, what an operator must know, or the codes of anything.
 */
import { z } from 'zod';
import { type FingerPosition, isFingerPosition } from '../../rules/finger-position.ts';
import { CAPTURE_STEPS, EYES, REASONS_FOR_COMING } from '../../rules/recording.ts';
import { benchStatus } from './bench.ts';
import { biodataView, verificationView } from './desk-view.ts';
import { failureView, text } from './failure-view.ts';

const position = z.custom<FingerPosition>((code) => typeof code === 'number' && isFingerPosition(code));
const eye = z.enum(EYES);
const quality = z.number().min(0).max(100).nullable();
const sampleId = z.string();

/** As far as it is known. */
const partialBiodata = biodataView.partial();
export type PartialBiodataView = z.infer<typeof partialBiodata>;

const progressStep = z.strictObject({
  step: z.enum(['identity', 'biodata', ...CAPTURE_STEPS, 'review', 'gate', 'sealed']),
  state: z.enum(['to-do', 'now', 'done', 'excepted']),
});
export type ProgressStepView = z.infer<typeof progressStep>;

const captureTarget = z.enum([
  ...CAPTURE_STEPS,
  'exception-photo',
  'family-card',
  'itap',
  'review',
  'witness',
  'guardian',
]);
export type CaptureTargetView = z.infer<typeof captureTarget>;

const captureView = z.strictObject({
  at: z.literal('capture'),
  step: captureTarget,
  kind: z.enum(['photo', 'signature', 'finger', 'iris', 'document', 'exception-photo']),
  phase: z.enum(['ready', 'waiting', 'placing', 'writing', 'judging', 'try-again', 'stuck', 'device-lost']),
  fingers: z.array(position),
  eyes: z.array(eye),
  /** How often something was asked for in this round; a new number means: now this, or the same once more. */
  asked: z.int().min(0),
  subjects: z.array(
    z.strictObject({
      position: position.nullable(),
      eye: eye.nullable(),
      state: z.enum(['to-do', 'asked', 'kept', 'excepted']),
    }),
  ),
  tries: z.int().min(0),
  triesLeft: z.int().min(0),
  quality,
  /** What to do better, in sentences for the resident, the most important first. */
  advice: z.array(text),
  patient: z.boolean(),
  background: z.enum(['red', 'blue', 'orange']).nullable(),
  failure: failureView.nullable(),
});
export type CaptureView = z.infer<typeof captureView>;

const reviewView = z.strictObject({
  at: z.literal('review'),
  biodata: partialBiodata,
  corrected: z.array(biodataView.keyof()),
  samples: z.array(
    z.strictObject({
      sample: sampleId,
      step: captureTarget,
      position: position.nullable(),
      eye: eye.nullable(),
    }),
  ),
  captures: z.int().min(0),
  discarded: z.int().min(0),
});
export type ReviewView = z.infer<typeof reviewView>;

const stage = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('choosing') }),
  z.strictObject({
    at: z.literal('identification'),
    /** To be recorded, or to ask where the record is. */
    purpose: z.enum(['recording', 'status']),
    step: z.enum(['asking', 'checking']),
    failure: failureView.nullable(),
  }),
  z.strictObject({ at: z.literal('notice'), version: z.int() }),
  z.strictObject({ at: z.literal('guardian'), why: z.enum(['minor', 'assistance']) }),
  z.strictObject({ at: z.literal('look-up') }),
  /** What was just given is being put on disk. */
  z.strictObject({ at: z.literal('saving') }),
  /** This person is not recorded now. Plain sentence and next step of the record that there is, where there is one. */
  z.strictObject({
    at: z.literal('stopped'),
    rule: z.enum(['recorded-before', 'finger-guard', 'minimum-age']),
    status: text.nullable(),
    next: text.nullable(),
  }),
  z.strictObject({
    at: z.literal('biodata'),
    biodata: partialBiodata.nullable(),
    corrected: z.array(biodataView.keyof()),
    sha256: z.string().nullable(),
    disputed: z.boolean(),
  }),
  captureView,
  z.strictObject({ at: z.literal('awaiting-approval') }),
  reviewView,
  z.strictObject({ at: z.literal('operator-finger') }),
  z.strictObject({ at: z.literal('identity-gate') }),
  z.strictObject({ at: z.literal('proof'), failure: failureView.nullable() }),
  z.strictObject({ at: z.literal('sealing'), failure: failureView.nullable() }),
  z.strictObject({
    at: z.literal('receipt'),
    receipt: z.string(),
    captures: z.int(),
    discarded: z.int(),
    kept: z.int(),
    printed: z.boolean().nullable(),
    failure: failureView.nullable(),
  }),
  z.strictObject({ at: z.literal('survey') }),
  z.strictObject({
    at: z.literal('record-status'),
    /** null: a NIK alone tells the next step, and no more. */
    status: text.nullable(),
    next: text,
    since: z.string().nullable(),
    stuck: z.boolean(),
  }),
  z.strictObject({ at: z.literal('queue-number'), number: z.int(), waitMinutes: z.int() }),
  z.strictObject({ at: z.literal('card-check'), verification: verificationView.nullable() }),
  z.strictObject({
    at: z.literal('ended'),
    how: z.enum(['sealed', 'abandoned', 'timed-out', 'recorded-before', 'refused', 'training']),
    receipt: z.string().nullable(),
  }),
  z.strictObject({ at: z.literal('broken'), failure: failureView }),
]);
export type StageView = z.infer<typeof stage>;

const sessionView = z.strictObject({
  /** Tag of the language: `id`, `en`, or one that a deployer added. */
  language: z.string(),
  assisted: z.boolean(),
  training: z.boolean(),
  reason: z.enum(REASONS_FOR_COMING).nullable(),
  name: z.string().nullable(),
  progress: z.array(progressStep),
  stage,
  officerCalled: z.boolean(),
  idleSecondsLeft: z.int().nullable(),
});
export type ResidentSessionView = z.infer<typeof sessionView>;

export const residentView = z.strictObject({
  screen: z.literal('resident'),
  kiosk: z.strictObject({
    state: z.enum(['self-test', 'date-unconfirmed', 'closed', 'open', 'paused', 'tamper', 'power-fail']),
    hours: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
  }),
  queue: z.strictObject({
    called: z.int().nullable(),
    serving: z.int().nullable(),
    waiting: z.int().min(0),
    minutesEach: z.number().nullable(),
  }),
  session: sessionView.nullable(),
  /** Diagonal of the screen; null: not configured. */
  inches: z.number().nullable(),
  /** Ids of the readers on which residents may check their card. */
  readers: z.array(z.string()),
  /** Wishes that may be asked for now. */
  can: z.array(z.string()),
  bench: benchStatus.nullable(),
});
export type ResidentView = z.infer<typeof residentView>;
