/**
 * What a session's facts come to: the biodata as it stands, what is kept of whom, which exceptions are open. Computed
 * from all of them each time and never stored, so it cannot disagree with them.
 */
import { createHash } from 'node:crypto';
import type { Biodata } from '../rules/biodata.ts';
import { birthDateInNik, birthDateOnCard } from '../rules/birth-date.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import { CAPTURE_STEPS, type ExceptionSubject, type ExceptionType, type Eye } from '../rules/recording.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import type { SessionFact, StoredFact } from '../store/session-facts.ts';

type Fact<T extends SessionFact['type']> = Extract<StoredFact, { type: T }>;
export type KeptStep = Fact<'samples-kept'>['step'];

export interface KeptSubject {
  readonly step: KeptStep;
  readonly sample: string;
  readonly position: FingerPosition | null;
  readonly eye: Eye | null;
  readonly quality: number;
}

export interface SessionException {
  readonly id: string;
  readonly subject: ExceptionSubject;
  readonly kind: ExceptionType;
  readonly reason: string;
  readonly photo: string;
  /** Who recorded it, and therefore may not settle it. */
  readonly by: string;
  /** null: nobody has settled it yet. */
  readonly approved: boolean | null;
}

export interface SessionView {
  readonly opened: Fact<'opened'> | null;
  readonly identified: Fact<'identified'> | null;
  readonly noticeVersion: number | null;
  readonly guardian: Fact<'guardian-signed'> | null;
  readonly lookUp: Fact<'record-looked-up'> | null;
  readonly biodata: Partial<Biodata> | null;
  /** Fields that differ from what was taken, each once. */
  readonly corrected: readonly (keyof Biodata)[];
  /** Who corrected biodata last. */
  readonly corrector: string | null;
  /** Of the biodata as it stands. */
  readonly biodataSha256: string | null;
  /** The resident confirmed the biodata as it stands. */
  readonly biodataConfirmed: boolean;
  readonly kept: readonly KeptSubject[];
  readonly captures: number;
  readonly discarded: number;
  /** All of them, in their order: of a subject the last one counts. */
  readonly exceptions: readonly SessionException[];
  readonly overrides: ReadonlySet<string>;
  /** The resident approved what is kept now. */
  readonly reviewed: boolean;
  /** The operator's finger confirmed the last correction. */
  readonly correctionConfirmed: boolean;
  readonly identity: Fact<'identity-checked'> | null;
  /** Of what is kept now. */
  readonly proof: Fact<'proved'> | null;
  readonly receipt: string | null;
  readonly sealed: Fact<'sealed'> | null;
  readonly ended: Fact<'ended'> | null;
}

const nothing: SessionView = {
  opened: null,
  identified: null,
  noticeVersion: null,
  guardian: null,
  lookUp: null,
  biodata: null,
  corrected: [],
  corrector: null,
  biodataSha256: null,
  biodataConfirmed: false,
  kept: [],
  captures: 0,
  discarded: 0,
  exceptions: [],
  overrides: new Set(),
  reviewed: false,
  correctionConfirmed: false,
  identity: null,
  proof: null,
  receipt: null,
  sealed: null,
  ended: null,
};

/** What the resident approves with a signature, and what the proof covers: a change makes both void. */
const changed = { reviewed: false, proof: null };

export function viewOf(facts: readonly StoredFact[]): SessionView {
  return facts.reduce(withFact, nothing);
}

