/** How many messages a screen may send: some at once, then so many a second (a token bucket). */
export interface Allowance {
  /** @param now monotonic, ms. Returns whether one more message is within the allowance, and counts it. */
  take(now: number): boolean;
}

export function createAllowance(burst: number, perSecond: number): Allowance {
  let left = burst;
  let last: number | undefined;
  return {
    take(now) {
      left = Math.min(burst, left + ((now - (last ?? now)) / 1000) * perSecond);
      last = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
