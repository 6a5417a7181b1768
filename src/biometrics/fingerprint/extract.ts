/**
 * From a grey image to minutiae. Each step is a pure function in its own file:
 * normalise → orientation → foreground → ridge period → enhance → thin → minutiae.
 */
import type { FailureCode } from '../../failures/catalogue.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import { enhance } from './enhance.ts';
import { depth, foreground, ridgedForeground } from './foreground.ts';
import { gridOf } from './grid.ts';
import { findMinutiae, type RawMinutia } from './minutiae.ts';
import { contrast, lightness, normalise } from './normalise.ts';
import { orientation } from './orientation.ts';
import { assess } from './quality.ts';
import { DPI, resample } from './resample.ts';
import { ridgeMap } from './ridge-map.ts';
import { ridgePeriod } from './ridge-period.ts';
import { binarise, thin } from './skeleton.ts';
import type { FingerTemplate, Minutia } from './template.ts';

export interface Extraction {
  /** Minutiae in pixels at 500 dpi, the most reliable first, at most 255 (ISO/IEC 19794-2:2005, 7.4.1.4). */
  readonly template: FingerTemplate;
  /** Why the print is poor, the most important reason first; empty when nothing is to be said against it. */
  readonly reasons: readonly FailureCode[];
}

const MOST_MINUTIAE = 255;
/** Minutiae closer than this to the edge of the print, in cells, are where it is cut off, not where ridges end. */
const BORDER = 2;

export function extract(image: GrayImage): Extraction {
  const scaled = resample(image);
  const { width, height } = scaled;
  const grid = gridOf(width, height);
  const pixels = normalise(scaled);
  const field = orientation(pixels, width, height, grid);
  const strength = contrast(scaled, grid);
  const mask = foreground(strength, field.coherence, grid);
  const period = ridgePeriod(pixels, width, height, field.angle, mask, grid);
  const { response, clarity } = enhance(pixels, width, height, field, period, mask, grid);
  const ridged = ridgedForeground(mask, clarity, grid);
  const skeleton = binarise(response, width, height);
  thin(skeleton, width);
  const inside = depth(ridged, grid, BORDER).map((cells) => (cells >= BORDER ? 1 : 0));
  const minutiae = findMinutiae(skeleton, width, height, inside, period, grid)
    .map((raw) => toMinutia(raw, clarity[raw.cell]! * field.coherence[raw.cell]!, period[raw.cell]!))
    .sort((a, b) => b.quality - a.quality)
    .slice(0, MOST_MINUTIAE);
  const ridges = ridgeMap(response, width, height, field.angle, ridged, grid);
  const { score, reasons } = assess({
    grid,
    pixels,
    width,
    height,
    mask,
    ridged,
    contrast: strength,
    lightness: lightness(scaled, grid),
    angle: field.angle,
    coherence: field.coherence,
    clarity,
    minutiae: minutiae.length,
  });
  return { template: { width, height, dpi: DPI, position: 0, quality: score, minutiae, ridges }, reasons };
}

/**
 * Thinning eats half a ridge's width off a ridge that ends and moves a fork as far towards its stem; both are put
 * back, so that an ending that one press shows as a fork stays in its place.
 */
const TIP = 0.15;

/** @param reliability 0 to 1 */
function toMinutia(raw: RawMinutia, reliability: number, period: number): Minutia {
  const shift = (raw.type === 'ending' ? -1 : 1) * TIP * period;
  return {
    x: raw.x + shift * Math.cos(raw.direction),
    y: raw.y + shift * Math.sin(raw.direction),
    angle: (2 * Math.PI - raw.direction) % (2 * Math.PI),
    type: raw.type,
    quality: Math.max(1, Math.min(100, Math.round(100 * reliability))),
  };
}