function withFact(view: SessionView, fact: StoredFact): SessionView {
  switch (fact.type) {
    case 'opened':
      return { ...view, opened: fact };
    case 'identified':
      return { ...view, identified: fact };
    case 'notice-acknowledged':
      return { ...view, noticeVersion: fact.version };
    case 'guardian-signed':
      return { ...view, guardian: fact };
    case 'record-looked-up':
      return { ...view, lookUp: fact };
    case 'biodata-taken':
      return { ...view, ...changed, ...biodataIs(fact.biodata), corrected: [], corrector: null };
    case 'biodata-corrected': {
      const biodata = { ...view.biodata, [fact.field]: fact.value };
      const corrected = [...new Set([...view.corrected, fact.field])];
      return {
        ...view,
        ...changed,
        ...biodataIs(biodata),
        corrected,
        corrector: fact.by,
        correctionConfirmed: false,
      };
    }
    case 'biodata-confirmed':
      return { ...view, biodataConfirmed: fact.sha256 === view.biodataSha256 };
    case 'samples-kept':
      return withSamples(view, fact);
    case 'samples-dropped':
      return {
        ...view,
        ...changed,
        kept: view.kept.filter(({ sample }) => !fact.samples.includes(sample)),
        discarded: view.discarded + fact.samples.length,
      };
    case 'exception-recorded': {
      const { exception: id, subject, kind, reason, photo, by } = fact;
      const recorded = { id, subject, kind, reason, photo, by, approved: null };
      return { ...view, ...changed, exceptions: [...view.exceptions, recorded] };
    }
    case 'exception-settled':
      return {
        ...view,
        exceptions: view.exceptions.map((one) =>
          one.id === fact.exception ? { ...one, approved: fact.approved } : one,
        ),
      };
    case 'reviewed':
      return { ...view, reviewed: true };
    case 'correction-confirmed':
      return { ...view, correctionConfirmed: true };
    case 'identity-checked':
      return { ...view, identity: fact };
    case 'override-approved':
      return { ...view, overrides: new Set([...view.overrides, fact.rule]) };
    case 'taken-over':
      return view;
    case 'proved':
      return { ...view, proof: fact };
    case 'receipt-issued':
      return { ...view, receipt: fact.receipt };
    case 'sealed':
      return { ...view, sealed: fact };
    case 'ended':
      return { ...view, ended: fact };
  }
}

function biodataIs(biodata: Partial<Biodata>) {
  return { biodata, biodataSha256: biodataSha256(biodata), biodataConfirmed: false };
}

/** SHA-256 of the canonical JSON, lower-case hex: what a confirmation of biodata names. */
export function biodataSha256(biodata: Partial<Biodata>): string {
  return createHash('sha256')
    .update(canonicalJson({ ...biodata }))
    .digest('hex');
}

/** Steps that hold one sample a subject; papers and photos of exceptions lie side by side (packet/content.ts). */
const REPLACING: ReadonlySet<KeptStep> = new Set([...CAPTURE_STEPS, 'review']);

function withSamples(
  view: SessionView,
  { step, samples, tries, discarded }: Fact<'samples-kept'>,
): SessionView {
  const added = samples.map(({ sample, position = null, eye = null, quality }) => ({
    step,
    sample,
    position,
    eye,
    quality,
  }));
  const replaced = (one: KeptSubject) =>
    REPLACING.has(step) &&
    one.step === step &&
    added.some(({ position, eye }) => one.position === position && one.eye === eye);
  return {
    ...view,
    // The review's own signature approves; whatever else is kept anew has not been seen by the resident.
    ...(step === 'review' || step === 'family-card' || step === 'witness' ? { proof: null } : changed),
    kept: [...view.kept.filter((one) => !replaced(one)), ...added],
    captures: view.captures + tries,
    discarded: view.discarded + discarded,
  };
}

export function sameSubject(a: ExceptionSubject, b: ExceptionSubject): boolean {
  if (a.kind === 'finger') return b.kind === 'finger' && a.position === b.position;
  if (a.kind === 'iris') return b.kind === 'iris' && a.eye === b.eye;
  return a.kind === b.kind;
}

/** An exception stands for the subject: approved, or not yet settled. A refused one leaves it to be captured. */
export function isExcepted(view: SessionView, subject: ExceptionSubject): boolean {
  const last = view.exceptions.findLast((one) => sameSubject(one.subject, subject));
  return last !== undefined && last.approved !== false;
}

/** As the biodata tells it, else the NIK; null: neither is known, or neither is a date. */
export function birthDateOf({ biodata, identified, opened }: SessionView): string | null {
  if (!opened || !identified) return null;
  const told = biodata?.tanggalLahir ? birthDateOnCard(biodata.tanggalLahir) : null;
  return told ?? birthDateInNik(identified.nik, opened.at.slice(0, 10));
}
