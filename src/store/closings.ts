/**
 * The end of a day: what was counted of it, who reviewed and who approved it. What can be counted in two ways, from the
 * rows and from the audit, is; whether the counts agree, the flows judge (flows/day-counts.ts).
 */
import type Database from 'better-sqlite3-multiple-ciphers';
import type { FailureCode } from '../failures/catalogue.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import { day as dayFormat } from './audit-fields.ts';
import type { AuditLog } from './audit-log.ts';
import type { Calendar } from './calendar.ts';
import { canonicalJson } from './canonical-json.ts';
import type { DayCounts } from './closing-events.ts';

/** A session that came neither to a packet nor to an end. */
export interface Leftover {
  readonly sessionId: string;
  /** ISO 8601. */
  readonly openedAt: string;
  /** `sealed`: only its end is not stored. */
  readonly reached: 'opened' | 'identified' | 'proved' | 'sealed';
}

export interface DayReview {
  readonly counts: DayCounts;
  /** Of this day and of earlier ones; the oldest first. */
  readonly leftovers: readonly Leftover[];
}

export interface ClosedDay {
  readonly day: string;
  readonly reviewedBy: string;
  readonly approvedBy: string;
  readonly counts: DayCounts;
  /** Why the counts did not agree; null: they did. */
  readonly code: FailureCode | null;
}

export interface Closings {
  /** Counts, and notes that somebody looks. Errors: CLOSING-DAY-WRONG for a day to come, or one that is closed. */
  begin(at: string, day: string, by: string): Result<DayReview>;
  reviewed(at: string, day: string, code: FailureCode | null, by: string): Result;
  cancel(at: string, day: string, by: string): Result;
  /** The same again is once. Errors: CLOSING-DAY-WRONG, STORE-ENTRY-REFUSED when one person did both. */
  close(at: string, closed: ClosedDay): Result;
  /** null: that day is not closed. */
  of(at: string, day: string): Result<ClosedDay | null>;
  /** Days before today on which there were sessions, and which nobody closed; the oldest first. */
  open(at: string): Result<string[]>;
}

const DAY = 86_400_000;

