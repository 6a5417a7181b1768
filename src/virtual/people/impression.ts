/**
 * One touch of a virtual finger on the glass: placed, turned, stretched and pressed a little differently each
 * time, with the skin as dry or moist as it is that moment, and with what the sensor adds.
 */
import type { GrayImage } from '../../rules/gray-image.ts';
import { type Crease, type Finger, PAD_HEIGHT, PAD_WIDTH } from './finger.ts';
import type { Random } from './random.ts';

const IMAGE_WIDTH = 320;
const IMAGE_HEIGHT = 400;
const DPI = 500;
/** Where the last shred of skin touches, in radii of the contact. */
const FRAYED = 1.08;

/** Everything that differs from touch to touch. Lengths in pixels at 500 dpi, angles in radians. */
export interface Touch {
  /** Where the middle of the pad comes to lie, from the middle of the image. */
  readonly dx: number;
  readonly dy: number;
  readonly turn: number;
  /** The skin outside the firmly pressed middle is dragged by this much … */
  readonly drag: readonly [number, number];
  /** … and twisted by this angle. */
  readonly twist: number;
  /** Half-axes of the area that touches. */
  readonly contact: readonly [number, number];
  /** −1 light or dry (thin ridges) … 1 pressed or wet (ridges run together). */
  readonly pressure: number;
  /** 0 even contact … 1 ridges broken into dots. */
  readonly dryness: number;
  /** 0 … 1: how dark the ridges come out. */
  readonly contrast: number;
  /** Random white hairs and scratches on the glass. */
  readonly scratches: number;
  /** Deviation of the sensor's noise, grey levels. */
  readonly noise: number;
}

/**
 * @param difficulty 0: always laid flat in the middle, even skin. 0.35: a guided adult, the default of the bench.
 *   1: unsupervised volunteers. Above 1.5: hard on purpose.
 */
export function throwTouch(random: Random, finger: Finger, difficulty: number): Touch {
  // Care differs from touch to touch: now and then one is poor.
  const care = difficulty * Math.exp(0.25 * random.normal());
  const spread = (deviation: number) => random.normal() * deviation * care;
  const wear = finger.skin.wear;
  return {
    dx: spread(28),
    dy: spread(34),
    turn: spread(0.2),
    drag: [spread(10), spread(10)],
    twist: spread(0.1),
    contact: [
      Math.max(45, random.between(118, 140) - Math.abs(spread(12))),
      Math.max(60, random.between(158, 190) - Math.abs(spread(18))),
    ],
    pressure: clamp(spread(0.65) - 0.45 * wear, -1, 1),
    dryness: clamp(0.15 + Math.abs(spread(0.38)) + 0.4 * wear, 0, 1),
    contrast: clamp(0.92 - Math.abs(spread(0.2)) - 0.35 * wear, 0.3, 1),
    scratches: Math.floor(Math.abs(spread(4))),
    noise: 3 + Math.abs(spread(4)),
  };
}

export function takeImpression(finger: Finger, touch: Touch, random: Random): GrayImage {
  const data = new Uint8Array(IMAGE_WIDTH * IMAGE_HEIGHT);
  const grain = smoothNoise(random, 2);
  const patches = smoothNoise(random, 7);
  const clouds = smoothNoise(random, 28);
  const scratches = throwScratches(random, touch.scratches);
  const cos = Math.cos(touch.turn);
  const sin = Math.sin(touch.turn);
  const [halfWidth, halfHeight] = touch.contact;
  const glass = 244 + random.between(-8, 6);
  const depth = 215 * touch.contrast;
  const at = { x: 0, y: 0 };
  for (let row = 0; row < IMAGE_HEIGHT; row++) {
    for (let column = 0; column < IMAGE_WIDTH; column++) {
      const i = row * IMAGE_WIDTH + column;
      const x = column - IMAGE_WIDTH / 2 - touch.dx;
      const y = row - IMAGE_HEIGHT / 2 - touch.dy;
      // The same place in the axes of the finger: across it, and from the tip down.
      const across = x * cos + y * sin;
      const down = y * cos - x * sin;
      let grey = glass + 2 * clouds[i]!;
      // Distance from the middle of the contact: 1 on its rim, which frays where the skin lifts off.
      const rim =
        Math.sqrt((across / halfWidth) ** 2 + (down / halfHeight) ** 2) + 0.05 * (patches[i]! + clouds[i]!);
      if (rim < FRAYED) {
        toPad(touch, across, down, at);
        const ridge = sample(finger.ridges, at.x, at.y) - creaseDepth(finger.creases, at.x, at.y);
        const lift = 4 * Math.max(0, rim - 0.86);
        const skin = touch.dryness * (0.5 * grain[i]! + 0.45 * patches[i]!) + 0.3 * clouds[i]!;
        // The share of the skin that wets the glass here: a soft step over the height of the ridge.
        const level = ridge + 0.55 * touch.pressure + skin - lift * lift - 0.12;
        const ink = 1 / (1 + Math.exp(-4.2 * level));
        const evenness = 1 - 0.18 * clamp(clouds[i]! + 0.5 * patches[i]!, -1, 1);
        grey -= depth * ink * evenness * clamp((FRAYED - rim) / 0.08, 0, 1);
      }
      for (const scratch of scratches) if (onLine(scratch, x, y) < 1) grey += 60;
      data[i] = clamp(grey + touch.noise * random.normal(), 0, 255);
    }
  }
  return { width: IMAGE_WIDTH, height: IMAGE_HEIGHT, dpi: DPI, data };
}

