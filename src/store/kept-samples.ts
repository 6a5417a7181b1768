/** Reading what is kept, which is always recorded, and erasing it when the policy says. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3-multiple-ciphers';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { AuditLog } from './audit-log.ts';
import { emptyLog } from './erasing.ts';
import type { RecentFinger, SampleInfo, StoredSample } from './samples.ts';
import type { ReadPurpose } from './session-events.ts';
import type { SessionTable } from './sessions.ts';
import type { Vault } from './vault.ts';

export interface KeptSamples {
  /** In the order in which they were kept, without their bytes. */
  list(at: string, sessionId: string): Result<SampleInfo[]>;
  /** The entry that says who read it and what for is stored before the answer. Errors: STORE-SAMPLE-UNKNOWN, -DAMAGED. */
  read(
    at: string,
    sessionId: string,
    sampleId: string,
    by: string,
    purpose: ReadPurpose,
  ): Result<StoredSample>;
  /** The fingers of the last `sessions` sessions that are not erased, but of `besides`; the newest session first. */
  recentFingers(at: string, sessions: number, besides: string): Result<RecentFinger[]>;
  /** Erases every sealed session whose packet the centre received `days` days ago or more. How many. */
  eraseReceived(at: string, days: number): Promise<Result<number>>;
}

const DAY = 86_400_000;

export function keptSamples(
  database: Database.Database,
  audit: AuditLog,
  vault: Vault,
  erase: SessionTable['erase'],
): KeptSamples {
  const recent = database
    .prepare<[string, number], string>(
      `SELECT id FROM sessions WHERE erased_at IS NULL AND id <> ? AND EXISTS (
         SELECT 1 FROM samples WHERE session = sessions.id AND kind = 'finger')
       ORDER BY seq DESC LIMIT ?`,
    )
    .pluck();
  const nextReceived = database
    .prepare<[string], string>(
      `SELECT s.id FROM sessions s JOIN outbox o ON o.kind = 'packet' AND o.id = s.packet
       WHERE s.outcome = 'sealed' AND s.erased_at IS NULL AND o.state = 'received' AND o.changed_at <= ? ORDER BY s.seq LIMIT 1`,
    )
    .pluck();

  return {
    list: (_, sessionId) => ok(vault.list(sessionId)),
    read: (at, sessionId, sampleId, by, purpose) => {
      const found = vault.read(sessionId, sampleId);
      if (!found.ok) return found;
      const data = { session: sessionId, sample: sampleId, purpose };
      return audit.record(at, { event: 'sample-read', by, data }, () => found.value);
    },
    recentFingers: (at, sessions, besides) => {
      const fingers = recent.all(besides, sessions).flatMap((id) => vault.fingers(id));
      const data = { sessions, fingers: fingers.length };
      return audit.record(at, { event: 'recent-fingers-read', by: 'kiosk', data }, () => fingers);
    },
    eraseReceived: async (at, days) => {
      const before = new Date(Date.parse(at) - days * DAY).toISOString();
      for (let erased = 0; ; erased++) {
        const id = nextReceived.get(before);
        if (id === undefined) {
          if (erased > 0) emptyLog(database);
          return ok(erased);
        }
        const done = erase(at, id);
        if (!done.ok) return done;
        // One session a turn, so that whoever records meanwhile does not wait.
        await nextTurn();
        if (!database.open) return fail('STORE-STOPPED');
      }
    },
  };
}
