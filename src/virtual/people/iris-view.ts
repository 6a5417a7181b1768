/**
 * One look of a virtual eye into the iris camera: at some distance and angle, with the pupil as wide as it is that
 * moment, the lids as open, and with what the camera's lens, lamps and sensor add. Near infrared: the skin and the
 * white of the eye are bright, pupil and lashes dark.
 */
import type { GrayImage } from '../../rules/gray-image.ts';
import { AROUND, type Iris, OUTWARD } from './iris.ts';
import type { Random } from './random.ts';

const WIDTH = 640;
const HEIGHT = 480;

/** Everything that differs from look to look. Lengths in pixels, angles in radians. */
export interface View {
  /** Middle of the limbus. */
  readonly x: number;
  readonly y: number;
  readonly limbusRadius: number;
  /** Pupil radius as a share of the limbus radius. */
  readonly pupil: number;
  /** Tilt of the head. */
  readonly roll: number;
  /** Away from the camera, and in which direction. */
  readonly gaze: number;
  readonly gazeDirection: number;
  /** Where the lids cross the vertical through the middle, in limbus radii from it: 1 just touches the limbus. */
  readonly upperLid: number;
  readonly lowerLid: number;
  /** Lashes of the upper lid. */
  readonly lashes: number;
  /** Spots of the lamps and what else mirrors on the cornea: from the middle, in limbus radii; grey levels added. */
  readonly glints: readonly {
    readonly x: number;
    readonly y: number;
    readonly radius: number;
    readonly light: number;
  }[];
  /** Deviation of the blur: out of focus in all directions, moved in one. */
  readonly defocus: number;
  readonly motion: number;
  /** Of the sensor, grey levels. */
  readonly noise: number;
  /** Brightness of the lamps: 1 as it should be; and by how much it grows over a limbus radius, to the right and down. */
  readonly light: number;
  readonly slope: readonly [right: number, down: number];
}

/** @param difficulty 0: everybody stands still and looks. 0.5: a guided adult, the default of the bench. 1: without guidance. */
export function throwView(random: Random, iris: Iris, difficulty: number): View {
  // Care differs from look to look more than the average tells.
  const care = difficulty * Math.exp(0.5 * random.normal());
  const spread = (deviation: number) => random.normal() * deviation * care;
  const lamps = 1 + Math.floor(random.between(0, 2.4));
  const pupil = clamp(iris.restingPupil + random.normal() * 0.03 + spread(0.05), 0.2, 0.72);
  return {
    x: WIDTH / 2 + spread(40),
    y: HEIGHT / 2 + spread(24),
    limbusRadius: clamp(118 + spread(12), 75, 160),
    pupil,
    roll: spread(0.07),
    gaze: Math.abs(spread(0.16)),
    gazeDirection: random.between(0, 2 * Math.PI),
    upperLid: clamp(0.92 - Math.abs(spread(0.36)), -0.5, 1.3),
    lowerLid: clamp(1.02 - Math.abs(spread(0.16)), 0.2, 1.3),
    lashes: Math.floor(random.between(40, 80)),
    glints: Array.from({ length: lamps }, () => ({
      x: spread(0.16) + random.normal() * 0.08,
      y: spread(0.16) + random.normal() * 0.08,
      radius: random.between(3, 7),
      light: random.between(150, 260),
    })),
    defocus: 0.8 + Math.abs(spread(1.3)),
    motion: Math.abs(spread(0.8)),
    noise: 2.5 + Math.abs(spread(2)),
    light: clamp(1 + spread(0.1), 0.5, 1.5),
    slope: [random.normal() * 0.06, random.normal() * 0.06],
  };
}

export function takeView(iris: Iris, view: View, random: Random): GrayImage {
  const pixels = new Float32Array(WIDTH * HEIGHT);
  drawEye(pixels, iris, view, random.for('skin'));
  drawLashes(pixels, view, random.for('lashes'));
  drawGlints(pixels, view);
  blur(pixels, Math.hypot(view.defocus, view.motion), view.defocus);
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let i = 0; i < data.length; i++)
    data[i] = clamp(view.light * pixels[i]! + view.noise * random.normal(), 0, 255);
  return { width: WIDTH, height: HEIGHT, dpi: 0, data };
}

const PUPIL = 28;
const SCLERA = 196;
const SKIN = 212;
/** Share of the limbus radius over which iris passes into sclera, and pupil into iris. */
const LIMBUS_BLUR = 0.045;
const PUPIL_BLUR = 0.012;