/**
 * Skin distortion after Cappelli, Maio and Maltoni (2001): the middle sticks to the glass, the skin around it is
 * dragged and twisted by the finger, with a smooth passage between.
 */
function toPad(touch: Touch, x: number, y: number, out: { x: number; y: number }): void {
  const [halfWidth, halfHeight] = touch.contact;
  const distance = Math.sqrt((x / halfWidth) ** 2 + (y / halfHeight) ** 2);
  const passage = clamp((distance - 0.25) / 0.75, 0, 1.2);
  const share = passage * passage * (1.5 - 0.5 * passage);
  const twist = touch.twist * share;
  out.x = x + share * touch.drag[0] - twist * y + PAD_WIDTH / 2;
  out.y = y + share * touch.drag[1] + twist * x + PAD_HEIGHT / 2;
}

/** Bilinear; a bare valley outside the pad. */
function sample(ridges: Float32Array, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < 0 || top < 0 || left >= PAD_WIDTH - 1 || top >= PAD_HEIGHT - 1) return -1;
  const i = top * PAD_WIDTH + left;
  const fx = x - left;
  const upper = ridges[i]! * (1 - fx) + ridges[i + 1]! * fx;
  const lower = ridges[i + PAD_WIDTH]! * (1 - fx) + ridges[i + PAD_WIDTH + 1]! * fx;
  return upper + (y - top) * (lower - upper);
}

function creaseDepth(creases: readonly Crease[], x: number, y: number): number {
  let depth = 0;
  for (const crease of creases) {
    const away = onLine(crease, x - PAD_WIDTH / 2, y - PAD_HEIGHT / 2);
    if (away < 2) depth = Math.max(depth, away < 1 ? 1.6 : 1.6 * (2 - away));
  }
  return depth;
}

/** Distance from a line in units of its half width; 9 beyond its ends. */
function onLine(line: Crease, x: number, y: number): number {
  const along = (x - line.x) * line.cos + (y - line.y) * line.sin;
  if (along > line.halfLength || along < -line.halfLength) return 9;
  return Math.abs((y - line.y) * line.cos - (x - line.x) * line.sin) / line.halfWidth;
}

function throwScratches(random: Random, count: number): Crease[] {
  return Array.from({ length: count }, () => {
    const angle = random.between(0, Math.PI);
    return {
      x: random.between(-100, 100),
      y: random.between(-140, 140),
      cos: Math.cos(angle),
      sin: Math.sin(angle),
      halfLength: random.between(10, 45),
      halfWidth: random.between(0.5, 1.1),
    };
  });
}

/** Noise of deviation 1 whose grains are about `size` pixels wide: white noise on a grid, joined smoothly. */
function smoothNoise(random: Random, size: number): Float32Array {
  const columns = Math.ceil(IMAGE_WIDTH / size) + 2;
  const rows = Math.ceil(IMAGE_HEIGHT / size) + 2;
  const grid = Float32Array.from({ length: columns * rows }, () => random.normal());
  const noise = new Float32Array(IMAGE_WIDTH * IMAGE_HEIGHT);
  for (let y = 0; y < IMAGE_HEIGHT; y++) {
    const row = Math.floor(y / size);
    const fy = ease(y / size - row);
    for (let x = 0; x < IMAGE_WIDTH; x++) {
      const column = Math.floor(x / size);
      const fx = ease(x / size - column);
      const i = row * columns + column;
      const upper = grid[i]! * (1 - fx) + grid[i + 1]! * fx;
      const lower = grid[i + columns]! * (1 - fx) + grid[i + columns + 1]! * fx;
      // Interpolation between independent values lowers the deviation by about a third.
      noise[y * IMAGE_WIDTH + x] = 1.35 * (upper + fy * (lower - upper));
    }
  }
  return noise;
}

const ease = (t: number) => t * t * (3 - 2 * t);
const clamp = (value: number, low: number, high: number) => (value < low ? low : value > high ? high : value);
