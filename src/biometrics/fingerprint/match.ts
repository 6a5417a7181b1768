/**
 * Compares two templates. Neighbour edges that agree in length and in both relative angles vote for pairs of
 * minutiae; from the best pairs a correspondence grows edge by edge, so that elastic skin may drift; the score
 * weighs what agrees against what should have agreed in the shared area. Symmetric up to rounding, turn-proof.
 */
import { EDGES, type Prepared, positive, prepare } from './prepared.ts';

export { type Prepared, prepare };

/** Edges agree up to LENGTH + SHARE × length pixels and ANGLE radians. */
const LENGTH = 5;
const SHARE = 0.04;
const ANGLE = 0.26;
/** Skin twists: a pair's own rotation may differ this much from its root's, radians. */
const TWIST = 0.6;
/** Pairs from which a correspondence is grown, and the least support such a pair has. */
const ROOTS = 24;
const LEAST_SUPPORT = 0.8;

/** Largest number of minutiae in a prepared template. */
const MOST = 120;
const support = new Float32Array(MOST * MOST);
const pairOfA = new Int16Array(MOST);
const pairOfB = new Int16Array(MOST);
const pairsA = new Uint8Array(MOST);
const pairsB = new Uint8Array(MOST);
/** Candidate pairs of the growing correspondence: a binary heap by cost. */
const HEAP = 4096;
const heapCost = new Float32Array(HEAP);
const heapPair = new Int32Array(HEAP);
const heapGain = new Float32Array(HEAP);
let heapSize = 0;

function turn(a: number, b: number): number {
  const d = Math.abs(a - b);
  return d > Math.PI ? 2 * Math.PI - d : d;
}

/** Similarity of the two prints, 0 upwards; comparable with the thresholds in thresholds.ts. */
export function match(probe: Prepared, reference: Prepared): number {
  if (probe.count < 3 || reference.count < 3) return 0;
  const roots = findRoots(probe, reference);
  let best = 0;
  for (const root of roots) best = Math.max(best, grow(probe, reference, root));
  return best;
}

/** Fills the support table; returns the best-supported pairs (i × reference.count + k). */
function findRoots(a: Prepared, b: Prepared): number[] {
  const candidates: number[] = [];
  for (let i = 0; i < a.count; i++)
    for (let k = 0; k < b.count; k++) {
      const at = i * b.count + k;
      support[at] = edgeSupport(a, i, b, k);
      if (support[at]! > LEAST_SUPPORT) candidates.push(at);
    }
  return candidates.sort((p, q) => support[q]! - support[p]!).slice(0, ROOTS);
}

function edgeSupport(a: Prepared, i: number, b: Prepared, k: number): number {
  let sum = 0;
  let from = k * EDGES;
  const end = from + b.edges[k]!;
  for (let u = i * EDGES; u < i * EDGES + a.edges[i]!; u++) {
    const length = a.edgeLength[u]!;
    const slack = LENGTH + SHARE * length;
    while (from < end && b.edgeLength[from]! < length - slack) from++;
    let best = 0;
    for (let v = from; v < end; v++) {
      const dl = Math.abs(length - b.edgeLength[v]!);
      if (dl > slack) break;
      const da = turn(a.edgeBearing[u]!, b.edgeBearing[v]!);
      if (da > ANGLE) continue;
      const db = turn(a.edgeAngle[u]!, b.edgeAngle[v]!);
      if (db > ANGLE) continue;
      best = Math.max(best, (1 - (0.5 * dl) / slack) * (1 - (0.5 * da) / ANGLE) * (1 - (0.5 * db) / ANGLE));
    }
    sum += best;
  }
  return sum;
}

function push(cost: number, pair: number, gain: number): void {
  if (heapSize === HEAP) return;
  let i = heapSize++;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (heapCost[parent]! <= cost) break;
    heapCost[i] = heapCost[parent]!;
    heapPair[i] = heapPair[parent]!;
    heapGain[i] = heapGain[parent]!;
    i = parent;
  }
  heapCost[i] = cost;
  heapPair[i] = pair;
  heapGain[i] = gain;
}

/** Removes the cheapest, which is at index 0. */
function pop(): void {
  heapSize--;
  const cost = heapCost[heapSize]!;
  const pair = heapPair[heapSize]!;
  const gain = heapGain[heapSize]!;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heapSize) break;
    if (child + 1 < heapSize && heapCost[child + 1]! < heapCost[child]!) child++;
    if (heapCost[child]! >= cost) break;
    heapCost[i] = heapCost[child]!;
    heapPair[i] = heapPair[child]!;
    heapGain[i] = heapGain[child]!;
    i = child;
  }
  heapCost[i] = cost;
  heapPair[i] = pair;
  heapGain[i] = gain;
}

