/** Phases of the texture (Daugman 1993): two-dimensional Gabor filters around the pupil, two bits a place. */
import { AROUND, OUTWARD, type Sheet } from './sheet.ts';
import { CODE_ROWS, CODE_WORDS, type IrisTemplate, ROW_WORDS } from './template.ts';

/** The filter's wave and the deviation of its window, in directions; it spans the window's deviation outward in rows. */
const WAVELENGTH = 12;
const WINDOW = 0.45 * WAVELENGTH;
const WINDOW_OUTWARD = 1.6;
const REACH = Math.ceil(2.5 * WINDOW);
const REACH_OUTWARD = 4;
/** So much of a filter's window must be iris. */
const SEEN = 0.65;
/** The weakest phases of an iris are chance: this share of them is not compared. */
const WEAK = 0.2;

const cosineWave = new Float32Array(2 * REACH + 1);
const sineWave = new Float32Array(2 * REACH + 1);
const windowAround = new Float32Array(2 * REACH + 1);
for (let k = -REACH; k <= REACH; k++) {
  const weight = Math.exp(-(k * k) / (2 * WINDOW * WINDOW));
  windowAround[k + REACH] = weight;
  cosineWave[k + REACH] = weight * Math.cos((2 * Math.PI * k) / WAVELENGTH);
  sineWave[k + REACH] = weight * Math.sin((2 * Math.PI * k) / WAVELENGTH);
}
const windowSum = windowAround.reduce((sum, weight) => sum + weight, 0);
// An even wave would answer to mere brightness too.
const brightness = cosineWave.reduce((sum, value) => sum + value, 0) / windowSum;
for (let k = 0; k < cosineWave.length; k++) cosineWave[k]! -= brightness * windowAround[k]!;

export function encode(sheet: Sheet): IrisTemplate {
  const cosine = new Uint32Array(CODE_WORDS);
  const sine = new Uint32Array(CODE_WORDS);
  const mask = new Uint32Array(CODE_WORDS);
  const strengths = new Float32Array(CODE_ROWS * AROUND);
  for (let row = 0; row < CODE_ROWS; row++) {
    const { greys, seen } = bandOf(sheet, row);
    for (let column = 0; column < AROUND; column++) {
      let even = 0;
      let odd = 0;
      let trusted = 0;
      for (let k = -REACH; k <= REACH; k++) {
        const at = (column + k + AROUND) % AROUND;
        even += greys[at]! * cosineWave[k + REACH]!;
        odd += greys[at]! * sineWave[k + REACH]!;
        trusted += seen[at]! * windowAround[k + REACH]!;
      }
      const word = row * ROW_WORDS + (column >> 5);
      const bit = 1 << (column & 31);
      if (even > 0) cosine[word]! |= bit;
      if (odd > 0) sine[word]! |= bit;
      if (seen[column]! > 0.5 && trusted > SEEN * windowSum) {
        mask[word]! |= bit;
        strengths[row * AROUND + column] = Math.hypot(even, odd);
      }
    }
  }
  dropWeak(mask, strengths);
  return { cosine, sine, mask };
}

/** A row of the code: the sheet's rows around its own, weighed; how much of each direction is iris, 0–1. */
function bandOf(
  { greys, mask }: Sheet,
  row: number,
): { readonly greys: Float32Array; readonly seen: Float32Array } {
  const middle = ((row + 0.5) * OUTWARD) / CODE_ROWS - 0.5;
  const band = new Float32Array(AROUND);
  const seen = new Float32Array(AROUND);
  let total = 0;
  for (let y = Math.ceil(middle - REACH_OUTWARD); y <= middle + REACH_OUTWARD; y++) {
    if (y < 0 || y >= OUTWARD) continue;
    const weight = Math.exp(-((y - middle) ** 2) / (2 * WINDOW_OUTWARD * WINDOW_OUTWARD));
    total += weight;
    for (let column = 0; column < AROUND; column++) {
      if (mask[y * AROUND + column] === 0) continue;
      band[column]! += weight * greys[y * AROUND + column]!;
      seen[column]! += weight;
    }
  }
  let sum = 0;
  let count = 0;
  for (let column = 0; column < AROUND; column++) {
    if (seen[column] === 0) continue;
    band[column]! /= seen[column]!;
    sum += band[column]!;
    count++;
  }
  // What is not iris takes the row's mean, which has no phase.
  for (let column = 0; column < AROUND; column++) {
    band[column] = seen[column] === 0 ? 0 : band[column]! - sum / count;
    seen[column]! /= total;
  }
  return { greys: band, seen };
}

function dropWeak(mask: Uint32Array, strengths: Float32Array): void {
  const told = strengths.filter((strength) => strength > 0).sort();
  const least = told[Math.floor(WEAK * told.length)] ?? 0;
  for (let i = 0; i < strengths.length; i++) if (strengths[i]! < least) mask[i >> 5]! &= ~(1 << (i & 31));
}
