/** How one print is laid on another one of the same finger: by the motion that brings most minutiae together. */
import { align } from './alignment.ts';
import { grow } from './correspondence.ts';
import { hypotheses } from './hypotheses.ts';
import type { Prepared } from './prepared.ts';

/** Turns a print about (ax, ay) and moves that point to (bx, by) of the other; pixels, y upwards, radians. */
export interface Motion {
  readonly turn: number;
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

/** Pairs of minutiae below which the prints are not even of one finger, and correspondences grown to find them. */
const FEWEST_PAIRS = 8;
const TRIES = 8;

/** @returns undefined when the prints do not look like one finger */
export function laidOn(print: Prepared, other: Prepared): Motion | undefined {
  if (Math.min(print.count, other.count) < FEWEST_PAIRS) return undefined;
  const roots = hypotheses(print, other);
  let most = FEWEST_PAIRS - 1;
  let motion: Motion | undefined;
  for (let n = 0; n < Math.min(TRIES, roots.count); n++) {
    const pairs = grow(print, other, roots.pair[n]!);
    if (pairs.count <= most) continue;
    most = pairs.count;
    const { cos, sin, ax, ay, bx, by } = align(print, other, pairs);
    motion = { turn: Math.atan2(sin, cos), ax, ay, bx, by };
  }
  return motion;
}
