/**
 * What comes next in a session: the only order of work (domain.md, What is recorded). Pure, from facts and policy alone, so
 * the machine routes by it after every step, and after a power cut as if nothing had been.
 */
import { ageOn } from '../rules/age.ts';
import {
  type FingerPosition,
  LEFT_FOUR,
  LEFT_INDEX,
  RIGHT_FOUR,
  RIGHT_INDEX,
  THUMBS,
} from '../rules/finger-position.ts';
import { CAPTURE_STEPS, type CaptureStep, EYES, type Eye } from '../rules/recording.ts';
import type { StoredFact } from '../store/session-facts.ts';
import { type RecordingPolicy, substitutesOf } from './recording-policy.ts';
import type { OverridableRule } from './session-status.ts';
import { birthDateOf, isExcepted, type SessionView, viewOf } from './session-view.ts';

export type Step =
  | { readonly do: 'open' }
  | { readonly do: 'identify' }
  | { readonly do: 'acknowledge-notice' }
  | { readonly do: 'sign-guardian' }
  | { readonly do: 'look-up' }
  /** Not to be recorded, unless a second person lifts the rule. */
  | { readonly do: 'stop'; readonly rule: OverridableRule }
  | { readonly do: 'take-biodata' }
  | { readonly do: 'confirm-biodata' }
  | ({ readonly do: 'capture' } & CaptureWork)
  /** Exceptions that nobody has settled. */
  | { readonly do: 'await-approval'; readonly exceptions: readonly string[] }
  | { readonly do: 'review' }
  | { readonly do: 'confirm-correction' }
  | { readonly do: 'check-identity' }
  | { readonly do: 'prove' }
  | { readonly do: 'issue-receipt' }
  | { readonly do: 'seal' }
  | { readonly do: 'end'; readonly how: 'sealed' | 'training' }
  /** The session has ended. */
  | { readonly do: 'nothing' };

/** What is still to be captured in a step. */
export interface CaptureWork {
  readonly step: CaptureStep;
  readonly fingers: readonly FingerPosition[];
  readonly eyes: readonly Eye[];
}

/** @param lost capture steps whose device is lost: others go first, these are waited for at the end */
export function nextStep(
  facts: readonly StoredFact[],
  policy: RecordingPolicy,
  lost: ReadonlySet<CaptureStep> = new Set(),
): Step {
  const view = viewOf(facts);
  if (view.ended) return { do: 'nothing' };
  if (view.sealed) return { do: 'end', how: 'sealed' };
  if (!view.opened) return { do: 'open' };
  return identifying(view, policy) ?? capturing(view, policy, lost) ?? finishing(view);
}

function identifying(view: SessionView, policy: RecordingPolicy): Step | null {
  if (!view.identified) return { do: 'identify' };
  if (view.noticeVersion !== policy.noticeVersion) return { do: 'acknowledge-notice' };
  const age = ageOf(view);
  if (age !== null && age < policy.age.guardian && !view.guardian) return { do: 'sign-guardian' };
  if (!view.lookUp) return { do: 'look-up' };
  if (view.lookUp.verdict === 'recorded' && !view.overrides.has('recorded-before'))
    return { do: 'stop', rule: 'recorded-before' };
  if (!view.biodata) return { do: 'take-biodata' };
  const tooYoung = age !== null && age < policy.age.least && !everMarried(view);
  if (tooYoung && !view.overrides.has('minimum-age')) return { do: 'stop', rule: 'minimum-age' };
  return view.biodataConfirmed ? null : { do: 'confirm-biodata' };
}

function capturing(view: SessionView, policy: RecordingPolicy, lost: ReadonlySet<CaptureStep>): Step | null {
  const open = CAPTURE_STEPS.map((step) => workOf(view, policy, step)).filter((work) => work !== null);
  const next = open.find(({ step }) => !lost.has(step) && isReady(step, open)) ?? open[0];
  if (next) return { do: 'capture', ...next };
  const unsettled = view.exceptions.filter(({ approved }) => approved === null).map(({ id }) => id);
  return unsettled.length > 0 ? { do: 'await-approval', exceptions: unsettled } : null;
}

