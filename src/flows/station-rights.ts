/** Who may ask what of a station, and when: one answer for the screens, which offer only that, and for the station. */
import { fail, ok, type Result } from '../failures/failure.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import type { SessionEvent, SessionWish } from './session-events.ts';
import type { PendingApproval, Stage, StationStatus } from './session-status.ts';

export interface StationActor {
  /** Stands in audit and facts as `by`: `resident`, or the id of who is signed in. */
  readonly id: string;
  readonly role: 'resident' | 'operator' | 'desk' | 'supervisor' | 'technician' | 'console';
}

type Wanted = SessionEvent['type'];

const RESIDENT: readonly Wanted[] = [
  'begin',
  'speak',
  'record',
  'ask-status',
  'take-number',
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
  'call-next',
  'call-number',
  'mark-missed',
  'open-kiosk',
  'close-kiosk',
  'pause-kiosk',
  'resume-kiosk',
  'self-test',
];
const APPROVING: readonly Wanted[] = ['settle-exception', 'settle-override', 'refuse-override'];

const RIGHTS: Readonly<Record<StationActor['role'], ReadonlySet<Wanted>>> = {
  resident: new Set(RESIDENT),
  operator: new Set([...OPERATOR, ...APPROVING]),
  desk: new Set(['call-next', 'call-number', 'mark-missed']),
  supervisor: new Set([
    ...APPROVING,
    'confirm-date',
    'open-kiosk',
    'close-kiosk',
    'pause-kiosk',
    'resume-kiosk',
  ]),
  technician: new Set(['self-test', 'reset-tamper', 'pause-kiosk', 'resume-kiosk']),
  console: new Set(['self-test']),
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
  if (wish.type === 'begin') {
    if (status.session) return fail('SESSION-NOT-NOW', 'somebody is served');
    return status.kiosk.state === 'open' ? ok() : fail('KIOSK-CLOSED', status.kiosk.state);
  }
  return isMoment(wish, status) ? ok() : fail('SESSION-NOT-NOW', `${wish.type} at ${stageOf(status)}`);
}

function mayApprove(
  { id, role }: StationActor,
  wish: SessionWish,
  { approvals }: StationStatus,
  policy: RecordingPolicy,
): boolean {
  if (!policy.overrides.approvers.some((one) => one === role)) return false;
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

/** Stages in which a wish can be heard; a wish that is not named here can be heard in any session. */
const MOMENTS: Readonly<Partial<Record<Wanted, readonly Stage['at'][]>>> = {
  record: ['choosing'],
  'ask-status': ['choosing'],
  'take-number': ['choosing'],
  'present-invitation': ['identification'],
  'type-nik': ['identification'],
  identify: ['identification'],
  'acknowledge-notice': ['notice'],
  'name-guardian': ['guardian'],
  'confirm-biodata': ['biodata'],
  'dispute-biodata': ['biodata', 'review'],
  'enter-biodata': ['biodata'],
  'start-capture': ['capture'],
  'finish-signature': ['capture'],
  'clear-signature': ['capture'],
  'be-patient': ['capture'],
  back: ['capture', 'guardian'],
  redo: ['review', 'proof'],
  approve: ['review'],
  retry: ['broken', 'proof', 'sealing'],
  'print-again': ['receipt'],
  'close-receipt': ['receipt'],
  rate: ['survey'],
  'skip-survey': ['survey'],
  'ask-override': ['stopped', 'capture'],
  'settle-override': ['stopped', 'capture'],
  'refuse-override': ['stopped', 'capture'],
  'check-identity': ['identity-gate'],
  'scan-more': ['identity-gate'],
  'scans-complete': ['identity-gate'],
  'confirm-correction': ['operator-finger'],
};
/** Asked of the kiosk or the queue, not of a session. */
const WITHOUT_SESSION: ReadonlySet<Wanted> = new Set([
  'call-next',
  'call-number',
  'mark-missed',
  'open-kiosk',
  'close-kiosk',
  'pause-kiosk',
  'resume-kiosk',
  'self-test',
  'confirm-date',
  'reset-tamper',
]);

function isMoment({ type }: SessionWish, { session, kiosk }: StationStatus): boolean {
  if (WITHOUT_SESSION.has(type)) return isKioskMoment(type, kiosk.state);
  if (!session) return false;
  const stages = MOMENTS[type];
  return stages === undefined || stages.includes(session.stage.at);
}

function isKioskMoment(type: Wanted, state: StationStatus['kiosk']['state']): boolean {
  switch (type) {
    case 'open-kiosk':
      return state === 'closed';
    case 'close-kiosk':
    case 'pause-kiosk':
      return state === 'open';
    case 'resume-kiosk':
      return state === 'paused';
    case 'self-test':
      return state === 'open' || state === 'closed';
    case 'confirm-date':
      return state === 'date-unconfirmed';
    case 'reset-tamper':
      return state === 'tamper';
    default:
      return true;
  }
}
