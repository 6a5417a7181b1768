/** Migration 5: who works here. */
export const staff = `
  CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    -- Argon2id, PHC string; gone when somebody leaves
    pin TEXT,
    duress_pin TEXT,
    card_uid TEXT,
    appointment TEXT NOT NULL,
    appointed_until TEXT NOT NULL,
    trained_until TEXT NOT NULL,
    failed INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT,
    enrolled_at TEXT NOT NULL,
    retired_at TEXT,
    CHECK (retired_at IS NULL OR (pin IS NULL AND duress_pin IS NULL AND card_uid IS NULL))
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE staff_fingers (
    staff TEXT NOT NULL REFERENCES staff (id),
    position INTEGER NOT NULL,
    template BLOB NOT NULL,
    PRIMARY KEY (staff, position)
  ) STRICT, WITHOUT ROWID;
`;
