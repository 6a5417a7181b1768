/**
 * The tail of strangers' scores: beyond its highest hundredth a score's share falls off exponentially (Pickands 1975,
 * with shape 0). That carries the false accept rate a little beyond what the pairs can count, and does not hang on the
 * one or two highest of them.
 */

export interface Tail {
  /** The score that the given share of strangers reaches; only for shares below the tail's own. */
  readonly reachedBy: (share: number) => number;
  /** The share of strangers that reaches a score; only for scores of the tail. */
  readonly shareReaching: (score: number) => number;
}

/** @param tail the share of the scores that it is fitted to: more than a hundredth where there are few of them */
export function tailOf(scores: readonly number[], tail = 0.01): Tail {
  const descending = Float64Array.from(scores).sort().reverse();
  const count = Math.max(1, Math.round(tail * scores.length));
  const start = descending[count] ?? 0;
  const excess = descending.slice(0, count).reduce((sum, score) => sum + score - start, 0) / count;
  return {
    reachedBy: (share) => start + excess * Math.log(tail / share),
    shareReaching: (score) => tail * Math.exp((start - score) / excess),
  };
}
