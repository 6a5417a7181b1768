/**
 * A virtual finger: its ridges, grown once by iterated oriented filtering (the way of SFinGe, Cappelli and Maio),
 * so that the minutiae arise by themselves where growing ridge fronts meet or diverge, and stay with the finger
 * in every impression.
 */
import type { Random } from './random.ts';
import { choosePattern, type Pattern, ridgeFlow } from './ridge-flow.ts';

/** The pad of the finger in pixels at 500 dpi: about 20 × 26 mm. */
export const PAD_WIDTH = 400;
export const PAD_HEIGHT = 520;

export interface Finger {
  readonly pattern: Pattern;
  /** PAD_WIDTH × PAD_HEIGHT, −1 (middle of a valley) to 1 (middle of a ridge). */
  readonly ridges: Float32Array;
  /** Old cuts and skin folds, straight white lines that stay with the finger, in pad coordinates. */
  readonly creases: readonly Crease[];
  readonly skin: Skin;
}

export interface Crease {
  readonly x: number;
  readonly y: number;
  readonly cos: number;
  readonly sin: number;
  readonly halfLength: number;
  readonly halfWidth: number;
}

/** How the skin of this finger usually prints. */
export interface Skin {
  /** 0 supple and moist … 1 dry, callused, worn. */
  readonly wear: number;
}

/** The growth runs at half the resolution: a ridge period of 4 to 5 cells is enough and sixteen times cheaper. */
const CELL = 2;
const WIDTH = PAD_WIDTH / CELL;
const HEIGHT = PAD_HEIGHT / CELL;
const RADIUS = 4;
const SIDE = 2 * RADIUS + 1;
const ANGLES = 48;
const PERIOD_MIN = 3.5;
const PERIOD_STEP = 0.15;
const PERIODS = 17;
/** Enough for the fronts of the seeds to fill the pad (about 8) and for the seams to settle. */
const ROUNDS = 17;
/** While growing, a faint ridge becomes a full one in few rounds. */
const GROWTH = 4;

export function growFinger(random: Random, skin: Skin): Finger {
  const pattern = choosePattern(random);
  const filters = chooseFilters(pattern, random);
  let cells = sow(random);
  let next = new Float32Array(cells.length);
  for (let round = 0; round < ROUNDS; round++) {
    // The last round only rounds the ridges off: a wave instead of a square.
    grow(cells, next, filters, round < ROUNDS - 1 ? GROWTH : 1);
    [cells, next] = [next, cells];
  }
  return { pattern, ridges: enlarge(cells), creases: makeCreases(random, skin), skin };
}

/** One seed in each square of a grid, anywhere within it: no place is left bare, and none looks planted. The more
 * seeds, the more minutiae: people differ in that. */
function sow(random: Random): Float32Array<ArrayBuffer> {
  const cells = new Float32Array(WIDTH * HEIGHT);
  const square = HEIGHT / Math.floor(random.between(8, 12));
  for (let top = 0; top < HEIGHT; top += square) {
    for (let left = 0; left < WIDTH; left += square) {
      const x = Math.floor(left + random.between(0, square));
      const y = Math.floor(top + random.between(0, square));
      if (inside(x, y)) cells[y * WIDTH + x] = 1;
    }
  }
  return cells;
}

/** The rim, where no whole filter fits, stays bare. */
const inside = (x: number, y: number) =>
  x >= RADIUS && y >= RADIUS && x < WIDTH - RADIUS && y < HEIGHT - RADIUS;

/** For each cell the index of the filter for its orientation and ridge period. */
function chooseFilters(pattern: Pattern, random: Random): Uint16Array {
  const flow = ridgeFlow(pattern, random);
  const period = random.between(3.8, 5);
  // Ridges are wider apart below the pattern than at the tip, and vary slowly everywhere.
  const fall = random.between(0.1, 0.45);
  const waves = Array.from({ length: 3 }, () => ({
    amplitude: random.between(0.05, 0.2),
    fx: random.between(-0.045, 0.045),
    fy: random.between(-0.045, 0.045),
    phase: random.between(0, 2 * Math.PI),
  }));
  const choice = new Uint16Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const angle = flow((x - WIDTH / 2) * CELL, (y - HEIGHT / 2) * CELL);
      let local = period + fall * Math.tanh((y - HEIGHT * 0.6) / 40);
      for (const wave of waves) {
        local += wave.amplitude * Math.sin(wave.fx * x + wave.fy * y + wave.phase);
      }
      const step = Math.round((local - PERIOD_MIN) / PERIOD_STEP);
      const row = Math.max(0, Math.min(PERIODS - 1, step));
      const column = Math.round((angle / Math.PI) * ANGLES) % ANGLES;
      choice[y * WIDTH + x] = row * ANGLES + column;
    }
  }
  return choice;
}

