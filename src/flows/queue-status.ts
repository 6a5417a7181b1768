/** What the queue tells the outside: public and plain JSON, like session-status.ts. */

export const QUEUE_PRIORITIES = ['elderly', 'disabled', 'pregnant', 'nursing'] as const;
export type QueuePriority = (typeof QUEUE_PRIORITIES)[number];

export interface QueueStatus {
  /** The number that was called last and is not yet served; null: none. */
  readonly called: number | null;
  /** The number that is served at present; null: none, or somebody without a number. */
  readonly serving: number | null;
  /** In the order in which they will be called. */
  readonly waiting: readonly QueuePlace[];
  /** Minutes a person takes, from today's sessions; null: nobody was served yet and the policy's figure stands in. */
  readonly minutesEach: number | null;
}

export interface QueuePlace {
  /** 1 and up, anew every day. */
  readonly number: number;
  readonly priority: QueuePriority | null;
  /** ISO 8601. */
  readonly since: string;
  /** Estimated, whole minutes. */
  readonly waitMinutes: number;
  /** Called and not there, so many times. */
  readonly missed: number;
}
