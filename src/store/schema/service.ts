/** Migration 6: who is invited, where their records and cards are, the queue, what people say of the service. */
export const service = `
  CREATE TABLE roster (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    imported_at TEXT NOT NULL
  ) STRICT;
  -- Rows of another number than the roster's are of an import that is under way or was cut off: nobody reads them.
  CREATE TABLE invitations (
    roster INTEGER NOT NULL,
    id TEXT NOT NULL,
    nik TEXT NOT NULL,
    name TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    village TEXT NOT NULL,
    invited_on TEXT NOT NULL,
    state TEXT NOT NULL,
    delivered_by TEXT,
    PRIMARY KEY (roster, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX invitations_of_nik ON invitations (roster, nik);
  CREATE INDEX invitations_of_birth_date ON invitations (roster, birth_date);
  CREATE INDEX invitations_of_village ON invitations (roster, village, invited_on);
  -- What happened here since; outlives the next roster.
  CREATE TABLE invitation_states (
    invitation TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    delivered_by TEXT,
    rescheduled_to TEXT,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE record_statuses (
    nik TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    since TEXT NOT NULL,
    received_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE shipments (
    id TEXT PRIMARY KEY,
    arrived_on TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE cards (
    shipment TEXT NOT NULL REFERENCES shipments (id),
    nik TEXT NOT NULL,
    name TEXT NOT NULL,
    village TEXT NOT NULL,
    hand_over TEXT,
    PRIMARY KEY (shipment, nik)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX cards_of_nik ON cards (nik);
  CREATE TABLE hand_overs (
    id TEXT PRIMARY KEY,
    nik TEXT NOT NULL,
    uid TEXT,
    outcome TEXT NOT NULL,
    disputed TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE queue (
    day TEXT NOT NULL,
    number INTEGER NOT NULL,
    priority TEXT,
    taken_at TEXT NOT NULL,
    missed INTEGER NOT NULL DEFAULT 0,
    seconds REAL,
    state TEXT NOT NULL DEFAULT 'waiting',
    PRIMARY KEY (day, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE surveys (
    id TEXT PRIMARY KEY,
    day TEXT NOT NULL,
    answers TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- By random ids, so that the order in which they came is nowhere; without a time or a session.
  CREATE TABLE fee_reports (
    id TEXT PRIMARY KEY,
    day TEXT NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE fee_report_months (
    month TEXT PRIMARY KEY,
    count INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE fee_report_days (
    day TEXT PRIMARY KEY,
    commitment TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
