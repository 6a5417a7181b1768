/** The rows of sessions and facts. A session's own row follows its facts, so that lists and reports need not read them. */
import type Database from 'better-sqlite3-multiple-ciphers';
import type { Calendar } from './calendar.ts';
import { canonicalJson, type Json } from './canonical-json.ts';
import type { SessionFact, StoredFact } from './session-facts.ts';

export interface SessionRow {
  readonly id: string;
  readonly training: 0 | 1;
  readonly outcome: string | null;
  readonly erasedAt: string | null;
  readonly nik: string | null;
}

export interface UnfinishedSession {
  readonly id: string;
  /** ISO 8601. */
  readonly openedAt: string;
  /** When its last fact was stored. */
  readonly activeAt: string;
}

/** A fact with its row's columns. */
export interface FactRow {
  readonly seq: number;
  readonly session: string;
  readonly operation: string;
  readonly at: string;
  readonly by: string;
  readonly fact: SessionFact;
}

type SettledException = SessionFact & { readonly type: 'exception-settled' };
type Opened = SessionFact & { readonly type: 'opened' };

interface FactText extends Omit<FactRow, 'fact'> {
  readonly fact: string;
}

/** The facts that an erased session keeps: they say when and how, not who. */
const TOMBSTONE: readonly SessionFact['type'][] = ['opened', 'receipt-issued', 'sealed', 'ended'];

export function sessionRows(database: Database.Database, dayOf: Calendar) {
  const insert = database.prepare(
    `INSERT INTO sessions (id, reason, channel, training, day, opened_at, active_at)
     VALUES (@id, @reason, @channel, @training, @day, @at, @at)`,
  );
  const select = database.prepare<[string], SessionRow>(
    'SELECT id, training, outcome, erased_at AS erasedAt, nik FROM sessions WHERE id = ?',
  );
  const listUnfinished = database.prepare<[], UnfinishedSession>(
    `SELECT id, opened_at AS openedAt, active_at AS activeAt FROM sessions WHERE outcome IS NULL ORDER BY seq`,
  );
  const insertFact = database.prepare(
    `INSERT INTO session_facts (session, operation, at, by, type, fact)
     VALUES (@session, @operation, @at, @by, @type, @fact)`,
  );
  const columns = 'seq, session, operation, at, by, fact';
  const ofSession = database.prepare<[string], FactText>(
    `SELECT ${columns} FROM session_facts WHERE session = ? ORDER BY seq`,
  );
  const ofOperation = database.prepare<[string], FactText>(
    `SELECT ${columns} FROM session_facts WHERE operation = ? ORDER BY seq`,
  );
  const typesOfSession = database
    .prepare<[string], SessionFact['type']>('SELECT type FROM session_facts WHERE session = ? ORDER BY seq')
    .pluck();
  const update = database.prepare(
    `UPDATE sessions SET
       active_at = @at, resumed = 0, samples = (SELECT count(*) FROM samples WHERE session = @id), discarded = discarded + @discarded,
       exceptions = exceptions + @exceptions, nik = ifnull(@nik, nik), village = ifnull(@village, village),
       operator = ifnull(@operator, operator), packet = ifnull(@packet, packet),
       outcome = ifnull(@outcome, outcome), ended_at = iif(@outcome IS NULL, ended_at, @at)
     WHERE id = @id`,
  );
  const resume = database
    .prepare<[string], number>(
      'UPDATE sessions SET resumed = resumed + 1 WHERE id = ? AND outcome IS NULL RETURNING resumed',
    )
    .pluck();
  const exceptionOf = database.prepare<[string, string], { recorder: string; kind: string; training: 0 | 1 }>(
    `SELECT f.by AS recorder, fact ->> 'kind' AS kind, training
     FROM session_facts f JOIN sessions s ON s.id = session
     WHERE session = ? AND type = 'exception-recorded' AND fact ->> 'exception' = ?`,
  );
  const countException = database.prepare(
    `INSERT INTO exception_counts (day, recorder, approver, kind, approved, count)
     VALUES (@day, @recorder, @approver, @kind, @approved, 1) ON CONFLICT DO UPDATE SET count = count + 1`,
  );
  const deleteFacts = database.prepare(
    `DELETE FROM session_facts
     WHERE session = ? AND type NOT IN (${TOMBSTONE.map((type) => `'${type}'`).join(', ')})`,
  );
  const bury = database.prepare('UPDATE sessions SET nik = NULL, erased_at = ? WHERE id = ?');

  function countSettled({ session, at, by }: Omit<FactRow, 'seq'>, fact: SettledException): void {
    const exception = exceptionOf.get(session, fact.exception);
    if (exception === undefined || exception.training === 1) return;
    const { recorder, kind } = exception;
    const approved = fact.approved ? 1 : 0;
    countException.run({ day: dayOf(at), recorder, approver: by, kind, approved });
  }

  return {
    add: (at: string, id: string, { reason, channel, training }: Opened) =>
      void insert.run({ id, reason, channel, training: training ? 1 : 0, day: dayOf(at), at }),
    find: (id: string) => select.get(id),
    unfinished: () => listUnfinished.all(),
    resume: (id: string) => resume.get(id),
    typesOf: (id: string) => typesOfSession.all(id),
    factsOf: (id: string) => ofSession.all(id).map(parsed),
    factsOfOperation: (operation: string) => ofOperation.all(operation).map(parsed),
    /** And lets the session's own row follow. */
    addFact: (row: Omit<FactRow, 'seq'>): StoredFact => {
      const fact = canonicalJson(row.fact as Json);
      const { lastInsertRowid } = insertFact.run({ ...row, type: row.fact.type, fact });
      update.run({ ...UNCHANGED, ...changesBy(row), id: row.session, at: row.at });
      if (row.fact.type === 'exception-settled') countSettled(row, row.fact);
      return asStored({ ...row, seq: Number(lastInsertRowid) });
    },
    /** Who recorded it; undefined: there is no such exception. */
    recorderOf: (id: string, exception: string) => exceptionOf.get(id, exception)?.recorder,
    /** Leaves a tombstone. */
    erase: (at: string, id: string) => {
      deleteFacts.run(id);
      bury.run(at, id);
    },
  };
}

const UNCHANGED = {
  discarded: 0,
  exceptions: 0,
  nik: null,
  village: null,
  operator: null,
  packet: null,
  outcome: null,
};

/** What a fact changes in the row of its session. */
function changesBy({ fact, by }: Pick<FactRow, 'fact' | 'by'>) {
  switch (fact.type) {
    case 'identified':
      return { nik: fact.nik };
    case 'biodata-taken':
      return { village: fact.biodata.kelurahan ?? null };
    case 'biodata-corrected':
      return fact.field === 'kelurahan' ? { village: fact.value } : {};
    case 'samples-kept':
      return { discarded: fact.discarded };
    case 'samples-dropped':
      return { discarded: fact.samples.length };
    case 'exception-recorded':
      return { exceptions: 1 };
    case 'taken-over':
    case 'identity-checked':
      return { operator: by };
    case 'sealed':
      return { packet: fact.packet };
    case 'ended':
      return { outcome: fact.how };
    default:
      return {};
  }
}

function parsed(row: FactText): FactRow {
  return { ...row, fact: JSON.parse(row.fact) as SessionFact };
}

export function asStored({ seq, at, by, fact }: Pick<FactRow, 'seq' | 'at' | 'by' | 'fact'>): StoredFact {
  return { ...fact, seq, at, by };
}
