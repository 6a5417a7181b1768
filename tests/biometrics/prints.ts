/** A drawn print for tests that need no real finger: concentric ridges with a few minutiae. */
import type { GrayImage } from '../../src/rules/gray-image.ts';

/** Circular ridges of the given period (pixels) about a centre left of the image; white outside an ellipse. */
export function drawnPrint({
  width = 320,
  height = 360,
  period = 9,
  centreX = 160,
  centreY = 180,
}: Partial<Record<'width' | 'height' | 'period' | 'centreX' | 'centreY', number>> = {}): GrayImage {
  const data = new Uint8Array(width * height).fill(250);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const inside = ((x - centreX) / (0.42 * width)) ** 2 + ((y - centreY) / (0.45 * height)) ** 2 < 1;
      if (!inside) continue;
      // Dislocations: going round one of these points adds a ridge, which is what a minutia is.
      let phase = (2 * Math.PI * Math.hypot(x - centreX, y - centreY - 150)) / period;
      for (const [dx, dy, sign] of DISLOCATIONS)
        phase += sign * Math.atan2(y - centreY - dy, x - centreX - dx);
      data[y * width + x] = Math.round(130 + 90 * Math.cos(phase));
    }
  return { width, height, dpi: 500, data };
}

export const DISLOCATIONS: readonly (readonly [dx: number, dy: number, sign: 1 | -1])[] = [
  [-60, -40, 1],
  [30, -80, -1],
  [70, 10, 1],
  [-20, 40, -1],
  [10, -10, 1],
  [-75, 50, -1],
  [55, 75, 1],
  [-15, -100, -1],
];
