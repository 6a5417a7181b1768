/**
 * The trace of an image: the signs of its fine detail at scattered points, 1 KiB. It recognises the same image again
 * and is not an image: about one point in 40 pixels of the print, one bit each, without grey levels. It does reveal
 * roughly where on its box the print lies, and with the minutiae that it is kept beside it could help to redraw
 * ridges: it deserves the protection of a template.
 */
import type { GrayImage } from '../../rules/gray-image.ts';
import { CELL } from '../fingerprint/grid.ts';
import { resample } from '../fingerprint/resample.ts';
import type { RidgeMap } from '../fingerprint/template.ts';

/** Points thrown over the box of the print. */
export const POINTS = 4096;
/**
 * Detail is what lies between Gaussian blurs of 1 and 1.6 pixels, taken twice: edges and breaks of ridges and pores,
 * some 4 to 9 pixels long, without lighting and with little noise. (G₁ − G₁.₆)² written as a sum of blurs: standard
 * deviation and weight of each.
 */
const BLURS = [
  [Math.sqrt(2), 1],
  [Math.hypot(1, 1.6), -2],
  [1.6 * Math.sqrt(2), 1],
] as const;

/** The signs of an image's detail, pixel by pixel at 500 dpi. */
export interface Detail {
  readonly width: number;
  readonly height: number;
  /** −1 or 1 on the print, 0 beside it. */
  readonly sign: Int8Array;
}

export interface Trace {
  /** The box of the print, pixels at 500 dpi. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** A bit a point: whether it is on the print, and whether its detail is positive. POINTS / 8 bytes each. */
  readonly onPrint: Uint8Array;
  readonly positive: Uint8Array;
}

/** @param ridges what the extractor made of the same image */
export function detailOf(image: GrayImage, ridges: RidgeMap): Detail {
  const { width, height, data } = resample(image);
  const detail = new Float32Array(width * height);
  for (const [deviation, weight] of BLURS) addBlurred(detail, data, width, height, deviation, weight);
  const sign = new Int8Array(width * height);
  for (let row = 0; row < ridges.flowRows; row++)
    for (let column = 0; column < ridges.flowColumns; column++) {
      if (ridges.flow[row * ridges.flowColumns + column]! < 0) continue;
      for (let y = row * CELL; y < (row + 1) * CELL; y++)
        for (let i = y * width + column * CELL, end = i + CELL; i < end; i++)
          sign[i] = detail[i]! > 0 ? 1 : -1;
    }
  return { width, height, sign };
}

/** Adds the weighted blur of the pixels: Gaussian, by columns and then by rows; the border repeats. */
function addBlurred(
  out: Float32Array,
  data: Uint8Array,
  width: number,
  height: number,
  deviation: number,
  weight: number,
): void {
  const radius = Math.ceil(3 * deviation);
  const kernel = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * deviation ** 2)),
  );
  const total = kernel.reduce((sum, share) => sum + share, 0);
  const columns = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let k = -radius; k <= radius; k++) {
      const share = kernel[k + radius]! / total;
      const from = Math.min(height - 1, Math.max(0, y + k)) * width;
      for (let x = 0, i = y * width; x < width; x++, i++) columns[i] = columns[i]! + share * data[from + x]!;
    }
  for (let k = -radius; k <= radius; k++) {
    const share = (weight * kernel[k + radius]!) / total;
    for (let y = 0; y < height; y++)
      for (let x = 0, i = y * width; x < width; x++, i++)
        out[i] = out[i]! + share * columns[y * width + Math.min(width - 1, Math.max(0, x + k))]!;
  }
}

export function traceOf({ width, height, sign }: Detail): Trace {
  let left = width;
  let top = height;
  let right = 0;
  let bottom = 0;
  for (let i = 0; i < sign.length; i++) {
    if (sign[i] === 0) continue;
    const x = i % width;
    const y = (i - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  const box = { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
  const onPrint = new Uint8Array(POINTS / 8);
  const positive = new Uint8Array(POINTS / 8);
  if (box.width > 0)
    for (let n = 0; n < POINTS; n++) {
      const value = sign[pointY(box, n) * width + pointX(box, n)]!;
      if (value !== 0) onPrint[n >> 3] = onPrint[n >> 3]! | (1 << (n & 7));
      if (value > 0) positive[n >> 3] = positive[n >> 3]! | (1 << (n & 7));
    }
  return { ...box, onPrint, positive };
}

type Box = Pick<Trace, 'left' | 'top' | 'width' | 'height'>;

/** Points of the R2 sequence (Roberts 2018): as even as a lattice, but aligned with no ridges. */
const STEP_X = 0.7548776662466927;
const STEP_Y = 0.5698402909980532;

export function pointX({ left, width }: Box, n: number): number {
  return left + Math.floor(width * (((n + 1) * STEP_X) % 1));
}

export function pointY({ top, height }: Box, n: number): number {
  return top + Math.floor(height * (((n + 1) * STEP_Y) % 1));
}
