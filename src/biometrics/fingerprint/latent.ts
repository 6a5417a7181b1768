/**
 * The previous person's print on the glass, beside the finger that lies there now: ridges, fainter than the finger's
 * and off it. What hides under the finger is not seen; nor is grease that shows no ridges.
 */
import { foreground } from './foreground.ts';
import type { Grid } from './grid.ts';
import { localPeriod } from './ridge-period.ts';

export interface Glass {
  readonly grid: Grid;
  /** Grey levels relative to their surroundings. */
  readonly pixels: Float32Array;
  readonly width: number;
  readonly height: number;
  /** Per cell: contrast in grey levels, share of the glass's grey level, ridge direction, how much gradients agree. */
  readonly contrast: Float32Array;
  readonly lightness: Float32Array;
  readonly angle: Float32Array;
  readonly coherence: Float32Array;
}

/** Share of the strongest contrast that a finger reaches and what it left behind does not. */
const FIRM = 0.4;
/** Share of the glass's grey level below which a finger lies there, pressed or wet beyond any contrast. */
const LIGHT = 0.75;
/** Cells nearer to the finger than this belong to its outline. */
const OUTLINE = 3;
/** Grey levels, and agreement of the gradients, of a cell that shows anything. */
const LEAST_CONTRAST = 6;
const LEAST_COHERENCE = 0.3;
/** Ridges run on: so many of the eight cells around tell the same period, up to this share of it. */
const FEWEST_LIKE = 5;
const LIKE = 0.2;

/** @returns how many cells off the finger, of 8 × 8 pixels, show ridges that run on */
export function latentCells(glass: Glass): number {
  const { grid, pixels, width, height, contrast, lightness, angle, coherence } = glass;
  const { columns, rows } = grid;
  const finger = foreground(contrast, coherence, grid, FIRM);
  const period = new Float32Array(contrast.length);
  for (let i = 0; i < period.length; i++) {
    if (contrast[i]! <= LEAST_CONTRAST || coherence[i]! <= LEAST_COHERENCE || lightness[i]! < LIGHT) continue;
    const column = i % columns;
    const row = (i - column) / columns;
    if (near(finger, grid, row, column)) continue;
    period[i] = localPeriod(pixels, width, height, row, column, angle[i]!);
  }
  let cells = 0;
  for (let row = 1; row < rows - 1; row++)
    for (let column = 1; column < columns - 1; column++) {
      const own = period[row * columns + column]!;
      if (own === 0) continue;
      let like = -1;
      for (let r = row - 1; r <= row + 1; r++)
        for (let c = column - 1; c <= column + 1; c++)
          if (Math.abs(period[r * columns + c]! - own) < LIKE * own) like++;
      if (like >= FEWEST_LIKE) cells++;
    }
  return cells;
}

function near(mask: Uint8Array, { columns, rows }: Grid, row: number, column: number): boolean {
  for (let r = Math.max(0, row - OUTLINE); r <= Math.min(rows - 1, row + OUTLINE); r++)
    for (let c = Math.max(0, column - OUTLINE); c <= Math.min(columns - 1, column + OUTLINE); c++)
      if (mask[r * columns + c] === 1) return true;
  return false;
}
