/**
 * What ISO/IEC 29794-6:2015 measures of an iris image, from the image and what was found in it. Sharpness and gaze are
 * measured in our own way, for their definitions there need a kernel and a camera's geometry that are not public.
 */
import type { GrayImage } from '../../rules/gray-image.ts';
import { type Outline, radiusAt } from './outline.ts';
import type { Boundaries } from './segment.ts';
import { AROUND, OUTWARD, type Sheet } from './sheet.ts';

export interface Measures {
  /** Share of the iris that lids, lashes and lamps' images leave, %. */
  readonly usableArea: number;
  /** Weber contrast of iris to pupil and share of the contrast that the sclera stands out, %. */
  readonly irisPupilContrast: number;
  readonly irisScleraContrast: number;
  /** 100: the pupil is a circle. */
  readonly pupilCircularity: number;
  /** 100: pupil and limbus have one middle. */
  readonly concentricity: number;
  /** Entropy of the grey levels of the iris, bits. */
  readonly greyUtilisation: number;
  /** Of the limbus, pixels. */
  readonly irisRadius: number;
  /** Pupil radius as a share of the limbus radius, %. */
  readonly dilation: number;
  /** 100: 0.6 limbus radii to the sides and 0.2 above and below are in the image. */
  readonly marginAdequacy: number;
  /** Deviation of the blur at the pupil's edge, pixels: 1 is as sharp as eyes are. */
  readonly blur: number;
  /** From the pupil's ellipse, degrees; below some 20 it cannot be told from the pupil's own shape. */
  readonly gaze: number;
  /** Share of the iris that is overexposed, %. */
  readonly glare: number;
}

export function measure(image: GrayImage, { pupil, limbus }: Boundaries, sheet: Sheet): Measures {
  const levels = levelsOf(image, pupil, limbus);
  const weber = Math.abs(levels.iris - levels.pupil) / (20 + levels.pupil);
  const ellipse = Math.hypot(pupil.cosine, pupil.sine) / pupil.radius;
  return {
    usableArea: (100 * sheet.mask.reduce((sum, bit) => sum + bit, 0)) / sheet.mask.length,
    irisPupilContrast: (100 * weber) / (0.75 + weber),
    irisScleraContrast:
      (100 * Math.max(0, levels.sclera - levels.iris)) /
      Math.max(1, levels.sclera + levels.iris - 2 * levels.pupil),
    pupilCircularity: 100 * Math.max(0, 1 - ellipse),
    concentricity: 100 * (1 - Math.hypot(pupil.x - limbus.x, pupil.y - limbus.y) / limbus.radius),
    greyUtilisation: entropyOf(sheet),
    irisRadius: limbus.radius,
    dilation: (100 * pupil.radius) / limbus.radius,
    marginAdequacy: 100 * marginOf(image, limbus),
    blur: blurOf(image, pupil),
    gaze: (180 / Math.PI) * Math.acos(Math.max(0, (1 - ellipse) / (1 + ellipse))),
    glare: (100 * overexposed(sheet)) / sheet.mask.length,
  };
}

/** Medians to both sides, where lids are far: in the pupil, amid the iris, and on the sclera just beyond the limbus. */
function levelsOf(
  image: GrayImage,
  pupil: Outline,
  limbus: Outline,
): { readonly pupil: number; readonly iris: number; readonly sclera: number } {
  const angles = Array.from({ length: 128 }, (_, n) => (2 * Math.PI * n) / 128).filter(
    (angle) => Math.abs(Math.sin(angle)) < 0.5,
  );
  const median = (place: (angle: number) => readonly [number, number]) => {
    const values = angles
      .map((angle) => greyAt(image, ...place(angle)))
      .filter((grey) => grey !== null)
      .sort((a, b) => a - b);
    return values[values.length >> 1] ?? 0;
  };
  const on = (outline: Outline, share: number, angle: number): readonly [number, number] => {
    const radius = share * radiusAt(outline, angle);
    return [outline.x + radius * Math.cos(angle), outline.y + radius * Math.sin(angle)];
  };
  return {
    pupil: median((angle) => on(pupil, 0.8, angle)),
    iris: median((angle) => {
      const [inner, outer] = [on(pupil, 1, angle), on(limbus, 1, angle)];
      return [(inner[0] + outer[0]) / 2, (inner[1] + outer[1]) / 2];
    }),
    sclera: median((angle) => on(limbus, 1.12, angle)),
  };
}

/** null: beyond the image. */
function greyAt({ width, height, data }: GrayImage, x: number, y: number): number | null {
  const column = Math.round(x);
  const row = Math.round(y);
  return column < 0 || row < 0 || column >= width || row >= height ? null : data[row * width + column]!;
}

function entropyOf({ greys, mask }: Sheet): number {
  const counts = new Map<number, number>();
  let total = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const grey = Math.round(greys[i]!);
    counts.set(grey, (counts.get(grey) ?? 0) + 1);
    total++;
  }
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / total) * Math.log2(count / total);
  return entropy;
}

function marginOf({ width, height }: GrayImage, { x, y, radius }: Outline): number {
  const sides = Math.min(x - radius, width - x - radius) / (0.6 * radius);
  const ends = Math.min(y - radius, height - y - radius) / (0.2 * radius);
  return Math.min(1, Math.max(0, Math.min(sides, ends)));
}

/**
 * A step that a Gaussian blurred has its steepest slope of height ÷ (√2π deviations). The upper quartile, for who moves is blurred in one direction, over those
 * from a little above the horizontal down: a lid may lie on the rest.
 */
function blurOf(image: GrayImage, pupil: Outline): number {
  const deviations: number[] = [];
  for (let n = 0; n < 96; n++) {
    const angle = (2 * Math.PI * n) / 96;
    if (Math.sin(angle) < -0.3) continue;
    const radius = radiusAt(pupil, angle);
    const reach = Math.max(6, Math.round(0.25 * radius));
    const line: number[] = [];
    for (let r = radius - reach; r <= radius + reach; r++) {
      const grey = greyAt(image, pupil.x + r * Math.cos(angle), pupil.y + r * Math.sin(angle));
      if (grey !== null) line.push(grey);
    }
    if (line.length < 2 * reach) continue;
    const end = Math.max(3, reach >> 1);
    const height = mean(line.slice(-end)) - mean(line.slice(0, end));
    // Over two pixels: one alone is mostly noise.
    const slope = Math.max(...line.slice(2).map((grey, k) => (grey - line[k]!) / 2));
    if (height > 8 && slope > 0) deviations.push(height / (slope * Math.sqrt(2 * Math.PI)));
  }
  return deviations.sort((a, b) => a - b)[Math.floor(0.75 * deviations.length)] ?? Number.POSITIVE_INFINITY;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const OVEREXPOSED = 245;

/** Of the inner three quarters, for the skin of a lid, further out, is often overexposed. */
function overexposed({ greys }: Sheet): number {
  let count = 0;
  for (let i = 0; i < 0.75 * AROUND * OUTWARD; i++) if (greys[i]! > OVEREXPOSED) count++;
  return count;
}
