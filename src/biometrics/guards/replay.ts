/**
 * Too perfect: skin never lies on the glass twice in the same way, so a capture whose finest detail lies on that of
 * an earlier image everywhere, after one rigid motion, is that image again, however shifted, turned or noisy. Frames
 * of one and the same touch are alike too: only captures of different touches may be held against each other.
 */
import { fail, ok, type Result } from '../../failures/failure.ts';
import { laidOn, type Motion } from '../fingerprint/laying.ts';
import type { Prepared } from '../fingerprint/match.ts';
import { type Detail, POINTS, pointX, pointY, type Trace } from './trace.ts';

/** A new capture: its print and its detail (trace.ts). */
export interface Fresh {
  readonly print: Prepared;
  readonly detail: Detail;
}

/** An earlier capture, as kept: its template, from a record or fresh, and its trace. */
export interface Kept {
  readonly print: Prepared;
  readonly trace: Trace;
}

/** From here a capture counts as a repeated image (docs/fingerprints.md, Guards). */
export const REPEATED = 0.62;

/** Fewest points that must lie on both prints. */
const FEWEST_POINTS = 400;
/** Side of the squares in which agreement is counted, pixels; the fewest points of one, and the fewest squares. */
const SQUARE = 64;
const FEWEST_IN_SQUARE = 40;
const FEWEST_SQUARES = 5;
/** The share of the squares that may agree less than the answer says: smudges, edges. */
const EXCUSED = 0.2;

/** Agreement below which no finer search makes an image the same. */
const HOPELESS = 0.3;

/**
 * The motion is searched around that of the minutiae: steps to either side, radians and pixels; first coarsely on
 * every fourth point, then, unless these agree too little, finely on all.
 */
const SEARCHES = [
  { turns: 3, turnStep: 0.006, shifts: 3, shiftStep: 1, every: 4 },
  { turns: 2, turnStep: 0.002, shifts: 2, shiftStep: 0.4, every: 1 },
] as const;

/** The kept points that are on the print: where they are (y upwards), in which square, and what they show. */
const keptX = new Float32Array(POINTS);
const keptY = new Float32Array(POINTS);
const keptSquare = new Uint16Array(POINTS);
const keptSign = new Int8Array(POINTS);

/** Of each square, the points that lie on both prints and the sum of the products of their signs. */
interface Overlay {
  readonly shared: Uint16Array;
  readonly sum: Int16Array;
}

/**
 * @returns how well the detail agrees in four of five squares of the shared print, −1 to 1: about 0 for another
 *   image, near 1 for the same; 0 when the prints share or agree too little for the question to arise
 */
export function repetition(fresh: Fresh, kept: Kept): number {
  const start = laidOn(kept.print, fresh.print);
  if (!start) return 0;
  const count = unpack(kept.trace);
  const squares = squaresAcross(kept.trace.width) * squaresAcross(kept.trace.height);
  const overlay = { shared: new Uint16Array(squares), sum: new Int16Array(squares) };
  let motion = start;
  for (const { turns, turnStep, shifts, shiftStep, every } of SEARCHES) {
    const around = motion;
    let best = Number.NEGATIVE_INFINITY;
    for (let t = -turns; t <= turns; t++)
      for (let x = -shifts; x <= shifts; x++)
        for (let y = -shifts; y <= shifts; y++) {
          const tried = {
            ...around,
            turn: around.turn + t * turnStep,
            bx: around.bx + x * shiftStep,
            by: around.by + y * shiftStep,
          };
          lay(tried, count, fresh.detail, overlay, every);
          const found = overall(overlay, FEWEST_POINTS / every);
          if (found <= best) continue;
          best = found;
          motion = tried;
        }
    if (best < HOPELESS) return 0;
  }
  lay(motion, count, fresh.detail, overlay, 1);
  return nearlyEverywhere(overlay);
}

/** @returns GUARD-REPLAY when the capture repeats any of the kept images */
export function refuseReplay(fresh: Fresh, kept: readonly Kept[]): Result {
  const agreeing = Math.max(0, ...kept.map((image) => repetition(fresh, image)));
  return agreeing >= REPEATED ? fail('GUARD-REPLAY', `agreement ${agreeing.toFixed(2)}`) : ok();
}

const squaresAcross = (pixels: number) => Math.ceil(pixels / SQUARE);

function unpack(trace: Trace): number {
  let count = 0;
  for (let n = 0; n < POINTS; n++) {
    const bit = 1 << (n & 7);
    if ((trace.onPrint[n >> 3]! & bit) === 0) continue;
    const x = pointX(trace, n);
    const y = pointY(trace, n);
    keptX[count] = x;
    keptY[count] = -y;
    keptSquare[count] =
      Math.floor((y - trace.top) / SQUARE) * squaresAcross(trace.width) +
      Math.floor((x - trace.left) / SQUARE);
    keptSign[count] = (trace.positive[n >> 3]! & bit) === 0 ? -1 : 1;
    count++;
  }
  return count;
}

function lay(
  { turn, ax, ay, bx, by }: Motion,
  count: number,
  detail: Detail,
  overlay: Overlay,
  every: number,
): void {
  const { width, height, sign } = detail;
  const { shared, sum } = overlay;
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  shared.fill(0);
  sum.fill(0);
  for (let n = 0; n < count; n += every) {
    const px = keptX[n]! - ax;
    const py = keptY[n]! - ay;
    const x = Math.round(cos * px - sin * py + bx);
    const y = Math.round(-(sin * px + cos * py + by));
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    const there = sign[y * width + x]!;
    if (there === 0) continue;
    const square = keptSquare[n]!;
    shared[square] = shared[square]! + 1;
    sum[square] = sum[square]! + there * keptSign[n]!;
  }
}

/** Mean product of the signs on the shared print, −1 when that is too small. */
function overall({ shared, sum }: Overlay, fewest: number): number {
  let points = 0;
  let agreeing = 0;
  for (let i = 0; i < shared.length; i++) {
    points += shared[i]!;
    agreeing += sum[i]!;
  }
  return points < fewest ? -1 : agreeing / points;
}

/** What all squares but the excused ones reach, 0 when there are too few. */
function nearlyEverywhere({ shared, sum }: Overlay): number {
  const squares: number[] = [];
  for (let i = 0; i < shared.length; i++)
    if (shared[i]! >= FEWEST_IN_SQUARE) squares.push(sum[i]! / shared[i]!);
  if (squares.length < FEWEST_SQUARES) return 0;
  return squares.sort((a, b) => a - b)[Math.floor(EXCUSED * squares.length)]!;
}
