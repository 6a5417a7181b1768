/** A picture that is kept whole: of papers, or of face and hands with an exception. What it shows is for people to see. */
import type { FailureCode } from '../../failures/catalogue.ts';
import type { RgbImage } from '../../rules/rgb-image.ts';
import { sharpnessOf } from './sharpness.ts';

export interface WholeAssessment {
  /** 0–100, to choose among pictures of one sight: how sharp it is; 0 in the dark. */
  readonly score: number;
  readonly reasons: readonly FailureCode[];
}

/** Side of the places that are looked at, pixels, and how many of them in a row and in a column. */
const SIDE = 120;
const PLACES = 4;
/** The brightest twentieth of a picture that got enough light reaches this level. */
const LIGHT_ENOUGH = 110;
/** Every so many pixels are enough to know the light. */
const STRIDE = 31;

export function assessWhole(image: RgbImage): WholeAssessment {
  if (brightest(image) < LIGHT_ENOUGH) return { score: 0, reasons: ['PHOTO-TOO-DARK'] };
  const { width, height } = image;
  const [side, steps] = [Math.min(SIDE, width, height), Array.from({ length: PLACES }, (_, n) => n)];
  const sharpness = steps.flatMap((row) =>
    steps.map((column) =>
      sharpnessOf(image, {
        left: ((width - side) * column) / (PLACES - 1),
        top: ((height - side) * row) / (PLACES - 1),
        width: side,
        height: side,
      }),
    ),
  );
  // Much of a paper is blank: what is written on it tells.
  const written = sharpness.sort((a, b) => b - a).slice(0, PLACES);
  return { score: Math.round((100 * written.reduce((sum, each) => sum + each, 0)) / PLACES), reasons: [] };
}

/** The level that a twentieth of the green pixels exceeds; green is what an eye calls bright. */
function brightest({ data }: RgbImage): number {
  const levels: number[] = [];
  for (let i = 1; i < data.length; i += 3 * STRIDE) levels.push(data[i]!);
  return levels.sort((a, b) => a - b)[Math.floor(0.95 * levels.length)] ?? 0;
}
