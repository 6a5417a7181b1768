/** Migration 3: sessions with their facts and samples. */
export const recording = `
  CREATE TABLE sessions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    reason TEXT NOT NULL,
    channel TEXT NOT NULL,
    training INTEGER NOT NULL,
    -- as the kiosk's own clock and time zone have it, YYYY-MM-DD
    day TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    active_at TEXT NOT NULL,
    ended_at TEXT,
    outcome TEXT,
    packet TEXT,
    operator TEXT,
    village TEXT,
    samples INTEGER NOT NULL DEFAULT 0,
    discarded INTEGER NOT NULL DEFAULT 0,
    exceptions INTEGER NOT NULL DEFAULT 0,
    -- personal: gone when the session is erased
    nik TEXT,
    erased_at TEXT,
    CHECK ((outcome IS NULL) = (ended_at IS NULL)),
    CHECK (erased_at IS NULL OR nik IS NULL),
    CHECK (outcome IS NOT 'sealed' OR (packet IS NOT NULL AND training = 0))
  ) STRICT;
  CREATE INDEX sessions_unfinished ON sessions (seq) WHERE outcome IS NULL;
  CREATE INDEX sessions_of_nik ON sessions (nik) WHERE nik IS NOT NULL;
  CREATE INDEX sessions_of_day ON sessions (day);

  CREATE TABLE session_facts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL REFERENCES sessions (id),
    operation TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    type TEXT NOT NULL,
    fact TEXT NOT NULL
  ) STRICT;
  CREATE INDEX session_facts_of_session ON session_facts (session, seq);
  CREATE INDEX session_facts_of_operation ON session_facts (operation);
  -- One NIK a session, one packet, one end.
  CREATE UNIQUE INDEX session_facts_once ON session_facts (session, type)
    WHERE type IN ('opened', 'identified', 'sealed', 'ended');

  CREATE TABLE session_keys (
    session TEXT PRIMARY KEY REFERENCES sessions (id),
    key BLOB NOT NULL CHECK (length(key) = 32)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE samples (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL REFERENCES sessions (id),
    kind TEXT NOT NULL,
    info TEXT NOT NULL,
    made_at TEXT NOT NULL,
    -- AES-256-GCM under the session's key; the small one first, for it is read without the other
    template BLOB,
    record BLOB NOT NULL
  ) STRICT;
  CREATE INDEX samples_of_session ON samples (session, seq);

  -- By day, who recorded and who approved; of no session, so that it tells nothing of a person's body.
  CREATE TABLE exception_counts (
    day TEXT NOT NULL,
    recorder TEXT NOT NULL,
    approver TEXT NOT NULL,
    kind TEXT NOT NULL,
    approved INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, recorder, approver, kind, approved)
  ) STRICT, WITHOUT ROWID;
`;
