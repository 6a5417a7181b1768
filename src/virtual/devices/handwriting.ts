/** A signature as a hand writes it: strokes with speed and pressure, the same for the same dice. */
import type { Random } from '../people/random.ts';

export interface PenPoint {
  /** Milliseconds after the point before. */
  readonly afterMs: number;
  /** Millimetres from the upper left corner of the pad. */
  readonly x: number;
  readonly y: number;
  /** 0 to 1; 0 while the pen is up. */
  readonly pressure: number;
  readonly down: boolean;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Of the area on each side. */
const MARGIN = 0.12;
const PIECES = 48;
/** Hands slow down in bends: speed falls with the cube root of curvature (the "two-thirds power law", Lacquaniti 1983). */
const SPEED = 55;
const SLOWEST = 20;
const FASTEST = 200;
/** Millimetres over which a pen is set down and lifted. */
const TOUCHDOWN = 1.5;
const TREMOR = 0.02;
const BETWEEN_STROKES_MS = 160;

/** @param rate Points a second. */
export function signOn(area: { width: number; height: number }, rate: number, random: Random): PenPoint[] {
  const [name, flourish] = strokesOf(random).map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: area.width * (MARGIN + (1 - 2 * MARGIN) * x),
      y: area.height * (MARGIN + (1 - 2 * MARGIN) * y),
    })),
  );
  const written = write(name!, rate, random);
  const step = 1000 / rate;
  const from = name!.at(-1)!;
  const to = flourish![0]!;
  const flights = Math.round(BETWEEN_STROKES_MS / step);
  const flight = Array.from({ length: flights }, (_, i) => ({
    afterMs: step,
    x: from.x + ((to.x - from.x) * (i + 1)) / flights,
    y: from.y + ((to.y - from.y) * (i + 1)) / flights,
    pressure: 0,
    down: false,
  }));
  return [...written, ...flight, ...write(flourish!, rate, random)];
}

/** A capital with the loops of a hand in a hurry, and a stroke beneath; in a square from 0 to 1. */
function strokesOf(random: Random): [Place[], Place[]] {
  let at: Place = { x: random.between(0, 0.06), y: 0.75 };
  const name: Place[] = [at];
  const curve = (a: Place, b: Place, end: Place) => {
    for (let i = 1; i <= PIECES; i++) name.push(bezier(at, a, b, end, i / PIECES));
    at = end;
  };
  const by = (x: number, y: number): Place => ({ x: at.x + x, y });
  curve(by(0.02, 0), by(0.12, -0.02), by(0.1, 0.5));
  curve(by(-0.02, 0.9), by(-0.08, 1), by(0.14, 0.6));
  const loops = 4 + Math.floor(random.between(0, 3));
  const stride = (0.92 - at.x) / loops;
  for (let i = 0; i < loops; i++) {
    const peak = random.next() < 0.3 ? random.between(0, 0.12) : random.between(0.3, 0.45);
    const base = random.between(0.6, 0.72);
    curve(by(stride * 1.2, peak), by(stride * 0.1, peak), by(stride * 0.5, base));
    curve(by(stride * 0.2, base + 0.1), by(stride * 0.4, base), by(stride * 0.5, base - 0.08));
  }
  const flourish = Array.from({ length: PIECES + 1 }, (_, i) =>
    bezier({ x: 1, y: 0.85 }, { x: 0.7, y: 0.95 }, { x: 0.45, y: 0.85 }, { x: 0.15, y: 1 }, i / PIECES),
  );
  return [name, flourish];
}

function bezier(a: Place, b: Place, c: Place, d: Place, t: number): Place {
  const s = 1 - t;
  const mix = (p: number, q: number, r: number, u: number) =>
    s * s * s * p + 3 * s * s * t * q + 3 * s * t * t * r + t * t * t * u;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}

/** Goes along a line of places (mm) as a hand does, and looks at the pen `rate` times a second. */
function write(line: readonly Place[], rate: number, random: Random): PenPoint[] {
  const step = 1000 / rate;
  const lengths = line.slice(1).map((place, i) => distance(line[i]!, place));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const points: PenPoint[] = [];
  let gone = 0;
  let untilNext = 0;
  for (const [i, length] of lengths.entries()) {
    const [from, to] = [line[i]!, line[i + 1]!];
    const speed = Math.min(FASTEST, Math.max(SLOWEST, SPEED / Math.cbrt(curvature(line, i))));
    const takes = (length / speed) * 1000;
    for (; untilNext < takes; untilNext += step) {
      const share = untilNext / takes;
      const along = gone + length * share;
      const lifted = Math.min(1, (along + 0.3) / TOUCHDOWN, (total - along + 0.3) / TOUCHDOWN);
      points.push({
        afterMs: step,
        x: from.x + (to.x - from.x) * share + TREMOR * random.normal(),
        y: from.y + (to.y - from.y) * share + TREMOR * random.normal(),
        pressure: lifted * (0.8 - (0.4 * speed) / FASTEST + 0.03 * random.normal()),
        down: true,
      });
    }
    untilNext -= takes;
    gone += length;
  }
  return points;
}

/** Per millimetre, at a place of the line; never quite 0. */
function curvature(line: readonly Place[], i: number): number {
  const [a, b, c] = [line[Math.max(0, i - 1)]!, line[i]!, line[Math.min(line.length - 1, i + 1)]!];
  const area = Math.abs((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
  const sides = distance(a, b) * distance(b, c) * distance(a, c);
  return Math.max(0.01, sides === 0 ? 0 : (2 * area) / sides);
}

const distance = (a: Place, b: Place) => Math.hypot(b.x - a.x, b.y - a.y);
