/**
 * The iris unrolled (Daugman's rubber sheet): whatever its size, place and dilation, the same place of the iris comes
 * to lie at the same place of the sheet. And what of the sheet is iris: not lids, lashes or lamps' images.
 */
import type { GrayImage } from '../../rules/gray-image.ts';
import { type Outline, radiusAt } from './outline.ts';
import type { Boundaries } from './segment.ts';

/** Directions, clockwise on the screen from the x axis, and steps from the pupil to the limbus. */
export const AROUND = 256;
export const OUTWARD = 32;

export interface Sheet {
  /** Grey levels, row by row from the pupil outward, AROUND a row. */
  readonly greys: Float32Array;
  /** 1: iris, 0: something else. */
  readonly mask: Uint8Array;
}

/** The boundaries themselves belong to neither side: of the way between them these shares are left out. */
const INNER_MARGIN = 0.04;
const OUTER_MARGIN = 0.1;
/** Each value of the sheet is the mean of so many samples each way: images are finer than sheets. */
const FINER = 2;

export function unroll(image: GrayImage, boundaries: Boundaries): Sheet {
  const greys = new Float32Array(AROUND * OUTWARD);
  const mask = new Uint8Array(AROUND * OUTWARD).fill(1);
  const { width, height, data } = image;
  for (let column = 0; column < AROUND * FINER; column++) {
    const angle = (2 * Math.PI * (column + 0.5)) / (AROUND * FINER);
    const inner = pointOn(boundaries.pupil, angle);
    const outer = pointOn(boundaries.limbus, angle);
    for (let row = 0; row < OUTWARD * FINER; row++) {
      const share = INNER_MARGIN + (1 - INNER_MARGIN - OUTER_MARGIN) * ((row + 0.5) / (OUTWARD * FINER));
      const x = inner.x + share * (outer.x - inner.x);
      const y = inner.y + share * (outer.y - inner.y);
      const i = Math.floor(row / FINER) * AROUND + Math.floor(column / FINER);
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) {
        mask[i] = 0;
        continue;
      }
      const fx = x - left;
      const at = top * width + left;
      const upper = data[at]! * (1 - fx) + data[at + 1]! * fx;
      const lower = data[at + width]! * (1 - fx) + data[at + width + 1]! * fx;
      greys[i]! += (upper + (y - top) * (lower - upper)) / (FINER * FINER);
    }
  }
  coverStrange(greys, mask);
  return { greys, mask };
}

function pointOn(outline: Outline, angle: number): { readonly x: number; readonly y: number } {
  const radius = radiusAt(outline, angle);
  return { x: outline.x + radius * Math.cos(angle), y: outline.y + radius * Math.sin(angle) };
}

/** Directions to the sides, where lids seldom are, as columns: within some 35° of the horizontal, 55° below it. */
const aside = Array.from({ length: AROUND }, (_, column) => {
  const degrees = ((column + 0.5) * 360) / AROUND;
  return degrees < 50 || degrees > 330 || (degrees > 130 && degrees < 210);
});
/** Deviations from the grey level of iris at which a place is something else. */
const STRANGE = 2.8;
/** The least deviation that is taken for one, grey levels: a smooth iris is not covered for its little texture. */
const LEAST_DEVIATION = 6;
/** A direction with so many strange rows running has reached a lid: what lies beyond is not iris. */
const LID_ROWS = 4;
/** Directions each way over which a lid's edge is smoothed. */
const LID_REACH = 7;

/**
 * Takes away what has another grey level than the iris has to its sides at the same distance from the pupil: skin and
 * lamps' images are brighter, lashes and shadows darker; and all that lies behind a lid's edge.
 */
function coverStrange(greys: Float32Array, mask: Uint8Array): void {
  const strange = new Uint8Array(mask.length);
  for (let row = 0; row < OUTWARD; row++) {
    // Two rows each way: one alone has few values to go by.
    const typical = typicalGrey(greys, mask, row);
    for (let column = 0; column < AROUND; column++) {
      const i = row * AROUND + column;
      if (Math.abs(greys[i]! - typical.median) > STRANGE * typical.deviation) strange[i] = 1;
    }
  }
  lidRows(strange).forEach((lid, column) => {
    for (let row = lid; row < OUTWARD; row++) strange[row * AROUND + column] = 1;
  });
  // Their rims are blurred into the iris.
  for (let i = 0; i < mask.length; i++) {
    if (strange[i] === 0) continue;
    const row = Math.floor(i / AROUND);
    for (let y = Math.max(0, row - 1); y <= Math.min(OUTWARD - 1, row + 1); y++)
      for (let dx = -1; dx <= 1; dx++) mask[y * AROUND + ((i + dx + AROUND) % AROUND)] = 0;
  }
}

/** From which row on a lid covers each direction; OUTWARD: it does not. */
function lidRows(strange: Uint8Array): number[] {
  const reached = Array.from({ length: AROUND }, (_, column) => {
    if (aside[column]) return OUTWARD;
    let running = 0;
    for (let row = 0; row < OUTWARD; row++) {
      running = strange[row * AROUND + column] === 1 ? running + 1 : 0;
      if (running === LID_ROWS) return row + 1 - LID_ROWS;
    }
    return OUTWARD;
  });
  // A lid is wide: the median over its neighbours leaves crypts alone and closes the gaps between lashes.
  return reached.map((_, column) => {
    const around = Array.from(
      { length: 2 * LID_REACH + 1 },
      (__, k) => reached[(column + k - LID_REACH + AROUND) % AROUND]!,
    );
    return around.sort((a, b) => a - b)[LID_REACH]!;
  });
}

function typicalGrey(
  greys: Float32Array,
  mask: Uint8Array,
  row: number,
): { readonly median: number; readonly deviation: number } {
  const values: number[] = [];
  for (let y = Math.max(0, row - 2); y <= Math.min(OUTWARD - 1, row + 2); y++)
    for (let column = 0; column < AROUND; column++) {
      const i = y * AROUND + column;
      if (aside[column] && mask[i] === 1) values.push(greys[i]!);
    }
  if (values.length === 0) return { median: 0, deviation: 0 };
  const sorted = Float32Array.from(values).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
  // The middle half of a normal distribution is 1.35 deviations wide.
  return { median: at(0.5), deviation: Math.max(LEAST_DEVIATION, (at(0.75) - at(0.25)) / 1.35) };
}
