/**
 * The schema, forward only: migration n (from 1) brings a database of version n - 1 to version n. A migration that
 * was ever released is never changed.
 */
import type Database from 'better-sqlite3-multiple-ciphers';
import { fail, ok, type Result } from '../failures/failure.ts';
import { day } from './schema/day.ts';
import { handOver } from './schema/hand-over.ts';
import { recording } from './schema/recording.ts';
import { sending } from './schema/sending.ts';
import { service } from './schema/service.ts';
import { staff } from './schema/staff.ts';

const migrations: readonly string[] = [
  `
  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    time TEXT NOT NULL,
    event TEXT NOT NULL,
    by TEXT NOT NULL,
    policy TEXT NOT NULL,
    data TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;

  CREATE TRIGGER audit_never_updated BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  -- INSERT OR REPLACE would delete past the trigger above.
  CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit
  WHEN NEW.seq <= (SELECT max(seq) FROM audit)
  BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

  CREATE TABLE audit_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    signature TEXT NOT NULL
  ) STRICT;

  CREATE TABLE activations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    uid TEXT NOT NULL,
    reader TEXT NOT NULL,
    session TEXT NOT NULL,
    by TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('done', 'already', 'refused', 'unknown')),
    proof TEXT,
    settled_at TEXT,
    CHECK ((outcome IS NULL) = (proof IS NULL) AND (outcome IS NULL) = (settled_at IS NULL))
  ) STRICT;
  CREATE INDEX activations_in_doubt ON activations (outcome) WHERE outcome IS NULL OR outcome = 'unknown';

  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    UNIQUE (kind, id)
  ) STRICT;
  CREATE INDEX outbox_pending ON outbox (seq) WHERE state = 'pending';

  CREATE TABLE facts (
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name, subject)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE device_uses (
    day TEXT NOT NULL,
    device TEXT NOT NULL,
    outcome TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, device, outcome)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE devices_seen (
    device TEXT PRIMARY KEY,
    identity TEXT NOT NULL,
    temperature REAL,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE card_outcomes (
    reader TEXT NOT NULL,
    firmware TEXT NOT NULL,
    card_type TEXT NOT NULL,
    card_generation TEXT NOT NULL,
    outcome TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (reader, firmware, card_type, card_generation, outcome)
  ) STRICT, WITHOUT ROWID;
  `,
  recording,
  sending,
  staff,
  service,
  `
  -- Whose receipt it is, from the erasure of the session on: a status is asked for by it as long as there is one.
  ALTER TABLE receipts ADD COLUMN nik TEXT;
  `,
  day,
  handOver,
  `
  -- Of a certified device's sample: its signed answer, under the session's key.
  ALTER TABLE samples ADD COLUMN proof BLOB;
  `,
];

/** Brings the database to the newest version, wholly or not at all. Errors: STORE-NEWER. */
export function migrate(database: Database.Database): Result {
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) {
    return fail('STORE-NEWER', `database version ${version}, this program knows ${migrations.length}`);
  }
  database.transaction(() => {
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.pragma(`user_version = ${migrations.length}`);
  })();
  return ok();
}
