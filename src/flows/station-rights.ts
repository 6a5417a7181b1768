/** Who may ask what of a station, and when: one answer for the screens, which offer only that, and for the station. */
import { fail, ok, type Result } from '../failures/failure.ts';
import { CAPTURE_STEPS } from '../rules/recording.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import type { SessionEvent, SessionWish } from './session-events.ts';
import { isOtherPersonsFinger } from './session-moments.ts';
import type { CaptureStage, PendingApproval, Stage } from './session-status.ts';
import type { ClosingStatus, StationStatus } from './station-status.ts';

export interface StationActor {
  /** Stands in audit and facts as `by`: `resident`, or the id of who is signed in. */
  readonly id: string;
  readonly role: 'resident' | 'operator' | 'desk' | 'supervisor' | 'technician';
}

type Wanted = SessionEvent['type'];

/** Asked of the queue, not of a session or the kiosk. */
export const QUEUE_WISHES = [
  'call-next',
  'call-number',
  'mark-missed',
  'give-number',
] as const satisfies readonly Wanted[];
/** Asked of the end of the day. */
export const CLOSING_WISHES = [
  'begin-closing',
  'review-day',
  'approve-day',
  'cancel-closing',
] as const satisfies readonly Wanted[];
const PAUSING: readonly Wanted[] = ['pause-kiosk', 'resume-kiosk'];
const OPENING: readonly Wanted[] = ['open-kiosk', 'close-kiosk', ...PAUSING];

const RESIDENT: readonly Wanted[] = [
  'begin',
  'speak',
  'record',
  'take-number',
  'check-card',
  'ask-status',
  'present-invitation',
  'type-nik',
  'acknowledge-notice',
  'name-guardian',
  'confirm-biodata',
  'dispute-biodata',
  'start-capture',
  'finish-signature',
  'clear-signature',
  'be-patient',
  'back',
  'redo',
  'approve',
  'retry',
  'print-again',
  'close-receipt',
  'rate',
  'skip-survey',
  'call-officer',
  'touch',
  'leave',
];
const OPERATOR: readonly Wanted[] = [
  // For a resident, but for what only they can say.
  ...RESIDENT.filter((type) => type !== 'confirm-biodata' && type !== 'rate'),
  'take-over',
  'hand-back',
  'identify',
  'ask-guardian',
  'enter-biodata',
  'correct-biodata',
  'record-exception',
  'ask-override',
  'check-identity',
  'scan-more',
  'scans-complete',
  'confirm-correction',
  'refuse',
  ...QUEUE_WISHES,
  ...OPENING,
  ...CLOSING_WISHES,
  'self-test',
];
const APPROVING: readonly Wanted[] = [
  'settle-exception',
  'settle-override',
  'refuse-override',
  'approve-day',
];

const RIGHTS: Readonly<Record<StationActor['role'], ReadonlySet<Wanted>>> = {
  resident: new Set(RESIDENT),
  operator: new Set([...OPERATOR, ...APPROVING]),
  desk: new Set(QUEUE_WISHES),
  supervisor: new Set([...APPROVING, 'confirm-date', ...OPENING, ...CLOSING_WISHES]),
  technician: new Set(['self-test', 'reset-tamper', ...PAUSING]),
};

/**
 * Fails with UI-NOT-ALLOWED when the role never may, or may not decide over their own act; with KIOSK-CLOSED or
 * SESSION-NOT-NOW when this is not the moment. The machines look once more.
 */
export function mayAtStation(
  actor: StationActor,
  wish: SessionWish,
  status: StationStatus,
  policy: RecordingPolicy,
): Result {
  const refused = fail('UI-NOT-ALLOWED', `${wish.type} as ${actor.role}`);
  if (!RIGHTS[actor.role].has(wish.type)) return refused;
  if (APPROVING.includes(wish.type) && !mayApprove(actor, wish, status, policy)) return refused;
  if (wish.type === 'record' && wish.training && actor.role !== 'operator') return refused;
  if (wish.type === 'begin') {
    if (status.session) return fail('SESSION-NOT-NOW', 'somebody is served');
    return status.kiosk.state === 'open' ? ok() : fail('KIOSK-CLOSED', status.kiosk.state);
  }
  const isMoment = MOMENTS[wish.type]?.(status) === true;
  return isMoment ? ok() : fail('SESSION-NOT-NOW', `${wish.type} at ${stageOf(status)}`);
}

