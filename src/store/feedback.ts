/**
 * What people say of the service: surveys, and reports of illegal fees. Neither can be traced to a session or a moment:
 * rows lie by random ids, with the day and nothing else, and no audit entry is written when they come.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3-multiple-ciphers';
import { fail, ok, type Result } from '../failures/failure.ts';
import { IKM_ELEMENTS } from '../rules/ikm.ts';
import type { AuditLog } from './audit-log.ts';
import type { Calendar } from './calendar.ts';
import { canonicalJson } from './canonical-json.ts';
import { emptyLog } from './erasing.ts';
import type { OutboxTable } from './outbox.ts';

export interface Surveys {
  /** Nine answers of 1–4, in the order of the elements (rules/ikm.ts). Errors: STORE-ENTRY-REFUSED. */
  add(at: string, answers: readonly number[]): Result;
  /** Of these days, the last one included (YYYY-MM-DD), in no order. */
  answers(at: string, from: string, to: string): Result<number[][]>;
}

export interface FeeReports {
  /** Sealed to the oversight's key by whoever calls: this kiosk cannot open it. Errors: STORE-ENTRY-REFUSED. */
  add(at: string, sealed: Uint8Array): Result;
  /**
   * For each day that is over: its reports go to the outbox as one row, shuffled, and their hash into the audit, with a
   * salt, so that no number can be guessed from it; also when there were none. How many days.
   */
  commit(at: string): Result<number>;
  /** null: fewer than ten, which might tell who spoke. */
  monthly(at: string): Result<{ readonly month: string; readonly count: number | null }[]>;
}

/** Fewer reports than this in a month are not told. */
const TELLING = 10;
/** Of one sealed report, bytes. */
const LARGEST_REPORT = 10_000;

export function surveys(database: Database.Database, dayOf: Calendar): Surveys {
  const insert = database.prepare('INSERT INTO surveys (id, day, answers) VALUES (?, ?, ?)');
  const list = database
    .prepare<[string, string], string>('SELECT answers FROM surveys WHERE day BETWEEN ? AND ?')
    .pluck();
  return {
    add: (at, answers) => {
      const isWhole =
        answers.length === IKM_ELEMENTS.length && answers.every((one) => [1, 2, 3, 4].includes(one));
      if (!isWhole) return fail('STORE-ENTRY-REFUSED', 'survey');
      insert.run(randomUUID(), dayOf(at), JSON.stringify(answers));
      return ok();
    },
    answers: (_, from, to) => ok(list.all(from, to).map((text) => JSON.parse(text) as number[])),
  };
}

export function feeReports(
  database: Database.Database,
  audit: AuditLog,
  outbox: OutboxTable,
  dayOf: Calendar,
): FeeReports {
  const insert = database.prepare('INSERT INTO fee_reports (id, day, sealed) VALUES (?, ?, ?)');
  const countMonth = database.prepare(
    `INSERT INTO fee_report_months (month, count) VALUES (?, 1)
     ON CONFLICT (month) DO UPDATE SET count = count + 1`,
  );
  // In the order of random ids, which is no order.
  const ofDay = database
    .prepare<[string], Buffer>('SELECT sealed FROM fee_reports WHERE day = ? ORDER BY id')
    .pluck();
  const forget = database.prepare('DELETE FROM fee_reports WHERE day = ?');
  const lastCommitted = database.prepare<[], string | null>('SELECT max(day) FROM fee_report_days').pluck();
  const daysOpen = database
    .prepare<[string], string>('SELECT DISTINCT day FROM fee_reports WHERE day < ? ORDER BY day')
    .pluck();
  const insertDay = database.prepare(
    'INSERT OR REPLACE INTO fee_report_days (day, commitment) VALUES (?, ?)',
  );
  const months = database.prepare<[], { month: string; count: number }>(
    'SELECT month, count FROM fee_report_months ORDER BY month',
  );
  const store = database.transaction((day: string, sealed: Uint8Array) => {
    insert.run(randomUUID(), day, sealed);
    countMonth.run(day.slice(0, 7));
  });

  /** Yesterday, every day since the last commitment, and any day that has reports left (the clock was set back). */
  function daysToCommit(today: string): string[] {
    const days = new Set(daysOpen.all(today));
    const yesterday = dayBefore(today);
    const last = lastCommitted.get() ?? dayBefore(yesterday);
    for (let day = yesterday; day > last && days.size < LONGEST_GAP; day = dayBefore(day)) days.add(day);
    return [...days].toSorted();
  }

  function commitDay(at: string, day: string): Result {
    const salt = randomBytes(32).toString('hex');
    const reports = ofDay.all(day).map((sealed) => sealed.toString('base64'));
    const sha256 = createHash('sha256').update(canonicalJson({ day, salt, reports })).digest('hex');
    return audit.record(
      at,
      { event: 'fee-reports-committed', by: 'kiosk', data: { day, sha256 } },
      (head) => {
        const payload = { day, salt, reports, audit: { seq: head.seq, hash: head.hash } };
        outbox.add(at, { kind: 'fee-report', id: randomUUID() }, payload);
        insertDay.run(day, sha256);
        forget.run(day);
      },
    );
  }

  return {
    add: (at, sealed) => {
      if (sealed.length === 0 || sealed.length > LARGEST_REPORT)
        return fail('STORE-ENTRY-REFUSED', 'fee report');
      store(dayOf(at), sealed);
      // The log keeps the order in which things came.
      emptyLog(database);
      return ok();
    },
    commit: (at) => {
      const days = daysToCommit(dayOf(at));
      for (const day of days) {
        const committed = commitDay(at, day);
        if (!committed.ok) return committed;
      }
      if (days.length > 0) emptyLog(database);
      return ok(days.length);
    },
    monthly: () =>
      ok(months.all().map(({ month, count }) => ({ month, count: count < TELLING ? null : count }))),
  };
}

/** A clock that jumped by years must not make an entry for each of their days. */
const LONGEST_GAP = 62;

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
