/**
 * A virtual iris: the texture that stays with the eye, unrolled between pupil and limbus. Fibres run outward and
 * wander, crypts gape around the collarette, furrows lie in rings where the iris folds when the pupil widens.
 * Every eye is another throw of the dice, the two of one person too, as in nature.
 */
import type { Random } from './random.ts';

/** Samples around the eye and from pupil to limbus. */
export const AROUND = 1024;
export const OUTWARD = 128;

export interface Iris {
  /** Rows of AROUND from the pupil outward, mean 0, deviation 1. */
  readonly texture: Float32Array;
  /** Grey of the iris in near infrared, whatever its colour to the eye. */
  readonly grey: number;
  /** Deviation of the texture, grey levels. */
  readonly contrast: number;
  /** Pupil radius as a share of the limbus radius, in the light of the kiosk. */
  readonly restingPupil: number;
  /** Middle of the pupil from the middle of the limbus, in limbus radii: mostly a little towards the nose. */
  readonly pupilOffset: readonly [x: number, y: number];
  /** The pupil's outline: deviations of its radius, a cosine and a sine of each order from 2. */
  readonly pupilShape: readonly (readonly [cosine: number, sine: number])[];
}

export function growIris(random: Random): Iris {
  const texture = new Float32Array(AROUND * OUTWARD);
  addFibres(texture, random.for('fibres'));
  addGrain(texture, random.for('grain'));
  addCollarette(texture, random.for('collarette'));
  addFurrows(texture, random.for('furrows'));
  standardise(texture);
  return {
    texture,
    grey: random.between(95, 150),
    contrast: random.between(5, 12),
    restingPupil: random.between(0.3, 0.46),
    pupilOffset: [random.normal() * 0.03, random.normal() * 0.02],
    pupilShape: [2, 3, 4].map((order) => [
      (random.normal() * 0.02) / order,
      (random.normal() * 0.02) / order,
    ]),
  };
}

/** Radial fibres at several widths; the finer ones wander sideways as they run outward. */
function addFibres(texture: Float32Array, random: Random): void {
  const wander = wrappedNoise(random.for('wander'), 20, 5);
  for (const [across, along, strength] of [
    [26, 3, 0.7],
    [52, 4, 0.8],
    [104, 5, 0.8],
    [190, 7, 0.55],
  ] as const) {
    const noise = wrappedNoise(random.for(`${across}`), across, along);
    for (let row = 0; row < OUTWARD; row++)
      for (let column = 0; column < AROUND; column++) {
        const i = row * AROUND + column;
        const aside = Math.round(5 * wander[i]!);
        texture[i]! += strength * noise[row * AROUND + ((column + aside) & (AROUND - 1))]!;
      }
  }
}

/** Unevenness without a direction. */
function addGrain(texture: Float32Array, random: Random): void {
  for (const [across, along, strength] of [
    [9, 2, 0.35],
    [22, 4, 0.5],
    [44, 8, 0.5],
    [90, 16, 0.4],
  ] as const) {
    const noise = wrappedNoise(random.for(`${across}`), across, along);
    for (let i = 0; i < texture.length; i++) texture[i]! += strength * noise[i]!;
  }
}

/** A brighter ridge that winds around the pupil, and the crypts along it. */
function addCollarette(texture: Float32Array, random: Random): void {
  const middle = random.between(0.22, 0.36) * OUTWARD;
  const winding = wrappedNoise(random.for('winding'), 16, 1);
  for (let column = 0; column < AROUND; column++) {
    const ridge = middle + 5 * winding[column]!;
    for (let row = 0; row < OUTWARD; row++) {
      const away = (row - ridge) / 7;
      texture[row * AROUND + column]! += 0.6 * Math.exp(-away * away) - (away < 0 ? 0.25 : 0);
    }
  }
  const crypts = Math.floor(random.between(14, 44));
  for (let n = 0; n < crypts; n++)
    addSpot(texture, {
      column: random.between(0, AROUND),
      row: middle + random.normal() * 14,
      halfWidth: random.between(5, 17),
      halfHeight: random.between(5, 15),
      depth: random.between(-2.6, -0.9),
    });
}

/** Contraction furrows: arcs in the outer half, darker than their surroundings. */
function addFurrows(texture: Float32Array, random: Random): void {
  const arcs = Math.floor(random.between(3, 9));
  for (let n = 0; n < arcs; n++)
    addSpot(texture, {
      column: random.between(0, AROUND),
      row: random.between(0.5, 0.92) * OUTWARD,
      halfWidth: random.between(60, 220),
      halfHeight: random.between(2, 4.5),
      depth: random.between(-1.3, -0.4),
    });
}

interface Spot {
  readonly column: number;
  readonly row: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly depth: number;
}

function addSpot(texture: Float32Array, { column, row, halfWidth, halfHeight, depth }: Spot): void {
  const reach = Math.ceil(1.5 * halfWidth);
  const first = Math.max(0, Math.floor(row - 1.5 * halfHeight));
  const last = Math.min(OUTWARD - 1, Math.ceil(row + 1.5 * halfHeight));
  for (let y = first; y <= last; y++)
    for (let dx = -reach; dx <= reach; dx++) {
      const away = (dx / halfWidth) ** 2 + ((y - row) / halfHeight) ** 2;
      const x = (Math.round(column) + dx + AROUND) & (AROUND - 1);
      texture[y * AROUND + x]! += depth * Math.exp(-(away ** 2));
    }
}

/** Smooth noise of deviation about 1 that closes around the eye: `across` grains around, `along` outward. */
function wrappedNoise(random: Random, across: number, along: number): Float32Array {
  const rows = along + 2;
  const grid = Float32Array.from({ length: across * rows }, () => random.normal());
  const noise = new Float32Array(AROUND * OUTWARD);
  for (let row = 0; row < OUTWARD; row++) {
    const y = (row / OUTWARD) * along;
    const top = Math.floor(y);
    const fy = ease(y - top);
    for (let column = 0; column < AROUND; column++) {
      const x = (column / AROUND) * across;
      const left = Math.floor(x);
      const right = (left + 1) % across;
      const fx = ease(x - left);
      const at = (line: number) => grid[line * across + left]! * (1 - fx) + grid[line * across + right]! * fx;
      // Interpolation between independent values lowers the deviation by about a third.
      noise[row * AROUND + column] = 1.35 * (at(top) * (1 - fy) + at(top + 1) * fy);
    }
  }
  return noise;
}

function standardise(values: Float32Array): void {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  const deviation = Math.sqrt(squares / values.length - mean * mean);
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! - mean) / deviation;
}

const ease = (t: number) => t * t * (3 - 2 * t);
