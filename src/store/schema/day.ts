/** Migration 8: days that were closed, and what is asked of the audit by kind and time to close one. */
export const day = `
  CREATE TABLE closed_days (
    day TEXT PRIMARY KEY,
    reviewed_by TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    at TEXT NOT NULL,
    counts TEXT NOT NULL,
    code TEXT,
    CHECK (reviewed_by <> approved_by)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX audit_of_event ON audit (event, time);
  CREATE INDEX hand_overs_of_time ON hand_overs (at);

  -- What captures came to, by device and by what was captured: finger-2, iris-left, photo.
  CREATE TABLE capture_counts (
    day TEXT NOT NULL,
    device TEXT NOT NULL,
    subject TEXT NOT NULL,
    kept INTEGER NOT NULL,
    discarded INTEGER NOT NULL,
    PRIMARY KEY (day, device, subject)
  ) STRICT, WITHOUT ROWID;

  -- Starts that took this session up since its last fact: one that crashes the kiosk again and again is not taken up for ever.
  ALTER TABLE sessions ADD COLUMN resumed INTEGER NOT NULL DEFAULT 0;
`;
