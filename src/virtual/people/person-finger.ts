/** The fingers of the virtual people: grown from name and position, pressed as often as one likes. Pure. */
import type { FingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import { growFinger } from './finger.ts';
import { takeImpression, throwTouch } from './impression.ts';
import { Random } from './random.ts';
import type { Resident } from './residents.ts';

/** A guided adult: every impression matches its finger's others, as a demo needs. */
const DIFFICULTY = 0.35;

/** @returns its touch of a number, from 1: the same number gives the same image, 320 × 400 pixels at 500 dpi */
export function growPersonFinger(
  { id, wear }: Pick<Resident, 'id' | 'wear'>,
  position: FingerPosition,
): (impression: number) => GrayImage {
  const random = new Random(`${id}/finger ${position}`);
  const finger = growFinger(random.for('ridges'), { wear });
  return (impression) => {
    const touch = random.for(`touch ${impression}`);
    return takeImpression(finger, throwTouch(touch, finger, DIFFICULTY), touch);
  };
}
