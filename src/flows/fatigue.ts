/** Whether somebody should pause: their sessions grow longer, or more of their captures go wrong, than when they began. */
import type { RecordingPolicy } from './recording-policy.ts';

/** One session that somebody worked through. */
export interface WorkedSession {
  /** From the first touch to the end. */
  readonly seconds: number;
  readonly captures: number;
  /** Of the captures: thrown away. */
  readonly discarded: number;
}

/**
 * The last sessions against the first ones since the login: everybody is measured by their own pace. One resident who
 * takes long is none; half of a window must.
 * @param sessions since they signed in, the oldest first
 */
export function isTired(sessions: readonly WorkedSession[], policy: RecordingPolicy['fatigue']): boolean {
  const { window, lengthening, errors } = policy;
  if (sessions.length < 2 * window) return false;
  const [fresh, now] = [sessions.slice(0, window), sessions.slice(-window)];
  const isSlower = median(now) > lengthening * median(fresh);
  const wrong = errorRate(now);
  return isSlower || (wrong >= errors.least && wrong > errors.growth * errorRate(fresh));
}

/** Seconds. */
function median(sessions: readonly WorkedSession[]): number {
  const sorted = sessions.map(({ seconds }) => seconds).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Share of the captures that was thrown away, 0–1. */
function errorRate(sessions: readonly WorkedSession[]): number {
  const sum = (of: 'captures' | 'discarded') => sessions.reduce((total, one) => total + one[of], 0);
  return sum('discarded') / Math.max(1, sum('captures'));
}
