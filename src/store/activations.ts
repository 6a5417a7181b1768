/**
 * Activation cannot be repeated or undone, so its intent is stored before the command goes to the card and its outcome
 * after. What is open at the next start was cut off in between: the card tells how it ended, or nobody can.
 */
import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3-multiple-ciphers';
import type { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { activationOutcome } from './audit-events.ts';
import type { AuditLog } from './audit-log.ts';
import { canonicalJson, type Json } from './canonical-json.ts';
import type { OutboxTable } from './outbox.ts';

export type ActivationOutcome = z.infer<typeof activationOutcome>;

export interface ActivationIntent {
  /** UUID in lower case, of this attempt. */
  readonly id: string;
  /** UID8 of the chip, 16 upper-case hex digits. */
  readonly uid: string;
  readonly readerId: string;
  /** UUID in lower case, of the case at the desk. */
  readonly sessionId: string;
  /** The operator who asked for it. */
  readonly by: string;
}

export interface StoredActivation extends ActivationIntent {
  /** ISO 8601. */
  readonly begunAt: string;
}

export interface Settlement {
  readonly id: string;
  readonly outcome: ActivationOutcome;
  /** What shows that the holder was verified and how the chip answered. */
  readonly proof: Json;
  /** Whoever settles it: the operator, or `kiosk` when it is settled at start. */
  readonly by: string;
}

export interface Activations {
  /** The same intent twice is one. Errors: STORE-ACTIVATION-CONFLICT, STORE-ENTRY-REFUSED. */
  begin(at: string, intent: ActivationIntent): Result;
  /** Errors: STORE-ACTIVATION-NOT-BEGUN, STORE-ACTIVATION-CONFLICT, STORE-ENTRY-REFUSED. */
  settle(at: string, settlement: Settlement): Result;
  open(): Result<StoredActivation[]>;
  unknown(): Result<StoredActivation[]>;
}

export function activations(database: Database.Database, audit: AuditLog, outbox: OutboxTable): Activations {
  const columns = 'id, uid, reader AS readerId, session AS sessionId, by, begun_at AS begunAt';
  const insert = database.prepare(
    `INSERT INTO activations (id, uid, reader, session, by, begun_at)
     VALUES (@id, @uid, @readerId, @sessionId, @by, @at)`,
  );
  const update = database.prepare(
    'UPDATE activations SET outcome = @outcome, proof = @proof, settled_at = @at WHERE id = @id',
  );
  const find = database.prepare<[string], StoredActivation & { outcome: ActivationOutcome | null }>(
    `SELECT ${columns}, outcome FROM activations WHERE id = ?`,
  );
  const listOpen = database.prepare<[], StoredActivation>(
    `SELECT ${columns} FROM activations WHERE outcome IS NULL ORDER BY seq`,
  );
  const listUnknown = database.prepare<[], StoredActivation>(
    `SELECT ${columns} FROM activations WHERE outcome = 'unknown' ORDER BY seq`,
  );

  function begin(at: string, intent: ActivationIntent): Result {
    const { id, uid, readerId, sessionId, by } = intent;
    const stored = find.get(id);
    if (stored !== undefined) {
      return sameIntent(stored, intent) ? ok() : fail('STORE-ACTIVATION-CONFLICT', `${id} is another intent`);
    }
    const data = { activation: id, session: sessionId, reader: readerId, uid };
    return audit.record(at, { event: 'activation-intended', by, data }, () => {
      insert.run({ id, uid, readerId, sessionId, by, at });
    });
  }

  function settle(at: string, { id, outcome, proof, by }: Settlement): Result {
    const stored = find.get(id);
    if (stored === undefined) return fail('STORE-ACTIVATION-NOT-BEGUN', id);
    if (stored.outcome === outcome) return ok();
    if (!maySettle(stored.outcome, outcome)) {
      return fail('STORE-ACTIVATION-CONFLICT', `${id} is settled as ${stored.outcome}, not ${outcome}`);
    }
    const text = canonicalJson(proof);
    const data = { activation: id, uid: stored.uid, outcome, proof: sha256Of(text) };
    return audit.record(at, { event: 'activation-settled', by, data }, ({ seq, hash }) => {
      update.run({ id, outcome, proof: text, at });
      // With the entry's place in the audit, so that the centre holds evidence of it that this kiosk cannot take back.
      if (outcome === 'done') outbox.add(at, { kind: 'activation', id }, { proof, audit: { seq, hash } });
    });
  }

  return { begin, settle, open: () => ok(listOpen.all()), unknown: () => ok(listUnknown.all()) };
}

/** An outcome stands, but for "unknown": the card may turn up again and tell. */
function maySettle(stored: ActivationOutcome | null, outcome: ActivationOutcome): boolean {
  return stored === null || (stored === 'unknown' && (outcome === 'done' || outcome === 'refused'));
}

function sameIntent(a: ActivationIntent, b: ActivationIntent): boolean {
  return a.uid === b.uid && a.readerId === b.readerId && a.sessionId === b.sessionId && a.by === b.by;
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
