/** Whether the finger lay still from one frame to the next. */
import { laidOn } from './laying.ts';
import { prepare } from './prepared.ts';
import type { FingerTemplate } from './template.ts';

/**
 * Pixels at 500 dpi, half a millimetre: a finger that slides further than a ridge's width between two frames smears
 * its ridges within one.
 */
export const STILL = 10;
/** Pixels from the middle of a print to its outer minutiae, which a turn moves most. */
const REACH = 100;

/**
 * @returns how far the print moved, by a shift or a turn, in pixels at 500 dpi; undefined when the two do not look
 *   like one finger: another one, or one that was lifted and laid down elsewhere
 */
export function slide(before: FingerTemplate, after: FingerTemplate): number | undefined {
  const motion = laidOn(prepare(before), prepare(after));
  if (!motion) return undefined;
  const { turn, ax, ay, bx, by } = motion;
  return Math.hypot(bx - ax, by - ay) + REACH * Math.abs(turn);
}
