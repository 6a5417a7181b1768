/**
 * Finds the limbus, where the iris ends at the white of the eye: left and right of the pupil, for lids cover it above
 * and below. The edge is soft and low, and its middle is not the pupil's.
 */
import { fitOutline, type Outline, radiusAt } from './outline.ts';
import { type Plane, sample } from './plane.ts';

/** Directions of the two sides: from a little above the horizontal to more below it, where the lid is further off. */
const ABOVE = 22;
const BELOW = 40;
const STEP = 4;
const DEGREE = Math.PI / 180;

/** By how much the radius of the limbus may exceed the pupil's: a ratio of 0.11 to 0.77. */
const NARROWEST = 1.3;
const WIDEST = 9;
/** A rise in grey level of so much counts half of what it is: skin and lashes have steeper edges than the limbus. */
const HALF = 30;
/** Over so many pixels of the reduced image the grey levels before and after are compared. */
const WINDOW = 4;

interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly score: number;
}

/** How far out the limbus of such a pupil is looked for. */
function rangeOf({ width, height }: Plane, { radius }: Outline): [smallest: number, largest: number] {
  return [
    Math.ceil(Math.max(NARROWEST * radius, radius + 8)),
    Math.floor(Math.min(WIDEST * radius, 0.62 * width, 0.75 * height)),
  ];
}

/** How clear a limbus there is around a pupil, about the pupil's middle; at most some 25, none is 0. */
export function limbusEvidence(plane: Plane, pupil: Outline): number {
  return bestRadius(plane, pupil, pupil.x, pupil.y, ...rangeOf(plane, pupil))?.score ?? 0;
}

/** @param plane as findPupils takes it */
export function findLimbus(plane: Plane, pupil: Outline): Outline | null {
  const [smallest, largest] = rangeOf(plane, pupil);
  const reach = Math.max(3, Math.round(0.3 * pupil.radius));
  let best: Circle | null = null;
  const search = (cx: number, cy: number, width: number, height: number, step: number) => {
    for (let y = cy - height; y <= cy + height; y += step)
      for (let x = cx - width; x <= cx + width; x += step) {
        const circle = bestRadius(plane, pupil, x, y, smallest, largest);
        if (circle && (best === null || circle.score > best.score)) best = circle;
      }
    return best;
  };
  const coarse: Circle | null = search(pupil.x, pupil.y, reach, Math.ceil(reach / 2), 2);
  if (coarse === null) return null;
  return trace(plane, search(coarse.x, coarse.y, 1, 1, 1) ?? coarse);
}

/** Directions of one side, radians; the other is their mirror image. */
const side = Array.from({ length: (ABOVE + BELOW) / STEP + 1 }, (_, n) => (n * STEP - ABOVE) * DEGREE);
const directions = [side, side.map((angle) => Math.PI - angle)].map((angles) =>
  angles.map((angle) => ({ cos: Math.cos(angle), sin: Math.sin(angle) })),
);
const LONGEST = 400;
const greys = new Float32Array(LONGEST);
const evidence = [new Float32Array(LONGEST), new Float32Array(LONGEST)] as const;

function bestRadius(
  plane: Plane,
  pupil: Outline,
  x: number,
  y: number,
  smallest: number,
  largest: number,
): Circle | null {
  const first = smallest - WINDOW;
  const last = Math.min(largest + WINDOW, first + LONGEST - 1);
  const off = Math.hypot(x - pupil.x, y - pupil.y);
  // The whole pupil lies within: or else its own edge, on one side, would pass for the limbus.
  const nearest = Math.max(smallest, Math.ceil(pupil.radius + off + WINDOW));
  for (const which of [0, 1] as const) {
    const found = evidence[which];
    found.fill(0);
    for (const { cos, sin } of directions[which]!) {
      for (let r = first; r <= last; r++) greys[r - first] = greyAt(plane, x + r * cos, y + r * sin);
      let before = 0;
      let after = 0;
      for (let k = 0; k < WINDOW; k++) {
        before += greys[k]!;
        after += greys[k + WINDOW + 1]!;
      }
      for (let r = smallest; r <= last - WINDOW; r++) {
        const k = r - first;
        found[k]! += tempered((after - before) / WINDOW) / side.length;
        before += greys[k]! - greys[k - WINDOW]!;
        after += (greys[k + WINDOW + 1] ?? 0) - greys[k + 1]!;
      }
    }
  }
  let best: Circle | null = null;
  for (let r = nearest; r < last - WINDOW; r++) {
    const k = r - first;
    const lower = Math.min(evidence[0][k]!, evidence[1][k]!);
    const score = lower + 0.3 * Math.max(evidence[0][k]!, evidence[1][k]!) - (6 * off) / r;
    if (lower > 0 && (best === null || score > best.score)) best = { x, y, radius: r, score };
  }
  return best;
}

/** Lower for steep edges, yet steepest where the edge is. */
function tempered(rise: number): number {
  return (HALF * rise) / (HALF + Math.abs(rise));
}

function greyAt({ width, height, values }: Plane, x: number, y: number): number {
  const column = x < 0 ? 0 : x > width - 1 ? width - 1 : Math.round(x);
  const row = y < 0 ? 0 : y > height - 1 ? height - 1 : Math.round(y);
  return values[row * width + column]!;
}

/** The edge in each direction of the two sides near the circle, and the outline through them. */
function trace(plane: Plane, circle: { x: number; y: number; radius: number }): Outline {
  const { x, y, radius } = circle;
  const reach = Math.max(4, 0.13 * radius);
  const all = Array.from({ length: 120 }, (_, n) => n * 3 * DEGREE);
  const weights = new Float64Array(all.length);
  const distances = new Float64Array(all.length);
  all.forEach((angle, n) => {
    let strongest = 0;
    let place = radius;
    for (let r = radius - reach; r <= radius + reach; r += 0.5) {
      const grey = (at: number) => sample(plane, x + at * Math.cos(angle), y + at * Math.sin(angle));
      const rise = (grey(r + 1.5) + grey(r + 3.5) - grey(r - 1.5) - grey(r - 3.5)) / 2;
      const believed = tempered(rise) * (1 - (0.6 * Math.abs(r - radius)) / reach);
      if (believed > strongest) {
        strongest = believed;
        place = r;
      }
    }
    distances[n] = place;
    // Above and below it is as likely the lid's edge.
    weights[n] = strongest * Math.max(0.02, Math.cos(angle) ** 2 - 0.1);
  });
  const found = fitOutline({ x, y, angles: Float64Array.from(all), distances, weights }, 1.5, 0.15);
  // An outline that left the circle has followed something else.
  const shift = Math.hypot(found.x - x, found.y - y) + Math.abs(radiusAt(found, 0) - radius);
  return shift < 1.5 * reach ? found : { x, y, radius, cosine: 0, sine: 0 };
}
