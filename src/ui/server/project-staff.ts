/** The station's status as one member of the staff may see it. Without a login it tells nothing. */
import type { DeviceHealth } from '../../devices/supervision/health.ts';
import type { SessionStatus } from '../../flows/session-status.ts';
import type { StationActor } from '../../flows/station-rights.ts';
import type { Alarm, ClosingStatus, StationStatus } from '../../flows/station-status.ts';
import { type BenchStatus, benchStatus } from '../contract/bench.ts';
import type { FailureView } from '../contract/failure-view.ts';
import type {
  AlarmView,
  ApprovalView,
  ClosingView,
  StaffSessionView,
  StaffView,
} from '../contract/staff-view.ts';
import { failureView } from './project.ts';
import { sessionView } from './project-resident.ts';

/** What is known at one screen beside the station's status. */
export interface AtScreen {
  readonly me: NonNullable<StaffView['me']>;
  readonly can: readonly string[];
  readonly devices: readonly DeviceHealth[];
  readonly found: StaffView['found'];
  readonly report: StaffView['report'];
  readonly members: StaffView['members'];
  readonly awaited: StaffView['awaited'];
}

/** Supervisors and technicians work on what is around a session; the person in it is the operator's. */
const SEES_SESSION: ReadonlySet<StationActor['role']> = new Set(['operator']);
const SEES_APPROVALS: ReadonlySet<StationActor['role']> = new Set(['operator', 'supervisor']);

export function nobodySignedIn(bench: BenchStatus | null): StaffView {
  return {
    screen: 'staff',
    me: null,
    awaited: null,
    kiosk: null,
    queue: { called: null, serving: null, minutesEach: null, waiting: [] },
    session: null,
    approvals: [],
    colleagues: [],
    devices: [],
    found: null,
    report: null,
    members: null,
    closing: null,
    alarms: [],
    can: [],
    bench: bench && benchStatus.parse(bench),
  };
}

export function projectStaff(
  status: StationStatus,
  { me, can, devices, found, report, members, awaited }: AtScreen,
  bench: BenchStatus | null,
): StaffView {
  const { kiosk, queue, session, approvals, staff, closing, alarms } = status;
  return {
    ...nobodySignedIn(bench),
    me,
    kiosk: {
      state: kiosk.state,
      hours: kiosk.hours,
      pauseReason: kiosk.pauseReason,
      faults: kiosk.faults.map(({ device, failure }) => ({ device, failure: failureView(failure) })),
    },
    queue: {
      called: queue.called,
      serving: queue.serving,
      minutesEach: queue.minutesEach,
      waiting: queue.waiting.map(({ number, priority, waitMinutes, missed }) => ({
        number,
        priority,
        waitMinutes,
        missed,
      })),
    },
    session: session && SEES_SESSION.has(me.role) ? staffSession(session) : null,
    approvals: SEES_APPROVALS.has(me.role) ? approvals.map((one) => approvalView(one, me.id)) : [],
    colleagues: staff.map(({ id, role, sessions, tired }) => ({ id, role, sessions, tired })),
    devices: devices.map(({ id, kind, driver, state, failure, identity, temperature }) => ({
      id,
      kind,
      driver,
      state,
      failure: failure ? failureView(failure) : null,
      identity: identity ?? null,
      temperature: temperature ?? null,
    })),
    found,
    report,
    members,
    awaited,
    closing: closing && SEES_APPROVALS.has(me.role) ? closingView(closing) : null,
    alarms: me.role === 'supervisor' ? alarms.map(alarmView) : [],
    can: [...can],
  };
}

function closingView({ leftovers, failure, counts, ...closing }: ClosingStatus): ClosingView {
  return {
    ...closing,
    counts: counts && { ...counts, audited: { ...counts.audited } },
    leftovers: leftovers.map(({ openedAt, reached }) => ({ openedAt, reached })),
    failure: failure && failureView(failure),
  };
}

function alarmView({ failure, staff, rate }: Alarm): AlarmView {
  return { failure: failureView(failure), staff, rate: rate && { ...rate } };
}

function staffSession(session: SessionStatus): StaffSessionView {
  const { stage } = session;
  return {
    seen: sessionView(session),
    nik: session.nik,
    onRoster: session.onRoster,
    operator: session.operator,
    captured: stage.at === 'capture' ? stage.subjects.map((subject) => ({ ...subject })) : [],
    exceptions: session.exceptions.map((one) => ({ ...one })),
    notes: session.notes.map((note): FailureView => failureView(note)),
  };
}

function approvalView(approval: StationStatus['approvals'][number], me: string): ApprovalView {
  const mine = approval.by !== me;
  return approval.of === 'exception'
    ? { of: 'exception', exception: { ...approval.exception }, photo: approval.photo, by: approval.by, mine }
    : { of: 'override', rule: approval.rule, reason: approval.reason, by: approval.by, mine };
}
