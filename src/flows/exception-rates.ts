/**
 * Exceptions are the classic fraud: who records or approves more of them than fits the people who come is told to the
 * supervisor. A rate says where to look, never that somebody cheated.
 */
import type { ExceptionCount, SessionCount } from '../store/reports.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import type { Alarm } from './station-status.ts';

/**
 * By who recorded: exceptions a session of their own. By who approved: exceptions a session of the whole kiosk.
 * @param sessions of the days that are looked at; @param exceptions of the same days
 */
export function exceptionAlarms(
  sessions: readonly SessionCount[],
  exceptions: readonly ExceptionCount[],
  { least, rate }: RecordingPolicy['alarms']['exceptions'],
): Alarm[] {
  const worked = Map.groupBy(sessions, ({ operator }) => operator);
  const all = total(sessions, (one) => one.sessions);
  const alarms = (
    code: 'ALARM-EXCEPTIONS-RECORDED' | 'ALARM-EXCEPTIONS-APPROVED',
    who: (count: ExceptionCount) => string,
    counted: (count: ExceptionCount) => number,
    among: (staff: string) => number,
  ): Alarm[] =>
    [...Map.groupBy(exceptions, who)].flatMap(([staff, counts]) => {
      const of = total(counts, counted);
      const sessionsOf = among(staff);
      if (of < least || of <= rate * sessionsOf) return [];
      return [{ failure: { code }, staff, rate: { of, among: sessionsOf } }];
    });
  return [
    ...alarms(
      'ALARM-EXCEPTIONS-RECORDED',
      ({ recorder }) => recorder,
      ({ approved, refused }) => approved + refused,
      (staff) => total(worked.get(staff) ?? [], (one) => one.sessions),
    ),
    ...alarms(
      'ALARM-EXCEPTIONS-APPROVED',
      ({ approver }) => approver,
      ({ approved }) => approved,
      () => all,
    ),
  ];
}

function total<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}
