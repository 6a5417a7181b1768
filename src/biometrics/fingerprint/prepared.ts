/** A template made ready for comparison: scaled to 500 dpi, in typed arrays, each minutia with its neighbours. */
import { CELL } from './grid.ts';
import { DPI } from './resample.ts';
import { FLOW_STEPS, SAMPLE } from './ridge-map.ts';
import type { FingerTemplate, RidgeMap } from './template.ts';

/** Edges kept per minutia: its nearest neighbours. */
export const EDGES = 12;
/** Pixels at 500 dpi; nearer ones are often the two halves of one flaw, farther ones bend away. */
const SHORTEST_EDGE = 8;
const LONGEST_EDGE = 220;
/** More minutiae than a clear print has are noise; the most reliable ones are kept (comparison time is n × m). */
export const MOST_MINUTIAE = 60;
/** Side of the blocks in which ridge patterns are compared, samples. */
export const BLOCK = 8;
/** Only every second row of samples is looked at: the others say nearly the same. */
export const ROW_STEP = 2;
/** Fewest samples looked at in a block that must show ridges: half. */
export const FEWEST_FILLED = (BLOCK * BLOCK) / ROW_STEP / 2;
/** Empty samples around the pattern, so that a block may be shifted without a bounds check. */
export const MARGIN = 2;

/** Bins of edges: lengths of 14 pixels, angles of 45°. */
export const LENGTH_BINS = 16;
export const ANGLE_BINS = 8;
const BIN_LENGTH = 14;

/** The ridge map of one print, laid out for comparison. */
export interface PreparedRidges {
  /** Blocks of BLOCK × BLOCK samples. */
  readonly blockColumns: number;
  readonly blockRows: number;
  /** Samples per row of `pattern`: whole blocks and a margin on both sides. */
  readonly stride: number;
  readonly pattern: Int8Array;
  /** Sum of the squared samples looked at in each block; 0 for a block that less than half shows ridges. */
  readonly blockEnergy: Float32Array;
  /** 1 for each corner, (blockColumns + 1) × (blockRows + 1), of a block that has ridges. */
  readonly cornerUsed: Uint8Array;
  readonly flowColumns: number;
  readonly flowRows: number;
  readonly flow: Int8Array;
}

/** Points at which the direction of the ridges is known, to be held against the flow of another print. */
export interface Directions {
  readonly x: Float32Array;
  /** Upwards. */
  readonly y: Float32Array;
  /** In steps of RidgeMap.flow. */
  readonly flow: Int8Array;
}

/** All lengths in pixels at 500 dpi, all angles in radians, counter-clockwise. */
export interface Prepared {
  readonly count: number;
  readonly x: Float32Array;
  /** Upwards, so that angles and positions turn the same way. */
  readonly y: Float32Array;
  readonly angle: Float32Array;
  /** 1 ending, 2 bifurcation, 0 not told. */
  readonly type: Uint8Array;
  /** How likely another print of the finger is to show each minutia, relative to the most reliable one, 0–1. */
  readonly weight: Float32Array;
  /** Number of edges per minutia; edge e of minutia i is at i × EDGES + e, the shortest first. */
  readonly edges: Uint8Array;
  readonly edgeTo: Uint8Array;
  readonly edgeLength: Float32Array;
  /** Direction of the edge seen from the minutia, and the neighbour's angle seen from it, in steps: turn-proof. */
  readonly edgeBearing: Uint16Array;
  readonly edgeAngle: Uint16Array;
  /** All edges by what they look like: those of bin n are edgesByBin from binStart[n] to binStart[n + 1]. */
  readonly binStart: Uint16Array;
  readonly edgesByBin: Uint16Array;
  /** The box around the minutiae. */
  readonly left: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
  /** Every third cell of the print in both directions; the minutiae themselves where there are no ridges. */
  readonly directions: Directions;
  /** Present when the template comes from this extractor at 500 dpi. */
  readonly ridges: PreparedRidges | undefined;
}

const TYPE = { other: 0, ending: 1, bifurcation: 2 } as const;

/** The minutiae of a template at 500 dpi, the most reliable first, as many as are compared. */
export interface Points {
  readonly count: number;
  readonly x: Float32Array;
  /** Upwards. */
  readonly y: Float32Array;
  readonly angle: Float32Array;
  readonly type: Uint8Array;
  /** What their maker says, 0–100. */
  readonly quality: Uint8Array;
}

export function pointsOf(template: FingerTemplate): Points {
  const scale = DPI / template.dpi;
  // As they came where their maker tells no quality.
  const minutiae = template.minutiae.toSorted((a, b) => b.quality - a.quality).slice(0, MOST_MINUTIAE);
  return {
    count: minutiae.length,
    x: Float32Array.from(minutiae, ({ x }) => x * scale),
    y: Float32Array.from(minutiae, ({ y }) => -y * scale),
    angle: Float32Array.from(minutiae, ({ angle }) => angle),
    type: Uint8Array.from(minutiae, ({ type }) => TYPE[type]),
    quality: Uint8Array.from(minutiae, ({ quality }) => quality),
  };
}