/** Which kinds of wishes may be asked for now: whether it is the moment does not hang on what fills a wish. */
export function offered(
  actor: StationActor,
  status: StationStatus,
  policy: RecordingPolicy,
): readonly SessionWish['type'][] {
  return [...RIGHTS[actor.role]].filter(
    (type) => mayAtStation(actor, { type } as SessionWish, status, policy).ok,
  );
}

function mayApprove(
  { id, role }: StationActor,
  wish: SessionWish,
  { approvals, closing }: StationStatus,
  policy: RecordingPolicy,
): boolean {
  if (!policy.overrides.approvers.some((one) => one === role)) return false;
  if (wish.type === 'approve-day') return closing?.reviewedBy !== id;
  const about = approvals.find((one) => isAbout(one, wish));
  // What is not there is not forbidden: it is not the moment.
  return about === undefined || about.by !== id;
}

function isAbout(approval: PendingApproval, wish: SessionWish): boolean {
  if (approval.of === 'exception')
    return wish.type === 'settle-exception' && wish.exception === approval.exception.id;
  return 'rule' in wish && wish.rule === approval.rule;
}

const stageOf = ({ session }: StationStatus): Stage['at'] | 'nobody' => session?.stage.at ?? 'nobody';

type Moment = (status: StationStatus) => boolean;
const inStage =
  (heard: (stage: Stage) => boolean): Moment =>
  ({ session }) =>
    session !== null && heard(session.stage);
const at = (...stages: readonly Stage['at'][]) => inStage((stage) => stages.includes(stage.at));
const capturing = (...phases: readonly CaptureStage['phase'][]) =>
  inStage((stage) => stage.at === 'capture' && phases.includes(stage.phase));
const kioskIs =
  (...states: readonly StationStatus['kiosk']['state'][]): Moment =>
  ({ kiosk }) =>
    states.includes(kiosk.state);

const closingIs =
  (...steps: readonly ClosingStatus['step'][]): Moment =>
  ({ closing }) =>
    closing !== null && steps.includes(closing.step);
const both =
  (one: Moment, other: Moment): Moment =>
  (status) =>
    one(status) && other(status);

const served: Moment = ({ session }) => session !== null;
const asking = inStage((stage) => stage.at === 'identification' && stage.step === 'asking');
/** A service beside the recording: nothing of it is stored. */
const inService = inStage(
  (stage) =>
    ['card-check', 'record-status'].includes(stage.at) ||
    (stage.at === 'identification' && stage.purpose === 'status'),
);
/** A card was found good or not. */
const checked = inStage(
  (stage) =>
    stage.at === 'card-check' &&
    ['verified', 'refused', 'failed'].includes(stage.verification?.step ?? 'awaiting-card'),
);
const beforeItsEnd = inStage((stage) => !['queue-number', 'receipt', 'survey', 'ended'].includes(stage.at));
/** Nothing is on its way to the disk, nothing is proved or sealed: the work may turn elsewhere. */
const recording = inStage((stage) => {
  const { at: now } = stage;
  if (now === 'capture') return stage.phase !== 'judging';
  if (now === 'identification') return stage.purpose === 'recording';
  return ![
    'choosing',
    'saving',
    'proof',
    'sealing',
    'receipt',
    'survey',
    'ended',
    'broken',
    'queue-number',
    'record-status',
    'card-check',
  ].includes(now);
});
const hasFailed = (which: 'proof' | 'sealing') =>
  inStage((stage) => stage.at === which && stage.failure !== null);
