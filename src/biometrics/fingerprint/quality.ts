/**
 * How much a print is worth, 0–100, from features of ISO/IEC 29794-4 (area, local clarity, minutiae), and why when
 * it is little. Our own score: it is not NFIQ and must not be called so.
 */
import type { FailureCode } from '../../failures/catalogue.ts';
import { strongest } from './foreground.ts';
import { CELL, type Grid } from './grid.ts';
import { type Glass, latentCells } from './latent.ts';

export interface Findings extends Glass {
  /** Cells with contrast and direction, and those of them that show ridges. */
  readonly mask: Uint8Array;
  readonly ridged: Uint8Array;
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
/** Grey levels that a finger's strongest cells exceed: less is what the last finger left on the glass. */
const FAINT = 25;

export function assess(findings: Findings): Quality {
  const { ridged, mask, clarity, minutiae } = findings;
  const cells = count(ridged);
  const candidates = count(mask);
  if (cells < FEWEST_CELLS)
    return { score: 0, reasons: [candidates < 3 * FEWEST_CELLS ? 'FINGER-NONE' : 'FINGER-NOT-A-FINGER'] };
  if (strongest(findings.contrast) < FAINT) return { score: 0, reasons: ['FINGER-GLASS-DIRTY'] };
  if (minutiae > TOO_DENSE * cells) return { score: 0, reasons: ['FINGER-NOT-A-FINGER'] };
  let clear = 0;
  for (let i = 0; i < ridged.length; i++)
    if (ridged[i] === 1) clear += Math.min(1, Math.max(0, (clarity[i]! - LOST) / (CLEAR - LOST)));
  const clearShare = clear / cells;
  const richness = Math.min(1, minutiae / ENOUGH_MINUTIAE);
  const size = Math.min(1, cells / FULL_CELLS);
  const score = Math.round(100 * clearShare * Math.sqrt(richness * size));
  const spoilt = spoiltBy(findings, cells);
  if (spoilt.length === 0 && score >= GOOD) return { score, reasons: [] };
  return {
    score: Math.min(score, GOOD - 1),
    reasons: [...spoilt, ...reasonsFor(findings, cells, clearShare)],
  };
}

/** What spoils a print however clear its ridges are: some are gone, or some are somebody else's. */
function spoiltBy(findings: Findings, cells: number): FailureCode[] {
  const reasons: FailureCode[] = [];
  if (cells >= PARTIAL_CELLS && anisotropy(findings) > SMEARED) reasons.push('FINGER-MOVED');
  if (latentCells(findings) >= DIRTY_CELLS) reasons.push('FINGER-GLASS-DIRTY');
  return reasons;
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
/** Share of the glass's grey level that the middle one of a wet print's cells has: its valleys are closed. */
const WET_LIGHTNESS = 0.33;
/** Cells off the print with another one's ridges, some 4 mm², from which the glass is dirty. */
const DIRTY_CELLS = 24;
/** Share of all contrast in one direction that no print of a still finger has: plain arches reach 0.8. */
const SMEARED = 0.87;
/** A print with less of it clear, though neither dry nor wet, is worn or smudged. */
const WORN = 0.6;

function reasonsFor(findings: Findings, cells: number, clearShare: number): FailureCode[] {
  const reasons: FailureCode[] = [];
  const shape = shapeOf(findings.ridged, findings.grid);
  const skewness = skewnessOf(findings);
  if (cells < PARTIAL_CELLS) reasons.push('FINGER-PARTIAL');
  if (Math.max(shape.offsetX, shape.offsetY) > OFF_CENTRE) reasons.push('FINGER-OFF-CENTRE');
  if (shape.elongation > LONGER && shape.tilt > TILTED) reasons.push('FINGER-ROTATED');
  const dry = skewness < DRY_SKEWNESS;
  const wet = !dry && (skewness > WET_SKEWNESS || middleLightness(findings) < WET_LIGHTNESS);
  if (dry) reasons.push('FINGER-TOO-DRY');
  if (wet) reasons.push('FINGER-TOO-WET');
  if (clearShare < WORN && !dry && !wet) reasons.push('FINGER-WORN');
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

/** Of the print's cells, outlines and closed valleys included. */
function middleLightness({ mask, lightness }: Findings): number {
  const levels = lightness.filter((_, i) => mask[i] === 1).sort();
  return levels[levels.length >> 1] ?? 1;
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

/**
 * A finger that slides while its picture is taken smears all ridges but those along its way: how much the directions
 * agree, weighted by their contrast, 0 (all directions alike) to 1.
 */
function anisotropy({ mask, contrast, angle, coherence }: Findings): number {
  let cos = 0;
  let sin = 0;
  let total = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const weight = contrast[i]! ** 2 * coherence[i]!;
    cos += weight * Math.cos(2 * angle[i]!);
    sin += weight * Math.sin(2 * angle[i]!);
    total += weight;
  }
  return Math.hypot(cos, sin) / total;
}
