/** The local direction of the ridges, from the structure tensor of the grey-level gradients. */
import { CELL, type Grid, smoothGrid } from './grid.ts';

export interface Orientation {
  /** Ridge direction per cell, radians, 0 ≤ θ < π, measured from x to y (y points down). */
  readonly angle: Float32Array;
  /** Doubled angle with the smoothed coherence as its length; interpolates without a seam at 0 = π. */
  readonly cos2: Float32Array;
  readonly sin2: Float32Array;
  /** How much the gradients about the cell agree: 0 (noise) to 1 (parallel ridges). */
  readonly coherence: Float32Array;
}

/** Sums of the gradient tensor per cell: gx² − gy², 2·gx·gy, gx² + gy² (Sobel gradients). */
function cellTensors(pixels: Float32Array, width: number, height: number, grid: Grid) {
  const size = grid.columns * grid.rows;
  const difference = new Float32Array(size);
  const product = new Float32Array(size);
  const energy = new Float32Array(size);
  for (let row = 0; row < grid.rows; row++)
    for (let column = 0; column < grid.columns; column++) {
      let a = 0;
      let b = 0;
      let e = 0;
      const yEnd = Math.min(height - 1, (row + 1) * CELL);
      const xEnd = Math.min(width - 1, (column + 1) * CELL);
      for (let y = Math.max(1, row * CELL); y < yEnd; y++)
        for (let x = Math.max(1, column * CELL), i = y * width + x; x < xEnd; x++, i++) {
          const nw = pixels[i - width - 1]!;
          const ne = pixels[i - width + 1]!;
          const sw = pixels[i + width - 1]!;
          const se = pixels[i + width + 1]!;
          const gx = ne + se - nw - sw + 2 * (pixels[i + 1]! - pixels[i - 1]!);
          const gy = sw + se - nw - ne + 2 * (pixels[i + width]! - pixels[i - width]!);
          a += gx * gx - gy * gy;
          b += 2 * gx * gy;
          e += gx * gx + gy * gy;
        }
      const cell = row * grid.columns + column;
      difference[cell] = a;
      product[cell] = b;
      energy[cell] = e;
    }
  return { difference, product, energy };
}

/** Binomial passes over the cells: the tensor's own window, and the wider one that noise falls back to. */
const NEAR = 1;
const WIDE = 4;

export function orientation(pixels: Float32Array, width: number, height: number, grid: Grid): Orientation {
  const tensor = cellTensors(pixels, width, height, grid);
  const size = tensor.energy.length;
  const difference = smoothGrid(tensor.difference, grid, NEAR);
  const product = smoothGrid(tensor.product, grid, NEAR);
  const energy = smoothGrid(tensor.energy, grid, NEAR);
  const coherence = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const total = energy[i]! + 1e-6;
    // The ridge runs across the gradient: a doubled angle turned by π.
    difference[i] = -difference[i]! / total;
    product[i] = -product[i]! / total;
    coherence[i] = Math.hypot(difference[i]!, product[i]!);
  }
  const cos2 = smoothGrid(difference, grid, 1);
  const sin2 = smoothGrid(product, grid, 1);
  const wideCos2 = smoothGrid(difference, grid, WIDE);
  const wideSin2 = smoothGrid(product, grid, WIDE);
  const angle = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const own = coherence[i]!;
    cos2[i] = own * cos2[i]! + (1 - own) * wideCos2[i]!;
    sin2[i] = own * sin2[i]! + (1 - own) * wideSin2[i]!;
    const half = 0.5 * Math.atan2(sin2[i]!, cos2[i]!);
    angle[i] = half < 0 ? half + Math.PI : half;
  }
  return { angle, cos2, sin2, coherence };
}
