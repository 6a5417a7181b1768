/** What the audit holds of sessions: each fact without the person in it, and who read or erased what is recorded. */
import { z } from 'zod';
import { BIODATA_FIELDS } from '../rules/biodata.ts';
import { RECORD_STATUSES } from '../rules/record-status.ts';
import { EXCEPTION_TYPES, REASONS_FOR_COMING } from '../rules/recording.ts';
import { amount, code, id, sha256, subject, word } from './audit-fields.ts';
import { maskedNik, maskNik } from './masked-nik.ts';
import { ENDINGS, IDENTITY_MEANS, KEPT_FOR, type SessionFact } from './session-facts.ts';

/** What a sample is read for: to prove it complete, to pack it, to show or compare it, to settle a dispute. */
export const READ_PURPOSES = ['proof', 'packet', 'review', 'guards', 'dispute'] as const;
export type ReadPurpose = (typeof READ_PURPOSES)[number];

const only = <T extends SessionFact['type']>(type: T) => z.strictObject({ type: z.literal(type) });

const publicFact = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('opened'),
    reason: z.enum(REASONS_FOR_COMING),
    channel: z.enum(['self-service', 'assisted']),
    training: z.boolean(),
  }),
  z.strictObject({ type: z.literal('identified'), nik: maskedNik, means: word, onRoster: z.boolean() }),
  z.strictObject({ type: z.literal('notice-acknowledged'), version: z.int() }),
  only('guardian-signed'),
  z.strictObject({
    type: z.literal('record-looked-up'),
    sources: z.array(word).max(3),
    verdict: word,
    status: z.enum(RECORD_STATUSES).nullable(),
  }),
  z.strictObject({ type: z.literal('biodata-taken'), from: word }),
  z.strictObject({ type: z.literal('biodata-corrected'), field: z.enum(BIODATA_FIELDS) }),
  only('biodata-confirmed'),
  z.strictObject({
    type: z.literal('samples-kept'),
    step: z.enum(KEPT_FOR),
    samples: amount,
    tries: amount,
    discarded: amount,
  }),
  z.strictObject({ type: z.literal('samples-dropped'), samples: amount, code }),
  z.strictObject({
    type: z.literal('exception-recorded'),
    exception: id,
    kind: z.enum(EXCEPTION_TYPES),
    subject,
  }),
  z.strictObject({ type: z.literal('exception-settled'), exception: id, approved: z.boolean() }),
  only('reviewed'),
  only('correction-confirmed'),
  z.strictObject({ type: z.literal('identity-checked'), means: z.enum(IDENTITY_MEANS) }),
  z.strictObject({ type: z.literal('override-approved'), rule: word }),
  only('taken-over'),
  z.strictObject({ type: z.literal('proved'), samples: amount, sha256 }),
  only('receipt-issued'),
  z.strictObject({ type: z.literal('sealed'), packet: id, sha256, bytes: z.int() }),
  z.strictObject({ type: z.literal('ended'), how: z.enum(ENDINGS) }),
]);
export type PublicFact = z.infer<typeof publicFact>;

export const sessionEvents = {
  'session-fact': z.strictObject({ session: id, fact: publicFact }),
  'sample-read': z.strictObject({ session: id, sample: id, purpose: z.enum(READ_PURPOSES) }),
  /** The fingers of the last sessions, to be told from a new resident's. */
  'recent-fingers-read': z.strictObject({ sessions: amount, fingers: amount }),
  /** Everything personal of the session, with the key of its samples. */
  'session-erased': z.strictObject({ session: id, samples: amount }),
};

/** The fact without names, numbers and words of the person, and without hashes that could be searched for them. */
export function publicPart(fact: SessionFact): PublicFact {
  switch (fact.type) {
    case 'identified':
      return { ...fact, nik: maskNik(fact.nik) };
    case 'biodata-taken':
      return { type: fact.type, from: fact.from };
    case 'biodata-corrected':
      return { type: fact.type, field: fact.field };
    case 'samples-kept':
      return { ...fact, samples: fact.samples.length };
    case 'samples-dropped':
      return { ...fact, samples: fact.samples.length };
    case 'exception-recorded':
      return { type: fact.type, exception: fact.exception, kind: fact.kind, subject: fact.subject };
    case 'identity-checked':
      return { type: fact.type, means: fact.means };
    case 'override-approved':
      return { type: fact.type, rule: fact.rule };
    case 'guardian-signed':
    case 'biodata-confirmed':
    case 'reviewed':
    case 'correction-confirmed':
    case 'receipt-issued':
      return { type: fact.type };
    case 'opened':
    case 'notice-acknowledged':
    case 'record-looked-up':
    case 'exception-settled':
    case 'taken-over':
    case 'proved':
    case 'sealed':
    case 'ended':
      return fact;
  }
}
