/** What is to go to the centre. A row is written in the transaction of the act that it tells of; sending comes later. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { ok, type Result } from '../failures/failure.ts';
import { canonicalJson, type Json } from './canonical-json.ts';

export const OUTBOX_KINDS = ['activation', 'packet', 'hand-over', 'fee-report'] as const;
export type OutboxKind = (typeof OUTBOX_KINDS)[number];

export interface OutboxRow {
  readonly kind: OutboxKind;
  /** Of the act, unique within its kind: the same act never goes out twice. */
  readonly id: string;
  readonly payload: Json;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly state: 'pending';
}

export interface Outbox {
  /** To be called inside a transaction. */
  add(at: string, kind: OutboxKind, id: string, payload: Json): void;
  /** The oldest first. */
  pending(): Result<OutboxRow[]>;
}

export function outbox(database: Database.Database): Outbox {
  const insert = database.prepare(
    'INSERT INTO outbox (kind, id, payload, created_at) VALUES (@kind, @id, @payload, @at)',
  );
  const list = database.prepare<[], OutboxRow & { payload: string }>(
    `SELECT kind, id, payload, created_at AS createdAt, state FROM outbox WHERE state = 'pending' ORDER BY seq`,
  );
  return {
    add: (at, kind, id, payload) => {
      insert.run({ kind, id, payload: canonicalJson(payload), at });
    },
    pending: () => ok(list.all().map((row) => ({ ...row, payload: JSON.parse(row.payload) as Json }))),
  };
}
