/**
 * Finds the pupil: the darkest round thing, bounded all around. An integro-differential search (Daugman 1993) whose
 * edge must be there in nearly all directions, so that neither lashes nor a brow pass for a pupil.
 */
import { fitOutline, type Outline } from './outline.ts';
import { type Plane, sample, smooth } from './plane.ts';

const SECTORS = 16;
const PER_SECTOR = 4;
const DIRECTIONS = SECTORS * PER_SECTOR;
const COS = Float32Array.from({ length: DIRECTIONS }, (_, n) => Math.cos((2 * Math.PI * n) / DIRECTIONS));
const SIN = Float32Array.from({ length: DIRECTIONS }, (_, n) => Math.sin((2 * Math.PI * n) / DIRECTIONS));

/** Radii that are looked for, pixels of the reduced image. */
const SMALLEST = 6;
const LARGEST = 72;
/** Seeds: the darkest places of a grid of so many pixels. */
const GRID = 4;
const SEEDS = 300;
/** Of the 16 sectors so many may lack the edge: a lid or a lamp's image may cover it there. */
const FORGIVEN = 3;
/** A steeper edge than this proves no more: the white of the eye around a dark iris has one too. */
const ENOUGH = 40;
/** A circle of so many pixels' radius weighs half: small dark things are common around an eye. */
const SMALL = 5;
/** Inside a dark iris the pupil has the lower edge: it is looked for at so many radii of the circle found first. */
const WITHIN = 0.7;
/** So many of the best places, apart from each other, are looked into closely. */
const CLOSER_LOOKS = 6;
const APART = 8;
/** A pupil is dark: a grey level so much brighter inside weighs half. */
const DARK = 25;

export interface FoundPupil {
  readonly outline: Outline;
  /** How much like a pupil it is: a clear one has about 1. */
  readonly score: number;
}

/**
 * @param plane reduced, without lamps' images, slightly smoothed
 * @returns the likeliest few, in no order; none in an image without an edge
 */
export function findPupils(plane: Plane): FoundPupil[] {
  const candidates = darkPlaces(plane)
    .map(([x, y]) => bestCircle(plane, x, y))
    .filter((candidate) => candidate !== null)
    .sort((a, b) => b.score - a.score);
  const apart: Candidate[] = [];
  for (const candidate of candidates)
    if (
      apart.length < CLOSER_LOOKS &&
      apart.every(({ x, y }) => Math.hypot(x - candidate.x, y - candidate.y) > APART)
    )
      apart.push(candidate);
  const summits = new Map<string, Candidate>();
  for (const candidate of apart.flatMap((found) => [found, within(plane, found)])) {
    if (candidate === null) continue;
    const best = [3, 2, 1].reduce((place, step) => climb(plane, place, step), candidate);
    summits.set(`${best.x} ${best.y} ${best.radius}`, best);
  }
  return [...summits.values()].map((best) => ({ outline: trace(plane, best), score: best.score }));
}

interface Candidate {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly score: number;
}

function darkPlaces(plane: Plane): [x: number, y: number][] {
  const { width, height, values } = smooth(plane, 3);
  const places: { readonly grey: number; readonly x: number; readonly y: number }[] = [];
  for (let y = 2 * GRID; y < height - 2 * GRID; y += GRID)
    for (let x = 2 * GRID; x < width - 2 * GRID; x += GRID)
      places.push({ grey: values[y * width + x]!, x, y });
  return places
    .sort((a, b) => a.grey - b.grey)
    .slice(0, SEEDS)
    .map(({ x, y }) => [x, y]);
}

/** Sums of grey levels by radius and sector. */
const sums = new Float32Array((LARGEST + 4) * SECTORS);
const rises = new Float32Array(SECTORS);

