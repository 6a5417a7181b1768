/** The distance from ridge to ridge, from the grey levels along a line across them. */
import { CELL, type Grid } from './grid.ts';

/** Pixels at 500 dpi. Children's ridges are about 5 apart, large wet thumbs reach 14. */
export const LEAST_PERIOD = 5;
export const GREATEST_PERIOD = 14;
const USUAL_PERIOD = 9;

/** The oriented window: its length across and its width along the ridges, pixels. */
const ACROSS = 40;
const ALONG = 16;
/** Autocorrelation below which a cell tells no period. */
const LEAST_CORRELATION = 0.25;

/** Ridge period per cell, pixels; filled from the neighbours and the print's median where a cell tells none. */
export function ridgePeriod(
  pixels: Float32Array,
  width: number,
  height: number,
  angle: Float32Array,
  mask: Uint8Array,
  grid: Grid,
): Float32Array {
  const { columns, rows } = grid;
  const raw = new Float32Array(mask.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      if (mask[i] === 0) continue;
      raw[i] = localPeriod(pixels, width, height, row, column, angle[i]!);
    }
  const told = raw.filter((period) => period > 0).sort();
  const median = told[told.length >> 1] ?? USUAL_PERIOD;
  const out = new Float32Array(mask.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      // The median counts as two cells: few tellers lean on it, many outvote it.
      let sum = 2 * median;
      let count = 2;
      for (let r = Math.max(0, row - 2); r <= Math.min(rows - 1, row + 2); r++)
        for (let c = Math.max(0, column - 2); c <= Math.min(columns - 1, column + 2); c++) {
          const period = raw[r * columns + c]!;
          if (period === 0) continue;
          sum += period;
          count++;
        }
      out[row * columns + column] = Math.min(GREATEST_PERIOD, Math.max(LEAST_PERIOD, sum / count));
    }
  return out;
}

const signature = new Float32Array(ACROSS);

/** What the grey levels about one cell tell, pixels; 0 when they are not those of ridges in this direction. */
export function localPeriod(
  pixels: Float32Array,
  width: number,
  height: number,
  row: number,
  column: number,
  angle: number,
): number {
  const [x, y] = [(column + 0.5) * CELL, (row + 0.5) * CELL];
  sampleAcross(pixels, width, height, x, y, angle, signature);
  return periodOf(signature);
}

/** The x-signature: grey levels along the normal of the ridges, each summed along the ridge; zero mean. */
function sampleAcross(
  pixels: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  angle: number,
  signature: Float32Array,
): void {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let mean = 0;
  for (let k = 0; k < ACROSS; k++) {
    const v = k - ACROSS / 2;
    let sum = 0;
    for (let u = -ALONG / 2; u <= ALONG / 2; u += 2) {
      const px = Math.min(width - 1, Math.max(0, Math.round(x + u * cos - v * sin)));
      const py = Math.min(height - 1, Math.max(0, Math.round(y + u * sin + v * cos)));
      sum += pixels[py * width + px]!;
    }
    signature[k] = sum;
    mean += sum / ACROSS;
  }
  for (let k = 0; k < ACROSS; k++) signature[k] = signature[k]! - mean;
}

/** Lag of the first clear peak of the autocorrelation, to a fraction of a pixel; 0 when there is none. */
function periodOf(signature: Float32Array): number {
  let energy = 1e-6;
  for (let k = 0; k < ACROSS; k++) energy += signature[k]! * signature[k]!;
  let before = Number.NEGATIVE_INFINITY;
  let current = Number.NEGATIVE_INFINITY;
  for (let lag = LEAST_PERIOD - 1; lag <= GREATEST_PERIOD + 4; lag++) {
    let sum = 0;
    for (let k = 0; k + lag < ACROSS; k++) sum += signature[k]! * signature[k + lag]!;
    const next = ((sum / energy) * ACROSS) / (ACROSS - lag);
    if (lag > LEAST_PERIOD && current > before && current >= next && current > LEAST_CORRELATION)
      return lag - 1 + (0.5 * (before - next)) / (before - 2 * current + next);
    before = current;
    current = next;
  }
  return 0;
}
