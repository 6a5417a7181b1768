/**
 * How alike prints must be before a guard speaks up, from how often it may do so wrongly. The model: the share of
 * strangers' pairs that reaches a score falls tenfold from one of two thresholds to the other, and so on, and pairs are
 * independent of each other. Down to one pair in 10,000 that was measured, on the worst of all sets (thresholds.ts,
 * docs/fingerprints.md); beyond, the line is carried on.
 */
import { OWN, type Thresholds } from '../fingerprint/thresholds.ts';

/** Of 1,000 honest sessions at most one may be stopped by a guard that compares prints; the guards share it. */
const SESSION = 1 / 1000;
export const ALLOWANCE = {
  withinSession: SESSION / 4,
  swappedHands: SESSION / 4,
  otherPeople: SESSION / 2,
} as const;

/** Steps of a ladder: more fingers than these add nothing to what is already certain. */
const STEPS = 4;

/** What is compared in one session. */
export interface Search {
  /** Pairs of prints in each group; a group is what is judged as one, such as another person's fingers. */
  readonly pairs: number;
  readonly groups: number;
  /** Probability, 0–1, that strangers alone raise an alarm in any group of the session. */
  readonly allowance: number;
}

/** The score that no more than the given share of strangers' pairs reaches; `scale` belongs to the makers of the templates. */
export function scoreReachedBy(share: number, scale: Thresholds = OWN): number {
  const decadesBeyond = -Math.log10(share) - 3;
  return scale.far1in1000 + decadesBeyond * (scale.far1in10000 - scale.far1in1000);
}

/**
 * The scores that 1, 2, 3 … pairs of one group must all reach, no print counted twice. n pairs hold k that reach a
 * score of share p with probability at most (n·p)^k / k!; each step gets an equal part of the allowance. One pair
 * alone must be far stricter than several together. No step goes below the screening threshold.
 */
export function ladder({ pairs, groups, allowance }: Search, scale: Thresholds = OWN): number[] {
  let factorial = 1;
  return Array.from({ length: STEPS }, (_, step) => {
    const k = step + 1;
    factorial *= k;
    const perGroup = allowance / STEPS / Math.max(1, groups);
    const share = (factorial * perGroup) ** (1 / k) / Math.max(1, pairs);
    return Math.max(scale.far1in1000, scoreReachedBy(share, scale));
  });
}

/** @returns how many pairs climb the ladder together, 0 for none; scores in descending order */
export function climbed(scores: readonly number[], steps: readonly number[]): number {
  return steps.findLastIndex((least, step) => (scores[step] ?? 0) >= least) + 1;
}

/**
 * The probability, 0–1, that a stranger is accepted within one verification, when each of the card's fingers is
 * offered in every try. It counts all comparisons as independent; those of one stranger are not, so it is an upper
 * bound.
 * @param far of one comparison, 0–1
 */
export function verificationFalseAccepts(far: number, { tries = 4, fingers = 2 } = {}): number {
  return 1 - (1 - far) ** (tries * fingers);
}
