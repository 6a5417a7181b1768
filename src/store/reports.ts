/** Counts for the daily report, the honorarium and the supervision; training is not in them. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { ok, type Result } from '../failures/failure.ts';
import type { ExceptionType, ReasonForComing } from '../rules/recording.ts';
import type { Ending } from './session-facts.ts';

export interface SessionCount {
  /** YYYY-MM-DD, on the kiosk's calendar, of its opening. */
  readonly day: string;
  /** As the biodata names it; null: nobody was identified so far. */
  readonly village: string | null;
  /** Who saw the person, or else took the session over; null: the resident alone. */
  readonly operator: string | null;
  readonly reason: ReasonForComing;
  /** null: not ended. */
  readonly outcome: Ending | null;
  readonly sessions: number;
  /** Captures that were thrown away. */
  readonly discarded: number;
  /** Sessions with an exception in them. */
  readonly excepted: number;
  /** From opening to end, by the kiosk's clock, s; of those that have not ended nothing. */
  readonly seconds: number;
}

export interface ExceptionCount {
  readonly recorder: string;
  readonly approver: string;
  readonly kind: ExceptionType;
  readonly approved: number;
  readonly refused: number;
}

export interface Coverage {
  readonly village: string;
  readonly mustHold: number;
  readonly recorded: number;
}

export interface Reports {
  /** Of these days, the last one included (YYYY-MM-DD). */
  sessions(at: string, from: string, to: string): Result<SessionCount[]>;
  exceptions(at: string, from: string, to: string): Result<ExceptionCount[]>;
  /** Of each session that was sealed, from opening to end, s; the shortest first. */
  durations(at: string, from: string, to: string): Result<number[]>;
  /** Of the roster that stands: who is 17 or more on that day, and how many of them are recorded by now. */
  coverage(at: string, day: string): Result<Coverage[]>;
}

/** A clock that was set back meanwhile makes no negative ones. */
const SECONDS = 'max(0, unixepoch(ended_at) - unixepoch(opened_at))';

export function reports(database: Database.Database): Reports {
  const countSessions = database.prepare<[string, string], SessionCount>(
    `SELECT day, village, operator, reason, outcome, count(*) AS sessions, sum(discarded) AS discarded,
            sum(exceptions > 0) AS excepted, ifnull(sum(${SECONDS}), 0) AS seconds
     FROM sessions WHERE training = 0 AND day BETWEEN ? AND ?
     GROUP BY day, village, operator, reason, outcome ORDER BY day, village, operator, reason, outcome`,
  );
  const listDurations = database
    .prepare<[string, string], number>(
      `SELECT ${SECONDS} AS seconds FROM sessions WHERE outcome = 'sealed' AND day BETWEEN ? AND ? ORDER BY seconds`,
    )
    .pluck();
  // An enrolment that failed at the centre is none; a session that is not erased yet says it before the centre does.
  const countCoverage = database.prepare<[{ day: string }], Coverage>(
    `SELECT village, count(*) AS mustHold, sum(
       EXISTS (SELECT 1 FROM record_statuses s WHERE s.nik = i.nik
               AND status <> 'UNREGISTERED' AND status NOT LIKE 'ENROLL_FAILURE%')
       OR EXISTS (SELECT 1 FROM sessions s WHERE s.nik = i.nik AND outcome = 'sealed'
                  AND NOT EXISTS (SELECT 1 FROM record_statuses r WHERE r.nik = s.nik))) AS recorded
     FROM invitations i
     WHERE roster = (SELECT number FROM roster) AND date(birth_date, '+17 years') <= @day
     GROUP BY village ORDER BY village`,
  );
  const countExceptions = database.prepare<[string, string], ExceptionCount>(
    `SELECT recorder, approver, kind, sum(iif(approved, count, 0)) AS approved,
            sum(iif(approved, 0, count)) AS refused
     FROM exception_counts WHERE day BETWEEN ? AND ?
     GROUP BY recorder, approver, kind ORDER BY recorder, approver, kind`,
  );
  return {
    sessions: (_, from, to) => ok(countSessions.all(from, to)),
    exceptions: (_, from, to) => ok(countExceptions.all(from, to)),
    durations: (_, from, to) => ok(listDurations.all(from, to)),
    coverage: (_, day) => ok(countCoverage.all({ day })),
  };
}
