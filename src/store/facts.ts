/** What the kiosk remembers of its readers from one start to the next. No fact changes without an audit entry. */
import type Database from 'better-sqlite3-multiple-ciphers';
import type { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type AuditEntry, samUid } from './audit-events.ts';
import type { AuditLog } from './audit-log.ts';
import { canonicalJson } from './canonical-json.ts';

const schemas = {
  /** UID of the SAM that is bound to this kiosk in that reader. */
  'sam-uid': samUid,
  /** UID of another SAM that was seen there and that no technician has confirmed yet. */
  'sam-other': samUid,
};

export type FactName = keyof typeof schemas;
export type FactValue<N extends FactName> = z.infer<(typeof schemas)[N]>;

export interface Facts {
  get<N extends FactName>(name: N, readerId: string): Result<FactValue<N> | null>;
  /** `null` forgets it. `because`: the entry that goes with it. Errors: STORE-ENTRY-REFUSED. */
  set<N extends FactName>(
    at: string,
    name: N,
    readerId: string,
    value: FactValue<N> | null,
    because: AuditEntry,
  ): Result;
}

export function facts(database: Database.Database, audit: AuditLog): Facts {
  const select = database
    .prepare<[string, string], string>('SELECT value FROM facts WHERE name = ? AND subject = ?')
    .pluck();
  const upsert = database.prepare(
    `INSERT INTO facts (name, subject, value) VALUES (?, ?, ?)
     ON CONFLICT (name, subject) DO UPDATE SET value = excluded.value`,
  );
  const forget = database.prepare('DELETE FROM facts WHERE name = ? AND subject = ?');

  return {
    get: (name, readerId) => {
      const text = select.get(name, readerId);
      return ok(text === undefined ? null : JSON.parse(text));
    },
    set: (at, name, readerId, value, because) => {
      if (value !== null && !schemas[name].safeParse(value).success) {
        return fail('STORE-ENTRY-REFUSED', `fact ${name}`);
      }
      return audit.record(at, because, () => {
        if (value === null) forget.run(name, readerId);
        else upsert.run(name, readerId, canonicalJson(value));
      });
    },
  };
}
