/**
 * Where the ridges of a finger run: the orientation field of a fingerprint from its singular points, after
 * Sherlock and Monro's zero-pole model, with an own bend at each point (as Vizcaya and Gerhardt have it) and the
 * arching towards the fingertip that the model alone lacks.
 *
 * Coordinates: pixels at 500 dpi, origin in the middle of the finger pad, x right, y down. Orientations: radians
 * modulo π, in the same axes.
 */
import type { Random } from './random.ts';

export type Pattern = 'arch' | 'tented-arch' | 'left-loop' | 'right-loop' | 'whorl';

export type RidgeFlow = (x: number, y: number) => number;

/** Radians; the amplitude of a slow and of a quick meander at most. */
const LONG_WAVE = 0.22;
const SHORT_WAVE = 0.065;

/** Frequencies of the classes in people at large (after Wilson, Candela and Watson, 1993). */
const classes: readonly (readonly [Pattern, number])[] = [
  ['left-loop', 0.338],
  ['right-loop', 0.317],
  ['whorl', 0.279],
  ['arch', 0.037],
  ['tented-arch', 0.029],
];

export function choosePattern(random: Random): Pattern {
  let throwOf = random.next();
  for (const [pattern, share] of classes) {
    throwOf -= share;
    if (throwOf < 0) return pattern;
  }
  return 'left-loop';
}

interface Singularity {
  readonly x: number;
  readonly y: number;
  /** +1 a core, −1 a delta: half of it is the Poincaré index. */
  readonly sign: 1 | -1;
  /** The bend of the field around the point: amplitudes and phases of its first two harmonics. */
  readonly bend: readonly [number, number, number, number];
}

export function ridgeFlow(pattern: Pattern, random: Random): RidgeFlow {
  const arching = random.between(0.2, 0.8);
  const slant = random.between(-0.2, 0.2);
  const waves = meander(random);
  const points = singularities(pattern, random);
  const arch = pattern === 'arch' ? plainArch(random) : () => 0;
  return (x, y) => {
    // y upwards inside, as in the literature.
    let angle = slant + arch(x, -y);
    for (const point of points) {
      const around = Math.atan2(point.y - y, x - point.x);
      const [a1, p1, a2, p2] = point.bend;
      angle += 0.5 * point.sign * (around + a1 * Math.sin(around + p1) + a2 * Math.sin(2 * around + p2));
    }
    // Around the fingertip every pattern closes like an arch; the base stays level.
    angle -= (arching * Math.tanh(x / 130)) / (1 + Math.exp((y - 40) / 60));
    for (const wave of waves) angle += wave.height * Math.sin(wave.fx * x + wave.fy * y + wave.phase);
    return ((-angle % Math.PI) + Math.PI) % Math.PI;
  };
}

/**
 * No finger follows the model: its ridges meander, each finger's in its own way, over the whole pad and within a
 * few ridges. Without it strangers of one pattern would look too alike to a matcher.
 */
function meander(random: Random) {
  const wave = (height: number, frequency: number) => {
    const direction = random.between(0, 2 * Math.PI);
    return {
      height: height * random.between(0.3, 1),
      fx: frequency * Math.cos(direction),
      fy: frequency * Math.sin(direction),
      phase: random.between(0, 2 * Math.PI),
    };
  };
  return [
    ...Array.from({ length: 4 }, () => wave(LONG_WAVE, random.between(0.01, 0.05))),
    ...Array.from({ length: 6 }, () => wave(SHORT_WAVE, random.between(0.07, 0.16))),
  ];
}

function singularities(pattern: Pattern, random: Random): Singularity[] {
  const bend = (): Singularity['bend'] => [
    random.between(0, 0.4),
    random.between(0, 2 * Math.PI),
    random.between(0, 0.2),
    random.between(0, 2 * Math.PI),
  ];
  const core = (x: number, y: number): Singularity => ({ x, y, sign: 1, bend: bend() });
  const delta = (x: number, y: number): Singularity => ({ x, y, sign: -1, bend: bend() });
  const coreX = random.between(-18, 18);
  const coreY = random.between(-45, 10);
  const aside = () => random.between(55, 135);
  const below = () => random.between(70, 150);
  switch (pattern) {
    case 'arch':
      return [];
    case 'tented-arch':
      return [core(coreX, coreY), delta(coreX + random.between(-5, 5), coreY + random.between(60, 110))];
    case 'left-loop':
      return [core(coreX, coreY), delta(coreX + aside(), coreY + below())];
    case 'right-loop':
      return [core(coreX, coreY), delta(coreX - aside(), coreY + below())];
    case 'whorl': {
      const spread = random.between(14, 60);
      const tilt = random.between(-0.6, 0.6) * spread;
      return [
        core(coreX, coreY),
        core(coreX + tilt, coreY + spread),
        delta(coreX - aside() - 15, coreY + spread + below() * 0.8),
        delta(coreX + aside() + 15, coreY + spread + below() * 0.8),
      ];
    }
  }
}

/** An arch has no singular point: a wave that is steepest a little below the middle and level at the base. */
function plainArch(random: Random): (x: number, y: number) => number {
  const height = random.between(0.5, 1.1);
  const width = random.between(230, 290);
  const middle = random.between(-30, 20);
  return (x, y) => {
    const steepness = height * Math.exp(-(((y - middle) / 110) ** 2));
    return Math.atan(-steepness * Math.sin(2 * Math.PI * Math.max(-0.5, Math.min(0.5, x / width))));
  };
}