export function closings(database: Database.Database, audit: AuditLog, dayOf: Calendar): Closings {
  const countSessions = database.prepare<
    [string],
    Omit<DayCounts, 'samAuthentications' | 'handedOver' | 'inSafe' | 'audited'>
  >(
    `SELECT count(*) AS opened, ifnull(sum(s.packet IS NOT NULL), 0) AS sealed,
            ifnull(sum(s.packet IS NULL AND outcome IS NOT NULL), 0) AS unsealed,
            ifnull(sum(s.packet IS NULL AND outcome IS NULL), 0) AS unfinished,
            ifnull(sum(exceptions), 0) AS exceptions, count(o.id) AS packets
     FROM sessions s LEFT JOIN outbox o ON o.kind = 'packet' AND o.id = s.packet
     WHERE training = 0 AND day = ?`,
  );
  const countUses = database
    .prepare<[string], number>(
      "SELECT ifnull(sum(count), 0) FROM device_uses WHERE day = ? AND outcome = 'authenticated'",
    )
    .pluck();
  const listHandOvers = database
    .prepare<[string, string], string>(
      "SELECT at FROM hand_overs WHERE outcome = 'berhasil' AND at BETWEEN ? AND ?",
    )
    .pluck();
  const countSafe = database
    .prepare<[], number>('SELECT count(*) FROM cards WHERE hand_over IS NULL AND returned IS NULL')
    .pluck();
  const entriesOf = database.prepare<[string, string, string], { time: string; data: string }>(
    'SELECT time, data FROM audit WHERE event = ? AND time BETWEEN ? AND ?',
  );
  const factsOf = database
    .prepare<[string], string>(
      `SELECT data -> 'fact' ->> 'type' FROM audit
       WHERE iif(json_valid(data), data ->> 'session', NULL) = ? AND event = 'session-fact'`,
    )
    .pluck();
  const listLeftovers = database.prepare<[string], Leftover>(
    `SELECT id AS sessionId, opened_at AS openedAt,
            CASE WHEN packet IS NOT NULL THEN 'sealed'
                 WHEN EXISTS (SELECT 1 FROM session_facts WHERE session = sessions.id AND type = 'proved') THEN 'proved'
                 WHEN nik IS NOT NULL THEN 'identified' ELSE 'opened' END AS reached
     FROM sessions WHERE outcome IS NULL AND day <= ? ORDER BY seq`,
  );
  const find = database.prepare<[string], Omit<ClosedDay, 'counts'> & { counts: string }>(
    `SELECT day, reviewed_by AS reviewedBy, approved_by AS approvedBy, counts, code FROM closed_days WHERE day = ?`,
  );
  const insert = database.prepare(
    `INSERT INTO closed_days (day, reviewed_by, approved_by, at, counts, code)
     VALUES (@day, @reviewedBy, @approvedBy, @at, @counts, @code)`,
  );
  const listOpen = database
    .prepare<[string], string>(
      `SELECT DISTINCT day FROM sessions WHERE training = 0 AND day < ? AND day NOT IN (SELECT day FROM closed_days)
       ORDER BY day`,
    )
    .pluck();

  /** What the audit tells of an event on that day; times are UTC, so that a day may begin and end in its neighbours. */
  function entries<T>(event: string, day: string): T[] {
    return entriesOf
      .all(event, ...around(day))
      .filter(({ time }) => dayOf(time) === day)
      .map(({ data }) => JSON.parse(data) as T);
  }

  /** A session belongs to the day on which it was opened, also when it was sealed after midnight. */
  function auditedSessions(day: string) {
    const opened = entries<{ session: string; fact: { type: string; training?: boolean } }>(
      'session-fact',
      day,
    ).filter(({ fact }) => fact.type === 'opened' && fact.training === false);
    const facts = opened.flatMap(({ session }) => factsOf.all(session));
    const count = (type: string) => facts.filter((one) => one === type).length;
    return { opened: opened.length, sealed: count('sealed'), exceptions: count('exception-recorded') };
  }

  function countsOf(day: string): DayCounts {
    const reads = entries<{ evidence: string }>('card-read', day).filter(
      ({ evidence }) => evidence === 'sam',
    );
    const handOvers = entries<{ outcome: string }>('card-handed-over', day);
    return {
      ...countSessions.get(day)!,
      samAuthentications: countUses.get(day)!,
      handedOver: listHandOvers.all(...around(day)).filter((at) => dayOf(at) === day).length,
      inSafe: countSafe.get()!,
      audited: {
        ...auditedSessions(day),
        reads: reads.length + entries('activation-intended', day).length,
        handedOver: handOvers.filter(({ outcome }) => outcome === 'berhasil').length,
      },
    };
  }

  /** Errors: CLOSING-DAY-WRONG. */
  function mayClose(at: string, day: string): Result {
    if (!dayFormat.safeParse(day).success || day > dayOf(at))
      return fail('CLOSING-DAY-WRONG', 'not of the past');
    return find.get(day) === undefined ? ok() : fail('CLOSING-DAY-WRONG', 'closed already');
  }

  return {
    begin: (at, day, by) => {
      const may = mayClose(at, day);
      if (!may.ok) return may;
      return audit.record(at, { event: 'day-review-begun', by, data: { day } }, () => ({
        counts: countsOf(day),
        leftovers: listLeftovers.all(day),
      }));
    },
    reviewed: (at, day, code, by) =>
      audit.record(at, { event: 'day-reviewed', by, data: { day, code } }, () => undefined),
    cancel: (at, day, by) =>
      audit.record(at, { event: 'day-review-cancelled', by, data: { day } }, () => undefined),
    close: (at, closed) => {
      const { day, reviewedBy, approvedBy, counts, code } = closed;
      const stored = find.get(day);
      if (stored?.reviewedBy === reviewedBy && stored.approvedBy === approvedBy) return ok();
      const may = mayClose(at, day);
      if (!may.ok) return may;
      if (reviewedBy === approvedBy) return fail('STORE-ENTRY-REFUSED', 'one person reviewed and approved');
      const data = { day, reviewedBy, counts, code };
      return audit.record(at, { event: 'day-closed', by: approvedBy, data }, () => {
        insert.run({ day, reviewedBy, approvedBy, at, counts: canonicalJson(counts), code });
      });
    },
    of: (_, day) => {
      const found = find.get(day);
      return ok(found ? { ...found, counts: JSON.parse(found.counts) as DayCounts } : null);
    },
    open: (at) => ok(listOpen.all(dayOf(at))),
  };
}

/** From a day before to two days after the beginning of the day, ISO 8601: no time zone is farther from UTC. */
function around(day: string): [string, string] {
  const begin = Date.parse(day);
  return [new Date(begin - DAY).toISOString(), new Date(begin + 2 * DAY).toISOString()];
}