/** The chip's fingers are captured *again*: not before the hands. */
function isReady(step: CaptureStep, open: readonly CaptureWork[]): boolean {
  const hands: readonly CaptureStep[] = ['right-four', 'left-four', 'thumbs'];
  return step !== 'chip-fingers' || !open.some((work) => hands.includes(work.step));
}

function finishing(view: SessionView): Step {
  if (!view.reviewed) return { do: 'review' };
  if (view.corrected.length > 0 && !view.correctionConfirmed) return { do: 'confirm-correction' };
  if (!view.identity) return { do: 'check-identity' };
  if (view.opened?.training) return { do: 'end', how: 'training' };
  if (!view.proof) return { do: 'prove' };
  return view.receipt ? { do: 'seal' } : { do: 'issue-receipt' };
}

/** What is missing of a step; null: nothing. */
export function workOf(view: SessionView, policy: RecordingPolicy, step: CaptureStep): CaptureWork | null {
  const of = (fingers: readonly FingerPosition[], eyes: readonly Eye[] = []) =>
    fingers.length + eyes.length > 0 ? { step, fingers, eyes } : null;
  switch (step) {
    case 'photo':
      return hasKept(view, step) ? null : { step, fingers: [], eyes: [] };
    case 'signature':
      return signatureWork(view);
    case 'irises':
      return of(
        [],
        EYES.filter((eye) => !hasEye(view, eye) && !isExcepted(view, { kind: 'iris', eye })),
      );
    default:
      return of(
        fingersOf(view, policy, step).filter(
          (position) => !hasFinger(view, step, position) && !isExcepted(view, { kind: 'finger', position }),
        ),
      );
  }
}

/** Somebody who cannot sign gives a thumb print in its place; somebody without fingers gives nothing. */
function signatureWork(view: SessionView): CaptureWork | null {
  const work: CaptureWork = { step: 'signature', fingers: [], eyes: [] };
  if (!isExcepted(view, { kind: 'signature' })) {
    return view.kept.some(({ step, position }) => step === 'signature' && position === null) ? null : work;
  }
  const print = printForSignature(view);
  return print === null || hasFinger(view, 'signature', print) ? null : { ...work, fingers: [print] };
}

/** The finger whose print stands in for a signature: a thumb, else what there is; null: no finger at all. */
export function printForSignature(view: SessionView): FingerPosition | null {
  const all: readonly FingerPosition[] = [1, 6, 2, 7, 3, 8, 4, 9, 5, 10];
  return all.find((position) => !isExcepted(view, { kind: 'finger', position })) ?? null;
}

/** All fingers of a step, whether they can be had or not; for the chip, those that stand in. */
export function fingersOf(
  view: SessionView,
  policy: RecordingPolicy,
  step: CaptureStep,
): readonly FingerPosition[] {
  switch (step) {
    case 'right-four':
      return RIGHT_FOUR;
    case 'left-four':
      return LEFT_FOUR;
    case 'thumbs':
      return THUMBS;
    case 'chip-fingers':
      return chipFingers(view, policy);
    default:
      return [];
  }
}

/** The finger of each hand that goes on the chip: the index finger, else the first substitute that there is. */
export function chipFingers(view: SessionView, policy: RecordingPolicy): readonly FingerPosition[] {
  const candidates = [
    [RIGHT_INDEX, ...substitutesOf(policy, 'right')],
    [LEFT_INDEX, ...substitutesOf(policy, 'left')],
  ] as const;
  return candidates
    .map((hand) => hand.find((position) => !isExcepted(view, { kind: 'finger', position })))
    .filter((position) => position !== undefined);
}

const hasKept = (view: SessionView, step: CaptureStep) => view.kept.some((one) => one.step === step);
const hasEye = (view: SessionView, eye: Eye) =>
  view.kept.some((one) => one.step === 'irises' && one.eye === eye);
const hasFinger = (view: SessionView, step: CaptureStep, position: FingerPosition) =>
  view.kept.some((one) => one.step === step && one.position === position);

/** Full years on the day the session was opened; null: no date is known. */
function ageOf(view: SessionView): number | null {
  const born = birthDateOf(view);
  return born && view.opened ? ageOn(born, view.opened.at.slice(0, 10)) : null;
}

const everMarried = ({ biodata }: SessionView) =>
  biodata?.statusPerkawinan !== undefined && !/^BELUM/i.test(biodata.statusPerkawinan);
