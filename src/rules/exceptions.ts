/** Exceptions: which reason goes with what, and when somebody records more of them than chance explains. */
import type { ExceptionSubject, ExceptionType } from './recording.ts';

const kinds: Readonly<Record<ExceptionSubject['kind'], readonly ExceptionType[]>> = {
  finger: ['missing', 'temporary', 'unreadable', 'cannot-cooperate'],
  iris: ['missing', 'temporary', 'unreadable', 'cannot-cooperate'],
  signature: ['cannot-sign', 'cannot-cooperate'],
  'photo-background': ['cannot-cooperate'],
};

/** The reasons that can be given for it. */
export function exceptionTypesOf(subject: ExceptionSubject): readonly ExceptionType[] {
  return kinds[subject.kind];
}

/** Sessions below which nothing is said of anybody. */
const FEWEST = 10;
/** Chance below which a rate is worth asking about. */
const UNUSUAL = 0.001;

/**
 * Whether `exceptional` of `sessions` sessions is more than the others' rate (`usual`, 0–1) explains: the upper tail of
 * the binomial distribution is below one in a thousand. It asks a question; it accuses nobody.
 */
export function isUnusual(exceptional: number, sessions: number, usual: number): boolean {
  if (sessions < FEWEST || exceptional <= sessions * usual) return false;
  if (usual <= 0) return true;
  // P(X = k), from one k to the next; in logarithms, since the first of them can be too small for a number.
  let term = sessions * Math.log1p(-usual);
  let below = 0;
  for (let k = 0; k < exceptional; k++) {
    below += Math.exp(term);
    term += Math.log((sessions - k) / (k + 1)) + Math.log(usual / (1 - usual));
  }
  return 1 - below < UNUSUAL;
}
