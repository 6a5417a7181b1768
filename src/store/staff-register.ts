/** The list of staff, which supervisors keep. */
import { fail, ok, type Result } from '../failures/failure.ts';
import { pinFault } from '../rules/pin.ts';
import type { AuditEntry } from './audit-events.ts';
import type { AuditLog } from './audit-log.ts';
import { hashPin, isPin } from './pin-hash.ts';
import type { Factor, NewStaff, StaffMember, StaffRegister } from './staff.ts';
import type { StaffRow, StaffRows } from './staff-rows.ts';

export function staffRegister(rows: StaffRows, audit: AuditLog): StaffRegister {
  function isSupervisor(id: string): boolean {
    const row = rows.find(id);
    return row?.role === 'supervisor' && row.retiredAt === null;
  }

  /** A supervisor changes what is kept of somebody who is on the list. */
  function change(at: string, id: string, entry: AuditEntry, write: () => void): Result {
    if (!isSupervisor(entry.by)) return fail('STAFF-NOT-ALLOWED');
    const row = rows.find(id);
    if (row === undefined || row.retiredAt !== null) return fail('STAFF-UNKNOWN');
    return audit.record(at, entry, write);
  }

  async function enrol(at: string, member: NewStaff, by: string): Promise<Result> {
    const { id, name, role, appointment, appointedUntil, trainedUntil } = member;
    const { pin, duressPin = null, cardUid = null, fingers = [] } = member;
    const mayEnrol = isSupervisor(by) || (by === 'console' && role === 'supervisor');
    if (!mayEnrol) return fail('STAFF-NOT-ALLOWED');
    if (pinFault(pin) !== null) return fail('STAFF-PIN-WEAK');
    if (duressPin !== null && (pinFault(duressPin) !== null || duressPin === pin)) {
      return fail('STAFF-PIN-WEAK', 'duress');
    }
    const pinHash = await hashPin(pin);
    const duressHash = duressPin === null ? null : await hashPin(duressPin);
    if (rows.find(id) !== undefined) return fail('STAFF-EXISTS');
    const factors = factorsOf(cardUid, fingers.length);
    const data = { staff: id, role, factors, fingers: fingers.length, appointedUntil, trainedUntil };
    return audit.record(at, { event: 'staff-enrolled', by, data }, () => {
      const secrets = { pin: pinHash, duressPin: duressHash, cardUid };
      rows.add(at, { id, name, role, appointment, appointedUntil, trainedUntil, ...secrets }, fingers);
    });
  }

  async function resetPin(at: string, id: string, pin: string, by: string): Promise<Result> {
    if (!isSupervisor(by)) return fail('STAFF-NOT-ALLOWED');
    // The same as the duress PIN it would call for help at every login. Whoever may not reset it cannot find it out so.
    const isDuress = await isPin(pin, rows.find(id)?.duressPin ?? null);
    if (pinFault(pin) !== null || isDuress) return fail('STAFF-PIN-WEAK');
    const hash = await hashPin(pin);
    const data = { staff: id, pin: 'reset' } as const;
    return change(at, id, { event: 'staff-pin-changed', by, data }, () => {
      rows.setPin(id, 'own', hash);
      rows.setTries(id, 0, null);
    });
  }

  return {
    enrol,
    resetPin,
    renew: (at, id, { appointment, appointedUntil, trainedUntil }, by) => {
      const data = { staff: id, appointedUntil, trainedUntil };
      return change(at, id, { event: 'staff-renewed', by, data }, () =>
        rows.renew({ id, appointment, appointedUntil, trainedUntil }),
      );
    },
    unlock: (at, id, by) =>
      change(at, id, { event: 'staff-unlocked', by, data: { staff: id } }, () => rows.setTries(id, 0, null)),
    retire: (at, id, by) =>
      change(at, id, { event: 'staff-retired', by, data: { staff: id } }, () => rows.retire(at, id)),
    list: () => ok(rows.list().map(memberOf)),
    fingers: (_, ids) => ok(ids.flatMap((id) => rows.fingersOf(id))),
  };
}

function memberOf(row: StaffRow): StaffMember {
  const { id, name, role, appointment, appointedUntil, trainedUntil, lockedUntil } = row;
  return {
    id,
    name,
    role,
    appointment,
    appointedUntil,
    trainedUntil,
    lockedUntil,
    factors: factorsOf(row.cardUid, row.fingers),
    hasDuressPin: row.duressPin !== null,
    retired: row.retiredAt !== null,
  };
}

function factorsOf(cardUid: string | null, fingers: number): Factor[] {
  return [...(cardUid === null ? [] : ['card' as const]), ...(fingers === 0 ? [] : ['finger' as const])];
}
