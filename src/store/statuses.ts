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
  /** What the kiosk knows is kept when the session it knows it from is erased. To be called inside a transaction. */
  keep(at: string, sessionId: string): void;
}

/** Records stored in one transaction and one turn of the event loop. */
const PAGE = 200;

interface Row {
  readonly nik: string;
  readonly status: RecordStatus;
  readonly since: string;
}

export function statuses(database: Database.Database, audit: AuditLog, dayOf: Calendar): StatusTable {
  const upsert = database.prepare(
    `INSERT INTO record_statuses (nik, status, since, received_at) VALUES (@nik, @status, @since, @at)
     ON CONFLICT (nik) DO UPDATE SET status = @status, since = @since, received_at = @at WHERE since <= @since`,
  );
  const ofCentre = database.prepare<[string], Row>(
    'SELECT nik, status, since FROM record_statuses WHERE nik = ?',
  );
  const all = database.prepare<[], Row>('SELECT nik, status, since FROM record_statuses ORDER BY since');
  const own = `SELECT nik, s.day AS since, iif(o.state = 'pending', 'BIO_CAPTURED', 'PROCESSING') AS status
    FROM sessions s JOIN outbox o ON o.kind = 'packet' AND o.id = s.packet`;
  const ofKiosk = database.prepare<[string], Row>(`${own} WHERE nik = ? ORDER BY s.seq DESC LIMIT 1`);
  const ofSession = database.prepare<[string], Row>(`${own} WHERE s.id = ? AND nik IS NOT NULL`);
  const ownWithoutCentre = database.prepare<[], Row>(
    `SELECT * FROM (${own} WHERE nik IS NOT NULL) k
     WHERE NOT EXISTS (SELECT 1 FROM record_statuses r WHERE r.nik = k.nik AND r.since >= k.since)`,
  );
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
        for (const { nik, status, since } of page) upsert.run({ nik, status, since, at });
      });
      if (!received.ok) return received;
      await nextTurn();
    }
    return ok();
  }

  return {
    receive,
    of: (at, nik) => {
      const today = dayOf(at);
      const centre = ofCentre.get(nik);
      const kiosk = ofKiosk.get(nik);
      // Recorded once more after a failure: then the kiosk's own is the newer.
      if (kiosk !== undefined && (centre === undefined || centre.since < kiosk.since)) {
        return ok(judged(kiosk, 'kiosk', today));
      }
      return ok(centre === undefined ? null : judged(centre, 'centre', today));
    },
    stuck: (at) => {
      const today = dayOf(at);
      const centre = all.all().map((row) => ({ nik: row.nik, ...judged(row, 'centre', today) }));
      const kiosk = ownWithoutCentre.all().map((row) => ({ nik: row.nik, ...judged(row, 'kiosk', today) }));
      return ok([...centre, ...kiosk].filter(({ stuck }) => stuck).toSorted((a, b) => b.days - a.days));
    },
    counts: () => ok(count.all()),
    keep: (at, sessionId) => {
      const known = ofSession.get(sessionId);
      if (known) upsert.run({ ...known, at });
    },
  };
}

function judged({ status, since }: Row, source: StandingStatus['source'], today: string): StandingStatus {
  const days = daysBetween(since, today);
  return { status, since, days, stuck: isStuck(status, days), source };
}