/** One round: each cell becomes the answer of its filter, amplified and kept within −1 … 1. */
function grow(from: Float32Array, to: Float32Array, filters: Uint16Array, gain: number): void {
  const bank = gaborBank();
  for (let y = RADIUS; y < HEIGHT - RADIUS; y++) {
    for (let x = RADIUS; x < WIDTH - RADIUS; x++) {
      let tap = filters[y * WIDTH + x]! * SIDE * SIDE;
      let sum = 0;
      for (let dy = -RADIUS; dy <= RADIUS; dy++) {
        let cell = (y + dy) * WIDTH + x - RADIUS;
        for (let dx = 0; dx < SIDE; dx++) sum += bank[tap++]! * from[cell++]!;
      }
      sum *= gain;
      to[y * WIDTH + x] = sum > 1 ? 1 : sum < -1 ? -1 : sum;
    }
  }
}

let bank: Float32Array | undefined;

/**
 * Gabor filters, one a period and orientation: no answer to an even grey, gain 1 for their own wave.
 */
function gaborBank(): Float32Array {
  if (bank) return bank;
  bank = new Float32Array(PERIODS * ANGLES * SIDE * SIDE);
  for (let row = 0; row < PERIODS; row++) {
    const period = PERIOD_MIN + row * PERIOD_STEP;
    const sigma = 0.44 * period;
    for (let column = 0; column < ANGLES; column++) {
      const angle = (Math.PI * column) / ANGLES;
      const start = (row * ANGLES + column) * SIDE * SIDE;
      fillGabor(bank.subarray(start, start + SIDE * SIDE), angle, period, sigma);
    }
  }
  return bank;
}

function fillGabor(kernel: Float32Array, angle: number, period: number, sigma: number): void {
  const cells = [...kernel.keys()].map((i) => {
    const x = (i % SIDE) - RADIUS;
    const y = Math.floor(i / SIDE) - RADIUS;
    const across = -x * Math.sin(angle) + y * Math.cos(angle);
    return {
      envelope: Math.exp(-(x * x + y * y) / (2 * sigma * sigma)),
      wave: Math.cos((2 * Math.PI * across) / period),
    };
  });
  const total = cells.reduce((sum, c) => sum + c.envelope, 0);
  const mean = cells.reduce((sum, c) => sum + c.envelope * c.wave, 0) / total;
  const gain = cells.reduce((sum, c) => sum + c.envelope * (c.wave - mean) * c.wave, 0);
  cells.forEach((c, i) => {
    kernel[i] = (c.envelope * (c.wave - mean)) / gain;
  });
}

/** From cells to pixels, by the cubic convolution of Keys (a = −½) at the quarter positions. */
function enlarge(cells: Float32Array): Float32Array {
  // Pixel 2i+1 lies a quarter after cell i, pixel 2i a quarter before it: weights at distance ¼ and their mirror.
  const weights = [-0.0703125, 0.8671875, 0.2265625, -0.0234375];
  const at = (i: number, limit: number) => (i < 0 ? 0 : i >= limit ? limit - 1 : i);
  const wide = new Float32Array(PAD_WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < PAD_WIDTH; x++) {
      const step = x % 2 === 0 ? -1 : 1;
      let sum = 0;
      for (let k = 0; k < 4; k++) {
        sum += weights[k]! * cells[y * WIDTH + at((x >> 1) + step * (k - 1), WIDTH)]!;
      }
      wide[y * PAD_WIDTH + x] = sum;
    }
  }
  const pixels = new Float32Array(PAD_WIDTH * PAD_HEIGHT);
  for (let y = 0; y < PAD_HEIGHT; y++) {
    const step = y % 2 === 0 ? -1 : 1;
    for (let k = 0; k < 4; k++) {
      const row = at((y >> 1) + step * (k - 1), HEIGHT) * PAD_WIDTH;
      for (let x = 0; x < PAD_WIDTH; x++) pixels[y * PAD_WIDTH + x]! += weights[k]! * wide[row + x]!;
    }
  }
  return pixels;
}

function makeCreases(random: Random, skin: Skin): Crease[] {
  const count = Math.floor(random.between(0, 2.5) + skin.wear * random.between(3, 9));
  return Array.from({ length: count }, () => {
    const angle = random.between(0, Math.PI);
    return {
      x: random.between(-120, 120),
      y: random.between(-150, 170),
      cos: Math.cos(angle),
      sin: Math.sin(angle),
      halfLength: random.between(12, 60),
      halfWidth: random.between(0.8, 1.8),
    };
  });
}
