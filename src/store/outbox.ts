/**
 * What is to go to the centre. A row is written in the transaction of the act that it tells of; it is `exported` once a
 * batch took it out of the kiosk, and `received` when the centre's signed receipt says so. Until then it can be
 * exported again.
 */
import type Database from 'better-sqlite3-multiple-ciphers';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { AuditLog } from './audit-log.ts';
import { canonicalJson, type Json } from './canonical-json.ts';
import type { IntentTable } from './intents.ts';
import type { OUTBOX_KINDS } from './sending-events.ts';

export type OutboxKind = (typeof OUTBOX_KINDS)[number];
export type OutboxState = 'pending' | 'exported' | 'received';

/** Which act: unique within its kind, so that the same act never goes out twice. */
export interface OutboxKey {
  readonly kind: OutboxKind;
  readonly id: string;
}

export interface OutboxRow extends OutboxKey {
  readonly payload: Json;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly state: OutboxState;
  /** When it came to this state, ISO 8601; null: still pending. */
  readonly changedAt: string | null;
  /** Number of the last batch that took it; null: none. */
  readonly batch: number | null;
}

export type OutboxCount = { readonly kind: OutboxKind } & Readonly<Record<OutboxState, number>>;

export interface Outbox {
  /** Not yet exported; the oldest first. */
  pending(at: string): Result<OutboxRow[]>;
  /** Exported, and not yet confirmed by the centre; the oldest first. */
  unconfirmed(at: string): Result<OutboxRow[]>;
  /** One kind a row: "26 sent, 26 received". */
  counts(at: string): Result<OutboxCount[]>;
  /** The number of the batch that an export intent makes; asked again it is the same. Errors: STORE-INTENT-NOT-BEGUN. */
  batch(at: string, intent: string): Result<number>;
  /** A batch is out, and its intent settled as done, in one transaction. What is received stays received. */
  exported(at: string, batch: number, rows: readonly OutboxKey[], by: string): Result;
  /** The centre confirms. Rows that this kiosk never made come back; a confirmation may come again. */
  received(at: string, rows: readonly OutboxKey[], by: string): Result<{ readonly unknown: OutboxKey[] }>;
}

export interface OutboxTable extends Outbox {
  /** To be called inside a transaction. */
  add(at: string, key: OutboxKey, payload: Json): void;
}

export function outbox(database: Database.Database, audit: AuditLog, intents: IntentTable): OutboxTable {
  const insert = database.prepare(
    'INSERT INTO outbox (kind, id, payload, created_at) VALUES (@kind, @id, @payload, @at)',
  );
  const inState = database.prepare<[OutboxState], OutboxRow & { payload: string }>(
    `SELECT kind, id, payload, created_at AS createdAt, state, changed_at AS changedAt, batch
     FROM outbox WHERE state = ? ORDER BY seq`,
  );
  const stateOf = database
    .prepare<[OutboxKey], OutboxState>('SELECT state FROM outbox WHERE kind = @kind AND id = @id')
    .pluck();
  const count = database.prepare<[], OutboxCount>(
    `SELECT kind, sum(state = 'pending') AS pending, sum(state = 'exported') AS exported,
            sum(state = 'received') AS received
     FROM outbox GROUP BY kind ORDER BY kind`,
  );
  const batchOf = database.prepare<[string], number>('SELECT number FROM batches WHERE intent = ?').pluck();
  const intentOf = database.prepare<[number], string>('SELECT intent FROM batches WHERE number = ?').pluck();
  const isBegun = database
    .prepare<[string], number>("SELECT 1 FROM intents WHERE id = ? AND kind = 'export'")
    .pluck();
  const insertBatch = database.prepare('INSERT INTO batches (intent, begun_at) VALUES (?, ?)');
  const markExported = database.prepare(
    `UPDATE outbox SET state = 'exported', batch = @batch, changed_at = @at
     WHERE kind = @kind AND id = @id AND state <> 'received'`,
  );
  const markReceived = database.prepare(
    // What the centre has need not lie here, too: it may name people.
    `UPDATE outbox SET state = 'received', changed_at = @at, payload = '{}' WHERE kind = @kind AND id = @id`,
  );

  const list = (state: OutboxState): OutboxRow[] =>
    inState.all(state).map((row) => ({ ...row, payload: JSON.parse(row.payload) as Json }));

  return {
    add: (at, key, payload) => void insert.run({ ...key, payload: canonicalJson(payload), at }),
    pending: () => ok(list('pending')),
    unconfirmed: () => ok(list('exported')),
    counts: () => ok(count.all()),
    batch: (at, intent) => {
      const number = batchOf.get(intent);
      if (number !== undefined) return ok(number);
      if (isBegun.get(intent) === undefined) return fail('STORE-INTENT-NOT-BEGUN', intent);
      return ok(Number(insertBatch.run(intent, at).lastInsertRowid));
    },
    exported: (at, batch, rows, by) => {
      const intent = intentOf.get(batch);
      if (intent === undefined) return fail('STORE-INTENT-NOT-BEGUN', `batch ${batch}`);
      const settled = intents.prepare({ id: intent, outcome: 'done', by });
      if (!settled.ok) return settled;
      const { entries, write } = settled.value;
      if (entries.length === 0) return ok();
      const data = { batch, rows: countsOf(rows) };
      return audit.record(at, [{ event: 'outbox-exported', by, data }, ...entries], () => {
        for (const { kind, id } of rows) markExported.run({ kind, id, batch, at });
        write(at);
      });
    },
    received: (at, rows, by) => {
      const known = rows.map(({ kind, id }) => ({ kind, id, state: stateOf.get({ kind, id }) }));
      const unknown = known.filter(({ state }) => state === undefined).map(({ kind, id }) => ({ kind, id }));
      const fresh = known.filter(({ state }) => state !== undefined && state !== 'received');
      if (fresh.length + unknown.length === 0) return ok({ unknown });
      const data = { rows: countsOf(fresh), unknown: unknown.length };
      return audit.record(at, { event: 'outbox-received', by, data }, () => {
        for (const { kind, id } of fresh) markReceived.run({ kind, id, at });
        return { unknown };
      });
    },
  };
}

function countsOf(rows: readonly OutboxKey[]): Partial<Record<OutboxKind, number>> {
  const byKind = Map.groupBy(rows, ({ kind }) => kind);
  return Object.fromEntries([...byKind].map(([kind, ofKind]) => [kind, ofKind.length]));
}
