/** Receipt numbers: one a session, growing, never given twice; a number is on the disk before it is on paper. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { ok, type Result } from '../failures/failure.ts';
import type { AuditLog } from './audit-log.ts';

export interface Receipts {
  /** The session's number, 1 and up; asked again it is the same. */
  issue(at: string, sessionId: string, by: string): Result<number>;
}

export function receipts(database: Database.Database, audit: AuditLog): Receipts {
  const find = database.prepare<[string], number>('SELECT number FROM receipts WHERE session = ?').pluck();
  const last = database
    .prepare<[], number>("SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'receipts'), 0)")
    .pluck();
  const insert = database.prepare('INSERT INTO receipts (number, session, issued_at) VALUES (?, ?, ?)');

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
  };
}
