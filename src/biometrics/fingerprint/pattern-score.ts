/**
 * Compares the ridges of two prints that minutiae have laid on each other: block by block, each block free to move
 * a little with its neighbours, as skin does. Strangers' ridges fall into step by chance only here and there.
 */
import type { Alignment } from './alignment.ts';
import type { Correspondence } from './correspondence.ts';
import {
  BLOCK,
  BLOCK_PIXELS,
  blockStart,
  FEWEST_FILLED,
  MARGIN,
  type Prepared,
  type PreparedRidges,
  ROW_STEP,
} from './prepared.ts';
import { SAMPLE } from './ridge-map.ts';

/** A block is tried at every shift of up to MARGIN samples in both directions. */
const SHIFTS = (2 * MARGIN + 1) ** 2;
/** Distance at which a pair's displacement counts half, pixels; and the weight of "no displacement". */
const REACH = 60;
const STIFFNESS = 0.1;

/** Mean correlation of the blocks that both prints show, −1 to 1, and how many blocks were compared. */
export interface PatternFit {
  correlation: number;
  blocks: number;
}
const measured: PatternFit = { correlation: 0, blocks: 0 };

/** Scratch, one entry a block; grows to the largest print seen. */
let products = new Float32Array(0);
let energyA = new Float32Array(0);
let energyB = new Float32Array(0);
let cornerX = new Float32Array(0);
let cornerY = new Float32Array(0);
const warped = new Float32Array(BLOCK * BLOCK);
const sums = new Float32Array(SHIFTS);

/** Valid until the next call. Both templates must have their ridges. */
export function patternFit(
  a: Prepared,
  ra: PreparedRidges,
  rb: PreparedRidges,
  pairs: Correspondence,
  alignment: Alignment,
): PatternFit {
  reserve((ra.blockColumns + 1) * (ra.blockRows + 1));
  placeCorners(a, ra, pairs, alignment);
  compareBlocks(ra, rb);
  return fitOf(ra);
}

function reserve(blocks: number): void {
  if (energyA.length >= blocks) return;
  products = new Float32Array(blocks * SHIFTS);
  energyA = new Float32Array(blocks);
  energyB = new Float32Array(blocks);
  cornerX = new Float32Array(blocks);
  cornerY = new Float32Array(blocks);
}

/** Where each block corner of the probe lies on the reference, in samples of its padded pattern. */
function placeCorners(a: Prepared, ra: PreparedRidges, pairs: Correspondence, alignment: Alignment): void {
  const { cos, sin, ax, ay, bx, by, dx, dy } = alignment;
  for (let row = 0; row <= ra.blockRows; row++)
    for (let column = 0; column <= ra.blockColumns; column++) {
      const at = row * (ra.blockColumns + 1) + column;
      if (ra.cornerUsed[at] === 0) continue;
      const x = column * BLOCK_PIXELS;
      const y = -row * BLOCK_PIXELS;
      let weights = STIFFNESS;
      let shiftX = 0;
      let shiftY = 0;
      for (let p = 0; p < pairs.count; p++) {
        const ex = a.x[pairs.a[p]!]! - x;
        const ey = a.y[pairs.a[p]!]! - y;
        const distance = (ex * ex + ey * ey) / (REACH * REACH);
        const weight = 1 / (1 + distance * distance);
        weights += weight;
        shiftX += weight * dx[p]!;
        shiftY += weight * dy[p]!;
      }
      const px = x - ax;
      const py = y - ay;
      cornerX[at] = (px * cos - py * sin + bx + shiftX / weights) / SAMPLE + MARGIN;
      cornerY[at] = -(px * sin + py * cos + by + shiftY / weights) / SAMPLE + MARGIN;
    }
}

/** Products and energies of every second block, as on a chessboard: its neighbours say nearly the same. */
function compareBlocks(ra: PreparedRidges, rb: PreparedRidges): void {
  for (let block = 0; block < ra.blockEnergy.length; block++) {
    energyA[block] = 0;
    const column = block % ra.blockColumns;
    const row = (block - column) / ra.blockColumns;
    if (((row + column) & 1) === 1 || ra.blockEnergy[block] === 0) continue;
    const energy = warpBlock(row * (ra.blockColumns + 1) + column, ra.blockColumns + 1, rb);
    if (energy === 0) continue;
    energyA[block] = ra.blockEnergy[block]!;
    energyB[block] = energy;
    correlateBlock(ra, blockStart(block, ra.blockColumns, ra.stride), block * SHIFTS);
  }
}

