/** The queue of the day. Numbers and times, nobody's name; no audit entry goes with them. Whose turn it is, flows decide. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { fail, ok, type Result } from '../failures/failure.ts';
import { IDENTIFIER } from '../rules/identifier.ts';
import type { Calendar } from './calendar.ts';

export type QueueState = 'waiting' | 'called' | 'serving' | 'served' | 'void';

export interface QueueEntry {
  /** 1 and up, anew every day. */
  readonly number: number;
  /** Class of priority, as the policy names it; null: none. */
  readonly priority: string | null;
  readonly state: QueueState;
  /** ISO 8601. */
  readonly takenAt: string;
  /** Called and not there, so many times. */
  readonly missed: number;
  /** How long it took to serve them, s; null: not yet served. */
  readonly seconds: number | null;
}

export interface Queue {
  /** The next number of the day; a number is never given twice, also after a restart. Errors: STORE-ENTRY-REFUSED. */
  take(at: string, priority: string | null): Result<QueueEntry>;
  /** Errors, here and below: QUEUE-NUMBER-WRONG, when the number is not of today or not in a state for it. */
  call(at: string, number: number): Result<QueueEntry>;
  /** Called and not there: they wait again, or, `final`, the number is void. */
  missed(at: string, number: number, final: boolean): Result<QueueEntry>;
  serve(at: string, number: number): Result<QueueEntry>;
  /** `seconds`: by a monotonic clock, since the kiosk's own may jump. */
  served(at: string, number: number, seconds: number): Result<QueueEntry>;
  /** In the order of the numbers. */
  today(at: string): Result<QueueEntry[]>;
}

export function queue(database: Database.Database, dayOf: Calendar): Queue {
  const columns = 'number, priority, state, taken_at AS takenAt, missed, seconds';
  const insert = database.prepare<[object], QueueEntry>(
    `INSERT INTO queue (day, number, priority, taken_at)
     VALUES (@day, ifnull((SELECT max(number) FROM queue WHERE day = @day), 0) + 1, @priority, @at)
     RETURNING ${columns}`,
  );
  const list = database.prepare<[string], QueueEntry>(
    `SELECT ${columns} FROM queue WHERE day = ? ORDER BY number`,
  );
  const move = database.prepare<[object], QueueEntry>(
    `UPDATE queue SET state = @to, missed = missed + @missed, seconds = @seconds
     WHERE day = @day AND number = @number AND state IN (SELECT value FROM json_each(@from))
     RETURNING ${columns}`,
  );

  function change(
    at: string,
    number: number,
    from: readonly QueueState[],
    to: QueueState,
    { missed = 0, seconds = null }: { readonly missed?: number; readonly seconds?: number | null } = {},
  ): Result<QueueEntry> {
    const entry = move.get({ day: dayOf(at), number, from: JSON.stringify(from), to, missed, seconds });
    return entry === undefined ? fail('QUEUE-NUMBER-WRONG', `${number} to ${to}`) : ok(entry);
  }

  return {
    take: (at, priority) => {
      if (priority !== null && !IDENTIFIER.test(priority)) return fail('STORE-ENTRY-REFUSED', 'priority');
      return ok(insert.get({ day: dayOf(at), priority, at })!);
    },
    call: (at, number) => change(at, number, ['waiting', 'called'], 'called'),
    missed: (at, number, final) => change(at, number, ['called'], final ? 'void' : 'waiting', { missed: 1 }),
    serve: (at, number) => change(at, number, ['waiting', 'called'], 'serving'),
    served: (at, number, seconds) => change(at, number, ['serving'], 'served', { seconds }),
    today: (at) => ok(list.all(dayOf(at))),
  };
}
