/**
 * What the flows of a station tell the outside, beside the session at it: kiosk, queue, staff, alarms and the end of the
 * day. Public and plain JSON, like session-status.ts.
 */
import type { Failure } from '../failures/failure.ts';
import type { DayCounts } from '../store/closing-events.ts';
import type { Leftover } from '../store/closings.ts';
import type { QueueStatus } from './queue-status.ts';
import type { PendingApproval, SessionStatus } from './session-status.ts';

/** One station: a screen with its devices, one session at a time. */
export interface StationStatus {
  readonly kiosk: KioskStatus;
  readonly queue: QueueStatus;
  /** null: nobody is served; the screen attracts. */
  readonly session: SessionStatus | null;
  /** Who is signed in at this station. */
  readonly staff: readonly StaffOnDuty[];
  /** What another person has to decide, of this and of earlier sessions of the day. */
  readonly approvals: readonly PendingApproval[];
  /** The end of a day, from the beginning of its review; null: none is reviewed, and today is not closed. */
  readonly closing: ClosingStatus | null;
  /** What a supervisor should look into; it stops nobody. */
  readonly alarms: readonly Alarm[];
}

/** Named by its code, so that every screen words it alike. */
export interface Alarm {
  readonly failure: Failure;
  /** Id of the member of staff whom it is about; null: nobody. */
  readonly staff: string | null;
  /** How many of how many, where it is a rate. */
  readonly rate: { readonly of: number; readonly among: number } | null;
}

export interface KioskStatus {
  readonly state:
    | 'self-test'
    /** The clock is not to be trusted: a supervisor confirms the date before the kiosk opens. */
    | 'date-unconfirmed'
    | 'closed'
    | 'open'
    | 'paused'
    /** The case was opened: nothing is served until a technician has seen to it. */
    | 'tamper'
    /** On battery: what runs is finished, nothing new begins. */
    | 'power-fail';
  /** By the timetable of the day, local time, `HH:MM`; null: closed all day. */
  readonly hours: { readonly from: string; readonly to: string } | null;
  /** Who opened it beyond the timetable; null: nobody. */
  readonly openedBy: string | null;
  /** Why it is paused, in the operator's words. */
  readonly pauseReason: string | null;
  /** What the self-test found: with some of these the kiosk opens all the same and goes on with what still works. */
  readonly faults: readonly DeviceFault[];
}

export interface DeviceFault {
  /** Id of the device in the configuration. */
  readonly device: string;
  readonly failure: Failure;
}

export interface StaffOnDuty {
  readonly id: string;
  readonly role: 'operator' | 'desk' | 'supervisor' | 'technician';
  /** ISO 8601. */
  readonly since: string;
  /** Served since they signed in. */
  readonly sessions: number;
  /** Lengthening sessions or growing error rates: a pause is suggested. */
  readonly tired: boolean;
}

export interface ClosingStatus {
  /** `YYYY-MM-DD`, local. */
  readonly day: string;
  readonly step:
    | 'counting'
    /** They could not be counted (`failure`): `begin-closing` counts again, `cancel-closing` leaves it. */
    | 'uncounted'
    /** The counts are there: `review-day` says that somebody has looked at them. */
    | 'reviewing'
    /** `approve-day`, by another person than the one in `reviewedBy`. */
    | 'approving'
    | 'saving'
    /** Nothing new begins on this day any more. */
    | 'closed';
  /** null: not yet counted. */
  readonly counts: DayCounts | null;
  /** Sessions of this or an earlier day that came neither to a packet nor to an end. */
  readonly leftovers: readonly Leftover[];
  /** Why the counts do not agree, or could not be taken or stored; null: they agree. The day can be closed all the same. */
  readonly failure: Failure | null;
  /** Who reviewed it first, waiting for the approval of another person; null: nobody. */
  readonly reviewedBy: string | null;
  readonly approvedBy: string | null;
}
