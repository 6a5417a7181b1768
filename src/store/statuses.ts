/** Where records are: what the centre reports, and, until it does, what this kiosk knows of its own packets. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { daysBetween } from '../rules/age.ts';
import { isStuck, RECORD_STATUSES, type RecordStatus } from '../rules/record-status.ts';
import { day } from './audit-fields.ts';
import type { AuditLog } from './audit-log.ts';
import type { Calendar } from './calendar.ts';
import { nik } from './person-fields.ts';

export const reportedStatus = z.strictObject({
  nik,
  status: z.enum(RECORD_STATUSES),
  /** The day it came to this status. */
  since: day,
});
export type ReportedStatus = z.infer<typeof reportedStatus>;

export interface StandingStatus {
  readonly status: RecordStatus;
  readonly since: string;
  /** Whole days since then, and whether that is too long. */
  readonly days: number;
  readonly stuck: boolean;
  readonly source: 'centre' | 'kiosk';
}

export interface Statuses {
  /**
   * What the centre reports; the newer takes the place of the older. Page by page: what was received before a failure
   * stays, and may be received again. Errors: STATUS-INVALID, before any is stored.
   */
  receive(at: string, statuses: readonly ReportedStatus[], by: string): Promise<Result>;
  /** null: nothing is known of a record. */
  of(at: string, nik: string): Result<StandingStatus | null>;
  /** Those that wait too long, the longest first. */
  stuck(at: string): Result<(StandingStatus & { readonly nik: string })[]>;
  counts(at: string): Result<{ readonly status: RecordStatus; readonly count: number }[]>;
}

export interface StatusTable extends Statuses {
  /**
   * What the kiosk knows, and whose receipt it is, is kept when the session it knows it from is erased. To be called
   * inside a transaction.
   */
  keep(at: string, sessionId: string): void;
}

/** Records stored in one transaction and one turn of the event loop. */
const PAGE = 200;

interface Row {
  readonly nik: string;
  readonly status: RecordStatus;
  readonly since: string;
}

/** As it stands: the newer of what the centre and the kiosk know, of the same day the centre's. */
interface StandingRow extends Row {
  readonly source: StandingStatus['source'];
}

export function statuses(database: Database.Database, audit: AuditLog, dayOf: Calendar): StatusTable {
  const insert = `INSERT INTO record_statuses (nik, status, since, received_at) VALUES (@nik, @status, @since, @at)
     ON CONFLICT (nik) DO UPDATE SET status = @status, since = @since, received_at = @at`;
  const upsertReported = database.prepare(`${insert} WHERE since <= @since`);
  const upsertOwn = database.prepare(`${insert} WHERE since < @since`);
  const own = `SELECT nik, s.day AS since, iif(o.state = 'pending', 'BIO_CAPTURED', 'PROCESSING') AS status, s.seq
    FROM sessions s JOIN outbox o ON o.kind = 'packet' AND o.id = s.packet WHERE nik IS NOT NULL`;
  const ofSession = database.prepare<[string], Row>(`${own} AND s.id = ?`);
  const keepHolder = database.prepare('UPDATE receipts SET nik = ? WHERE session = ?');
  // The kiosk's is the newer of who was recorded once more after a failure.
  const standing = `
    SELECT nik, status, since, 'centre' AS source FROM record_statuses r
    WHERE NOT EXISTS (SELECT 1 FROM (${own}) k WHERE k.nik = r.nik AND k.since > r.since)
    UNION ALL
    SELECT nik, status, since, 'kiosk' FROM (${own}) k
    WHERE NOT EXISTS (SELECT 1 FROM record_statuses r WHERE r.nik = k.nik AND r.since >= k.since)
      AND NOT EXISTS (SELECT 1 FROM (${own}) l WHERE l.nik = k.nik AND l.seq > k.seq)`;
  const all = database.prepare<[], StandingRow>(standing);
  const ofNik = database.prepare<[string], StandingRow>(`SELECT * FROM (${standing}) WHERE nik = ?`);
  const count = database.prepare<[], { status: RecordStatus; count: number }>(
    'SELECT status, count(*) AS count FROM record_statuses GROUP BY status ORDER BY status',
  );

  async function receive(at: string, reported: readonly ReportedStatus[], by: string): Promise<Result> {
    const wrong = reported.findIndex((row) => !reportedStatus.safeParse(row).success);
    if (wrong >= 0) return fail('STATUS-INVALID', `status ${wrong}`);
    for (let from = 0; from < reported.length; from += PAGE) {
      if (!database.open) return fail('STORE-STOPPED');
      const page = reported.slice(from, from + PAGE);
      const data = { records: page.length };
      const received = audit.record(at, { event: 'statuses-received', by, data }, () => {
        for (const { nik, status, since } of page) upsertReported.run({ nik, status, since, at });
      });
      if (!received.ok) return received;
      await nextTurn();
    }
    return ok();
  }

  return {
    receive,
    of: (at, nik) => {
      const row = ofNik.get(nik);
      return ok(row === undefined ? null : judged(row, dayOf(at)));
    },
    stuck: (at) => {
      const today = dayOf(at);
      const judgedOnes = all.all().map((row) => ({ nik: row.nik, ...judged(row, today) }));
      return ok(judgedOnes.filter(({ stuck }) => stuck).toSorted((a, b) => b.days - a.days));
    },
    counts: () => ok(count.all()),
    keep: (at, sessionId) => {
      const known = ofSession.get(sessionId);
      if (known === undefined) return;
      upsertOwn.run({ ...known, at });
      keepHolder.run(known.nik, sessionId);
    },
  };
}

function judged({ status, since, source }: StandingRow, today: string): StandingStatus {
  const days = daysBetween(since, today);
  return { status, since, days, stuck: isStuck(status, days), source };
}
