/** The filtered ridges at half resolution, as the matcher compares them where minutiae alone leave a doubt. */
import { CELL, type Grid, smoothGrid } from './grid.ts';
import type { RidgeMap } from './template.ts';

/** Steps of a ridge direction in half a turn. */
export const FLOW_STEPS = 120;
/** Pixels per sample of the pattern, in both directions. */
export const SAMPLE = 2;
/** Samples per cell. */
const PER_CELL = CELL / SAMPLE;
/** A response of the local root-mean-square strength is stored as this. */
const LEVEL = 60;
/** Added to that strength, so that what is nearly no ridge stays faint. */
const FAINT = 0.1;

export function ridgeMap(
  response: Float32Array,
  width: number,
  height: number,
  angle: Float32Array,
  mask: Uint8Array,
  grid: Grid,
): RidgeMap {
  const columns = Math.floor(width / SAMPLE);
  const rows = Math.floor(height / SAMPLE);
  const strength = localStrength(response, width, grid);
  const pattern = new Int8Array(columns * rows);
  for (let v = 0; v < grid.rows * PER_CELL; v++)
    for (let u = 0; u < grid.columns * PER_CELL; u++) {
      const cell = Math.floor(v / PER_CELL) * grid.columns + Math.floor(u / PER_CELL);
      if (mask[cell] === 0) continue;
      const i = SAMPLE * (v * width + u);
      const mean = (response[i]! + response[i + 1]! + response[i + width]! + response[i + width + 1]!) / 4;
      const level = Math.round((LEVEL * mean) / (strength[cell]! + FAINT));
      pattern[v * columns + u] = Math.max(-127, Math.min(127, level));
    }
  const flow = new Int8Array(mask.length).fill(-1);
  for (let i = 0; i < mask.length; i++)
    if (mask[i] === 1) flow[i] = Math.round((angle[i]! * FLOW_STEPS) / Math.PI) % FLOW_STEPS;
  return { columns, rows, pattern, flowColumns: grid.columns, flowRows: grid.rows, flow };
}

/** Root mean square of the response about each cell. */
function localStrength(response: Float32Array, width: number, grid: Grid): Float32Array {
  const power = new Float32Array(grid.columns * grid.rows);
  for (let row = 0; row < grid.rows; row++)
    for (let column = 0; column < grid.columns; column++) {
      let sum = 0;
      for (let y = row * CELL; y < (row + 1) * CELL; y++)
        for (let x = column * CELL, i = y * width + x; x < (column + 1) * CELL; x++, i++)
          sum += response[i]! * response[i]!;
      power[row * grid.columns + column] = sum / (CELL * CELL);
    }
  return smoothGrid(power, grid, 1).map(Math.sqrt);
}
