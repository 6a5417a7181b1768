/** From the session's machine to what everybody may know of it: the public status. */
import type { SnapshotFrom } from 'xstate';
import type { Failure } from '../failures/failure.ts';
import { birthDateOnCard } from '../rules/birth-date.ts';
import { type NikNote, nikNotes } from '../rules/nik.ts';
import { CAPTURE_STEPS, type CaptureStep } from '../rules/recording.ts';
import { captureStage } from './capture-machine.ts';
import { fingersOf, nextStep, workOf } from './next-step.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import type { SessionContext } from './session-context.ts';
import type { createSession } from './session-machine.ts';
import { identityMeans, scansIn } from './session-moments.ts';
import type {
  CaptureStage,
  CaptureSubject,
  PendingApproval,
  ProgressStep,
  ReviewSample,
  SessionStatus,
  Stage,
} from './session-status.ts';
import { isExcepted, type SessionView, viewOf } from './session-view.ts';

export type SessionSnapshot = SnapshotFrom<ReturnType<typeof createSession>>;

export function sessionStatus(snapshot: SessionSnapshot, policy: RecordingPolicy): SessionStatus {
  const { context } = snapshot;
  const view = viewOf(context.facts);
  return {
    sessionId: view.opened ? context.sessionId : null,
    channel: view.opened?.channel ?? (context.operator === null ? 'self-service' : 'assisted'),
    training: view.opened?.training ?? false,
    language: context.language,
    reason: view.opened?.reason ?? null,
    nik: view.identified?.nik ?? null,
    name: view.biodata?.nama ?? null,
    onRoster: view.identified?.onRoster ?? null,
    progress: view.identified ? progressOf(view, context, policy) : [],
    stage: stageOf(snapshot, view, policy),
    exceptions: view.exceptions.map(({ id, subject, kind, reason, approved }) => ({
      id,
      subject,
      kind,
      reason,
      approved,
    })),
    officerCalled: context.officerCalled,
    operator: context.operator,
    kept: keptIn(view),
    captures: view.captures,
    discarded: view.discarded,
    notes: notesOf(view),
    idleWarning: context.secondsLeft > 0 ? { secondsLeft: context.secondsLeft } : null,
  };
}

const NOTES: Readonly<Record<NikNote, Failure>> = {
  'birth-date': { code: 'SESSION-NIK-BIRTH-DATE' },
  sex: { code: 'SESSION-NIK-SEX' },
  region: { code: 'SESSION-NIK-REGION' },
};

function notesOf(view: SessionView): readonly Failure[] {
  const { identified, biodata } = view;
  const born = biodata?.tanggalLahir ? birthDateOnCard(biodata.tanggalLahir) : null;
  const sex = biodata?.jenisKelamin;
  return nikNotes(identified?.nik ?? '', {
    ...(born !== null && { birthDate: born }),
    ...(sex !== undefined && { female: /^PEREMPUAN/i.test(sex) }),
  }).map((note) => NOTES[note]);
}

/** What another person has to decide of this session. */
export function approvalsIn({ context }: SessionSnapshot): readonly PendingApproval[] {
  const { sessionId, facts, overrideAsked } = context;
  const exceptions = viewOf(facts).exceptions.filter(({ approved }) => approved === null);
  return [
    ...exceptions.map(({ photo, by, ...exception }): PendingApproval => {
      const { id, subject, kind, reason, approved } = exception;
      return { of: 'exception', sessionId, exception: { id, subject, kind, reason, approved }, photo, by };
    }),
    ...(overrideAsked ? [{ of: 'override', sessionId, ...overrideAsked } as const] : []),
  ];
}