/** Grows the correspondence from one pair and scores it. */
function grow(a: Prepared, b: Prepared, root: number): number {
  const i0 = Math.floor(root / b.count);
  const k0 = root % b.count;
  const rotation = positive(b.angle[k0]! - a.angle[i0]!);
  const cos = Math.cos(rotation);
  const sin = Math.sin(rotation);
  pairOfA.fill(-1, 0, a.count);
  pairOfB.fill(-1, 0, b.count);
  heapSize = 0;
  let pairs = 0;
  let agreeing = 0;
  let closedEdges = 0;
  let sameType = 0;

  const take = (i: number, k: number) => {
    pairOfA[i] = k;
    pairOfB[k] = i;
    pairsA[pairs] = i;
    pairsB[pairs] = k;
    pairs++;
    if (a.type[i] === b.type[k] && a.type[i] !== 0) sameType++;
    const end = k * EDGES + b.edges[k]!;
    for (let u = i * EDGES; u < i * EDGES + a.edges[i]!; u++) {
      const length = a.edgeLength[u]!;
      const slack = LENGTH + SHARE * length;
      const toA = a.edgeTo[u]!;
      for (let v = k * EDGES; v < end; v++) {
        const dl = b.edgeLength[v]! - length;
        if (dl > slack) break;
        if (dl < -slack) continue;
        const da = turn(a.edgeBearing[u]!, b.edgeBearing[v]!);
        if (da > ANGLE) continue;
        const db = turn(a.edgeAngle[u]!, b.edgeAngle[v]!);
        if (db > ANGLE) continue;
        const toB = b.edgeTo[v]!;
        if (pairOfA[toA]! >= 0 || pairOfB[toB]! >= 0) {
          if (pairOfA[toA] === toB) closedEdges++;
          continue;
        }
        if (turn(positive(b.angle[toB]! - a.angle[toA]!), rotation) > TWIST) continue;
        const dx = a.x[toA]! - a.x[i0]!;
        const dy = a.y[toA]! - a.y[i0]!;
        const ex = b.x[k0]! + dx * cos - dy * sin - b.x[toB]!;
        const ey = b.y[k0]! + dx * sin + dy * cos - b.y[toB]!;
        if (Math.hypot(ex, ey) > 15 + 0.2 * Math.hypot(dx, dy)) continue;
        const relative = Math.abs(dl) / slack;
        push(
          length * (1 + 0.3 * relative) + (da + db) * 40,
          toA * b.count + toB,
          (1 - 0.4 * relative) * (1 - (0.4 * da) / ANGLE) * (1 - (0.4 * db) / ANGLE),
        );
      }
    }
  };
  take(i0, k0);
  while (heapSize > 0) {
    const pair = heapPair[0]!;
    const gain = heapGain[0]!;
    pop();
    const i = Math.floor(pair / b.count);
    const k = pair % b.count;
    if (pairOfA[i]! >= 0 || pairOfB[k]! >= 0) continue;
    agreeing += gain;
    take(i, k);
  }
  if (pairs < 3) return 0;
  return (agreeing + 0.35 * closedEdges + 0.25 * sameType) * plausibility(a, b, pairs);
}

/** Share of the minutiae in the common area that found a partner, times the tightness of a rigid fit: 0–1. */
function plausibility(a: Prepared, b: Prepared, pairs: number): number {
  let ax = 0;
  let ay = 0;
  let bx = 0;
  let by = 0;
  for (let p = 0; p < pairs; p++) {
    ax += a.x[pairsA[p]!]! / pairs;
    ay += a.y[pairsA[p]!]! / pairs;
    bx += b.x[pairsB[p]!]! / pairs;
    by += b.y[pairsB[p]!]! / pairs;
  }
  let dot = 0;
  let cross = 0;
  for (let p = 0; p < pairs; p++) {
    const px = a.x[pairsA[p]!]! - ax;
    const py = a.y[pairsA[p]!]! - ay;
    const qx = b.x[pairsB[p]!]! - bx;
    const qy = b.y[pairsB[p]!]! - by;
    dot += px * qx + py * qy;
    cross += px * qy - py * qx;
  }
  const angle = Math.atan2(cross, dot);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let error = 0;
  for (let p = 0; p < pairs; p++) {
    const px = a.x[pairsA[p]!]! - ax;
    const py = a.y[pairsA[p]!]! - ay;
    error += Math.hypot(
      px * cos - py * sin + bx - b.x[pairsB[p]!]!,
      px * sin + py * cos + by - b.y[pairsB[p]!]!,
    );
  }
  const inB = countInside(a, ax, ay, cos, sin, b, bx, by);
  const inA = countInside(b, bx, by, cos, -sin, a, ax, ay);
  const share = pairs / Math.max(pairs, Math.sqrt(inA * inB));
  return share * Math.max(0.2, 1 - error / pairs / 25);
}

/** How many minutiae of `from`, moved onto `onto`, fall into the box of its minutiae. */
function countInside(
  from: Prepared,
  fx: number,
  fy: number,
  cos: number,
  sin: number,
  onto: Prepared,
  ox: number,
  oy: number,
): number {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < onto.count; k++) {
    left = Math.min(left, onto.x[k]!);
    right = Math.max(right, onto.x[k]!);
    low = Math.min(low, onto.y[k]!);
    high = Math.max(high, onto.y[k]!);
  }
  let inside = 0;
  for (let i = 0; i < from.count; i++) {
    const px = from.x[i]! - fx;
    const py = from.y[i]! - fy;
    const x = px * cos - py * sin + ox;
    const y = px * sin + py * cos + oy;
    if (x >= left - 5 && x <= right + 5 && y >= low - 5 && y <= high + 5) inside++;
  }
  return inside;
}
