/** A drawn print for tests that need no real finger: arched ridges with minutiae at known places. */
import type { GrayImage } from '../../src/rules/gray-image.ts';

/** A place where going round adds a ridge (+1) or takes one away (−1): a minutia, pixels from the middle. */
export type Dislocation = readonly [dx: number, dy: number, sign: 1 | -1];

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Ridge to ridge, pixels. */
  readonly period: number;
  /** Half axes and middle of the print, pixels; its turn, radians. */
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly centreX: number;
  readonly centreY: number;
  readonly turn: number;
  /** Share of a period that is ridge: 0.5 clear, less dry, more wet. */
  readonly ridge: number;
  readonly dislocations: readonly Dislocation[];
}

const CLEAR: Drawing = {
  width: 320,
  height: 380,
  period: 9,
  halfWidth: 125,
  halfHeight: 165,
  centreX: 160,
  centreY: 190,
  turn: 0,
  ridge: 0.5,
  dislocations: dislocations(1),
};

/** Some thirty well-spread dislocations, the same for the same seed. */
export function dislocations(seed: number): Dislocation[] {
  let state = seed * 2_654_435_761;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  random();
  const found: Dislocation[] = [];
  while (found.length < 30) {
    const dx = (random() - 0.5) * 200;
    const dy = (random() - 0.5) * 270;
    if ((dx / 105) ** 2 + (dy / 140) ** 2 > 1) continue;
    if (found.some(([x, y]) => Math.hypot(x - dx, y - dy) < 26)) continue;
    found.push([dx, dy, found.length % 2 === 0 ? 1 : -1]);
  }
  return found;
}

export function drawnPrint(wishes: Partial<Drawing> = {}): GrayImage {
  const middle = { centreX: (wishes.width ?? CLEAR.width) / 2, centreY: (wishes.height ?? CLEAR.height) / 2 };
  const drawing = { ...CLEAR, ...middle, ...wishes };
  const { width, height, period, halfWidth, halfHeight } = drawing;
  const data = new Uint8Array(width * height).fill(250);
  const cos = Math.cos(drawing.turn);
  const sin = Math.sin(drawing.turn);
  const threshold = Math.cos(Math.PI * drawing.ridge);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const px = x - drawing.centreX;
      const py = y - drawing.centreY;
      const u = px * cos + py * sin;
      const v = -px * sin + py * cos;
      if ((u / halfWidth) ** 2 + (v / halfHeight) ** 2 > 1) continue;
      let phase = (2 * Math.PI * Math.hypot(u, v - 260)) / period;
      for (const [dx, dy, sign] of drawing.dislocations) phase += sign * Math.atan2(v - dy, u - dx);
      // A soft edge of a pixel or so between ridge and valley.
      const ridge = 1 / (1 + Math.exp(-4 * (Math.cos(phase) - threshold)));
      data[y * width + x] = Math.round(235 - 190 * ridge);
    }
  return { width, height, dpi: 500, data };
}
