/** Finds the iris in the image of an eye: its inner boundary, the pupil's, and its outer one, the limbus. */
import type { GrayImage } from '../../rules/gray-image.ts';
import { findLimbus, limbusEvidence } from './limbus.ts';
import { type Outline, radiusAt, scaled } from './outline.ts';
import { open, type Plane, reduce, smooth } from './plane.ts';
import { findPupils } from './pupil.ts';

export interface Boundaries {
  readonly pupil: Outline;
  readonly limbus: Outline;
}

/** The search goes on in an image of at most so many pixels' width. */
const SEARCH_WIDTH = 330;
/** Images of lamps are at most some 11 pixels wide there; on the limbus, which is thin, only small ones are removed. */
const LAMP = 5;
const SMALL_LAMP = 2;
/** Smaller than this there is no eye to find. */
const FEWEST_PIXELS = 48;
/** So much evidence of a limbus counts as much as a whole pupil. */
const CLEAR_LIMBUS = 22;

/** null: there is no eye, or it cannot be told where. */
export function findBoundaries(image: GrayImage): Boundaries | null {
  if (Math.min(image.width, image.height) < FEWEST_PIXELS) return null;
  const factor = Math.max(1, Math.ceil(image.width / SEARCH_WIDTH));
  const reduced = reduce(image, factor);
  const pupil = bestPupil(smooth(open(reduced, LAMP), 1));
  if (pupil === null) return null;
  const limbus = findLimbus(smooth(open(reduced, SMALL_LAMP), 1), pupil);
  if (limbus === null || !encloses(limbus, pupil)) return null;
  return { pupil: scaled(pupil, factor), limbus: scaled(limbus, factor) };
}

/** A pupil is known by the limbus around it as much as by itself. */
function bestPupil(plane: Plane): Outline | null {
  let best: { readonly outline: Outline; readonly score: number } | null = null;
  for (const { outline, score } of findPupils(plane)) {
    const evidence = limbusEvidence(plane, outline);
    const together = score + evidence / CLEAR_LIMBUS;
    if (evidence > 0 && (best === null || together > best.score)) best = { outline, score: together };
  }
  return best?.outline ?? null;
}

/** Whether there is some iris between the two in every direction. */
function encloses(limbus: Outline, pupil: Outline): boolean {
  const off = Math.hypot(limbus.x - pupil.x, limbus.y - pupil.y);
  return Array.from({ length: 16 }, (_, n) => (n * Math.PI) / 8).every(
    (angle) => radiusAt(limbus, angle) - radiusAt(pupil, angle) > off + 2,
  );
}
