/** The queue of a day: numbers, whom to call next, how long it will take. Pure: each act makes a new queue. */
import type { RecordingPolicy } from './recording-policy.ts';
import type { QueuePlace, QueuePriority, QueueStatus } from './session-status.ts';

interface Waiting {
  readonly number: number;
  readonly priority: QueuePriority | null;
  readonly since: string;
  readonly missed: number;
}

export interface Queue {
  /** `YYYY-MM-DD`: another day begins with another queue. */
  readonly day: string;
  readonly next: number;
  readonly waiting: readonly Waiting[];
  readonly called: Waiting | null;
  readonly serving: number | null;
  /** Priorities that were called one after the other. */
  readonly prioritiesInARow: number;
  /** Minutes of the last sessions, the newest last. */
  readonly minutes: readonly number[];
}

/** So many of the last sessions tell how long one takes: the morning's pace says little of the evening's. */
const REMEMBERED = 10;

export function emptyQueue(day: string): Queue {
  return { day, next: 1, waiting: [], called: null, serving: null, prioritiesInARow: 0, minutes: [] };
}

/** The new number is `queue.next` of before. */
export function take(queue: Queue, priority: QueuePriority | null, since: string): Queue {
  const waiting = [...queue.waiting, { number: queue.next, priority, since, missed: 0 }];
  return { ...queue, next: queue.next + 1, waiting };
}

/** In the order in which they will be called: priorities first, but after so many of them one of the others. */
export function order(queue: Queue, policy: RecordingPolicy['queue']): readonly Waiting[] {
  const first = queue.waiting.filter(({ priority }) => priority && policy.priorities.includes(priority));
  const others = queue.waiting.filter((one) => !first.includes(one));
  const ordered: Waiting[] = [];
  let inARow = queue.prioritiesInARow;
  while (first.length + others.length > 0) {
    const isTurn = first.length > 0 && (inARow < policy.inARow || others.length === 0);
    inARow = isTurn ? inARow + 1 : 0;
    const next = isTurn ? first.shift() : others.shift();
    if (next) ordered.push(next);
  }
  return ordered;
}

/** @param number of somebody who waits; without one whoever is next */
export function call(queue: Queue, policy: RecordingPolicy['queue'], number?: number): Queue {
  const called =
    number === undefined ? order(queue, policy)[0] : queue.waiting.find((one) => one.number === number);
  if (!called) return queue;
  const isPriority = called.priority !== null && policy.priorities.includes(called.priority);
  return {
    ...queue,
    waiting: queue.waiting.filter((one) => one !== called),
    called,
    prioritiesInARow: isPriority ? queue.prioritiesInARow + 1 : 0,
  };
}

/** Called and not there: to the end of the queue, until the number is void. */
export function miss(queue: Queue, policy: RecordingPolicy['queue']): Queue {
  const { called } = queue;
  if (!called) return queue;
  const missed = called.missed + 1;
  const waiting = missed < policy.missedMost ? [...queue.waiting, { ...called, missed }] : queue.waiting;
  return { ...queue, called: null, waiting };
}

/** Somebody sits down: the one who was called, if anybody was. */
export function begin(queue: Queue): Queue {
  return { ...queue, called: null, serving: queue.called?.number ?? null };
}

/** @param minutes that it took; null: not to be counted, nobody was recorded */
export function end(queue: Queue, minutes: number | null): Queue {
  const counted = minutes === null ? queue.minutes : [...queue.minutes, minutes].slice(-REMEMBERED);
  return { ...queue, serving: null, minutes: counted };
}

export function queueStatus(queue: Queue, policy: RecordingPolicy['queue']): QueueStatus {
  const { minutes } = queue;
  const measured = minutes.length > 0 ? minutes.reduce((a, b) => a + b, 0) / minutes.length : null;
  const each = measured ?? policy.minutesEach;
  const ahead = (queue.serving === null ? 0 : 1) + (queue.called === null ? 0 : 1);
  return {
    called: queue.called?.number ?? null,
    serving: queue.serving,
    waiting: order(queue, policy).map(
      ({ number, priority, since, missed }, index): QueuePlace => ({
        number,
        priority,
        since,
        missed,
        waitMinutes: Math.round((index + ahead) * each),
      }),
    ),
    minutesEach: measured,
  };
}
