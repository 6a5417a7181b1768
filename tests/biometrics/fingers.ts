/** Fingers of virtual people for tests, each grown once a file: that takes as long as several touches. */

import type { GrayImage } from '../../src/rules/gray-image.ts';
import { growFinger } from '../../src/virtual/people/finger.ts';
import { type Touch, takeImpression, throwTouch } from '../../src/virtual/people/impression.ts';
import { Random } from '../../src/virtual/people/random.ts';

const grown = new Map<string, ReturnType<typeof growFinger>>();

/**
 * A touch of a guided person whose skin prints well, the same in every run.
 * @param name whose finger, and how it lies before it is changed
 * @param change of how it lies
 * @param taken the skin prints a little differently by each name given here
 */
export function touchOf(
  name: string,
  change: (touch: Touch) => Partial<Touch> = () => ({}),
  taken = 'impression',
): GrayImage {
  const random = new Random(name);
  const finger = grown.get(name) ?? growFinger(random.for('ridges'), { wear: 0 });
  grown.set(name, finger);
  const touch = throwTouch(random.for('touch'), finger, 0.35);
  return takeImpression(finger, { ...touch, ...change(touch) }, random.for(taken));
}