function stageOf(snapshot: SessionSnapshot, view: SessionView, policy: RecordingPolicy): Stage {
  const { context } = snapshot;
  const { failure } = context;
  const at = (state: string) => snapshot.matches({ work: { recording: state } } as never);
  const broken = (): Stage => ({ at: 'broken', failure: failure ?? { code: 'STORE-STOPPED' } });
  if (snapshot.matches({ work: 'choosing' })) return { at: 'choosing' };
  if (snapshot.matches({ work: 'status' })) {
    const checking = snapshot.matches({ work: { status: 'checking' } });
    const step = checking ? 'checking' : 'asking';
    return context.answer ?? { at: 'identification', purpose: 'status', step, failure };
  }
  if (snapshot.matches({ work: 'card' })) return cardStage(context);
  if (snapshot.matches({ work: 'number' }))
    return numberStage(context) ?? (failure ? broken() : { at: 'saving' });
  if (snapshot.matches({ work: 'keeping' }))
    return snapshot.matches({ work: { keeping: 'unsaved' } }) ? broken() : savingStage(context);
  if (at('identification')) {
    const checking = snapshot.matches({ work: { recording: { identification: 'checking' } } });
    return {
      at: 'identification',
      purpose: 'recording',
      step: checking ? 'checking' : 'asking',
      failure,
    };
  }
  if (at('notice')) return { at: 'notice', version: policy.noticeVersion };
  if (at('guardian')) return { at: 'guardian', why: context.guardianAsked ? 'assistance' : 'minor' };
  if (at('lookingUp')) return { at: 'look-up' };
  if (at('stopped')) return stoppedStage(view, context, policy);
  if (at('takingBiodata') || at('enteringBiodata') || at('biodata')) return biodataStage(view, context);
  const capture = snapshot.children.capture;
  if (at('capturing') && capture)
    return withSubjects(captureStage(capture.getSnapshot(), policy), view, policy);
  if (at('approval')) {
    const open = view.exceptions.filter(({ approved }) => approved === null).map(({ id }) => id);
    return { at: 'awaiting-approval', exceptions: open };
  }
  if (at('review')) return reviewStage(view);
  if (at('operatorFinger')) {
    const triesLeft = Math.max(0, policy.guards.operatorTries - context.operatorTries);
    const pressing = snapshot.matches({ work: { recording: { operatorFinger: 'pressing' } } });
    return { at: 'operator-finger', operator: view.corrector, pressing, triesLeft, failure };
  }
  if (at('gate')) {
    const scans = scansIn(context);
    return { at: 'identity-gate', means: identityMeans(view), chosen: context.means, scans };
  }
  if (at('failed')) return broken();
  if (snapshot.matches({ work: 'finishing' })) {
    const proving = ['proving', 'unproved'].some((state) =>
      snapshot.matches({ work: { finishing: state } } as never),
    );
    return { at: proving ? 'proof' : 'sealing', failure };
  }
  if (snapshot.matches({ work: 'unended' })) return broken();
  if (snapshot.matches({ work: 'receipt' })) {
    const { receipt, captures, discarded, kept } = view;
    const { printed } = context;
    return {
      at: 'receipt',
      receipt: receipt ?? '',
      captures,
      discarded,
      kept: kept.length,
      printed,
      failure,
    };
  }
  if (snapshot.matches({ work: 'survey' })) return { at: 'survey' };
  if (snapshot.matches({ work: 'farewell' }) && context.ending)
    return { at: 'ended', how: context.ending, receipt: view.receipt };
  return { at: 'saving' };
}

/** What is on a card is told to whom it belongs, and to nobody before; its activation is the desk's. */
function cardStage({ check }: SessionContext): Stage {
  const verification = check?.verification ?? null;
  if (!verification) return { at: 'card-check', verification };
  const { step, card } = verification;
  const told = step === 'verified' || !card ? card : { ...card, uid: null, biodata: null };
  return {
    at: 'card-check',
    verification: { ...verification, card: told, photoId: null, canActivate: false },
  };
}

/** null: there is no number yet. */
function numberStage({ place, printed, failure }: SessionContext): Stage | null {
  return place && { at: 'queue-number', place, printed, failure };
}

/** What was captured last stays on the screen while it is judged and stored. */
function savingStage({ capture, taken }: SessionContext): Stage {
  return capture && taken ? { ...capture, phase: 'judging' } : { at: 'saving' };
}

