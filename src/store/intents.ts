/**
 * Acts that cannot be repeated: the intent is stored before, the outcome after. What is open at the next start was cut
 * off in between; whoever settles it looks for what the act leaves (a packet's file, a batch on a stick).
 */
import type Database from 'better-sqlite3-multiple-ciphers';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { AuditEntry } from './audit-events.ts';
import type { AuditLog } from './audit-log.ts';
import { canonicalJson, type Json } from './canonical-json.ts';
import type { INTENT_KINDS, INTENT_OUTCOMES } from './sending-events.ts';

export type IntentKind = (typeof INTENT_KINDS)[number];
export type IntentOutcome = (typeof INTENT_OUTCOMES)[number];

export interface Intent {
  /** UUID in lower case, of this attempt. */
  readonly id: string;
  readonly kind: IntentKind;
  /** The session it is about; null: of no single one. */
  readonly sessionId: string | null;
  /** What must be known to settle it: a packet's id, a batch's rows. */
  readonly subject: Json;
  readonly by: string;
}

export interface StoredIntent extends Intent {
  /** ISO 8601. */
  readonly begunAt: string;
}

export interface IntentSettlement {
  readonly id: string;
  readonly outcome: IntentOutcome;
  readonly by: string;
}

export interface Intents {
  /** The same intent twice is one. Errors: STORE-INTENT-CONFLICT, STORE-ENTRY-REFUSED. */
  begin(at: string, intent: Intent): Result;
  /** An outcome stands, but for `unknown`. Errors: STORE-INTENT-NOT-BEGUN, STORE-INTENT-CONFLICT. */
  settle(at: string, settlement: IntentSettlement): Result;
  /** The oldest first. */
  open(at: string): Result<StoredIntent[]>;
}

/** A settlement to be stored in a transaction with something else. */
export interface PreparedSettlement {
  readonly entries: readonly AuditEntry[];
  write(at: string): void;
}

export interface IntentTable extends Intents {
  prepare(settlement: IntentSettlement): Result<PreparedSettlement>;
}

interface Row extends Omit<StoredIntent, 'subject'> {
  readonly subject: string;
  readonly outcome: IntentOutcome | null;
}

export function intents(database: Database.Database, audit: AuditLog): IntentTable {
  const columns = 'id, kind, session AS sessionId, subject, by, begun_at AS begunAt';
  const insert = database.prepare(
    `INSERT INTO intents (id, kind, session, subject, by, begun_at)
     VALUES (@id, @kind, @sessionId, @subject, @by, @at)`,
  );
  const update = database.prepare('UPDATE intents SET outcome = @outcome, settled_at = @at WHERE id = @id');
  const find = database.prepare<[string], Row>(`SELECT ${columns}, outcome FROM intents WHERE id = ?`);
  const listOpen = database.prepare<[], Row>(
    `SELECT ${columns}, outcome FROM intents WHERE outcome IS NULL ORDER BY seq`,
  );

  function begin(at: string, { id, kind, sessionId, subject, by }: Intent): Result {
    const text = canonicalJson(subject);
    const stored = find.get(id);
    if (stored !== undefined) {
      const isSame = stored.kind === kind && stored.sessionId === sessionId && stored.subject === text;
      return isSame ? ok() : fail('STORE-INTENT-CONFLICT', `${id} is another intent`);
    }
    const data = { intent: id, kind, session: sessionId };
    return audit.record(at, { event: 'intent-begun', by, data }, () => {
      insert.run({ id, kind, sessionId, subject: text, by, at });
    });
  }

  function prepare({ id, outcome, by }: IntentSettlement): Result<PreparedSettlement> {
    const stored = find.get(id);
    if (stored === undefined) return fail('STORE-INTENT-NOT-BEGUN', id);
    if (stored.outcome === outcome) return ok({ entries: [], write: () => undefined });
    if (stored.outcome !== null && stored.outcome !== 'unknown') {
      return fail('STORE-INTENT-CONFLICT', `${id} is settled as ${stored.outcome}, not ${outcome}`);
    }
    const data = { intent: id, kind: stored.kind, session: stored.sessionId, outcome };
    return ok({
      entries: [{ event: 'intent-settled', by, data }],
      write: (at) => void update.run({ id, outcome, at }),
    });
  }

  function settle(at: string, settlement: IntentSettlement): Result {
    const prepared = prepare(settlement);
    if (!prepared.ok) return prepared;
    const { entries, write } = prepared.value;
    return entries.length === 0 ? ok() : audit.record(at, entries, () => write(at));
  }

  const open = () =>
    ok(
      listOpen
        .all()
        .map(({ outcome: _, subject, ...row }) => ({ ...row, subject: JSON.parse(subject) as Json })),
    );
  return { begin, settle, open, prepare };
}