export function prepare(template: FingerTemplate): Prepared {
  return preparePoints(pointsOf(template), template.ridges);
}

export function preparePoints(points: Points, ridges?: RidgeMap): Prepared {
  const { count, x, y, angle, type } = points;
  const prepared: Prepared = {
    count,
    x,
    y,
    angle,
    type,
    weight: weights(points),
    edges: new Uint8Array(count),
    edgeTo: new Uint8Array(count * EDGES),
    edgeLength: new Float32Array(count * EDGES),
    edgeBearing: new Uint16Array(count * EDGES),
    edgeAngle: new Uint16Array(count * EDGES),
    binStart: new Uint16Array(LENGTH_BINS * ANGLE_BINS * ANGLE_BINS + 1),
    edgesByBin: new Uint16Array(count * EDGES),
    ...boxAround(points),
    directions: ridges ? cellDirections(ridges) : minutiaDirections(points),
    ridges: ridges && prepareRidges(ridges),
  };
  for (let i = 0; i < count; i++) addEdges(prepared, i);
  sortEdges(prepared);
  return prepared;
}

function boxAround({ count, x, y }: Points): Pick<Prepared, 'left' | 'right' | 'low' | 'high'> {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    left = Math.min(left, x[i]!);
    right = Math.max(right, x[i]!);
    low = Math.min(low, y[i]!);
    high = Math.max(high, y[i]!);
  }
  return { left, right, low, high };
}

/**
 * Makers mean different things by a minutia's quality, but agree in what its rank is worth: of the first ten of a
 * record nine are found in the same image by another extractor, of the fifth ten half.
 */
const RANK_SCALE = 50;
const WEIGHT_OF_RANK = Float32Array.from({ length: MOST_MINUTIAE }, (_, rank) =>
  Math.exp(-((rank / RANK_SCALE) ** 2)),
);
const UNTOLD = new Float32Array(MOST_MINUTIAE).fill(1);

function weights({ count, quality }: Points): Float32Array {
  return quality[0] === quality[count - 1] ? UNTOLD : WEIGHT_OF_RANK;
}

/** The nearest neighbours of one minutia so far, the nearest first. */
const nearest = { to: new Uint8Array(EDGES), squared: new Float64Array(EDGES) };

function addEdges(p: Prepared, i: number): void {
  const count = findNearest(p, i);
  p.edges[i] = count;
  for (let e = 0; e < count; e++) {
    const to = nearest.to[e]!;
    const at = i * EDGES + e;
    p.edgeTo[at] = to;
    p.edgeLength[at] = Math.sqrt(nearest.squared[e]!);
    p.edgeBearing[at] = stepsOf(Math.atan2(p.y[to]! - p.y[i]!, p.x[to]! - p.x[i]!) - p.angle[i]!);
    p.edgeAngle[at] = stepsOf(p.angle[to]! - p.angle[i]!);
  }
}

/** Fills `nearest`: sorted by insertion, as few are kept and a search through many templates prepares each. */
function findNearest({ count, x, y }: Prepared, i: number): number {
  const { to, squared } = nearest;
  const px = x[i]!;
  const py = y[i]!;
  let found = 0;
  for (let j = 0; j < count; j++) {
    const dx = x[j]! - px;
    const dy = y[j]! - py;
    const distance = dx * dx + dy * dy;
    if (distance < SHORTEST_EDGE ** 2 || distance >= LONGEST_EDGE ** 2) continue;
    if (found === EDGES) {
      if (distance >= squared[EDGES - 1]!) continue;
      found--;
    }
    let at = found++;
    for (; at > 0 && squared[at - 1]! > distance; at--) {
      squared[at] = squared[at - 1]!;
      to[at] = to[at - 1]!;
    }
    squared[at] = distance;
    to[at] = j;
  }
  return found;
}

/** The bin of each edge, while they are sorted, and where the next edge of each bin goes. */
const bins = new Uint16Array(MOST_MINUTIAE * EDGES);
const next = new Uint16Array(LENGTH_BINS * ANGLE_BINS * ANGLE_BINS + 1);

/** Counting sort of the edges into their bins. */
function sortEdges(p: Prepared): void {
  const { count, edges, binStart, edgesByBin } = p;
  for (let i = 0; i < count; i++)
    for (let edge = i * EDGES, end = edge + edges[i]!; edge < end; edge++) {
      const bin = binOf(
        lengthBin(p.edgeLength[edge]!),
        angleBin(p.edgeBearing[edge]!),
        angleBin(p.edgeAngle[edge]!),
      );
      bins[edge] = bin;
      binStart[bin + 1]!++;
    }
  for (let bin = 1; bin < binStart.length; bin++) binStart[bin]! += binStart[bin - 1]!;
  next.set(binStart);
  for (let i = 0; i < count; i++)
    for (let edge = i * EDGES, end = edge + edges[i]!; edge < end; edge++)
      edgesByBin[next[bins[edge]!]!++] = edge;
}

