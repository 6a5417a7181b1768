/**
 * What residents, operators, supervisors and technicians may ask of a station. Each event carries `by`: `resident`, or
 * the id of who is signed in; station-rights.ts says who may send which, and when.
 */
import type { Biodata } from '../rules/biodata.ts';
import type { CaptureStep, ExceptionSubject, ExceptionType, ReasonForComing } from '../rules/recording.ts';
import type { QueuePriority } from './queue-status.ts';
import type { OverridableRule } from './session-status.ts';

type Asked<T extends string, Fields = unknown> = { readonly type: T; readonly by: string } & Readonly<Fields>;

export type ResidentEvent =
  /** The first touch on the attracting screen. */
  | Asked<'begin', { language: string }>
  | Asked<'speak', { language: string }>
  /** Recording opens a session; training is for operators alone and never becomes a packet. */
  | Asked<'record', { reason: ReasonForComing; training?: boolean }>
  | Asked<'check-card', { reader: string }>
  | Asked<'ask-status'>
  | Asked<'take-number', { priority: QueuePriority | null }>
  /** The code of an invitation, as its QR holds it; to ask for a status, that of a receipt too. */
  | Asked<'present-invitation', { code: string }>
  | Asked<'type-nik', { nik: string }>
  | Asked<'acknowledge-notice', { version: number }>
  | Asked<'name-guardian', { name: string; relation: string }>
  /** `sha256` of the status: what was seen is what is confirmed. */
  | Asked<'confirm-biodata', { sha256: string }>
  | Asked<'dispute-biodata'>
  | Asked<'start-capture'>
  /** Out of what was begun beside the order of work: a guardian's signature, an exception's photo, a scan. */
  | Asked<'back'>
  | Asked<'finish-signature'>
  | Asked<'clear-signature'>
  /** More time and more tries for this step. */
  | Asked<'be-patient'>
  /** From the review: this step once more. */
  | Asked<'redo', { step: CaptureStep }>
  /** From the review: everything is as it should be; a signature follows. */
  | Asked<'approve'>
  /** After a failure to store, prove or seal. */
  | Asked<'retry'>
  | Asked<'print-again'>
  /** The receipt was read: on to the survey. */
  | Asked<'close-receipt'>
  /** Nine answers of 1–4, in the order of rules/ikm.ts. */
  | Asked<'rate', { answers: readonly number[] }>
  | Asked<'skip-survey'>
  | Asked<'call-officer'>
  /** Somebody is there: puts the idle time-out off. */
  | Asked<'touch'>
  /** Back to the attracting screen: an unsealed session is wiped. */
  | Asked<'leave'>;

export type OperatorEvent =
  | Asked<'take-over'>
  | Asked<'hand-back'>
  /** Somebody who does not know their NIK was looked up, or it was read from a paper. */
  | Asked<'identify', { nik: string }>
  /** A disability asks for a guardian's part (UU PDP art. 26). */
  | Asked<'ask-guardian'>
  | Asked<'enter-biodata', { biodata: Biodata }>
  | Asked<'correct-biodata', { field: keyof Biodata; value: string }>
  /** A photo of face and hands follows, then the approval of another person. */
  | Asked<'record-exception', { subject: ExceptionSubject; kind: ExceptionType; reason: string }>
  | Asked<'ask-override', { rule: OverridableRule; reason: string }>
  /** The operator has seen person and fingers: the papers are scanned, or the witness signs. */
  | Asked<'check-identity', { means: 'family-card' | 'itap' | 'witness' }>
  /** Another page of the papers. */
  | Asked<'scan-more'>
  | Asked<'scans-complete'>
  /** Their own right index finger goes on the sensor. */
  | Asked<'confirm-correction'>
  /** Ends the session: this person is not recorded. */
  | Asked<'refuse'>
  | Asked<'call-next'>
  | Asked<'call-number', { number: number }>
  | Asked<'mark-missed', { number: number }>
  /** A number for somebody who does not take it at the screen themselves. */
  | Asked<'give-number', { priority: QueuePriority | null }>
  | Asked<'open-kiosk'>
  | Asked<'close-kiosk'>
  | Asked<'pause-kiosk', { reason: string }>
  | Asked<'resume-kiosk'>
  | Asked<'self-test'>;

/** A second person: never the one whose act it is. */
export type SupervisorEvent =
  | Asked<'settle-exception', { exception: string; approved: boolean }>
  | Asked<'settle-override', { rule: OverridableRule }>
  | Asked<'refuse-override', { rule: OverridableRule }>
  /** `date`: `YYYY-MM-DD`, as it is on the wall. */
  | Asked<'confirm-date', { date: string }>;

export type TechnicianEvent = Asked<'reset-tamper'>;

/** The end of a day: of operators and supervisors, who must be two. */
export type ClosingEvent =
  /** `day`: `YYYY-MM-DD`, today, while nobody is served and nobody will be; or an earlier one that was not closed. */
  | Asked<'begin-closing', { day: string }>
  /** The counts were looked at, and what is left over was seen to. */
  | Asked<'review-day'>
  /** By another person than who reviewed it. */
  | Asked<'approve-day'>
  | Asked<'cancel-closing'>;

export type SessionEvent = ResidentEvent | OperatorEvent | SupervisorEvent | TechnicianEvent | ClosingEvent;

/** What the session's machine takes beside what people ask. */
export type SessionMachineEvent =
  | SessionEvent
  /** From the code scanner. */
  | { readonly type: 'code'; readonly code: string }
  | { readonly type: 'time-out' };

/** What is asked for, without who asks. */
export type SessionWish = SessionEvent extends infer E
  ? E extends SessionEvent
    ? Omit<E, 'by'>
    : never
  : never;
