/** How the probe lies on the reference, from their paired minutiae: a rigid motion and what the skin adds to it. */
import type { Correspondence } from './correspondence.ts';
import { MOST_MINUTIAE, type Prepared, positive } from './prepared.ts';

/** Moves (x, y) of the probe to (cos·(x − ax) − sin·(y − ay) + bx, sin·(x − ax) + cos·(y − ay) + by). */
export interface Alignment {
  cos: number;
  sin: number;
  ax: number;
  ay: number;
  bx: number;
  by: number;
  /** Mean distance of the pairs after the motion, pixels. */
  error: number;
  /** What remains between each pair after the motion, pixels. */
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

const aligned: Alignment = {
  cos: 1,
  sin: 0,
  ax: 0,
  ay: 0,
  bx: 0,
  by: 0,
  error: 0,
  dx: new Float32Array(MOST_MINUTIAE),
  dy: new Float32Array(MOST_MINUTIAE),
};

/** Minutia angles tell the rotation too: one weighs as much as a position this far from the middle, pixels. */
const ANGLE_LEVER = 40;

/** Least-squares motion of the pairs. Valid until the next call. */
export function align(a: Prepared, b: Prepared, pairs: Correspondence): Alignment {
  const { count } = pairs;
  let ax = 0;
  let ay = 0;
  let bx = 0;
  let by = 0;
  for (let p = 0; p < count; p++) {
    ax += a.x[pairs.a[p]!]! / count;
    ay += a.y[pairs.a[p]!]! / count;
    bx += b.x[pairs.b[p]!]! / count;
    by += b.y[pairs.b[p]!]! / count;
  }
  let dot = 0;
  let cross = 0;
  for (let p = 0; p < count; p++) {
    const i = pairs.a[p]!;
    const k = pairs.b[p]!;
    const px = a.x[i]! - ax;
    const py = a.y[i]! - ay;
    const qx = b.x[k]! - bx;
    const qy = b.y[k]! - by;
    const rotation = positive(b.angle[k]! - a.angle[i]!);
    dot += px * qx + py * qy + ANGLE_LEVER * ANGLE_LEVER * Math.cos(rotation);
    cross += px * qy - py * qx + ANGLE_LEVER * ANGLE_LEVER * Math.sin(rotation);
  }
  const length = Math.hypot(dot, cross) || 1;
  const cos = dot / length;
  const sin = cross / length;
  let error = 0;
  for (let p = 0; p < count; p++) {
    const px = a.x[pairs.a[p]!]! - ax;
    const py = a.y[pairs.a[p]!]! - ay;
    const dx = b.x[pairs.b[p]!]! - (px * cos - py * sin + bx);
    const dy = b.y[pairs.b[p]!]! - (px * sin + py * cos + by);
    aligned.dx[p] = dx;
    aligned.dy[p] = dy;
    error += Math.sqrt(dx * dx + dy * dy) / count;
  }
  aligned.cos = cos;
  aligned.sin = sin;
  aligned.ax = ax;
  aligned.ay = ay;
  aligned.bx = bx;
  aligned.by = by;
  aligned.error = error;
  return aligned;
}
