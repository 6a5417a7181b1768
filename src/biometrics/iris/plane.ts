/** A grey image of real numbers, and what the search for boundaries does to it. */
import type { GrayImage } from '../../rules/gray-image.ts';

export interface Plane {
  readonly width: number;
  readonly height: number;
  /** Row by row from the top left. */
  readonly values: Float32Array;
}

/** Means of squares of `factor` × `factor` pixels; what is left over at the right and at the bottom is dropped. */
export function reduce({ width, height, data }: GrayImage, factor: number): Plane {
  const columns = Math.floor(width / factor);
  const rows = Math.floor(height / factor);
  const values = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let y = row * factor; y < (row + 1) * factor; y++)
        for (let x = column * factor; x < (column + 1) * factor; x++) sum += data[y * width + x]!;
      values[row * columns + column] = sum / (factor * factor);
    }
  return { width: columns, height: rows, values };
}

/** Grey opening: takes away bright spots narrower than 2 × `reach` + 1 pixels, the lamps' images among them. */
export function open(plane: Plane, reach: number): Plane {
  return negative(erode(negative(erode(plane, reach)), reach));
}

function negative({ width, height, values }: Plane): Plane {
  return { width, height, values: values.map((value) => -value) };
}

/** The lowest of the 2 × `reach` + 1 pixels each way. */
function erode({ width, height, values }: Plane, reach: number): Plane {
  const across = values.slice();
  for (let k = 1; k <= reach; k++)
    for (let row = 0; row < height; row++) {
      const start = row * width;
      const end = start + width;
      for (let i = start + k; i < end; i++) if (values[i - k]! < across[i]!) across[i] = values[i - k]!;
      for (let i = start; i < end - k; i++) if (values[i + k]! < across[i]!) across[i] = values[i + k]!;
    }
  const lowest = across.slice();
  for (let k = 1; k <= reach; k++) {
    const shift = k * width;
    for (let i = shift; i < across.length; i++)
      if (across[i - shift]! < lowest[i]!) lowest[i] = across[i - shift]!;
    for (let i = 0; i < across.length - shift; i++)
      if (across[i + shift]! < lowest[i]!) lowest[i] = across[i + shift]!;
  }
  return { width, height, values: lowest };
}

/** Mean of 2 × `reach` + 1 pixels each way, twice: near to a Gaussian of deviation 0.8 × `reach` + 0.4. */
export function smooth({ width, height, values }: Plane, reach: number): Plane {
  const smoothed = values.slice();
  const line = new Float32Array(Math.max(width, height));
  const runningMean = (start: number, step: number, length: number) => {
    for (let n = 0; n < length; n++) line[n] = smoothed[start + n * step]!;
    const at = (n: number) => line[n < 0 ? 0 : n >= length ? length - 1 : n]!;
    let sum = 0;
    for (let n = -reach; n <= reach; n++) sum += at(n);
    for (let n = 0; n < length; n++) {
      smoothed[start + n * step] = sum / (2 * reach + 1);
      sum += at(n + reach + 1) - at(n - reach);
    }
  };
  for (let twice = 0; twice < 2; twice++) {
    for (let row = 0; row < height; row++) runningMean(row * width, 1, width);
    for (let column = 0; column < width; column++) runningMean(column, width, height);
  }
  return { width, height, values: smoothed };
}

/** Bilinear; beyond the border the border's value. */
export function sample({ width, height, values }: Plane, x: number, y: number): number {
  const cx = x < 0 ? 0 : x > width - 1.001 ? width - 1.001 : x;
  const cy = y < 0 ? 0 : y > height - 1.001 ? height - 1.001 : y;
  const left = Math.floor(cx);
  const top = Math.floor(cy);
  const fx = cx - left;
  const i = top * width + left;
  const upper = values[i]! * (1 - fx) + values[i + 1]! * fx;
  const lower = values[i + width]! * (1 - fx) + values[i + width + 1]! * fx;
  return upper + (cy - top) * (lower - upper);
}