const unproved = hasFailed('proof');
const unsealed = hasFailed('sealing');
/** Something beside the order of work is captured, or a guardian was asked for whom no rule wants: there is a way back. */
const aside = inStage((stage) => {
  if (stage.at === 'guardian') return stage.why === 'assistance';
  return stage.at === 'capture' && !CAPTURE_STEPS.some((step) => step === stage.step);
});
/** A rule that may be lifted stands in the way. */
const stopped = inStage((stage) => {
  if (stage.at === 'stopped') return stage.mayAsk;
  return stage.at === 'capture' && isOtherPersonsFinger(stage.failure);
});
const scanned = inStage(
  (stage) => stage.at === 'identity-gate' && stage.chosen !== 'witness' && stage.scans.length > 0,
);
const either =
  (...moments: readonly Moment[]): Moment =>
  (status) =>
    moments.some((moment) => moment(status));

/** When a wish is heard; one that is not named here never is. */
const MOMENTS: Readonly<Partial<Record<Wanted, Moment>>> = {
  speak: served,
  touch: served,
  'call-officer': served,
  'take-over': beforeItsEnd,
  'hand-back': served,
  record: at('choosing'),
  'take-number': at('choosing'),
  'check-card': at('choosing'),
  'ask-status': at('choosing'),
  'present-invitation': asking,
  'type-nik': asking,
  identify: asking,
  'acknowledge-notice': at('notice'),
  'name-guardian': at('guardian'),
  'ask-guardian': recording,
  'confirm-biodata': at('biodata'),
  'dispute-biodata': inStage(
    (stage) => stage.at === 'review' || (stage.at === 'biodata' && stage.biodata !== null),
  ),
  'enter-biodata': inStage((stage) => stage.at === 'biodata' && stage.biodata === null),
  'correct-biodata': recording,
  'start-capture': capturing('ready', 'try-again'),
  'finish-signature': capturing('writing'),
  'clear-signature': capturing('writing'),
  'be-patient': capturing('ready', 'waiting', 'placing', 'writing', 'try-again', 'stuck'),
  back: either(aside, inService),
  'record-exception': recording,
  redo: either(at('review'), unproved),
  approve: at('review'),
  'check-identity': at('identity-gate'),
  'scan-more': scanned,
  'scans-complete': scanned,
  'confirm-correction': inStage((stage) => stage.at === 'operator-finger' && !stage.pressing),
  retry: either(at('broken'), unproved, unsealed, checked),
  'print-again': inStage(
    // Neither printed nor failed: it is being printed, or there is no printer.
    (stage) =>
      (stage.at === 'receipt' || stage.at === 'queue-number') &&
      (stage.printed === true || stage.failure !== null),
  ),
  'close-receipt': at('receipt'),
  rate: at('survey'),
  'skip-survey': at('survey'),
  refuse: either(recording, unsealed, at('broken')),
  leave: either(
    recording,
    inService,
    unproved,
    at('choosing', 'queue-number', 'broken', 'receipt', 'survey', 'ended'),
  ),
  'ask-override': stopped,
  'settle-exception': served,
  'settle-override': at('stopped', 'capture'),
  'refuse-override': at('stopped', 'capture'),
  'call-next': canCall,
  'call-number': canCall,
  'mark-missed': ({ queue }) => queue.called !== null,
  'give-number': ({ kiosk, closing }) => kiosk.state !== 'tamper' && closing === null,
  // A day whose review has begun is opened when that was cancelled; one that is closed stays so.
  'open-kiosk': both(kioskIs('closed'), ({ closing }) => closing === null),
  'close-kiosk': kioskIs('open'),
  'pause-kiosk': kioskIs('open'),
  'resume-kiosk': kioskIs('paused'),
  'self-test': kioskIs('open', 'closed'),
  'confirm-date': kioskIs('date-unconfirmed'),
  'reset-tamper': kioskIs('tamper'),
  // Of today only while nobody is served: the station looks at the day.
  'begin-closing': ({ closing }) => closing === null || ['uncounted', 'closed'].includes(closing.step),
  'review-day': closingIs('reviewing'),
  'approve-day': closingIs('approving'),
  'cancel-closing': closingIs('uncounted', 'reviewing', 'approving'),
};

function canCall({ queue }: StationStatus): boolean {
  return queue.called === null && queue.waiting.length > 0;
}