function bestCircle(
  { width, height, values }: Plane,
  x: number,
  y: number,
  largest = LARGEST,
): Candidate | null {
  const room = Math.min(x, y, width - 1 - x, height - 1 - y);
  // A little of the pupil may lie beyond the image's border.
  const last = Math.floor(Math.min(largest, room + 4));
  if (last < SMALLEST) return null;
  for (let radius = 1; radius <= last + 3; radius++)
    for (let sector = 0; sector < SECTORS; sector++) {
      let sum = 0;
      for (let n = sector * PER_SECTOR; n < (sector + 1) * PER_SECTOR; n++) {
        const column = Math.min(width - 1, Math.max(0, Math.round(x + radius * COS[n]!)));
        const row = Math.min(height - 1, Math.max(0, Math.round(y + radius * SIN[n]!)));
        sum += values[row * width + column]!;
      }
      sums[radius * SECTORS + sector] = sum / PER_SECTOR;
    }
  let best: Candidate | null = null;
  let inside = 0;
  for (let radius = 1; radius <= last; radius++) {
    // Grey level over the disc, ring by ring.
    let ring = 0;
    for (let sector = 0; sector < SECTORS; sector++) ring += sums[radius * SECTORS + sector]! / SECTORS;
    inside += (ring - inside) * (2 / (radius + 1));
    if (radius < SMALLEST) continue;
    for (let sector = 0; sector < SECTORS; sector++) {
      const at = (offset: number) => sums[(radius + offset) * SECTORS + sector]!;
      rises[sector] = (at(2) + at(3) - at(-2) - at(-3)) / 2;
    }
    rises.sort();
    const edge = rises[FORGIVEN]!;
    const contrast = Math.min(ENOUGH, edge) + 0.3 * Math.min(ENOUGH, rises[SECTORS / 2]!);
    const score = (contrast / (DARK + inside)) * (radius / (radius + SMALL));
    if (best === null || score > best.score) best = { x, y, radius, score };
  }
  return best;
}

/** A dark iris was found: its pupil has the lower edge. */
function within(plane: Plane, { x, y, radius }: Candidate): Candidate | null {
  return bestCircle(plane, x, y, WITHIN * radius);
}

/** To better places nearby, as long as the circle stays about as large. */
function climb(plane: Plane, start: Candidate, step: number): Candidate {
  const largest = start.radius * 1.2 + 2;
  let best = start;
  for (let improved = true; improved; ) {
    improved = false;
    const { x, y } = best;
    for (let dy = -step; dy <= step; dy += step)
      for (let dx = -step; dx <= step; dx += step) {
        const candidate = bestCircle(plane, x + dx, y + dy, largest);
        if (candidate && candidate.score > best.score) {
          best = candidate;
          improved = true;
        }
      }
  }
  return best;
}

/** The edge in each direction near the circle, to a fraction of a pixel, and the outline through them. */
function trace(plane: Plane, { x, y, radius }: Candidate): Outline {
  const reach = Math.max(4, 0.35 * radius);
  const angles = new Float64Array(DIRECTIONS);
  const distances = new Float64Array(DIRECTIONS);
  const weights = new Float64Array(DIRECTIONS);
  const step = 0.5;
  const count = Math.ceil((2 * reach) / step);
  for (let n = 0; n < DIRECTIONS; n++) {
    let strongest = 0;
    let place = radius;
    for (let k = 0; k <= count; k++) {
      const r = radius - reach + k * step;
      const grey = (at: number) => sample(plane, x + at * COS[n]!, y + at * SIN[n]!);
      // The further from the circle, the less it is believed.
      const rise = (grey(r + 1.5) - grey(r - 1.5)) * (1 - (0.5 * Math.abs(r - radius)) / reach);
      if (rise > strongest) {
        strongest = rise;
        place = r;
      }
    }
    angles[n] = (2 * Math.PI * n) / DIRECTIONS;
    distances[n] = place;
    weights[n] = Math.min(30, strongest);
  }
  return fitOutline({ x, y, angles, distances, weights }, 1, 0.02);
}