function stoppedStage(view: SessionView, context: SessionContext, policy: RecordingPolicy): Stage {
  const step = nextStep(context.facts, policy);
  const rule = step.do === 'stop' ? step.rule : 'recorded-before';
  const mayAsk = policy.overrides.rules.includes(rule);
  return { at: 'stopped', rule, status: view.lookUp?.status ?? null, mayAsk };
}

function biodataStage(view: SessionView, { disputed, failure }: SessionContext): Stage {
  const { biodata, corrected, biodataSha256: sha256 } = view;
  return { at: 'biodata', biodata, corrected, sha256, disputed, failure };
}

const keptIn = ({ kept }: SessionView): readonly ReviewSample[] =>
  kept.map(({ sample, step, position, eye, quality }) => ({ sample, step, position, eye, quality }));

function reviewStage(view: SessionView): Stage {
  const { biodata, corrected, captures, discarded } = view;
  return {
    at: 'review',
    biodata: biodata ?? {},
    corrected,
    samples: keptIn(view),
    captures,
    discarded,
  };
}

/** All fingers and eyes of the step, not only those that one device is asked for at once. */
function withSubjects(stage: CaptureStage, view: SessionView, policy: RecordingPolicy): CaptureStage {
  if (!isCaptureStep(stage.step)) return stage;
  const { step } = stage;
  const held = (position: CaptureSubject['position'], eye: CaptureSubject['eye']) =>
    stage.subjects.find((one) => one.position === position && one.eye === eye) ??
    view.kept.find((one) => one.step === step && one.position === position && one.eye === eye);
  const subject = (
    position: CaptureSubject['position'],
    eye: CaptureSubject['eye'],
    excepted: boolean,
    asked: boolean,
  ): CaptureSubject => {
    const kept = held(position, eye);
    const state = excepted ? 'excepted' : kept ? 'kept' : asked ? 'asked' : 'to-do';
    return { position, eye, state, quality: kept?.quality ?? null, sample: kept?.sample ?? null };
  };
  const fingers = step === 'signature' ? stage.fingers : fingersOf(view, policy, step);
  const eyes = step === 'irises' ? (['right', 'left'] as const) : [];
  return {
    ...stage,
    subjects: [
      ...fingers.map((position) =>
        subject(
          position,
          null,
          isExcepted(view, { kind: 'finger', position }),
          stage.fingers.includes(position),
        ),
      ),
      ...eyes.map((eye) =>
        subject(null, eye, isExcepted(view, { kind: 'iris', eye }), stage.eyes.includes(eye)),
      ),
    ],
  };
}

const isCaptureStep = (step: CaptureStage['step']): step is CaptureStep =>
  (CAPTURE_STEPS as readonly string[]).includes(step);

function progressOf(
  view: SessionView,
  { facts, lost }: SessionContext,
  policy: RecordingPolicy,
): readonly ProgressStep[] {
  const next = nextStep(facts, policy, new Set(lost));
  const of = (step: ProgressStep['step'], done: boolean, now: boolean): ProgressStep => ({
    step,
    state: done ? 'done' : now ? 'now' : 'to-do',
  });
  const before = ['identify', 'acknowledge-notice', 'sign-guardian', 'look-up', 'stop'];
  return [
    of('identity', view.lookUp !== null, before.includes(next.do)),
    of('biodata', view.biodataConfirmed, next.do === 'take-biodata' || next.do === 'confirm-biodata'),
    ...CAPTURE_STEPS.map((step): ProgressStep => {
      const done = view.biodataConfirmed && workOf(view, policy, step) === null;
      const kept = view.kept.some((one) => one.step === step);
      if (done && !kept) return { step, state: 'excepted' };
      return of(step, done, next.do === 'capture' && next.step === step);
    }),
    of('review', view.reviewed, next.do === 'review' || next.do === 'await-approval'),
    of('gate', view.identity !== null, next.do === 'check-identity' || next.do === 'confirm-correction'),
    of('sealed', view.sealed !== null, ['prove', 'issue-receipt', 'seal'].includes(next.do)),
  ];
}