function prepareRidges(map: RidgeMap): PreparedRidges {
  const blockColumns = Math.ceil(map.columns / BLOCK);
  const blockRows = Math.ceil(map.rows / BLOCK);
  const stride = blockColumns * BLOCK + 2 * MARGIN;
  const pattern = new Int8Array(stride * (blockRows * BLOCK + 2 * MARGIN));
  for (let row = 0; row < map.rows; row++)
    pattern.set(
      map.pattern.subarray(row * map.columns, (row + 1) * map.columns),
      (row + MARGIN) * stride + MARGIN,
    );
  const blockEnergy = blockEnergies(pattern, stride, blockColumns, blockRows);
  return {
    blockColumns,
    blockRows,
    stride,
    pattern,
    blockEnergy,
    cornerUsed: usedCorners(blockEnergy, blockColumns, blockRows),
    flowColumns: map.flowColumns,
    flowRows: map.flowRows,
    flow: map.flow,
  };
}

function cellDirections(map: RidgeMap): Directions {
  const cells: number[] = [];
  for (let row = 1; row < map.flowRows; row += 3)
    for (let column = 1; column < map.flowColumns; column += 3)
      if (map.flow[row * map.flowColumns + column]! >= 0) cells.push(row * map.flowColumns + column);
  return {
    x: Float32Array.from(cells, (cell) => ((cell % map.flowColumns) + 0.5) * CELL),
    y: Float32Array.from(cells, (cell) => -(Math.floor(cell / map.flowColumns) + 0.5) * CELL),
    flow: Int8Array.from(cells, (cell) => map.flow[cell]!),
  };
}

/** A minutia points along its ridge; the flow turns the other way round, and has no head or tail. */
function minutiaDirections({ count, x, y, angle }: Points): Directions {
  const flow = new Int8Array(count);
  for (let i = 0; i < count; i++) flow[i] = Math.round((2 - angle[i]! / Math.PI) * FLOW_STEPS) % FLOW_STEPS;
  return { x, y, flow };
}

function blockEnergies(
  pattern: Int8Array,
  stride: number,
  blockColumns: number,
  blockRows: number,
): Float32Array {
  const energies = new Float32Array(blockColumns * blockRows);
  for (let block = 0; block < energies.length; block++) {
    const start = blockStart(block, blockColumns, stride);
    let energy = 0;
    let filled = 0;
    for (let v = 0; v < BLOCK; v += ROW_STEP)
      for (let u = 0; u < BLOCK; u++) {
        const value = pattern[start + v * stride + u]!;
        energy += value * value;
        if (value !== 0) filled++;
      }
    energies[block] = filled < FEWEST_FILLED ? 0 : energy;
  }
  return energies;
}

function usedCorners(blockEnergy: Float32Array, blockColumns: number, blockRows: number): Uint8Array {
  const used = new Uint8Array((blockColumns + 1) * (blockRows + 1));
  for (let block = 0; block < blockEnergy.length; block++) {
    if (blockEnergy[block] === 0) continue;
    const corner = block + Math.floor(block / blockColumns);
    used.fill(1, corner, corner + 2);
    used.fill(1, corner + blockColumns + 1, corner + blockColumns + 3);
  }
  return used;
}

/** Index of a block's first sample in the pattern. */
export function blockStart(block: number, blockColumns: number, stride: number): number {
  const column = block % blockColumns;
  return (((block - column) / blockColumns) * BLOCK + MARGIN) * stride + column * BLOCK + MARGIN;
}

/** Minutiae this far outside the box around another print's are still expected to have a partner there, pixels. */
export const BOX_MARGIN = 5;

export function showsRidges({ flow, flowColumns, flowRows }: PreparedRidges, x: number, y: number): boolean {
  const column = Math.floor(x / CELL);
  const row = Math.floor(-y / CELL);
  if (column < 0 || row < 0 || column >= flowColumns || row >= flowRows) return false;
  return flow[row * flowColumns + column]! >= 0;
}

/** Pixels from one block's corner to the next one's. */
export const BLOCK_PIXELS = BLOCK * SAMPLE;

/** Angles of edges are whole steps, a power of two to the turn: their difference needs a mask, not a branch. */
export const TURN = 1024;
export const TURN_MASK = TURN - 1;

/** @param angle radians */
export function stepsOf(angle: number): number {
  return Math.round((angle * TURN) / (2 * Math.PI)) & TURN_MASK;
}

/** @param length pixels; below 0 is in the first bin */
export function lengthBin(length: number): number {
  return Math.max(0, Math.min(LENGTH_BINS - 1, Math.floor(length / BIN_LENGTH)));
}

/** @param steps any whole number of steps */
export function angleBin(steps: number): number {
  return (((steps & TURN_MASK) * ANGLE_BINS) / TURN) | 0;
}

export function binOf(length: number, bearing: number, angle: number): number {
  return (length * ANGLE_BINS + bearing) * ANGLE_BINS + angle;
}

/** The same angle in 0 … 2π. */
export function positive(angle: number): number {
  const turned = angle % (2 * Math.PI);
  return turned < 0 ? turned + 2 * Math.PI : turned;
}

/** The smaller angle between two directions that are both in 0 … 2π: 0 to π. */
export function turn(a: number, b: number): number {
  const d = Math.abs(a - b);
  return d > Math.PI ? Math.abs(2 * Math.PI - d) : d;
}
