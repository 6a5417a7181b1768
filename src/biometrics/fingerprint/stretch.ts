/**
 * What another maker's record does not tell: that its coordinates are those of a picture drawn out in one direction,
 * or of a resolution other than its header's. A first correspondence shows by how much; the reference is brought
 * back before it is compared again.
 */
import type { Alignment } from './alignment.ts';
import type { Correspondence } from './correspondence.ts';
import { type Prepared, positive, preparePoints } from './prepared.ts';

/** Length of the reference's axes relative to the probe's; 1, 1: not stretched. */
export interface Stretch {
  readonly x: number;
  readonly y: number;
}

/** Squared pixels: what speaks against any stretch, so that a few pairs near each other do not invent one. */
const STIFFNESS = 1500;
/** Pairs that a stretch must rest on. */
const FEWEST_PAIRS = 4;
/** No picture is drawn out more than this, as a logarithm; less than this makes no difference. */
const MOST = 0.35;
const LEAST = 0.03;

/**
 * The stretch that lays the pairs on each other best: the affine map of least squares, of which a rotation and then
 * a scale along each axis of the reference explain the most.
 * @returns undefined where the pairs show none
 */
export function stretchOf(
  a: Prepared,
  b: Prepared,
  pairs: Correspondence,
  { cos, sin, ax, ay, bx, by }: Alignment,
): Stretch | undefined {
  if (pairs.count < FEWEST_PAIRS) return undefined;
  let pxx = STIFFNESS;
  let pxy = 0;
  let pyy = STIFFNESS;
  let qxx = STIFFNESS * cos;
  let qxy = -STIFFNESS * sin;
  let qyx = STIFFNESS * sin;
  let qyy = STIFFNESS * cos;
  for (let p = 0; p < pairs.count; p++) {
    const px = a.x[pairs.a[p]!]! - ax;
    const py = a.y[pairs.a[p]!]! - ay;
    const qx = b.x[pairs.b[p]!]! - bx;
    const qy = b.y[pairs.b[p]!]! - by;
    pxx += px * px;
    pxy += px * py;
    pyy += py * py;
    qxx += qx * px;
    qxy += qx * py;
    qyx += qy * px;
    qyy += qy * py;
  }
  const determinant = pxx * pyy - pxy * pxy;
  // The rows of scale × rotation have the scales as their lengths.
  const x = Math.hypot(qxx * pyy - qxy * pxy, qxy * pxx - qxx * pxy) / determinant;
  const y = Math.hypot(qyx * pyy - qyy * pxy, qyy * pxx - qyx * pxy) / determinant;
  if (Math.abs(Math.log(x)) < LEAST && Math.abs(Math.log(y)) < LEAST) return undefined;
  return { x: bounded(x), y: bounded(y) };
}

function bounded(scale: number): number {
  return Math.max(Math.exp(-MOST), Math.min(Math.exp(MOST), scale));
}

/** The template as it would have been made of the picture before the stretch. Its ridges, if any, are left out. */
export function unstretched({ count, x, y, angle, type, weight }: Prepared, stretch: Stretch): Prepared {
  const turned = (radians: number) =>
    positive(Math.atan2(Math.sin(radians) / stretch.y, Math.cos(radians) / stretch.x));
  return preparePoints({
    count,
    x: x.map((along) => along / stretch.x),
    y: y.map((up) => up / stretch.y),
    angle: angle.map(turned),
    type,
    // What tells the same ranks again.
    quality: Uint8Array.from(weight.subarray(0, count), (share) => 100 * share),
  });
}
