/** Ridges one pixel wide: binarisation, thinning (Zhang and Suen 1984) and walks along what remains. */

/** Offsets of the eight neighbours in circular order, starting above: N NE E SE S SW W NW. */
export function neighbours(width: number): Int32Array {
  return Int32Array.of(-width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1);
}

/** Number of ridge arms that leave a pixel, by the 8-bit pattern of its neighbours (bit k: neighbour k). */
export const ARMS = Uint8Array.from({ length: 256 }, (_, pattern) => {
  let arms = 0;
  for (let k = 0; k < 8; k++) if (!((pattern >> k) & 1) && (pattern >> ((k + 1) & 7)) & 1) arms++;
  return arms;
});

/** The patterns that each of Zhang and Suen's two subiterations deletes. */
const [DELETED_FIRST, DELETED_SECOND] = [0, 1].map((subiteration) =>
  Uint8Array.from({ length: 256 }, (_, pattern) => {
    const set = (k: number) => ((pattern >> k) & 1) === 1;
    let count = 0;
    for (let k = 0; k < 8; k++) if (set(k)) count++;
    if (count < 2 || count > 6 || ARMS[pattern] !== 1) return 0;
    const [n, e, s, w] = [set(0), set(2), set(4), set(6)];
    const kept = subiteration === 0 ? (n && e && s) || (e && s && w) : (n && e && w) || (n && s && w);
    return kept ? 0 : 1;
  }),
) as [Uint8Array, Uint8Array];

/** Corner pixels of staircases: two adjoining edge neighbours and nothing opposite. */
const CORNER = Uint8Array.from({ length: 256 }, (_, pattern) => {
  for (let k = 0; k < 8; k += 2) {
    const edges = (1 << k) | (1 << ((k + 2) & 7));
    const opposite = (1 << ((k + 4) & 7)) | (1 << ((k + 5) & 7)) | (1 << ((k + 6) & 7));
    if ((pattern & edges) === edges && (pattern & opposite) === 0) return 1;
  }
  return 0;
});

/** 1 where the response is positive in at least five of the 3 × 3 pixels around; the image's border is 0. */
export function binarise(response: Float32Array, width: number, height: number): Uint8Array {
  const ridge = new Uint8Array(response.length);
  for (let i = 0; i < response.length; i++) ridge[i] = response[i]! > 0 ? 1 : 0;
  const out = new Uint8Array(ridge.length);
  for (let y = 1; y < height - 1; y++)
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      const above = ridge[i - width - 1]! + ridge[i - width]! + ridge[i - width + 1]!;
      const beside = ridge[i - 1]! + ridge[i]! + ridge[i + 1]!;
      const below = ridge[i + width - 1]! + ridge[i + width]! + ridge[i + width + 1]!;
      out[i] = above + beside + below >= 5 ? 1 : 0;
    }
  return out;
}

/** Bit pattern of the neighbours of pixel i. */
export function patternAt(image: Uint8Array, width: number, i: number): number {
  return (
    image[i - width]! |
    (image[i - width + 1]! << 1) |
    (image[i + 1]! << 2) |
    (image[i + width + 1]! << 3) |
    (image[i + width]! << 4) |
    (image[i + width - 1]! << 5) |
    (image[i - 1]! << 6) |
    (image[i - width - 1]! << 7)
  );
}

/** Thins the binary image in place; its border must be 0. */
export function thin(image: Uint8Array, width: number): void {
  let active = new Int32Array(image.length);
  let count = 0;
  for (let i = 0; i < image.length; i++) if (image[i] === 1) active[count++] = i;
  const doomed = new Int32Array(count);
  for (let changed = true; changed; ) {
    changed = false;
    for (const table of [DELETED_FIRST, DELETED_SECOND]) {
      let deletions = 0;
      let kept = 0;
      for (let q = 0; q < count; q++) {
        const i = active[q]!;
        if (table[patternAt(image, width, i)] === 1) doomed[deletions++] = i;
        else active[kept++] = i;
      }
      for (let q = 0; q < deletions; q++) image[doomed[q]!] = 0;
      count = kept;
      if (deletions > 0) changed = true;
    }
  }
  active = active.subarray(0, count);
  for (const i of active) if (CORNER[patternAt(image, width, i)] === 1) image[i] = 0;
}

/** What a walk along a ridge came to. */
export type WalkEnd = 'ending' | 'junction' | 'further' | 'loop';

export interface Walk {
  /** Pixel indices, the start first. */
  readonly path: number[];
  readonly end: WalkEnd;
}

/** First pixels of the arms that leave pixel i; where an arm is two pixels wide, the edge neighbour. */
export function armsOf(skeleton: Uint8Array, steps: Int32Array, i: number): number[] {
  const arms: number[] = [];
  for (let k = 0; k < 8; k++) {
    if (skeleton[i + steps[k]!] !== 0 || skeleton[i + steps[(k + 1) & 7]!] !== 1) continue;
    const first = (k + 1) & 7;
    const second = (k + 2) & 7;
    arms.push(i + steps[(first & 1) === 1 && skeleton[i + steps[second]!] === 1 ? second : first]!);
  }
  return arms;
}

/** Edge neighbours before corner ones: otherwise a walk would cut across a staircase. */
const ORDER = [0, 2, 4, 6, 1, 3, 5, 7] as const;

/** Follows the ridge from `start` over `first` until it ends, forks, or the path has `most` pixels. */
export function walk(
  skeleton: Uint8Array,
  width: number,
  steps: Int32Array,
  start: number,
  first: number,
  most: number,
): Walk {
  const path = [start, first];
  let previous = start;
  let current = first;
  while (path.length < most) {
    const arms = ARMS[patternAt(skeleton, width, current)]!;
    if (arms < 2) return { path, end: 'ending' };
    if (arms > 2) return { path, end: 'junction' };
    const next = nextOf(skeleton, width, steps, path, previous, current);
    if (next < 0) return { path, end: 'loop' };
    path.push(next);
    previous = current;
    current = next;
  }
  return { path, end: 'further' };
}

function nextOf(
  skeleton: Uint8Array,
  width: number,
  steps: Int32Array,
  path: readonly number[],
  previous: number,
  current: number,
): number {
  let besideLast = -1;
  for (const k of ORDER) {
    const next = current + steps[k]!;
    if (skeleton[next] !== 1 || path.includes(next)) continue;
    const dx = Math.abs((next % width) - (previous % width));
    const dy = Math.abs(Math.floor(next / width) - Math.floor(previous / width));
    if (dx > 1 || dy > 1) return next;
    if (besideLast < 0) besideLast = next;
  }
  return besideLast;
}
