/** Migration 4: what goes out and comes back, acts that cannot be repeated, numbers that are given once. */
export const sending = `
  ALTER TABLE outbox ADD COLUMN changed_at TEXT;
  ALTER TABLE outbox ADD COLUMN batch INTEGER;
  CREATE INDEX outbox_in_state ON outbox (state, seq);

  CREATE TABLE intents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    session TEXT,
    subject TEXT NOT NULL,
    by TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    outcome TEXT,
    settled_at TEXT,
    CHECK ((outcome IS NULL) = (settled_at IS NULL))
  ) STRICT;
  CREATE INDEX intents_open ON intents (seq) WHERE outcome IS NULL;

  -- AUTOINCREMENT: a number is never given again, also when its row should go.
  CREATE TABLE receipts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL UNIQUE,
    issued_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE batches (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    intent TEXT NOT NULL UNIQUE,
    begun_at TEXT NOT NULL
  ) STRICT;

  -- An entry that somebody spoiled may be no JSON; it stays to be found by the verification.
  CREATE INDEX audit_of_session ON audit (iif(json_valid(data), data ->> 'session', NULL));
`;
