/**
 * Staff: who may log in at this kiosk. PINs with lock-out, a second factor, a duress PIN, appointment and training with
 * their ends.
 */
import type { Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { FACTORS, STAFF_ROLES } from './staff-events.ts';

export type StaffRole = (typeof STAFF_ROLES)[number];
export type Factor = (typeof FACTORS)[number];

export interface StaffFinger {
  readonly staffId: string;
  readonly position: FingerPosition;
  /** ISO/IEC 19794-2. */
  readonly template: Uint8Array;
}

/** Appointment and training; the days are the last ones, YYYY-MM-DD. */
export interface Entitlement {
  /** Number of the appointment (surat keputusan). */
  readonly appointment: string;
  readonly appointedUntil: string;
  readonly trainedUntil: string;
}

export interface NewStaff extends Entitlement {
  /** What stands in audit and facts: an identifier (rules/identifier.ts). Never given to somebody else again. */
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly pin: string;
  readonly duressPin?: string;
  /** Of the staff card, upper-case hex. */
  readonly cardUid?: string;
  readonly fingers?: readonly Omit<StaffFinger, 'staffId'>[];
}

export interface StaffMember extends Entitlement {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly factors: readonly Factor[];
  readonly hasDuressPin: boolean;
  /** ISO 8601; null: not locked. */
  readonly lockedUntil: string | null;
  readonly retired: boolean;
}

/** From the policy. */
export interface LoginRules {
  /** Wrong tries in a row until the account is locked. */
  readonly tries: number;
  readonly lockMinutes: number;
  /** null: the PIN alone. */
  readonly secondFactor: Factor | null;
}

export interface LoginAttempt {
  readonly id: string;
  readonly pin: string;
  /** UID of the card that lies on the reader. */
  readonly cardUid?: string;
}

export interface PinChange extends LoginAttempt {
  readonly which: 'own' | 'duress';
  readonly newPin: string;
}

export interface Login {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  /** The duress PIN was used. No screen may show it. */
  readonly duress: boolean;
  /** One of these must match before `confirmFinger`; empty: they are in. */
  readonly fingers: readonly StaffFinger[];
}

/** What is asked by whoever stands at the screen. */
export interface StaffLogin {
  /**
   * Errors: STAFF-LOGIN-REFUSED (also for a name that is not there), STAFF-LOCKED, STAFF-CARD-REFUSED,
   * STAFF-FACTOR-MISSING, STAFF-APPOINTMENT-EXPIRED, STAFF-TRAINING-EXPIRED.
   */
  login(at: string, attempt: LoginAttempt, rules: LoginRules): Promise<Result<Login>>;
  /** Ends a login whose `fingers` were asked for. Errors: STAFF-FINGER-REFUSED when none matched, STAFF-LOCKED. */
  confirmFinger(at: string, id: string, matched: boolean, rules: LoginRules): Result;
  logout(at: string, id: string): Result;
  /** Errors: as `login` of their present PIN; STAFF-PIN-WEAK. */
  changePin(at: string, change: PinChange, rules: LoginRules): Promise<Result>;
}

/** The list of staff, kept by supervisors. */
export interface StaffRegister {
  /**
   * By a supervisor; a supervisor also by `console`, for the first one, and for when all have forgotten their PIN.
   * Errors: STAFF-NOT-ALLOWED, STAFF-EXISTS, STAFF-PIN-WEAK, STORE-ENTRY-REFUSED.
   */
  enrol(at: string, member: NewStaff, by: string): Promise<Result>;
  /** Errors, here and below: STAFF-NOT-ALLOWED, STAFF-UNKNOWN. */
  resetPin(at: string, id: string, pin: string, by: string): Promise<Result>;
  renew(at: string, id: string, entitlement: Entitlement, by: string): Result;
  unlock(at: string, id: string, by: string): Result;
  /** PINs, card and fingers go; the name stays, for what they did stays. */
  retire(at: string, id: string, by: string): Result;
  list(at: string): Result<StaffMember[]>;
  /** Of those on duty, so that they are told from the resident's. */
  fingers(at: string, ids: readonly string[]): Result<StaffFinger[]>;
}

export type Staff = StaffLogin & StaffRegister;
