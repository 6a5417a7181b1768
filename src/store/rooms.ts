/**
 * The store's rooms: what belongs together is an interface, each of whose operations is given the time first (ISO 8601).
 * The thread of the store has them as they are; everybody else over the message port, where the store tells the time.
 */
import type { Result } from '../failures/failure.ts';
import type { Cards } from './cards.ts';
import type { Closings } from './closings.ts';
import type { FeeReports, Surveys } from './feedback.ts';
import type { Intents } from './intents.ts';
import type { KeptSamples } from './kept-samples.ts';
import type { Outbox } from './outbox.ts';
import type { Queue } from './queue.ts';
import type { Receipts } from './receipts.ts';
import type { Reports } from './reports.ts';
import type { Roster } from './roster.ts';
import type { Sessions } from './sessions.ts';
import type { Staff } from './staff.ts';
import type { Statuses } from './statuses.ts';

export interface Rooms {
  readonly sessions: Sessions;
  readonly samples: KeptSamples;
  readonly intents: Intents;
  readonly receipts: Receipts;
  readonly outbox: Outbox;
  readonly staff: Staff;
  readonly roster: Roster;
  readonly statuses: Statuses;
  readonly cards: Cards;
  readonly queue: Queue;
  readonly surveys: Surveys;
  readonly feeReports: FeeReports;
  readonly reports: Reports;
  readonly closings: Closings;
}

type Remote<Room> = {
  readonly [Operation in keyof Room]: Room[Operation] extends (at: string, ...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/** The rooms from outside the thread: without the time, and every answer is a promise. */
export type RemoteRooms = { readonly [Room in keyof Rooms]: Remote<Rooms[Room]> };

export type CallRoom = (
  room: keyof Rooms,
  operation: string,
  args: readonly unknown[],
) => Promise<Result<unknown>>;

export function remoteRooms(call: CallRoom): RemoteRooms {
  const remote = <R extends keyof Rooms>(room: R) =>
    // Whatever is asked for by a name of the interface is a call of that name.
    new Proxy({} as Remote<Rooms[R]>, {
      get:
        (_, operation: string) =>
        (...args: readonly unknown[]) =>
          call(room, operation, args),
    });
  return {
    sessions: remote('sessions'),
    samples: remote('samples'),
    intents: remote('intents'),
    receipts: remote('receipts'),
    outbox: remote('outbox'),
    staff: remote('staff'),
    roster: remote('roster'),
    statuses: remote('statuses'),
    cards: remote('cards'),
    queue: remote('queue'),
    surveys: remote('surveys'),
    feeReports: remote('feeReports'),
    reports: remote('reports'),
    closings: remote('closings'),
  };
}
