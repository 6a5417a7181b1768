/** Whether this is the moment for what staff or resident ask: the machine's guards and the screens' rights share them. */
import type { Failure } from '../failures/failure.ts';
import { exceptionTypesOf } from '../rules/exceptions.ts';
import type { Step } from './next-step.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import type { IdentityMeans, SessionContext } from './session-context.ts';
import type { SessionEvent } from './session-events.ts';
import { type SessionView, sameSubject, viewOf } from './session-view.ts';

type Of<T extends SessionEvent['type']> = Omit<Extract<SessionEvent, { type: T }>, 'type'>;

/** What is confirmed is what was seen. */
export function mayConfirm({ biodataSha256 }: SessionView, { sha256 }: Of<'confirm-biodata'>): boolean {
  return biodataSha256 !== null && biodataSha256 === sha256;
}

/** One session, one NIK: what is entered is of whom the session is about. */
export function mayEnter(step: Step, { identified }: SessionView, { biodata }: Of<'enter-biodata'>): boolean {
  return step.do === 'take-biodata' && biodata.nik === identified?.nik;
}

/** A NIK is given for life: whoever has another one is somebody else. */
export function mayCorrect({ biodata }: SessionView, { field }: Of<'correct-biodata'>): boolean {
  return biodata !== null && field !== 'nik';
}

/** Of somebody whose biodata is confirmed, before the proof; one a subject, until it is settled. */
export function mayExcept(view: SessionView, { subject, kind, reason }: Of<'record-exception'>): boolean {
  const open = view.exceptions.some((one) => one.approved === null && sameSubject(one.subject, subject));
  return (
    view.biodataConfirmed &&
    view.proof === null &&
    !open &&
    exceptionTypesOf(subject).includes(kind) &&
    reason.trim().length >= 3
  );
}

/** Settled once, and never by who recorded it. */
export function maySettle(view: SessionView, { exception, by }: Of<'settle-exception'>): boolean {
  const found = view.exceptions.find(({ id }) => id === exception);
  return found !== undefined && found.approved === null && found.by !== by;
}

/** A guard took a finger for somebody else's: the rule `finger-guard` stands in the way. */
export function isOtherPersonsFinger(failure: Failure | null): boolean {
  return failure?.code === 'GUARD-OPERATOR-FINGER' || failure?.code === 'GUARD-RECENT-FINGER';
}

/** For the rule that stands in the way now, where the policy lets it be lifted. */
export function mayAskOverride(
  step: Step,
  { failure }: Pick<SessionContext, 'failure'>,
  { rule }: Pick<Of<'ask-override'>, 'rule'>,
  { overrides }: Pick<RecordingPolicy, 'overrides'>,
): boolean {
  const standsInTheWay =
    step.do === 'stop' ? step.rule === rule : rule === 'finger-guard' && isOtherPersonsFinger(failure);
  return standsInTheWay && overrides.rules.includes(rule);
}

/** By another person than who asked for it. */
export function maySettleOverride(
  { overrideAsked }: Pick<SessionContext, 'overrideAsked'>,
  { rule, by }: Pick<Of<'settle-override'>, 'rule' | 'by'>,
): boolean {
  return overrideAsked !== null && overrideAsked.rule === rule && overrideAsked.by !== by;
}

/** The finger belongs to who made the correction. */
export function mayPressFinger(
  { facts, operatorTries }: Pick<SessionContext, 'facts' | 'operatorTries'>,
  { by }: Of<'confirm-correction'>,
  policy: RecordingPolicy,
): boolean {
  return viewOf(facts).corrector === by && operatorTries < policy.guards.operatorTries;
}

/** Papers by which a person of this kind is known; a witness always will do. */
export function identityMeans({ biodata }: SessionView): readonly IdentityMeans[] {
  const { kewarganegaraan = 'WNI' } = biodata ?? {};
  return [kewarganegaraan === 'WNI' ? 'family-card' : 'itap', 'witness'];
}

/** The scanned pages of the papers, oldest first. */
export function scansIn({ facts }: Pick<SessionContext, 'facts'>): readonly string[] {
  return viewOf(facts)
    .kept.filter(({ step }) => step === 'family-card')
    .map(({ sample }) => sample);
}
