/** Grows the pairs of minutiae that go with a first pair, edge by edge, so that elastic skin may drift. */
import { ANGLE_SHARE, LENGTH, SHARE } from './hypotheses.ts';
import { EDGES, MOST_MINUTIAE, type Prepared, positive, TURN_MASK, turn } from './prepared.ts';

/** Skin twists: a pair's own rotation may differ this much from its root's, radians. */
const TWIST = 0.6;
/** How far from the root's rigid prediction a pair may lie: pixels, and share of the distance from the root. */
const DRIFT = 15;
const STRETCH = 0.2;

export interface Correspondence {
  /** Pairs; the minutiae of pair p are a[p] of the probe and b[p] of the reference. */
  count: number;
  readonly a: Uint8Array;
  readonly b: Uint8Array;
  /** Sum of how well the edges fit over which the pairs were found, 0–1 each. */
  fit: number;
  /** Further edges that agree between pairs already found. */
  closedEdges: number;
  /** Pairs of the same type. */
  sameType: number;
}

const grown: Correspondence = {
  count: 0,
  a: new Uint8Array(MOST_MINUTIAE),
  b: new Uint8Array(MOST_MINUTIAE),
  fit: 0,
  closedEdges: 0,
  sameType: 0,
};
/** Partner of each minutia, −1: free. */
const partnerOfA = new Int16Array(MOST_MINUTIAE);
const partnerOfB = new Int16Array(MOST_MINUTIAE);

/** Pairs that may be taken next: a binary heap, the cheapest first. Full, it takes no more: the cheap ones came first. */
const CAPACITY = 4096;
const heapCost = new Float32Array(CAPACITY);
const heapPair = new Int32Array(CAPACITY);
const heapFit = new Float32Array(CAPACITY);
let heapSize = 0;

/** Valid until the next call. Deterministic. */
export function grow(a: Prepared, b: Prepared, root: number): Correspondence {
  const i0 = Math.floor(root / b.count);
  const k0 = root % b.count;
  const rotation = positive(b.angle[k0]! - a.angle[i0]!);
  const cos = Math.cos(rotation);
  const sin = Math.sin(rotation);
  partnerOfA.fill(-1, 0, a.count);
  partnerOfB.fill(-1, 0, b.count);
  heapSize = 0;
  grown.count = 0;
  grown.fit = 0;
  grown.closedEdges = 0;
  grown.sameType = 0;
  take(a, b, i0, k0, i0, k0, rotation, cos, sin);
  while (heapSize > 0) {
    const pair = heapPair[0]!;
    const fit = heapFit[0]!;
    removeCheapest();
    const i = Math.floor(pair / b.count);
    const k = pair % b.count;
    if (partnerOfA[i]! >= 0 || partnerOfB[k]! >= 0) continue;
    grown.fit += fit;
    take(a, b, i, k, i0, k0, rotation, cos, sin);
  }
  return grown;
}

/** Takes the pair (i, k) and offers the pairs at the far ends of its agreeing edges. */
function take(
  a: Prepared,
  b: Prepared,
  i: number,
  k: number,
  i0: number,
  k0: number,
  rotation: number,
  cos: number,
  sin: number,
): void {
  partnerOfA[i] = k;
  partnerOfB[k] = i;
  grown.a[grown.count] = i;
  grown.b[grown.count] = k;
  grown.count++;
  if (a.type[i] === b.type[k] && a.type[i] !== 0) grown.sameType++;
  const lastA = i * EDGES + a.edges[i]!;
  const lastB = k * EDGES + b.edges[k]!;
  for (let u = i * EDGES; u < lastA; u++) {
    const length = a.edgeLength[u]!;
    const slack = LENGTH + SHARE * length;
    const toA = a.edgeTo[u]!;
    for (let v = k * EDGES; v < lastB; v++) {
      const dl = b.edgeLength[v]! - length;
      if (dl > slack) break;
      if (dl < -slack) continue;
      const da = ANGLE_SHARE[(a.edgeBearing[u]! - b.edgeBearing[v]!) & TURN_MASK]!;
      if (da > 1) continue;
      const db = ANGLE_SHARE[(a.edgeAngle[u]! - b.edgeAngle[v]!) & TURN_MASK]!;
      if (db > 1) continue;
      const toB = b.edgeTo[v]!;
      if (partnerOfA[toA]! >= 0 || partnerOfB[toB]! >= 0) {
        if (partnerOfA[toA] === toB) grown.closedEdges++;
        continue;
      }
      if (turn(positive(b.angle[toB]! - a.angle[toA]!), rotation) > TWIST) continue;
      const dx = a.x[toA]! - a.x[i0]!;
      const dy = a.y[toA]! - a.y[i0]!;
      const ex = b.x[k0]! + dx * cos - dy * sin - b.x[toB]!;
      const ey = b.y[k0]! + dx * sin + dy * cos - b.y[toB]!;
      const bound = DRIFT + STRETCH * Math.sqrt(dx * dx + dy * dy);
      if (ex * ex + ey * ey > bound * bound) continue;
      const stretch = Math.abs(dl) / slack;
      // Short, well-fitting edges first: they tell most reliably where a neighbour is.
      offer(
        length * (1 + 0.3 * stretch) + 10 * (da + db),
        toA * b.count + toB,
        (1 - 0.4 * stretch) * (1 - 0.4 * da) * (1 - 0.4 * db),
      );
    }
  }
}

function offer(cost: number, pair: number, fit: number): void {
  if (heapSize === CAPACITY) return;
  let at = heapSize++;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heapCost[parent]! <= cost) break;
    moveEntry(parent, at);
    at = parent;
  }
  heapCost[at] = cost;
  heapPair[at] = pair;
  heapFit[at] = fit;
}

function removeCheapest(): void {
  heapSize--;
  const cost = heapCost[heapSize]!;
  const pair = heapPair[heapSize]!;
  const fit = heapFit[heapSize]!;
  let at = 0;
  for (let child = 1; child < heapSize; child = 2 * at + 1) {
    if (child + 1 < heapSize && heapCost[child + 1]! < heapCost[child]!) child++;
    if (heapCost[child]! >= cost) break;
    moveEntry(child, at);
    at = child;
  }
  heapCost[at] = cost;
  heapPair[at] = pair;
  heapFit[at] = fit;
}

function moveEntry(from: number, to: number): void {
  heapCost[to] = heapCost[from]!;
  heapPair[to] = heapPair[from]!;
  heapFit[to] = heapFit[from]!;
}
