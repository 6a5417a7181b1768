/**
 * A fresh print against a record, once paired minutiae have laid them on each other. The record's minutiae are moved
 * on as the pairs near them were, and each is weighed: one that meets a minutia of the print speaks for one finger,
 * the more so the closer it comes; one that should meet another and stands alone speaks against it.
 */
import type { Alignment } from './alignment.ts';
import type { Correspondence } from './correspondence.ts';
import { BOX_MARGIN, MOST_MINUTIAE, type Prepared, positive, showsRidges, turn } from './prepared.ts';

/** Distance at which a pair's displacement counts half, pixels; and the weight of "no displacement". */
const REACH = 60;
const STIFFNESS = 0.5;
/** How far two extractors put the same minutia apart, after what the skin does: standard deviations, pixels and radians. */
const SPREAD = 6;
const TWIST = 0.3;
/** Beyond this many standard deviations, squared, it is another minutia. */
const FARTHEST = 9;
/** Pixels per minutia in a print. */
const ROOM = 700;
/** How much denser minutiae lie where that of the same finger is expected than where a stranger's happens to be. */
const PEAK = ROOM / (Math.sqrt(2 * Math.PI) * SPREAD * SPREAD * TWIST);
/** Share of the most reliable minutiae that another maker finds in another print of the finger, too. */
const SHOWN = 0.5;
/** A meeting counts for the agreeing share by exp(−distance² / SLACK), distance in standard deviations. */
const SLACK = 12;

export interface Evidence {
  /** Logarithm of the likelihood of one finger over that of two, 0 upwards. */
  likelihood: number;
  /** Share of the minutiae in the common area that meet, 0–1. */
  share: number;
}
const weighed: Evidence = { likelihood: 0, share: 0 };

/** Pair that each minutia of the record belongs to, −1: none. */
const pairOf = new Int16Array(MOST_MINUTIAE);
/** Squared distance, in standard deviations, of the minutia of the record that each of the print meets; −1: none. */
const met = new Float64Array(MOST_MINUTIAE);
/** One minutia of the record, laid on the print. */
const laid = { x: 0, y: 0, angle: 0 };

/** Valid until the next call. @param print with its ridges */
export function evidence(
  print: Prepared,
  record: Prepared,
  pairs: Correspondence,
  alignment: Alignment,
): Evidence {
  const rotation = positive(Math.atan2(alignment.sin, alignment.cos));
  pairOf.fill(-1, 0, record.count);
  for (let p = 0; p < pairs.count; p++) pairOf[pairs.b[p]!] = p;
  met.fill(-1, 0, print.count);
  // At most 120 factors between 0.5 and 14: far from what a number can hold.
  let likelihood = 1;
  let ofRecord = 0;
  let ofPrint = 0;
  let meeting = 0;
  for (let k = 0; k < record.count; k++) {
    lay(print, record, k, pairs, alignment, rotation);
    if (!isExpected(print, laid.x, laid.y)) continue;
    const weight = record.weight[k]!;
    const i = nearest(print);
    if (i >= 0) meeting += Math.sqrt(print.weight[i]! * weight) * Math.exp(-met[i]! / SLACK);
    likelihood *= ratio(weight, i < 0 ? -1 : met[i]!);
    ofRecord += weight;
  }
  for (let i = 0; i < print.count; i++) {
    if (met[i]! < 0 && !isInBox(print, i, record, alignment)) continue;
    const weight = print.weight[i]!;
    likelihood *= ratio(weight, met[i]!);
    ofPrint += weight;
  }
  // Each meeting is seen from both sides: half of the sum.
  weighed.likelihood = Math.log(Math.max(1, likelihood)) / 2;
  weighed.share = meeting / Math.max(1, meeting, Math.sqrt(ofRecord * ofPrint));
  return weighed;
}

/** What one minutia says for one finger rather than two. @param distance squared standard deviations; −1: alone */
function ratio(reliability: number, distance: number): number {
  const density = distance < 0 ? 0 : PEAK * Math.exp(-distance / 2);
  return 1 + SHOWN * reliability * (density - 1);
}

/** Lays minutia k of the record on the print; a pair does not tell its own displacement. */
function lay(
  print: Prepared,
  record: Prepared,
  k: number,
  pairs: Correspondence,
  { cos, sin, ax, ay, bx, by, dx, dy }: Alignment,
  rotation: number,
): void {
  const px = record.x[k]! - bx;
  const py = record.y[k]! - by;
  const x = px * cos + py * sin + ax;
  const y = -px * sin + py * cos + ay;
  let weights = STIFFNESS;
  let shiftX = 0;
  let shiftY = 0;
  for (let p = 0; p < pairs.count; p++) {
    if (p === pairOf[k]) continue;
    const ex = print.x[pairs.a[p]!]! - x;
    const ey = print.y[pairs.a[p]!]! - y;
    const distance = (ex * ex + ey * ey) / (REACH * REACH);
    const weight = 1 / (1 + distance * distance);
    weights += weight;
    shiftX += weight * dx[p]!;
    shiftY += weight * dy[p]!;
  }
  laid.x = x - (shiftX * cos + shiftY * sin) / weights;
  laid.y = y - (shiftY * cos - shiftX * sin) / weights;
  laid.angle = positive(record.angle[k]! - rotation);
}

/** Whether the print would show a minutia there. */
function isExpected(print: Prepared, x: number, y: number): boolean {
  if (x < print.left - BOX_MARGIN || x > print.right + BOX_MARGIN) return false;
  if (y < print.low - BOX_MARGIN || y > print.high + BOX_MARGIN) return false;
  return showsRidges(print.ridges!, x, y);
}

/** Whether the record would show minutia i of the print: its own minutiae are all that tells where its print was. */
function isInBox(
  print: Prepared,
  i: number,
  record: Prepared,
  { cos, sin, ax, ay, bx, by }: Alignment,
): boolean {
  const px = print.x[i]! - ax;
  const py = print.y[i]! - ay;
  const x = px * cos - py * sin + bx;
  const y = px * sin + py * cos + by;
  return (
    x >= record.left - BOX_MARGIN &&
    x <= record.right + BOX_MARGIN &&
    y >= record.low - BOX_MARGIN &&
    y <= record.high + BOX_MARGIN
  );
}

/** The minutia of the print that the laid one meets, from then on taken; −1: it stands alone. */
function nearest(print: Prepared): number {
  let least = FARTHEST;
  let found = -1;
  for (let i = 0; i < print.count; i++) {
    if (met[i]! >= 0) continue;
    const dx = print.x[i]! - laid.x;
    const dy = print.y[i]! - laid.y;
    const squared = (dx * dx + dy * dy) / (SPREAD * SPREAD);
    if (squared >= least) continue;
    const twist = turn(print.angle[i]!, laid.angle) / TWIST;
    const distance = squared + twist * twist;
    if (distance >= least) continue;
    least = distance;
    found = i;
  }
  if (found >= 0) met[found] = least;
  return found;
}
