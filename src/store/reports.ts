/** Counts for the daily report, the honorarium and the supervision; training is not in them. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { ok, type Result } from '../failures/failure.ts';
import type { ExceptionType } from '../rules/recording.ts';
import type { Ending } from './session-facts.ts';

export interface SessionCount {
  /** YYYY-MM-DD, on the kiosk's calendar, of its opening. */
  readonly day: string;
  /** As the biodata names it; null: nobody was identified so far. */
  readonly village: string | null;
  /** Who saw the person, or else took the session over; null: the resident alone. */
  readonly operator: string | null;
  /** null: not ended. */
  readonly outcome: Ending | null;
  readonly sessions: number;
  /** Captures that were thrown away. */
  readonly discarded: number;
  /** Sessions with an exception in them. */
  readonly excepted: number;
}

export interface ExceptionCount {
  readonly recorder: string;
  readonly approver: string;
  readonly kind: ExceptionType;
  readonly approved: number;
  readonly refused: number;
}

export interface Reports {
  /** Of these days, the last one included (YYYY-MM-DD). */
  sessions(at: string, from: string, to: string): Result<SessionCount[]>;
  exceptions(at: string, from: string, to: string): Result<ExceptionCount[]>;
}

export function reports(database: Database.Database): Reports {
  const countSessions = database.prepare<[string, string], SessionCount>(
    `SELECT day, village, operator, outcome, count(*) AS sessions, sum(discarded) AS discarded,
            sum(exceptions > 0) AS excepted
     FROM sessions WHERE training = 0 AND day BETWEEN ? AND ?
     GROUP BY day, village, operator, outcome ORDER BY day, village, operator, outcome`,
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
  };
}
