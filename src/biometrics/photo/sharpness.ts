/**
 * How sharp a part of a picture is, without another to compare it with: a blur takes little from what is blurred
 * already (Crête, Dolmière, Ladret, Nicolas: "The blur effect", SPIE 6492, 2007).
 */
import type { RgbImage } from '../../rules/rgb-image.ts';

export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Width that a region is brought to first, so that the figure does not depend on the camera's resolution. */
const COLUMNS = 120;
/** Taps of the blur, an odd number. */
const TAPS = 9;
/** A step of fewer grey levels is noise. */
const NOISE = 4;

/** @returns 0 blurred beyond use … 1 sharp; of the worse direction, since movement blurs only one; 0 where nothing is to be seen */
export function sharpnessOf(image: RgbImage, region: Region): number {
  const { width, height, data } = shrunk(image, region);
  return Math.min(
    lossByBlur(data, { lines: height, length: width, step: 1, next: width }),
    lossByBlur(data, { lines: width, length: height, step: width, next: 1 }),
  );
}

interface Walk {
  readonly lines: number;
  readonly length: number;
  /** From one place of a line to the next, and from a line to the next. */
  readonly step: number;
  readonly next: number;
}

/** The share of all steps between neighbours that a blur along the lines takes away. */
function lossByBlur(data: Float32Array, { lines, length, step, next }: Walk): number {
  let steps = 0;
  let lost = 0;
  for (let line = 0; line < lines; line++) {
    const at = (n: number) => data[line * next + Math.min(length - 1, Math.max(0, n)) * step]!;
    let sum = 0;
    for (let tap = -(TAPS >> 1); tap <= TAPS >> 1; tap++) sum += at(tap);
    for (let n = 1; n < length; n++) {
      const before = sum;
      sum += at(n + (TAPS >> 1)) - at(n - 1 - (TAPS >> 1));
      const here = Math.abs(at(n) - at(n - 1));
      if (here <= NOISE) continue;
      steps += here;
      lost += Math.max(0, here - Math.abs(sum - before) / TAPS);
    }
  }
  return steps === 0 ? 0 : lost / steps;
}

/** Grey levels (BT.601), each the mean of what it covers. */
function shrunk(image: RgbImage, region: Region) {
  const left = Math.max(0, Math.floor(region.left));
  const top = Math.max(0, Math.floor(region.top));
  const right = Math.min(image.width, Math.ceil(region.left + region.width));
  const bottom = Math.min(image.height, Math.ceil(region.top + region.height));
  const step = Math.max(1, (right - left) / COLUMNS);
  const width = Math.max(0, Math.floor((right - left) / step));
  const height = Math.max(0, Math.floor((bottom - top) / step));
  const data = new Float32Array(width * height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      let [sum, count] = [0, 0];
      const [toY, toX] = [top + (row + 1) * step, left + (column + 1) * step];
      for (let y = Math.floor(top + row * step); y < toY && y < bottom; y++)
        for (let x = Math.floor(left + column * step); x < toX && x < right; x++) {
          const i = (y * image.width + x) * 3;
          sum += 0.299 * image.data[i]! + 0.587 * image.data[i + 1]! + 0.114 * image.data[i + 2]!;
          count++;
        }
      data[row * width + column] = sum / count;
    }
  return { width, height, data };
}
