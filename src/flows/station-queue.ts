/** The queue of a station: what is asked of it, and the day's entries as the store has them. */
import { fail, ok, type Result } from '../failures/failure.ts';
import type { QueueEntry } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import { callOrder, goesFirst, queueStatus } from './queue.ts';
import type { QueuePlace, QueuePriority, QueueStatus } from './queue-status.ts';
import type { RecordingPolicy } from './recording-policy.ts';
import type { SessionEvent } from './session-events.ts';

type QueueWish = Extract<SessionEvent, { type: 'call-next' | 'call-number' | 'mark-missed' | 'give-number' }>;

export interface StationQueue {
  status(): QueueStatus;
  /** Errors: SESSION-NOT-NOW. */
  ask(wish: QueueWish): Result;
  /** A new number, with the place that it has now. Errors: those of the store. */
  take(priority: QueuePriority | null): Promise<Result<QueuePlace>>;
  /** Whoever is called has come: their number; null: nobody was called. */
  serveCalled(): number | null;
  /** @param seconds that it took */
  served(number: number, seconds: number): void;
}

/** @param changed called when the entries are others than before */
export function createStationQueue(
  store: Pick<Store, 'queue'>,
  policy: RecordingPolicy['queue'],
  today: readonly QueueEntry[],
  changed: () => void,
): StationQueue {
  let entries = today;
  /** Priorities that were called one after the other just now. */
  let inARow = 0;

  async function move<T>(act: Promise<Result<T>>): Promise<Result<T>> {
    const moved = await act;
    const now = await store.queue.today();
    if (now.ok) entries = now.value;
    changed();
    return moved;
  }

  const status = () => queueStatus(entries, policy, inARow);
  const called = () => entries.find(({ state }) => state === 'called');

  function call(next: QueueEntry | undefined): Result {
    if (called()) return fail('SESSION-NOT-NOW', 'somebody is called');
    if (!next) return fail('SESSION-NOT-NOW', 'nobody waits');
    inARow = goesFirst(next, policy) ? inARow + 1 : 0;
    void move(store.queue.call(next.number));
    return ok();
  }

  return {
    status,
    ask(wish) {
      switch (wish.type) {
        case 'give-number':
          void move(store.queue.take(wish.priority));
          return ok();
        case 'call-next':
          return call(callOrder(entries, policy, inARow)[0]);
        case 'call-number':
          return call(entries.find(({ number, state }) => number === wish.number && state === 'waiting'));
        case 'mark-missed': {
          const missing = called();
          if (missing?.number !== wish.number) return fail('SESSION-NOT-NOW', 'that number is not called');
          void move(store.queue.missed(wish.number, missing.missed + 1 >= policy.missedMost));
          return ok();
        }
      }
    },
    async take(priority) {
      const taken = await move(store.queue.take(priority));
      if (!taken.ok) return taken;
      const { number, takenAt, missed } = taken.value;
      const place = status().waiting.find((one) => one.number === number);
      // The entries could not be read again: the number stands all the same, and the estimate comes with the next look.
      return ok(place ?? { number, priority, since: takenAt, missed, waitMinutes: 0 });
    },
    serveCalled() {
      const number = called()?.number ?? null;
      if (number !== null) void move(store.queue.serve(number));
      return number;
    },
    served(number, seconds) {
      void move(store.queue.served(number, seconds));
    },
  };
}
