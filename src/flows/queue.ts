/** The queue of a day: whose turn it is, and how long the others wait. Numbers and states are the store's. */
import type { QueueEntry } from '../store/queue.ts';
import { QUEUE_PRIORITIES, type QueuePlace, type QueuePriority, type QueueStatus } from './queue-status.ts';
import type { RecordingPolicy } from './recording-policy.ts';

/** So many of the last ones tell how long a person takes: the morning's pace says little of the evening's. */
const REMEMBERED = 10;

/**
 * Those who wait, in the order in which they will be called: priorities first, but after so many of them one of the
 * others; somebody who missed a call goes behind who never did.
 * @param inARow how many priorities were called one after the other just now
 */
export function callOrder(
  entries: readonly QueueEntry[],
  policy: RecordingPolicy['queue'],
  inARow: number,
): readonly QueueEntry[] {
  const waiting = entries
    .filter(({ state }) => state === 'waiting')
    .sort((a, b) => a.missed - b.missed || a.number - b.number);
  const first = waiting.filter((one) => goesFirst(one, policy));
  const others = waiting.filter((one) => !goesFirst(one, policy));
  const ordered: QueueEntry[] = [];
  let run = inARow;
  while (first.length + others.length > 0) {
    const isTheirs = first.length > 0 && (run < policy.inARow || others.length === 0);
    run = isTheirs ? run + 1 : 0;
    ordered.push(...(isTheirs ? first : others).splice(0, 1));
  }
  return ordered;
}

export function goesFirst({ priority }: QueueEntry, policy: RecordingPolicy['queue']): boolean {
  return policy.priorities.some((one) => one === priority);
}

/** @param inARow as for callOrder */
export function queueStatus(
  entries: readonly QueueEntry[],
  policy: RecordingPolicy['queue'],
  inARow: number,
): QueueStatus {
  const served = entries.flatMap(({ seconds }) => (seconds === null ? [] : [seconds])).slice(-REMEMBERED);
  const measured = served.length > 0 ? served.reduce((a, b) => a + b, 0) / served.length / 60 : null;
  const each = measured ?? policy.minutesEach;
  const ahead = entries.filter(({ state }) => state === 'called' || state === 'serving').length;
  const numberOf = (state: QueueEntry['state']) => entries.find((one) => one.state === state)?.number ?? null;
  return {
    called: numberOf('called'),
    serving: numberOf('serving'),
    waiting: callOrder(entries, policy, inARow).map(
      ({ number, priority, takenAt, missed }, index): QueuePlace => ({
        number,
        priority: priorityOf(priority),
        since: takenAt,
        missed,
        waitMinutes: Math.round((index + ahead) * each),
      }),
    ),
    minutesEach: measured,
  };
}

/** A priority that an older policy named is none any more. */
function priorityOf(priority: string | null): QueuePriority | null {
  return QUEUE_PRIORITIES.find((one) => one === priority) ?? null;
}
