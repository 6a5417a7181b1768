/** Ridge endings and bifurcations of a skeleton, without those that noise, cuts and pores made. */
import { CELL, type Grid } from './grid.ts';
import { ARMS, armsOf, neighbours, patternAt, type Walk, walk } from './skeleton.ts';

/** A minutia in pixels of the 500 dpi image; `direction` in radians from x to y (y points down). */
export interface RawMinutia {
  readonly x: number;
  readonly y: number;
  readonly direction: number;
  readonly type: 'ending' | 'bifurcation';
  readonly cell: number;
}
interface Candidate extends RawMinutia {
  readonly arms: readonly Walk[];
}

/** Pixels at 500 dpi. */
const SPUR = 11;
const ISLAND = 16;
const BREAK = 14;
const NEAR = 7;
const TOUCHING = 6;
const ENDING_ARM = 18;
const FORK_ARM = 14;
/** Shorter arms tell no direction. */
const LEAST_ENDING_ARM = 8;
const LEAST_FORK_ARM = 6;
/** A scar or a smudge makes heaps: within this radius a minutia may have this many others. */
const HEAP_RADIUS = 18;
const HEAP = 4;

/** Finds the minutiae; erases spurs and islands from the skeleton on the way. */
export function findMinutiae(
  skeleton: Uint8Array,
  width: number,
  height: number,
  inside: Uint8Array,
  period: Float32Array,
  grid: Grid,
): RawMinutia[] {
  const steps = neighbours(width);
  prune(skeleton, width, height, steps);
  const found: Candidate[] = [];
  for (let y = 1; y < height - 1; y++) {
    const row = Math.min(grid.rows - 1, Math.floor(y / CELL)) * grid.columns;
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      if (skeleton[i] !== 1) continue;
      const arms = ARMS[patternAt(skeleton, width, i)]!;
      if (arms !== 1 && arms !== 3) continue;
      const cell = row + Math.min(grid.columns - 1, Math.floor(x / CELL));
      if (inside[cell] === 0) continue;
      const candidate =
        arms === 1 ? ending(skeleton, width, steps, i, cell) : fork(skeleton, width, steps, i, cell);
      if (candidate !== undefined) found.push(candidate);
    }
  }
  return withoutHeaps(withoutPairs(found, width, period));
}

/** Erases short ridges that hang on another one (spurs) or on none (islands). Twice: a spur may hide another. */
function prune(skeleton: Uint8Array, width: number, height: number, steps: Int32Array): void {
  for (let pass = 0; pass < 2; pass++)
    for (let i = width + 1; i < (height - 1) * width - 1; i++) {
      if (skeleton[i] !== 1) continue;
      const arms = ARMS[patternAt(skeleton, width, i)]!;
      if (arms === 0) skeleton[i] = 0;
      if (arms !== 1) continue;
      const [first] = armsOf(skeleton, steps, i);
      if (first === undefined) continue;
      const { path, end } = walk(skeleton, width, steps, i, first, ISLAND);
      if (end === 'junction' && path.length <= SPUR) for (const p of path.slice(0, -1)) skeleton[p] = 0;
      if (end === 'ending') for (const p of path) skeleton[p] = 0;
    }
}

function directionOf(path: readonly number[], width: number): number {
  const from = path[0]!;
  const to = path[path.length - 1]!;
  return Math.atan2(Math.floor(to / width) - Math.floor(from / width), (to % width) - (from % width));
}

/** An ending points along its ridge. */
function ending(
  skeleton: Uint8Array,
  width: number,
  steps: Int32Array,
  i: number,
  cell: number,
): Candidate | undefined {
  const [first] = armsOf(skeleton, steps, i);
  if (first === undefined) return undefined;
  const arm = walk(skeleton, width, steps, i, first, ENDING_ARM);
  if (arm.path.length < LEAST_ENDING_ARM) return undefined;
  const direction = directionOf(arm.path, width);
  return { x: i % width, y: Math.floor(i / width), direction, type: 'ending', cell, arms: [arm] };
}

/** A bifurcation points between its two closest arms. */
function fork(
  skeleton: Uint8Array,
  width: number,
  steps: Int32Array,
  i: number,
  cell: number,
): Candidate | undefined {
  const firsts = armsOf(skeleton, steps, i);
  if (firsts.length !== 3) return undefined;
  const arms = firsts.map((first) => walk(skeleton, width, steps, i, first, FORK_ARM));
  if (arms.some(({ path }) => path.length < LEAST_FORK_ARM)) return undefined;
  const angles = arms.map(({ path }) => directionOf(path, width));
  let closest = Number.POSITIVE_INFINITY;
  let direction = 0;
  for (let k = 0; k < 3; k++) {
    const a = angles[k]!;
    const b = angles[(k + 1) % 3]!;
    const opening = turn(a, b);
    if (opening >= closest) continue;
    closest = opening;
    direction = Math.atan2(Math.sin(a) + Math.sin(b), Math.cos(a) + Math.cos(b));
  }
  return { x: i % width, y: Math.floor(i / width), direction, type: 'bifurcation', cell, arms };
}

/** The smaller angle between two directions, 0 to π. */
function turn(a: number, b: number): number {
  const d = Math.abs(a - b) % (2 * Math.PI);
  return d > Math.PI ? 2 * Math.PI - d : d;
}

/** Drops both of each pair that belongs together: the sides of a cut, the ends of a bridge, a fork at an end. */
function withoutPairs(found: readonly Candidate[], width: number, period: Float32Array): Candidate[] {
  const dropped = new Uint8Array(found.length);
  for (let p = 0; p < found.length; p++)
    for (let q = p + 1; q < found.length; q++) {
      const a = found[p]!;
      const b = found[q]!;
      // Candidates come in rows from the top.
      if (b.y - a.y > BREAK) break;
      const distance = Math.hypot(b.x - a.x, b.y - a.y);
      if (distance > BREAK || !belongTogether(a, b, distance, width, period[a.cell]!)) continue;
      dropped[p] = 1;
      dropped[q] = 1;
    }
  return found.filter((_, k) => dropped[k] === 0);
}

function belongTogether(
  a: Candidate,
  b: Candidate,
  distance: number,
  width: number,
  period: number,
): boolean {
  if (a.type !== b.type) return distance < NEAR;
  if (a.type === 'ending') return distance < TOUCHING || turn(a.direction, b.direction) > 2.2;
  const reaches = ({ path }: Walk) =>
    path.some((i) => Math.abs((i % width) - b.x) <= 1 && Math.abs(Math.floor(i / width) - b.y) <= 1);
  return distance < period && a.arms.some(reaches);
}

function withoutHeaps(found: readonly Candidate[]): Candidate[] {
  return found.filter((a) => {
    let others = -1;
    for (const b of found) if (Math.hypot(a.x - b.x, a.y - b.y) < HEAP_RADIUS) others++;
    return others <= HEAP;
  });
}
