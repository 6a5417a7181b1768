/**
 * Logging in. A try counts before its PIN is compared, so that cutting the power in between gains nobody a try, and
 * somebody who is not on the list takes as long to refuse as somebody who is.
 */
import { randomUUID } from 'node:crypto';
import { type Failure, fail, ok, type Result } from '../failures/failure.ts';
import { pinFault } from '../rules/pin.ts';
import type { AuditEntry } from './audit-events.ts';
import type { AuditLog } from './audit-log.ts';
import type { Calendar } from './calendar.ts';
import type { OutboxTable } from './outbox.ts';
import { hashPin, isPin } from './pin-hash.ts';
import type { LoginAttempt, LoginRules, StaffLogin } from './staff.ts';
import type { StaffRow, StaffRows } from './staff-rows.ts';

const MINUTE = 60_000;

export function staffLogin(
  rows: StaffRows,
  audit: AuditLog,
  outbox: OutboxTable,
  dayOf: Calendar,
): StaffLogin {
  /** Whose PIN was right and whose finger is still to be shown; like every login it ends with the process. */
  const awaitingFinger = new Set<string>();

  /** A try that failed after it was counted; the account is locked when it was the last one. */
  function refuse(at: string, id: string, rules: LoginRules, code: Failure['code']): Result<never> {
    const { failed } = rows.find(id)!;
    const isLast = failed >= rules.tries;
    const lockedUntil = isLast ? new Date(Date.parse(at) + rules.lockMinutes * MINUTE).toISOString() : null;
    const recorded = audit.record(at, refusal(id, code, failed), () =>
      rows.setTries(id, failed, lockedUntil),
    );
    if (!recorded.ok) return recorded;
    return fail(isLast ? 'STAFF-LOCKED' : code);
  }

  /** A refusal that counts as no try. */
  function turnAway(at: string, id: string | null, code: Failure['code']): Result<never> {
    const recorded = audit.record(at, refusal(id, code, 0), () => undefined);
    return recorded.ok ? fail(code) : recorded;
  }

  /** Whose PIN it is, and which of the two. */
  async function tryPin(
    at: string,
    { id, pin }: LoginAttempt,
    rules: LoginRules,
  ): Promise<Result<{ readonly row: StaffRow; readonly duress: boolean }>> {
    const row = rows.find(id);
    if (row === undefined || row.retiredAt !== null) {
      await Promise.all([isPin(pin, null), isPin(pin, null)]);
      return turnAway(at, null, 'STAFF-LOGIN-REFUSED');
    }
    if (row.lockedUntil !== null) {
      if (at < row.lockedUntil) return turnAway(at, id, 'STAFF-LOCKED');
      rows.setTries(id, 0, null);
    } else if (row.failed >= rules.tries) {
      // Tries that are being compared at this moment, or that a power cut left uncounted otherwise.
      return refuse(at, id, rules, 'STAFF-LOGIN-REFUSED');
    }
    rows.tried(id);
    const [own, duress] = await Promise.all([isPin(pin, row.pin), isPin(pin, row.duressPin)]);
    return own || duress ? ok({ row, duress }) : refuse(at, id, rules, 'STAFF-LOGIN-REFUSED');
  }

  /** What is against somebody whose PIN is right. */
  function objection(at: string, row: StaffRow, attempt: LoginAttempt, { secondFactor }: LoginRules) {
    const today = dayOf(at);
    if (secondFactor === 'card' && row.cardUid === null) return 'STAFF-FACTOR-MISSING';
    if (secondFactor === 'finger' && row.fingers === 0) return 'STAFF-FACTOR-MISSING';
    if (secondFactor === 'card' && row.cardUid !== attempt.cardUid) return 'STAFF-CARD-REFUSED';
    if (row.appointedUntil < today) return 'STAFF-APPOINTMENT-EXPIRED';
    if (row.trainedUntil < today) return 'STAFF-TRAINING-EXPIRED';
    return null;
  }

  const login: StaffLogin['login'] = async (at, attempt, rules) => {
    const tried = await tryPin(at, attempt, rules);
    if (!tried.ok) return tried;
    const { row, duress } = tried.value;
    const { id, name, role } = row;
    const code = objection(at, row, attempt, rules);
    if (code === 'STAFF-CARD-REFUSED') return refuse(at, id, rules, code);

    const entries: AuditEntry[] = duress ? [{ event: 'staff-duress', by: id, data: { staff: id } }] : [];
    const fingers = rules.secondFactor === 'finger' && code === null ? rows.fingersOf(id) : [];
    if (code !== null) entries.push(refusal(id, code, 0));
    else if (fingers.length > 0) entries.push(pinAccepted(id));
    else entries.push(loggedIn(id, rules.secondFactor));
    const recorded = audit.record(at, entries, (head) => {
      // Nothing at the kiosk may tell: the call for help leaves it with what goes to the centre.
      if (duress) {
        const payload = { alarm: 'staff-duress', staff: id, at, audit: { seq: head.seq, hash: head.hash } };
        outbox.add(at, { kind: 'alarm', id: randomUUID() }, payload);
      }
      // A finger that does not match counts as a wrong try, so the count stands until one does.
      if (fingers.length === 0) rows.setTries(id, 0, null);
    });
    if (!recorded.ok) return recorded;
    if (fingers.length > 0) awaitingFinger.add(id);
    return code === null ? ok({ id, name, role, duress, fingers }) : fail(code);
  };

  const confirmFinger: StaffLogin['confirmFinger'] = (at, id, matched, rules) => {
    if (!awaitingFinger.delete(id)) return turnAway(at, null, 'STAFF-LOGIN-REFUSED');
    if (!matched) return refuse(at, id, rules, 'STAFF-FINGER-REFUSED');
    return audit.record(at, loggedIn(id, 'finger'), () => rows.setTries(id, 0, null));
  };

  const changePin: StaffLogin['changePin'] = async (at, { which, newPin, ...attempt }, rules) => {
    const tried = await tryPin(at, attempt, rules);
    if (!tried.ok) return tried;
    const { row, duress } = tried.value;
    // Under duress the PIN that says so must not be changed away; to whoever watches it is a PIN that will not do.
    const other = which === 'own' ? row.duressPin : row.pin;
    if (duress || pinFault(newPin) !== null || (await isPin(newPin, other))) {
      rows.setTries(row.id, 0, null);
      return fail('STAFF-PIN-WEAK');
    }
    const hash = await hashPin(newPin);
    const data = { staff: row.id, pin: which };
    return audit.record(at, { event: 'staff-pin-changed', by: row.id, data }, () => {
      rows.setPin(row.id, which, hash);
      rows.setTries(row.id, 0, null);
    });
  };

  return {
    login,
    confirmFinger,
    logout: (at, id) =>
      audit.record(at, { event: 'staff-logged-out', by: id, data: { staff: id } }, () => undefined),
    changePin,
  };
}

function refusal(staff: string | null, code: Failure['code'], failed: number): AuditEntry {
  return { event: 'staff-login-refused', by: 'kiosk', data: { staff, code, failed } };
}

function pinAccepted(staff: string): AuditEntry {
  return { event: 'staff-pin-accepted', by: staff, data: { staff } };
}

function loggedIn(staff: string, factor: LoginRules['secondFactor']): AuditEntry {
  return { event: 'staff-logged-in', by: staff, data: { staff, factor } };
}
