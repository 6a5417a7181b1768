/**
 * The tail of strangers' scores: beyond its highest hundredth a score's share falls off exponentially (Pickands 1975,
 * with shape 0). That carries the false accept rate a little beyond what the pairs can count, and does not hang on the
 * one or two highest of them.
 */

/** The share of the scores that the tail is fitted to. */
const SHARE = 0.01;

export interface Tail {
  /** The score that the given share of strangers reaches; only for shares up to one in a hundred. */
  readonly reachedBy: (share: number) => number;
  /** The share of strangers that reaches a score; only for scores of the tail. */
  readonly shareReaching: (score: number) => number;
}

export function tailOf(scores: readonly number[]): Tail {
  const descending = Float64Array.from(scores).sort().reverse();
  const count = Math.max(1, Math.round(SHARE * scores.length));
  const start = descending[count] ?? 0;
  const excess = descending.slice(0, count).reduce((sum, score) => sum + score - start, 0) / count;
  return {
    reachedBy: (share) => start + excess * Math.log(SHARE / share),
    shareReaching: (score) => SHARE * Math.exp((start - score) / excess),
  };
}
