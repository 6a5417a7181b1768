/**
 * How much a print is worth, 0–100, from features of ISO/IEC 29794-4 (area, local clarity, minutiae), and why when
 * it is little. Our own score: it is not NFIQ and must not be called so.
 */
import type { FailureCode } from '../../failures/catalogue.ts';
import { CELL, type Grid } from './grid.ts';

export interface Findings {
  readonly grid: Grid;
  /** Grey levels relative to their surroundings. */
  readonly pixels: Float32Array;
  readonly width: number;
  /** Cells with contrast and direction; those of them that show ridges; and, of all cells, which may show anything. */
  readonly mask: Uint8Array;
  readonly ridged: Uint8Array;
  readonly contrast: Float32Array;
  readonly coherence: Float32Array;
  readonly clarity: Float32Array;
  readonly minutiae: number;
}

export interface Quality {
  /** 0–100. */
  readonly score: number;
  /** The most important first; empty from a score of GOOD. */
  readonly reasons: readonly FailureCode[];
}

/** From this score nothing is to be said against a print. */
export const GOOD = 60;

/** Cells of 8 × 8 pixels, 0.165 mm² each. */
const FEWEST_CELLS = 60;
const PARTIAL_CELLS = 450;
const FULL_CELLS = 700;
/** Share of the grey-level variation that ridges explain: from lost in noise to clear. */
const LOST = 0.12;
const CLEAR = 0.38;
/** With this many minutiae a comparison has enough to go by. */
const ENOUGH_MINUTIAE = 45;
/** Minutiae per cell, more than any finger has. */
const TOO_DENSE = 0.09;

export function assess(findings: Findings): Quality {
  const { ridged, mask, clarity, minutiae } = findings;
  const cells = count(ridged);
  const candidates = count(mask);
  if (cells < FEWEST_CELLS)
    return { score: 0, reasons: [candidates < 3 * FEWEST_CELLS ? 'FINGER-NONE' : 'FINGER-NOT-A-FINGER'] };
  if (minutiae > TOO_DENSE * cells) return { score: 0, reasons: ['FINGER-NOT-A-FINGER'] };
  let clear = 0;
  for (let i = 0; i < ridged.length; i++)
    if (ridged[i] === 1) clear += Math.min(1, Math.max(0, (clarity[i]! - LOST) / (CLEAR - LOST)));
  const clearShare = clear / cells;
  const richness = Math.min(1, minutiae / ENOUGH_MINUTIAE);
  const size = Math.min(1, cells / FULL_CELLS);
  const score = Math.round(100 * clearShare * Math.sqrt(richness * size));
  return { score, reasons: score >= GOOD ? [] : reasonsFor(findings, cells, clearShare) };
}

function count(mask: Uint8Array): number {
  let set = 0;
  for (let i = 0; i < mask.length; i++) set += mask[i]!;
  return set;
}

/** Distance of the print's middle from the image's, as a share of the image's side. */
const OFF_CENTRE = 0.15;
/** Tilt of the print's long axis from upright, radians, where it is at least this much longer than wide. */
const TILTED = 0.5;
const LONGER = 1.25;
/** Skewness of the grey levels: few dark pixels among light ones are dry ridges, few light ones wet valleys. */
const DRY_SKEWNESS = -1.2;
const WET_SKEWNESS = 0.6;
/** Share of the cells around the print that show something, from which the glass is dirty. */
const DIRTY = 0.15;
/** A print with less of it clear, though neither dry nor wet, is worn or smudged. */
const WORN = 0.6;

function reasonsFor(findings: Findings, cells: number, clearShare: number): FailureCode[] {
  const reasons: FailureCode[] = [];
  const shape = shapeOf(findings.ridged, findings.grid);
  const skewness = skewnessOf(findings);
  if (cells < PARTIAL_CELLS) reasons.push('FINGER-PARTIAL');
  if (Math.max(shape.offsetX, shape.offsetY) > OFF_CENTRE) reasons.push('FINGER-OFF-CENTRE');
  if (shape.elongation > LONGER && shape.tilt > TILTED) reasons.push('FINGER-ROTATED');
  if (skewness < DRY_SKEWNESS) reasons.push('FINGER-TOO-DRY');
  if (skewness > WET_SKEWNESS) reasons.push('FINGER-TOO-WET');
  if (dirtOf(findings) > DIRTY) reasons.push('FINGER-GLASS-DIRTY');
  if (clearShare < WORN && skewness >= DRY_SKEWNESS && skewness <= WET_SKEWNESS) reasons.push('FINGER-WORN');
  return reasons;
}

/** Middle and long axis of the print, from its first and second moments. */
function shapeOf(ridged: Uint8Array, { columns, rows }: Grid) {
  let n = 0;
  let x = 0;
  let y = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < ridged.length; i++) {
    if (ridged[i] === 0) continue;
    const column = i % columns;
    const row = (i - column) / columns;
    n++;
    x += column;
    y += row;
    xx += column * column;
    yy += row * row;
    xy += column * row;
  }
  x /= n;
  y /= n;
  const a = xx / n - x * x;
  const b = yy / n - y * y;
  const c = xy / n - x * y;
  const spread = Math.hypot((a - b) / 2, c);
  return {
    offsetX: Math.abs((x + 0.5) / columns - 0.5),
    offsetY: Math.abs((y + 0.5) / rows - 0.5),
    elongation: Math.sqrt(((a + b) / 2 + spread) / Math.max(1, (a + b) / 2 - spread)),
    tilt: Math.abs(0.5 * Math.atan2(2 * c, b - a)),
  };
}

/** Third standardised moment of the normalised grey levels on the print. */
function skewnessOf({ ridged, pixels, width, grid }: Findings): number {
  let n = 0;
  let sum = 0;
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < ridged.length; i++) {
    if (ridged[i] === 0) continue;
    const column = i % grid.columns;
    const row = (i - column) / grid.columns;
    for (let y = row * CELL; y < (row + 1) * CELL; y++)
      for (let x = column * CELL; x < (column + 1) * CELL; x++) {
        const value = pixels[y * width + x]!;
        n++;
        sum += value;
        squares += value * value;
        cubes += value * value * value;
      }
  }
  const mean = sum / n;
  const variance = squares / n - mean * mean;
  return (cubes / n - 3 * mean * variance - mean * mean * mean) / variance ** 1.5;
}

/** Grey levels above which a cell off the print shows something, and how much its gradients must agree. */
const TRACE_CONTRAST = 6;
const TRACE_COHERENCE = 0.3;
/** Cells nearer to the print than this belong to its outline. */
const OUTLINE = 3;

/** Share of the cells off the print that bear traces: the previous person's print, grease, dust. */
function dirtOf({ mask, contrast, coherence, grid: { columns, rows } }: Findings): number {
  let off = 0;
  let traces = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let near = false;
      for (let r = Math.max(0, row - OUTLINE); r <= Math.min(rows - 1, row + OUTLINE); r++)
        for (let c = Math.max(0, column - OUTLINE); c <= Math.min(columns - 1, column + OUTLINE); c++)
          if (mask[r * columns + c] === 1) near = true;
      if (near) continue;
      off++;
      const i = row * columns + column;
      if (contrast[i]! > TRACE_CONTRAST && coherence[i]! > TRACE_COHERENCE) traces++;
    }
  return off < FEWEST_CELLS ? 0 : traces / off;
}
