/** Which cells show a finger: contrast and agreeing gradients, made one solid region. */
import type { Grid } from './grid.ts';

/** Grey levels; below it a cell is bare glass on every sensor. */
const LEAST_CONTRAST = 6;
/** Share of the strongest cells' contrast that a cell of the finger reaches. */
const CONTRAST_SHARE = 0.25;
const LEAST_COHERENCE = 0.12;
/** Share of the grey-level variation that ridges explain; at the finger's outline it is 0.05, in a print above 0.2. */
const LEAST_CLARITY = 0.1;

/** What the strongest cells reach, grey levels: one in twenty has more. */
export function strongest(contrast: Float32Array): number {
  return contrast.toSorted()[Math.floor(contrast.length * 0.95)] ?? 0;
}

/** 1 for each cell of the finger, 0 elsewhere. @param share of the strongest contrast that the finger reaches, 0–1 */
export function foreground(
  contrast: Float32Array,
  coherence: Float32Array,
  grid: Grid,
  share = CONTRAST_SHARE,
): Uint8Array {
  const size = contrast.length;
  const least = Math.max(LEAST_CONTRAST, share * strongest(contrast));
  let mask = new Uint8Array(size);
  for (let i = 0; i < size; i++) mask[i] = contrast[i]! > least && coherence[i]! > LEAST_COHERENCE ? 1 : 0;
  for (let pass = 0; pass < 3; pass++) mask = majority(mask, grid);
  return fillHoles(largestRegion(mask, grid), grid);
}

/** The cells of the print that show ridges: the finger's outline and the sensor's own edges do not. */
export function ridgedForeground(mask: Uint8Array, clarity: Float32Array, grid: Grid): Uint8Array {
  let ridged = new Uint8Array(mask.length);
  for (let i = 0; i < mask.length; i++) ridged[i] = mask[i] === 1 && clarity[i]! > LEAST_CLARITY ? 1 : 0;
  for (let pass = 0; pass < 2; pass++) ridged = majority(ridged, grid);
  return fillHoles(largestRegion(ridged, grid), grid);
}

/** 1 where more than half of the 5 × 5 cells around are set. */
function majority(mask: Uint8Array, { columns, rows }: Grid): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(mask.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let set = 0;
      let all = 0;
      for (let r = Math.max(0, row - 2); r <= Math.min(rows - 1, row + 2); r++)
        for (let c = Math.max(0, column - 2); c <= Math.min(columns - 1, column + 2); c++) {
          set += mask[r * columns + c]!;
          all++;
        }
      out[row * columns + column] = 2 * set > all ? 1 : 0;
    }
  return out;
}

/** Marks with `label` all cells that hang together with `start` and have its value; returns how many. */
function flood(mask: Uint8Array, labels: Int32Array, start: number, label: number, grid: Grid): number {
  const value = mask[start]!;
  const stack = [start];
  labels[start] = label;
  let count = 0;
  for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
    count++;
    const column = cell % grid.columns;
    const visit = (next: number, inside: boolean) => {
      if (!inside || labels[next] !== 0 || mask[next] !== value) return;
      labels[next] = label;
      stack.push(next);
    };
    visit(cell - 1, column > 0);
    visit(cell + 1, column < grid.columns - 1);
    visit(cell - grid.columns, cell >= grid.columns);
    visit(cell + grid.columns, cell + grid.columns < mask.length);
  }
  return count;
}

function largestRegion(mask: Uint8Array, grid: Grid): Uint8Array {
  const labels = new Int32Array(mask.length);
  let best = 0;
  let bestCount = 0;
  let label = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0 || labels[i] !== 0) continue;
    const count = flood(mask, labels, i, ++label, grid);
    if (count > bestCount) {
      bestCount = count;
      best = label;
    }
  }
  return Uint8Array.from(labels, (found) => (found === best && best > 0 ? 1 : 0));
}

/** A scar or a dry spot inside the finger stays part of it. */
function fillHoles(mask: Uint8Array, grid: Grid): Uint8Array {
  const { columns, rows } = grid;
  const outside = new Int32Array(mask.length);
  for (let i = 0; i < mask.length; i++) {
    const column = i % columns;
    const row = (i - column) / columns;
    const edge = column === 0 || row === 0 || column === columns - 1 || row === rows - 1;
    if (edge && mask[i] === 0 && outside[i] === 0) flood(mask, outside, i, 1, grid);
  }
  return Uint8Array.from(outside, (open) => (open === 0 ? 1 : 0));
}

/** How many cells from the border of the region each cell lies (8-neighbourhood; 0 outside), at most `most`. */
export function depth(mask: Uint8Array, { columns, rows }: Grid, most: number): Uint8Array {
  const out = Uint8Array.from(mask);
  for (let level = 1; level < most; level++)
    for (let row = 1; row < rows - 1; row++)
      for (let column = 1; column < columns - 1; column++) {
        const i = row * columns + column;
        if (out[i] !== level) continue;
        let inner = true;
        for (let r = -columns; inner && r <= columns; r += columns)
          for (let c = -1; c <= 1; c++) if (out[i + r + c]! < level) inner = false;
        if (inner) out[i] = level + 1;
      }
  return out;
}
