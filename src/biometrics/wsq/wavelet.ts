/**
 * The two-channel filter bank of WSQ (IAFIS-IC-0110 v3.1): linear-phase filters of nine and seven
 * taps, signals continued by reflection at both ends (whole-sample symmetry), low-pass samples at even places,
 * high-pass samples at odd ones. Synthesis filters are the analysis filters with every other sign changed.
 */
import type { Region } from './subbands.ts';

/** Right halves of the analysis filters, from the centre outwards. */
export interface FilterBank {
  /** Five numbers: taps 0, ±1 … ±4. */
  readonly low: readonly [number, number, number, number, number];
  /** Four numbers: taps 0, ±1 … ±3. */
  readonly high: readonly [number, number, number, number];
}

/** The filters that every encoder of the specification uses. */
export const FILTER_BANK: FilterBank = {
  low: [0.852698679009, 0.377402855613, -0.110624404418, -0.023849465019, 0.037828455507],
  high: [0.788485616406, -0.418092273222, -0.04068941761, 0.064538882629],
};

/** How far the longer filter reaches from its centre. */
const REACH = 4;

/** Splits every region into its four parts, in place. `data` holds rows of `stride` samples. */
export function analyse(data: Float32Array, stride: number, splits: readonly Region[], bank: FilterBank) {
  const line = new Float64Array(longestSide(splits) + 2 * REACH);
  for (const { x, y, width, height, turnedX, turnedY } of splits) {
    const corner = y * stride + x;
    for (let row = 0; row < height; row++)
      analyseLine(data, corner + row * stride, 1, width, turnedX, line, bank);
    for (let column = 0; column < width; column++)
      analyseLine(data, corner + column, stride, height, turnedY, line, bank);
  }
}

/** The reverse of `analyse`. */
export function synthesise(
  data: Float32Array,
  stride: number,
  splits: readonly Region[],
  bank: FilterBank,
): void {
  const line = new Float64Array(longestSide(splits) + 2 * REACH);
  for (const { x, y, width, height, turnedX, turnedY } of splits.toReversed()) {
    const corner = y * stride + x;
    for (let column = 0; column < width; column++)
      synthesiseLine(data, corner + column, stride, height, turnedY, line, bank);
    for (let row = 0; row < height; row++)
      synthesiseLine(data, corner + row * stride, 1, width, turnedX, line, bank);
  }
}

function longestSide(splits: readonly Region[]): number {
  return splits.reduce((longest, { width, height }) => Math.max(longest, width, height), 0);
}

function analyseLine(
  data: Float32Array,
  start: number,
  step: number,
  length: number,
  turned: boolean,
  line: Float64Array,
  { low: [l0, l1, l2, l3, l4], high: [h0, h1, h2, h3] }: FilterBank,
): void {
  const highs = length >> 1;
  const lows = length - highs;
  for (let n = 0; n < length; n++) line[REACH + n] = data[start + n * step]!;
  reflectEnds(line, length);
  let to = turned ? start + highs * step : start;
  for (let n = 0, at = REACH; n < lows; n++, at += 2, to += step)
    data[to] =
      l0 * line[at]! +
      l1 * (line[at - 1]! + line[at + 1]!) +
      l2 * (line[at - 2]! + line[at + 2]!) +
      l3 * (line[at - 3]! + line[at + 3]!) +
      l4 * (line[at - 4]! + line[at + 4]!);
  to = turned ? start : start + lows * step;
  for (let n = 0, at = REACH + 1; n < highs; n++, at += 2, to += step)
    data[to] =
      h0 * line[at]! +
      h1 * (line[at - 1]! + line[at + 1]!) +
      h2 * (line[at - 2]! + line[at + 2]!) +
      h3 * (line[at - 3]! + line[at + 3]!);
}

function synthesiseLine(
  data: Float32Array,
  start: number,
  step: number,
  length: number,
  turned: boolean,
  line: Float64Array,
  { low: [l0, l1, l2, l3, l4], high: [h0, h1, h2, h3] }: FilterBank,
): void {
  const highs = length >> 1;
  const lows = length - highs;
  let from = turned ? start + highs * step : start;
  for (let n = 0; n < lows; n++, from += step) line[REACH + 2 * n] = data[from]!;
  from = turned ? start : start + lows * step;
  for (let n = 0; n < highs; n++, from += step) line[REACH + 2 * n + 1] = data[from]!;
  reflectEnds(line, length);
  // Low-pass samples stand at even places and meet the high-pass filter's taps, and the other way round.
  for (let n = 0, at = REACH; n < length; n += 2, at += 2)
    data[start + n * step] =
      h0 * line[at]! +
      h2 * (line[at - 2]! + line[at + 2]!) -
      l1 * (line[at - 1]! + line[at + 1]!) -
      l3 * (line[at - 3]! + line[at + 3]!);
  for (let n = 1, at = REACH + 1; n < length; n += 2, at += 2)
    data[start + n * step] =
      l0 * line[at]! +
      l2 * (line[at - 2]! + line[at + 2]!) +
      l4 * (line[at - 4]! + line[at + 4]!) -
      h1 * (line[at - 1]! + line[at + 1]!) -
      h3 * (line[at - 3]! + line[at + 3]!);
}

/** Continues the signal, which begins at REACH, by reflection; short signals are reflected to and fro. */
function reflectEnds(line: Float64Array, length: number): void {
  const last = length - 1;
  const period = 2 * last;
  for (let n = 1; n <= REACH; n++) {
    const beyondStart = n % period;
    const beyondEnd = (last + n) % period;
    line[REACH - n] = line[REACH + (beyondStart > last ? period - beyondStart : beyondStart)]!;
    line[REACH + last + n] = line[REACH + (beyondEnd > last ? period - beyondEnd : beyondEnd)]!;
  }
}
