/** What the kiosk remembers of its readers and devices from one start to the next. No fact changes without an audit entry. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type AuditEntry, samUid } from './audit-events.ts';
import type { AuditLog } from './audit-log.ts';
import { canonicalJson } from './canonical-json.ts';

const schemas = {
  /** UID of the SAM that is bound to this kiosk in that reader. */
  'sam-uid': samUid,
  /** UID of another SAM that was seen there and that no technician has confirmed yet. */
  'sam-other': samUid,
  /** When a technician calibrated the device last, ISO 8601. */
  calibrated: z.iso.datetime(),
};

export type FactName = keyof typeof schemas;
export type FactValue<N extends FactName> = z.infer<(typeof schemas)[N]>;

/** `value` null: forgets it. */
export type FactChange = {
  [N in FactName]: { readonly name: N; readonly subject: string; readonly value: FactValue<N> | null };
}[FactName];

export interface Facts {
  get<N extends FactName>(name: N, subject: string): Result<FactValue<N> | null>;
  /** All of the changes or none. `because`: the entry that goes with them. Errors: STORE-ENTRY-REFUSED. */
  change(at: string, changes: readonly FactChange[], because: AuditEntry): Result;
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
    get: (name, subject) => {
      const text = select.get(name, subject);
      return ok(text === undefined ? null : JSON.parse(text));
    },
    change: (at, changes, because) => {
      const wrong = changes.find(({ name, value }) => !schemas[name].nullable().safeParse(value).success);
      if (wrong) return fail('STORE-ENTRY-REFUSED', `fact ${wrong.name}`);
      return audit.record(at, because, () => {
        for (const { name, subject, value } of changes) {
          if (value === null) forget.run(name, subject);
          else upsert.run(name, subject, canonicalJson(value));
        }
      });
    },
  };
}
