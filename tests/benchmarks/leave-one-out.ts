/**
 * Thresholds that are chosen on the other sets and tried on the one left out: what a threshold chosen on sets that
 * one has is worth on a set that one has not.
 */

/** Numbers of cases that should stay below a threshold, and of cases that should reach it. */
export interface Cases {
  readonly name: string;
  readonly below: readonly number[];
  readonly reaching: readonly number[];
}

export interface Trial {
  readonly name: string;
  readonly threshold: number;
  /** Of the set left out: how many of `below` reach the threshold, and how many of `reaching` do. */
  readonly wrong: number;
  readonly right: number;
}

/** @param choose a threshold from the pooled numbers that should stay below it */
export function leaveOneOut(sets: readonly Cases[], choose: (below: readonly number[]) => number): Trial[] {
  return sets.map((left) => {
    const threshold = choose(sets.filter((set) => set !== left).flatMap(({ below }) => below));
    const reached = (numbers: readonly number[]) => numbers.filter((number) => number >= threshold).length;
    return { name: left.name, threshold, wrong: reached(left.below), right: reached(left.reaching) };
  });
}
