/** Receipt numbers: one a session, growing, never given twice; a number is on the disk before it is on paper. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { ok, type Result } from '../failures/failure.ts';
import type { AuditLog } from './audit-log.ts';

export interface Receipts {
  /** The session's number, 1 and up; asked again it is the same. */
  issue(at: string, sessionId: string, by: string): Result<number>;
  /**
   * NIK of whose sealed recording a receipt is, also after the session was erased.
   * @param receipt as it is printed, e.g. `3FA2-000042`. null: none of this kiosk's.
   */
  holder(at: string, receipt: string): Result<string | null>;
}

export function receipts(database: Database.Database, audit: AuditLog): Receipts {
  const find = database.prepare<[string], number>('SELECT number FROM receipts WHERE session = ?').pluck();
  const last = database
    .prepare<[], number>("SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'receipts'), 0)")
    .pluck();
  const insert = database.prepare('INSERT INTO receipts (number, session, issued_at) VALUES (?, ?, ?)');
  // The number finds the session; the fact has the receipt as it is printed, with the name of its kiosk.
  const holder = database
    .prepare<[number, string], string | null>(
      `SELECT ifnull(s.nik, r.nik) FROM receipts r
       JOIN sessions s ON s.id = r.session AND s.packet IS NOT NULL
       JOIN session_facts f ON f.session = s.id AND f.type = 'receipt-issued'
       WHERE r.number = ? AND f.fact ->> 'receipt' = ?`,
    )
    .pluck();

  return {
    issue: (at, sessionId, by) => {
      const issued = find.get(sessionId);
      if (issued !== undefined) return ok(issued);
      const number = last.get()! + 1;
      const data = { session: sessionId, number };
      return audit.record(at, { event: 'receipt-number-issued', by, data }, () => {
        insert.run(number, sessionId, at);
        return number;
      });
    },
    holder: (_, receipt) => {
      const number = /^[0-9A-F]{4}-(\d{6,12})$/.exec(receipt)?.[1];
      return ok(number === undefined ? null : (holder.get(Number(number), receipt) ?? null));
    },
  };
}