function drawEye(pixels: Float32Array, iris: Iris, view: View, random: Random): void {
  const skin = softNoise(random);
  const cosRoll = Math.cos(view.roll);
  const sinRoll = Math.sin(view.roll);
  const cosGaze = Math.cos(view.gazeDirection);
  const sinGaze = Math.sin(view.gazeDirection);
  const squeeze = 1 / Math.cos(view.gaze);
  for (let row = 0; row < HEIGHT; row++)
    for (let column = 0; column < WIDTH; column++) {
      const i = row * WIDTH + column;
      // In limbus radii from its middle, in the axes of the image …
      const px = (column - view.x) / view.limbusRadius;
      const py = (row - view.y) / view.limbusRadius;
      // … then seen straight on …
      const along = (px * cosGaze + py * sinGaze) * squeeze;
      const aside = py * cosGaze - px * sinGaze;
      const sx = along * cosGaze - aside * sinGaze;
      const sy = along * sinGaze + aside * cosGaze;
      // … and upright.
      const x = sx * cosRoll + sy * sinRoll;
      const y = sy * cosRoll - sx * sinRoll;
      const open = openness(px, py, view);
      let grey = SKIN + 5 * skin[i]! - 30 * Math.max(0, Math.abs(px) - 1.4);
      if (open > 0) {
        const eye = eyeGrey(iris, view, x, y) + 3 * skin[i]!;
        // The upper lid's shadow on the eye, and its moist rim.
        const shade = 1 - 0.22 * Math.exp(-Math.max(0, py - upperEdge(px, view)) / 0.12);
        grey = grey * (1 - open) + eye * shade * open;
      }
      const slope = clamp(1 + view.slope[0] * px + view.slope[1] * py, 0.6, 1.4);
      pixels[i] = grey * slope;
    }
}

/** The lids are parabolas over the corners of the eye. */
const LID_WIDTH = 2.35;
const upperEdge = (x: number, view: View) => -view.upperLid + (view.upperLid + 0.35) * (x / LID_WIDTH) ** 2;
const lowerEdge = (x: number, view: View) => view.lowerLid - (view.lowerLid - 0.35) * (x / LID_WIDTH) ** 2;

/** 0: skin, 1: eye. */
function openness(x: number, y: number, view: View): number {
  const inside = Math.min(y - upperEdge(x, view), lowerEdge(x, view) - y);
  return clamp(0.5 + inside / 0.04, 0, 1);
}

/** @param x in limbus radii from its middle, seen straight on and upright */
function eyeGrey(iris: Iris, view: View, x: number, y: number): number {
  // Between the middles of pupil and limbus, as far out as the place itself: where is settled in two rounds.
  let outward = 1;
  let angle = 0;
  for (let round = 0; round < 2; round++) {
    const share = 1 - clamp(outward, 0, 1);
    const dx = x - share * iris.pupilOffset[0];
    const dy = y - share * iris.pupilOffset[1];
    angle = Math.atan2(dy, dx);
    const edge = view.pupil * (1 + pupilBulge(iris, angle));
    outward = (Math.hypot(dx, dy) - edge) / (1 - edge);
  }
  const span = 1 - view.pupil;
  const white = SCLERA - 26 * Math.max(0, Math.hypot(x, y) - 1.2);
  const inner = smoothStep((outward * span) / PUPIL_BLUR);
  const outer = smoothStep(((outward - 1) * span) / LIMBUS_BLUR);
  const rim = 1 - 0.16 * clamp((outward - 0.8) / 0.2, 0, 1);
  const tissue = (iris.grey + iris.contrast * textureAt(iris, view, angle, outward)) * rim;
  return PUPIL * (1 - inner) + (tissue * (1 - outer) + white * outer) * inner;
}

function pupilBulge({ pupilShape }: Iris, angle: number): number {
  return pupilShape.reduce(
    (sum, [cosine, sine], n) => sum + cosine * Math.cos((n + 2) * angle) + sine * Math.sin((n + 2) * angle),
    0,
  );
}

/** How much further outward the folds near the pupil move than a rubber sheet would, per share of dilation. */
const FOLDING = 0.55;

function textureAt(iris: Iris, view: View, angle: number, outward: number): number {
  const at = clamp(outward, 0, 1);
  // The iris is no rubber sheet: its inner zone stretches less than the outer one folds.
  const moved = clamp(at - FOLDING * (view.pupil - iris.restingPupil) * at * (1 - at) * 2, 0, 1);
  const row = moved * (OUTWARD - 1.001);
  const column = ((angle / (2 * Math.PI) + 1) % 1) * AROUND;
  const top = Math.floor(row);
  const left = Math.floor(column) & (AROUND - 1);
  const right = (left + 1) & (AROUND - 1);
  const fx = column - Math.floor(column);
  const fy = row - top;
  const upper = iris.texture[top * AROUND + left]! * (1 - fx) + iris.texture[top * AROUND + right]! * fx;
  const below = (top + 1) * AROUND;
  const lower = iris.texture[below + left]! * (1 - fx) + iris.texture[below + right]! * fx;
  return upper + fy * (lower - upper);
}

