/**
 * Guards against a finger that is not the one it is given as: one finger under two positions, a hand given twice,
 * left and right swapped, the finger of somebody else. Pure functions over the prints of one session.
 */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { FingerPosition } from '../../rules/finger-position.ts';
import { match, type Prepared } from '../fingerprint/match.ts';
import { OWN, type Thresholds } from '../fingerprint/thresholds.ts';
import { ALLOWANCE, climbed, ladder } from './false-alarms.ts';

export interface Finger {
  readonly position: FingerPosition;
  readonly print: Prepared;
}

export interface Person {
  readonly role: 'operator' | 'recent';
  /** Positions are not trusted: any finger may be offered as any other. */
  readonly fingers: readonly Finger[];
}

interface Likeness {
  readonly a: Finger;
  readonly b: Finger;
  readonly score: number;
}

/** The most alike first; each finger in one pair at most. */
function bestPairs(likenesses: readonly Likeness[]): Likeness[] {
  const used = new Set<Finger>();
  const best: Likeness[] = [];
  for (const likeness of likenesses.toSorted((one, other) => other.score - one.score)) {
    if (used.has(likeness.a) || used.has(likeness.b)) continue;
    used.add(likeness.a);
    used.add(likeness.b);
    best.push(likeness);
  }
  return best;
}

/** All pairs, or those whose positions suit each other. */
function across(
  as: readonly Finger[],
  bs: readonly Finger[],
  suits: (a: FingerPosition, b: FingerPosition) => boolean = () => true,
): Likeness[] {
  return as.flatMap((a) =>
    bs.filter((b) => suits(a.position, b.position)).map((b) => ({ a, b, score: match(a.print, b.print) })),
  );
}

const climbs = (pairs: readonly Likeness[], steps: readonly number[]) =>
  climbed(
    pairs.map(({ score }) => score),
    steps,
  );

/** Right hand 1–5, left hand 6–10. */
const isRight = (position: FingerPosition) => position <= 5;
const mirrored = (position: FingerPosition) => (isRight(position) ? position + 5 : position - 5);

/**
 * No finger may appear under two positions.
 * @param fingers one capture a position
 * @returns GUARD-HAND-REPEATED when several fingers of one hand are found again in the other, whatever their order;
 *   else GUARD-FINGER-REPEATED with the positions
 */
export function refuseRepeats(fingers: readonly Finger[]): Result {
  const likenesses = fingers.flatMap((a, i) => across([a], fingers.slice(i + 1)));
  const pairs = bestPairs(likenesses);
  const steps = ladder({ pairs: likenesses.length, groups: 1, allowance: ALLOWANCE.withinSession });
  const alike = pairs.slice(0, climbs(pairs, steps));
  const handToHand = alike.filter(({ a, b }) => isRight(a.position) !== isRight(b.position));
  if (handToHand.length >= 2) return fail('GUARD-HAND-REPEATED', `${handToHand.length} fingers alike`);
  const [first] = alike;
  if (first) return fail('GUARD-FINGER-REPEATED', `positions ${first.a.position} and ${first.b.position}`);
  return ok();
}

/**
 * Holds captured fingers against fingers whose hand is known: those on a card, an earlier record, or both index
 * fingers captured again under the operator's eye. Without any of these a swap cannot be known: all ten prints fit
 * one another either way.
 * @param scale of the known templates' maker
 * @returns GUARD-HANDS-SWAPPED; `'unknown'` when the prints decide neither way
 */
export function refuseSwappedHands(
  captured: readonly Finger[],
  known: readonly Finger[],
  scale: Thresholds = OWN,
): Result<'as given' | 'unknown'> {
  const asGiven = bestPairs(across(captured, known, (a, b) => a === b));
  const swapped = bestPairs(across(captured, known, (a, b) => a === mirrored(b)));
  // Either verdict needs its proof: a poor print must not turn a swap into "as given".
  const steps = ladder({ pairs: swapped.length, groups: 1, allowance: ALLOWANCE.swappedHands }, scale);
  const forGiven = climbs(asGiven, steps);
  const forSwapped = climbs(swapped, steps);
  if (forSwapped > forGiven) return fail('GUARD-HANDS-SWAPPED', `${forSwapped} fingers of the other hand`);
  return ok(forGiven > forSwapped ? 'as given' : 'unknown');
}

/**
 * No finger may be that of an operator on duty or of another session's resident. Sessions of the same resident are
 * for the caller to leave out.
 * @returns GUARD-OPERATOR-FINGER or GUARD-RECENT-FINGER for the first person found
 */
export function refuseOtherPeople(captured: readonly Finger[], people: readonly Person[]): Result {
  const most = Math.max(0, ...people.map(({ fingers }) => fingers.length));
  const search = { pairs: captured.length * most, groups: people.length, allowance: ALLOWANCE.otherPeople };
  const steps = ladder(search);
  for (const [index, { role, fingers }] of people.entries()) {
    const alike = climbs(bestPairs(across(captured, fingers)), steps);
    if (alike === 0) continue;
    const code = role === 'operator' ? 'GUARD-OPERATOR-FINGER' : 'GUARD-RECENT-FINGER';
    return fail(code, `${alike} fingers alike, entry ${index + 1} of ${people.length}`);
  }
  return ok();
}
