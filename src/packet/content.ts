/** What a packet is made of, as the store hands it over, and what of it stands at the end of a session. */
import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import { CAPTURE_STEPS, type Eye } from '../rules/recording.ts';
import type { AuditRecord } from '../store/audit-log.ts';
import { canonicalJson, type Json } from '../store/canonical-json.ts';
import type { SampleKind, StoredSample } from '../store/samples.ts';
import type { SessionFact, StoredFact } from '../store/session-facts.ts';

export interface SampleProof {
  readonly sample: string;
  readonly kind: SampleKind;
  /** Of the record, lower-case hex. */
  readonly sha256: string;
  /** Of the stored template against one made anew from the stored record; 0 where a kind has no template. */
  readonly score: number;
}

/** The same samples make the same proof: there is no time in it. */
export interface Proof {
  readonly session: string;
  readonly samples: readonly SampleProof[];
}

export interface PacketContent {
  /** UUIDs in lower case. */
  readonly packet: string;
  readonly session: string;
  /** ISO 8601. */
  readonly sealedAt: string;
  /** SHA-256 of the policy in force, lower-case hex. */
  readonly policy: string;
  /** Of this session, in their order. */
  readonly facts: readonly StoredFact[];
  /** What the store holds of this session. */
  readonly samples: readonly StoredSample[];
  /** This session's entries, in their order. */
  readonly audit: readonly AuditRecord[];
  /** As the session's last `proved` fact has its hash. */
  readonly proof: Proof;
}

export type FactOf<T extends SessionFact['type']> = Extract<StoredFact, { readonly type: T }>;

export function factsOf<T extends SessionFact['type']>(
  facts: readonly StoredFact[],
  ...types: readonly T[]
): FactOf<T>[] {
  return facts.filter((fact): fact is FactOf<T> => (types as readonly string[]).includes(fact.type));
}

/** A sample that stands, and what the facts tell of its making. */
export interface StandingSample {
  readonly sample: string;
  readonly step: FactOf<'samples-kept'>['step'];
  readonly position?: FingerPosition;
  readonly eye?: Eye;
  /** Of the step, not of this sample alone. */
  readonly tries: number;
  readonly discarded: number;
  /** ISO 8601. */
  readonly keptAt: string;
}

/** Each holds one sample a subject: the next takes its place. Papers and photos of exceptions lie side by side. */
const REPLACING: ReadonlySet<string> = new Set([...CAPTURE_STEPS, 'review']);

/** The samples that were kept and neither dropped nor replaced, in the order in which they came. */
export function standingSamples(facts: readonly StoredFact[]): StandingSample[] {
  const dropped = new Set(factsOf(facts, 'samples-dropped').flatMap(({ samples }) => samples));
  const standing = new Map<string, StandingSample>();
  for (const { step, samples, tries, discarded, at } of factsOf(facts, 'samples-kept')) {
    for (const { sample, position, eye } of samples) {
      if (dropped.has(sample)) continue;
      const slot = REPLACING.has(step) ? `${step} ${position ?? eye ?? ''}` : sample;
      standing.delete(slot);
      standing.set(slot, {
        sample,
        step,
        ...(position !== undefined && { position }),
        ...(eye !== undefined && { eye }),
        tries,
        discarded,
        keptAt: at,
      });
    }
  }
  return [...standing.values()];
}

/** The biodata as taken and then corrected; null where none was taken. */
export function standingBiodata(facts: readonly StoredFact[]): Readonly<Record<string, string>> | null {
  const taken = factsOf(facts, 'biodata-taken').at(-1);
  if (!taken) return null;
  return {
    ...taken.biodata,
    ...Object.fromEntries(correctionsOf(taken, facts).map(({ field, value }) => [field, value])),
  };
}

/** What was corrected of the biodata since it was taken, in order. */
export function correctionsOf(taken: FactOf<'biodata-taken'>, facts: readonly StoredFact[]) {
  return factsOf(facts, 'biodata-corrected').filter(({ seq }) => seq > taken.seq);
}

/**
 * Whether a session may be sealed at all: the flows lead it there, and this is looked at once more where it counts.
 * Errors: PACKET-TRAINING, PACKET-INCOMPLETE, PACKET-UNPROVED.
 */
export function checkSealable({ session, facts, samples, proof }: PacketContent): Result {
  const last = <T extends SessionFact['type']>(type: T) => factsOf(facts, type).at(-1);
  const opened = last('opened');
  if (!opened) return fail('PACKET-INCOMPLETE', 'never opened');
  if (opened.training) return fail('PACKET-TRAINING');
  if (last('ended')) return fail('PACKET-INCOMPLETE', 'ended already');
  if (!last('identified')) return fail('PACKET-INCOMPLETE', 'nobody identified');

  const biodata = standingBiodata(facts);
  const confirmed = last('biodata-confirmed');
  if (!biodata || confirmed?.sha256 !== sha256OfJson(biodata))
    return fail('PACKET-INCOMPLETE', 'biodata as it stands is not confirmed');
  if (!last('reviewed')) return fail('PACKET-INCOMPLETE', 'not reviewed by the resident');
  if (!last('identity-checked')) return fail('PACKET-INCOMPLETE', 'nobody has seen person and papers');

  const settled = new Map(factsOf(facts, 'exception-settled').map((fact) => [fact.exception, fact]));
  for (const { exception, by } of factsOf(facts, 'exception-recorded')) {
    const decision = settled.get(exception);
    if (!decision || decision.by === by) return fail('PACKET-INCOMPLETE', 'an exception nobody else settled');
  }

  const proved = last('proved');
  if (proof.session !== session || proved?.sha256 !== sha256OfJson(proof))
    return fail('PACKET-UNPROVED', 'another proof than is recorded');
  const held = new Map(samples.map((sample) => [sample.id, sample]));
  const proven = new Map(proof.samples.map((sample) => [sample.sample, sample.sha256]));
  const standing = standingSamples(facts);
  if (proven.size !== standing.length) return fail('PACKET-UNPROVED', 'other samples than were proved');
  for (const { sample } of standing) {
    const record = held.get(sample)?.record;
    if (!record) return fail('PACKET-INCOMPLETE', `sample ${sample} is not stored`);
    if (proven.get(sample) !== sha256Of(record)) return fail('PACKET-UNPROVED', `sample ${sample} differs`);
  }
  return ok();
}

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Over the canonical JSON (RFC 8785). */
export function sha256OfJson(value: object): string {
  return sha256Of(canonicalJson(value as Json));
}
