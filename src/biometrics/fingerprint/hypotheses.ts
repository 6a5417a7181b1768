/**
 * Where to begin: pairs of minutiae whose surroundings agree. Each pair stands for one way of laying the probe on
 * the reference. With ridge maps, ways that lay ridges across ridges are dropped before they cost anything.
 */
import { CELL } from './grid.ts';
import {
  ANGLE_BINS,
  angleBin,
  binOf,
  EDGES,
  lengthBin,
  MOST_MINUTIAE,
  type Prepared,
  type PreparedRidges,
  positive,
  TURN,
  TURN_MASK,
} from './prepared.ts';
import { FLOW_STEPS } from './ridge-map.ts';

/** Edges agree up to LENGTH + SHARE × length pixels and ANGLE radians: what elastic skin and rounding do. */
export const LENGTH = 5;
export const SHARE = 0.04;
export const ANGLE = 0.26;
/** ANGLE in steps, rounded up. */
const ANGLE_STEPS = Math.ceil((ANGLE * TURN) / (2 * Math.PI));
/** Per difference of two edge angles in steps: its share of ANGLE, 0–1, or 2 when it is beyond. */
export const ANGLE_SHARE = Float32Array.from({ length: TURN }, (_, steps) => {
  const share = (Math.min(steps, TURN - steps) * 2 * Math.PI) / TURN / ANGLE;
  return share > 1 ? 2 : share;
});
/** The least support a pair must have, in edges that agree perfectly. */
const LEAST_SUPPORT = 0.3;
/** How many of the best-supported pairs are kept. */
const KEPT = 100;
/** The least mean cosine of the doubled difference of ridge directions, and the cells it must rest on. */
const LEAST_AGREEMENT = 0.6;
const FEWEST_CELLS = 6;
const ENOUGH_CELLS = 12;

/** Pairs in the order of their promise; a pair is probe minutia × reference.count + reference minutia. */
export interface Hypotheses {
  count: number;
  readonly pair: Int32Array;
  readonly promise: Float32Array;
}

const found: Hypotheses = { count: 0, pair: new Int32Array(KEPT), promise: new Float32Array(KEPT) };

/** Support of the pairs of one probe minutia, per reference minutia; and the best fit of one of its edges there. */
const support = new Float32Array(MOST_MINUTIAE);
const bestFit = new Float32Array(MOST_MINUTIAE);
/** Reference minutiae that have an entry in bestFit. */
const touched = new Uint8Array(MOST_MINUTIAE);

/** Valid until the next call: the lists are reused, so that a comparison allocates nothing. */
export function hypotheses(a: Prepared, b: Prepared): Hypotheses {
  found.count = 0;
  for (let i = 0; i < a.count; i++) {
    support.fill(0, 0, b.count);
    for (let u = i * EDGES; u < i * EDGES + a.edges[i]!; u++) addSupport(a, u, b);
    for (let k = 0; k < b.count; k++) if (support[k]! > LEAST_SUPPORT) insert(i * b.count + k, support[k]!);
  }
  if (a.ridges || b.ridges) rankByFlow(a, b);
  return found;
}

/** Keeps the list sorted and at most KEPT long. */
function insert(pair: number, promise: number): void {
  if (found.count === KEPT) {
    if (promise <= found.promise[KEPT - 1]!) return;
    found.count--;
  }
  let at = found.count++;
  while (at > 0 && found.promise[at - 1]! < promise) {
    found.pair[at] = found.pair[at - 1]!;
    found.promise[at] = found.promise[at - 1]!;
    at--;
  }
  found.pair[at] = pair;
  found.promise[at] = promise;
}

