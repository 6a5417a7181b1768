/**
 * What happened in a session (one resident, one NIK), fact by fact. A session *is* its facts: what comes next is
 * computed from them and the policy (flows/next-step.ts), also after a power cut. They are kept in order, never
 * changed, and wiped with the session. They hold personal data: the database is encrypted, and none of it is logged.
 */
import { z } from 'zod';
import { BIODATA_FIELDS } from '../rules/biodata.ts';
import { RECORD_STATUSES } from '../rules/record-status.ts';
import { CAPTURE_STEPS, EXCEPTION_TYPES, REASONS_FOR_COMING } from '../rules/recording.ts';
import { code, eye, id, position, sha256, subject, word } from './audit-fields.ts';
import { name, nik } from './person-fields.ts';

/** As written on the chip. */
const biodataField = z.enum(BIODATA_FIELDS);
const biodata = z.partialRecord(biodataField, z.string().max(120));

/** The steps that leave samples: the captures, and what else is kept of a session. */
export const KEPT_FOR = [
  ...CAPTURE_STEPS,
  'exception-photo',
  'family-card',
  'review',
  'witness',
  'guardian',
] as const;

export const IDENTITY_MEANS = ['family-card', 'itap', 'witness'] as const;

export const ENDINGS = [
  'sealed',
  'abandoned',
  'timed-out',
  'recorded-before',
  'refused',
  'training',
] as const;
export type Ending = (typeof ENDINGS)[number];

const facts = [
  /** Always the first. A training session can never become a packet. */
  z.strictObject({
    type: z.literal('opened'),
    reason: z.enum(REASONS_FOR_COMING),
    channel: z.enum(['self-service', 'assisted']),
    training: z.boolean(),
  }),
  /** Once in a session: everything after it belongs to this NIK. */
  z.strictObject({
    type: z.literal('identified'),
    nik,
    means: z.enum(['invitation', 'typed', 'card', 'operator']),
    /** Not on the roster: recorded all the same, and flagged. */
    onRoster: z.boolean(),
  }),
  /** The notice in plain words (UU PDP 27/2022 art. 20); its version is the text's. */
  z.strictObject({ type: z.literal('notice-acknowledged'), version: z.int().min(1) }),
  /** Under 18 (art. 25), or where a disability asks for it (art. 26): present, identified, signed. */
  z.strictObject({ type: z.literal('guardian-signed'), name, relation: z.string().max(40), sample: id }),
  /** “Already recorded?” from every source at hand; `recorded`: verified, never recorded again. */
  z.strictObject({
    type: z.literal('record-looked-up'),
    sources: z.array(z.enum(['roster', 'own-sessions', 'centre'])).max(3),
    verdict: z.enum(['may-record', 'recorded', 'may-record-again']),
    /** Of the centre, where it is known. */
    status: z.enum(RECORD_STATUSES).nullable(),
  }),
  z.strictObject({ type: z.literal('biodata-taken'), from: z.enum(['roster', 'card', 'operator']), biodata }),
  /** By an operator; shown, spoken back and confirmed by the resident before anything is sealed. */
  z.strictObject({ type: z.literal('biodata-corrected'), field: biodataField, value: z.string().max(120) }),
  /** The resident has seen and heard it. `sha256`: of the canonical JSON of the biodata as it stands. */
  z.strictObject({ type: z.literal('biodata-confirmed'), sha256 }),
  /** One step's samples. A later fact of the same step takes the place of this one for the subjects it names. */
  z.strictObject({
    type: z.literal('samples-kept'),
    step: z.enum(KEPT_FOR),
    samples: z
      .array(
        z.strictObject({ sample: id, position: position.optional(), eye: eye.optional(), quality: z.int() }),
      )
      .max(10),
    /** Captures made for it, and those of them that were thrown away. */
    tries: z.int().min(1),
    discarded: z.int().min(0),
  }),
  /** Captured, and not kept after all: another finger, another person. The bytes are gone. */
  z.strictObject({ type: z.literal('samples-dropped'), samples: z.array(id).min(1), code }),
  z.strictObject({
    type: z.literal('exception-recorded'),
    exception: id,
    subject,
    kind: z.enum(EXCEPTION_TYPES),
    reason: z.string().min(3).max(200),
    /** Photo of face and hands. */
    photo: id,
  }),
  /** By another person than who recorded it. */
  z.strictObject({ type: z.literal('exception-settled'), exception: id, approved: z.boolean() }),
  /** The resident approves what was recorded, with a signature or the print that stands in for it. */
  z.strictObject({ type: z.literal('reviewed'), sample: id }),
  /** The operator's own right index finger, when biodata was corrected. */
  z.strictObject({ type: z.literal('correction-confirmed'), score: z.number() }),
  /** The identity gate: an operator has seen person, papers and fingers, or a sworn witness has signed. */
  z.strictObject({
    type: z.literal('identity-checked'),
    means: z.enum(IDENTITY_MEANS),
    /** The scanned papers or the witness's signature. */
    samples: z.array(id).min(1).max(4),
  }),
  /** A second person lifts one rule of the policy for this session. */
  z.strictObject({
    type: z.literal('override-approved'),
    rule: word,
    reason: z.string().max(200),
  }),
  z.strictObject({ type: z.literal('taken-over') }),
  /** Every sample read back from disk, hashed, decoded, matched again. `sha256`: of the canonical JSON of the proof. */
  z.strictObject({ type: z.literal('proved'), samples: z.int().min(0), sha256 }),
  z.strictObject({ type: z.literal('receipt-issued'), receipt: z.string().max(40) }),
  z.strictObject({ type: z.literal('sealed'), packet: id, sha256, bytes: z.int().min(1) }),
  /** Always the last. All but `sealed` leave no sample behind. */
  z.strictObject({
    type: z.literal('ended'),
    how: z.enum(ENDINGS),
  }),
] as const;

export const sessionFact = z.discriminatedUnion('type', facts);
export type SessionFact = z.infer<typeof sessionFact>;

/** A fact as it is kept. */
export type StoredFact = SessionFact & {
  /** Grows with every fact of the kiosk; order is by this, never by the clock. */
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  /** An operator's id, `resident`, or `kiosk` for what nobody asked for. */
  readonly by: string;
};

/** The samples that a fact names: each must be there when the fact is stored. */
export function samplesNamedBy(fact: SessionFact): readonly string[] {
  switch (fact.type) {
    case 'samples-kept':
      return fact.samples.map(({ sample }) => sample);
    case 'identity-checked':
      return fact.samples;
    case 'guardian-signed':
    case 'reviewed':
      return [fact.sample];
    case 'exception-recorded':
      return [fact.photo];
    default:
      return [];
  }
}