/** Curved strokes from the rim of the upper lid; the more the lid hangs, the more of them hang into the eye. */
function drawLashes(pixels: Float32Array, view: View, random: Random): void {
  for (let n = 0; n < view.lashes; n++) {
    const root = random.between(-1.9, 1.9);
    const length = random.between(0.3, 0.75);
    const lean = 0.35 * root + random.normal() * 0.22;
    // Most lashes rise from the lid; some bow down across the eye first.
    const bow = random.next() < 0.35 ? random.between(0.1, 0.55) : random.between(-0.1, 0.15);
    const dark = random.between(25, 70);
    const thick = random.between(0.9, 1.9);
    for (let t = 0; t <= 1; t += 0.006) {
      const x = root + lean * t;
      const y = upperEdge(root, view) + length * (bow * 4 * t * (1 - t) - 0.7 * t);
      stamp(
        pixels,
        view.x + x * view.limbusRadius,
        view.y + y * view.limbusRadius,
        thick * (1 - 0.7 * t),
        dark,
      );
    }
  }
}

function stamp(pixels: Float32Array, x: number, y: number, radius: number, grey: number): void {
  const reach = Math.ceil(radius);
  for (let row = Math.floor(y) - reach; row <= Math.floor(y) + reach; row++)
    for (let column = Math.floor(x) - reach; column <= Math.floor(x) + reach; column++) {
      if (row < 0 || column < 0 || row >= HEIGHT || column >= WIDTH) continue;
      if (Math.hypot(row - y, column - x) > radius) continue;
      const i = row * WIDTH + column;
      pixels[i] = Math.min(pixels[i]!, grey);
    }
}

function drawGlints(pixels: Float32Array, view: View): void {
  for (const glint of view.glints) {
    const x = view.x + glint.x * view.limbusRadius;
    const y = view.y + glint.y * view.limbusRadius;
    const reach = Math.ceil(2 * glint.radius);
    for (let row = Math.max(0, Math.floor(y - reach)); row < Math.min(HEIGHT, y + reach); row++)
      for (let column = Math.max(0, Math.floor(x - reach)); column < Math.min(WIDTH, x + reach); column++) {
        if (openness((column - view.x) / view.limbusRadius, (row - view.y) / view.limbusRadius, view) < 1)
          continue;
        const away = Math.hypot(column - x, row - y) / glint.radius;
        pixels[row * WIDTH + column]! += glint.light * Math.exp(-(away ** 4));
      }
  }
}

/** Gaussian, of its own deviation across and down. Values stay below white, as on a sensor. */
function blur(pixels: Float32Array, across: number, down: number): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.min(pixels[i]!, 290);
  const line = new Float32Array(Math.max(WIDTH, HEIGHT));
  const pass = (kernel: Float32Array, start: number, step: number, length: number) => {
    const reach = kernel.length >> 1;
    for (let n = 0; n < length; n++) {
      let sum = 0;
      for (let k = -reach; k <= reach; k++)
        sum += kernel[k + reach]! * pixels[start + step * clamp(n + k, 0, length - 1)]!;
      line[n] = sum;
    }
    for (let n = 0; n < length; n++) pixels[start + step * n] = line[n]!;
  };
  const kernelAcross = gaussian(across);
  for (let row = 0; row < HEIGHT; row++) pass(kernelAcross, row * WIDTH, 1, WIDTH);
  const kernelDown = gaussian(down);
  for (let column = 0; column < WIDTH; column++) pass(kernelDown, column, WIDTH, HEIGHT);
}

function gaussian(deviation: number): Float32Array {
  const reach = Math.ceil(2.5 * deviation);
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * deviation * deviation)),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

/** Smooth unevenness of the skin, deviation about 1. */
function softNoise(random: Random): Float32Array {
  const size = 9;
  const columns = Math.ceil(WIDTH / size) + 2;
  const rows = Math.ceil(HEIGHT / size) + 2;
  const grid = Float32Array.from({ length: columns * rows }, () => random.normal());
  const noise = new Float32Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const row = Math.floor(y / size);
      const column = Math.floor(x / size);
      const fx = x / size - column;
      const i = row * columns + column;
      const upper = grid[i]! * (1 - fx) + grid[i + 1]! * fx;
      const lower = grid[i + columns]! * (1 - fx) + grid[i + columns + 1]! * fx;
      noise[y * WIDTH + x] = 1.4 * (upper + (y / size - row) * (lower - upper));
    }
  return noise;
}

/** 0 below −1, 1 above 1. */
function smoothStep(value: number): number {
  const t = clamp(value / 2 + 0.5, 0, 1);
  return t * t * (3 - 2 * t);
}

const clamp = (value: number, low: number, high: number) => (value < low ? low : value > high ? high : value);