/** Adds to `support`, for each reference minutia, the fit (0–1) of its edge that looks most like the probe's edge u. */
function addSupport(a: Prepared, u: number, b: Prepared): void {
  const length = a.edgeLength[u]!;
  const slack = LENGTH + SHARE * length;
  const bearing = a.edgeBearing[u]!;
  const angle = a.edgeAngle[u]!;
  const lastLength = lengthBin(length + slack);
  const lastBearing = angleBin(bearing + ANGLE_STEPS);
  const lastAngle = angleBin(angle + ANGLE_STEPS);
  let count = 0;
  for (let l = lengthBin(length - slack); l <= lastLength; l++)
    for (let p = angleBin(bearing - ANGLE_STEPS); ; p = (p + 1) % ANGLE_BINS) {
      for (let q = angleBin(angle - ANGLE_STEPS); ; q = (q + 1) % ANGLE_BINS) {
        const bin = binOf(l, p, q);
        const end = b.binStart[bin + 1]!;
        for (let n = b.binStart[bin]!; n < end; n++) {
          const v = b.edgesByBin[n]!;
          const fit = edgeFit(length, slack, bearing, angle, b, v);
          if (fit === 0) continue;
          const k = Math.floor(v / EDGES);
          if (bestFit[k] === 0) touched[count++] = k;
          if (fit > bestFit[k]!) bestFit[k] = fit;
        }
        if (q === lastAngle) break;
      }
      if (p === lastBearing) break;
    }
  for (let n = 0; n < count; n++) {
    const k = touched[n]!;
    support[k] = support[k]! + bestFit[k]!;
    bestFit[k] = 0;
  }
}

/** How much two edges look alike, 0.125–1; 0 when they differ too much. */
function edgeFit(
  length: number,
  slack: number,
  bearing: number,
  angle: number,
  b: Prepared,
  v: number,
): number {
  const dl = Math.abs(b.edgeLength[v]! - length);
  if (dl > slack) return 0;
  const da = ANGLE_SHARE[(bearing - b.edgeBearing[v]!) & TURN_MASK]!;
  if (da > 1) return 0;
  const db = ANGLE_SHARE[(angle - b.edgeAngle[v]!) & TURN_MASK]!;
  if (db > 1) return 0;
  return (1 - (0.5 * dl) / slack) * (1 - 0.5 * da) * (1 - 0.5 * db);
}

function rankByFlow(a: Prepared, b: Prepared): void {
  const candidates = found.count;
  found.count = 0;
  for (let n = 0; n < candidates; n++) {
    const pair = found.pair[n]!;
    const support = found.promise[n]!;
    const i = Math.floor(pair / b.count);
    const k = pair % b.count;
    const agreement = b.ridges ? flowAgreement(a, i, b, k, b.ridges) : flowAgreement(b, k, a, i, a.ridges!);
    // Sorts into the part of the list that has been read already.
    if (agreement >= LEAST_AGREEMENT) insert(pair, support * agreement);
  }
}

const COS_DOUBLED = Float32Array.from({ length: FLOW_STEPS }, (_, k) =>
  Math.cos((2 * Math.PI * k) / FLOW_STEPS),
);

/** Mean agreement of the ridge directions, −1 to 1, when minutia i of `from` is laid on minutia k of `onto`. */
function flowAgreement(from: Prepared, i: number, onto: Prepared, k: number, ridges: PreparedRidges): number {
  const { x, y, flow } = from.directions;
  const { flowColumns, flowRows } = ridges;
  const rotation = positive(onto.angle[k]! - from.angle[i]!);
  const cos = Math.cos(rotation) / CELL;
  const sin = Math.sin(rotation) / CELL;
  // The flow turns with y downwards, the rotation with y upwards; four half turns keep the index positive.
  const shift = 4 * FLOW_STEPS - Math.round((rotation * FLOW_STEPS) / Math.PI);
  const fromX = from.x[i]!;
  const fromY = from.y[i]!;
  const ontoX = onto.x[k]! / CELL;
  const ontoY = onto.y[k]! / CELL;
  let sum = 0;
  let cells = 0;
  for (let n = 0; n < x.length; n++) {
    const dx = x[n]! - fromX;
    const dy = y[n]! - fromY;
    const column = Math.floor(ontoX + dx * cos - dy * sin);
    const row = Math.floor(-(ontoY + dx * sin + dy * cos));
    if (column < 0 || row < 0 || column >= flowColumns || row >= flowRows) continue;
    const there = ridges.flow[row * flowColumns + column]!;
    if (there < 0) continue;
    sum += COS_DOUBLED[(flow[n]! - there + shift) % FLOW_STEPS]!;
    cells++;
  }
  if (cells < FEWEST_CELLS) return 0;
  return (sum / cells) * Math.min(1, cells / ENOUGH_CELLS);
}
