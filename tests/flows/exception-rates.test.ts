/** Whose exceptions are told to the supervisor. */
import { expect, test } from 'vitest';
import { exceptionAlarms } from '../../src/flows/exception-rates.ts';
import type { ExceptionCount, SessionCount } from '../../src/store/reports.ts';

const RULE = { days: 7, least: 5, rate: 0.1 };
const sessionsOf = (operator: string | null, sessions: number): SessionCount => ({
  ...{ day: '2026-03-02', village: null, operator, reason: 'new', outcome: 'sealed', sessions },
  ...{ discarded: 0, excepted: 0, seconds: 0 },
});
const exceptionsOf = (recorder: string, approver: string, approved: number, refused = 0): ExceptionCount => ({
  ...{ recorder, approver, kind: 'missing', approved, refused },
});

test('an operator is measured by their own sessions, an approver by those of the kiosk', () => {
  const sessions = [sessionsOf('rina', 40), sessionsOf('ani', 40), sessionsOf(null, 20)];
  expect(exceptionAlarms(sessions, [exceptionsOf('rina', 'budi', 4, 2)], RULE)).toEqual([
    { failure: { code: 'ALARM-EXCEPTIONS-RECORDED' }, staff: 'rina', rate: { of: 6, among: 40 } },
  ]);
  const spread = [
    exceptionsOf('rina', 'budi', 4),
    exceptionsOf('ani', 'budi', 4),
    exceptionsOf('ani', 'citra', 0, 9),
  ];
  expect(
    exceptionAlarms(
      [...sessions, sessionsOf('ani', 200)],
      [...spread, exceptionsOf('joko', 'budi', 30)],
      RULE,
    ),
  ).toEqual([
    { failure: { code: 'ALARM-EXCEPTIONS-RECORDED' }, staff: 'joko', rate: { of: 30, among: 0 } },
    { failure: { code: 'ALARM-EXCEPTIONS-APPROVED' }, staff: 'budi', rate: { of: 38, among: 300 } },
  ]);
});

test('a few exceptions say nothing, and many among many sessions neither', () => {
  expect(exceptionAlarms([sessionsOf('rina', 4)], [exceptionsOf('rina', 'budi', 4)], RULE)).toEqual([]);
  expect(exceptionAlarms([sessionsOf('rina', 60)], [exceptionsOf('rina', 'budi', 6)], RULE)).toEqual([]);
});