/** The reference's ridges under one block of the probe; answers their energy, 0 when less than half is there. */
function warpBlock(corner: number, cornersPerRow: number, rb: PreparedRidges): number {
  const { pattern, stride } = rb;
  const right = rb.blockColumns * BLOCK + 2 * MARGIN - 1;
  const bottom = rb.blockRows * BLOCK + 2 * MARGIN - 1;
  const x0 = cornerX[corner]!;
  const y0 = cornerY[corner]!;
  const stepXu = (cornerX[corner + 1]! - x0) / BLOCK;
  const stepYu = (cornerY[corner + 1]! - y0) / BLOCK;
  const stepXv = (cornerX[corner + cornersPerRow]! - x0) / BLOCK;
  const stepYv = (cornerY[corner + cornersPerRow]! - y0) / BLOCK;
  let energy = 0;
  let filled = 0;
  for (let v = 0; v < BLOCK; v += ROW_STEP)
    for (let u = 0; u < BLOCK; u++) {
      const x = x0 + u * stepXu + v * stepXv;
      const y = y0 + u * stepYu + v * stepYv;
      let value = 0;
      if (x >= 0 && y >= 0 && x < right && y < bottom) {
        const column = Math.floor(x);
        const row = Math.floor(y);
        const fx = x - column;
        const fy = y - row;
        const i = row * stride + column;
        value =
          (pattern[i]! * (1 - fx) + pattern[i + 1]! * fx) * (1 - fy) +
          (pattern[i + stride]! * (1 - fx) + pattern[i + stride + 1]! * fx) * fy;
      }
      warped[v * BLOCK + u] = value;
      energy += value * value;
      if (value !== 0) filled++;
    }
  return filled < FEWEST_FILLED ? 0 : energy;
}

/**
 * Inner products of the warped block with the probe's pattern at every shift. The five shifts of a row (MARGIN is 2)
 * are written out: each sample is read once for all of them, which makes a whole comparison a fifth faster.
 */
function correlateBlock({ pattern, stride }: PreparedRidges, start: number, target: number): void {
  let shift = target;
  for (let dy = -MARGIN; dy <= MARGIN; dy++) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    for (let v = 0; v < BLOCK; v += ROW_STEP) {
      const row = start + (v + dy) * stride - MARGIN;
      let p0 = pattern[row]!;
      let p1 = pattern[row + 1]!;
      let p2 = pattern[row + 2]!;
      let p3 = pattern[row + 3]!;
      for (let u = 0; u < BLOCK; u++) {
        const w = warped[v * BLOCK + u]!;
        const p4 = pattern[row + u + 4]!;
        s0 += w * p0;
        s1 += w * p1;
        s2 += w * p2;
        s3 += w * p3;
        s4 += w * p4;
        p0 = p1;
        p1 = p2;
        p2 = p3;
        p3 = p4;
      }
    }
    products[shift] = s0;
    products[shift + 1] = s1;
    products[shift + 2] = s2;
    products[shift + 3] = s3;
    products[shift + 4] = s4;
    shift += 5;
  }
}

/** Each block takes the shift that suits it and its neighbours best; the mean of those correlations. */
function fitOf(ra: PreparedRidges): PatternFit {
  const { blockColumns, blockRows } = ra;
  measured.blocks = 0;
  measured.correlation = 0;
  for (let row = 0; row < blockRows; row++)
    for (let column = 0; column < blockColumns; column++) {
      if (energyA[row * blockColumns + column] === 0) continue;
      sums.fill(0);
      let ea = 0;
      let eb = 0;
      for (let r = Math.max(0, row - 1); r <= Math.min(blockRows - 1, row + 1); r++)
        for (let c = Math.max(0, column - 1); c <= Math.min(blockColumns - 1, column + 1); c++) {
          const block = r * blockColumns + c;
          if (energyA[block] === 0) continue;
          ea += energyA[block]!;
          eb += energyB[block]!;
          for (let s = 0; s < SHIFTS; s++) sums[s] = sums[s]! + products[block * SHIFTS + s]!;
        }
      let best = 0;
      for (let s = 0; s < SHIFTS; s++) if (sums[s]! > best) best = sums[s]!;
      measured.correlation += best / Math.sqrt(ea * eb);
      measured.blocks++;
    }
  if (measured.blocks > 0) measured.correlation /= measured.blocks;
  return measured;
}
