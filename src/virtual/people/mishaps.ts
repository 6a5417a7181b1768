/** What goes wrong at the glass beyond the touch itself, laid over impressions. Pure. */
import type { GrayImage } from '../../rules/gray-image.ts';

/** moved: the finger slides. dirty-glass: the last finger's print is there, too. left-behind: nothing but that is there. */
export const MISHAPS = ['moved', 'dirty-glass', 'left-behind'] as const;
export type Mishap = (typeof MISHAPS)[number];

/** Grey level of clean glass. */
const GLASS = 244;

/**
 * What stays on the glass when the finger is gone.
 * @param share how dark it is beside the print itself, 0–1; skin grease seen without a finger is at 0.1 to 0.3
 */
export function leftBehind(print: GrayImage, share: number): GrayImage {
  return { ...print, data: print.data.map((grey) => GLASS - share * Math.max(0, GLASS - grey)) };
}

/**
 * The next finger on that glass: both darken it.
 * @param latent of the same size
 */
export function onDirtyGlass(print: GrayImage, latent: GrayImage): GrayImage {
  return { ...print, data: print.data.map((grey, i) => (grey * latent.data[i]!) / GLASS) };
}

/** The finger slides along (dx, dy), pixels, while its picture is taken. */
export function smeared({ width, height, dpi, data }: GrayImage, dx: number, dy: number): GrayImage {
  const steps = Math.ceil(Math.hypot(dx, dy));
  const sums = new Float32Array(data.length);
  for (let step = 0; step <= steps; step++) {
    const shiftX = Math.round(dx * (step / Math.max(1, steps) - 0.5));
    const shiftY = Math.round(dy * (step / Math.max(1, steps) - 0.5));
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        // Glass comes in from outside the picture.
        const [fromX, fromY] = [x + shiftX, y + shiftY];
        const inside = fromX >= 0 && fromY >= 0 && fromX < width && fromY < height;
        sums[y * width + x]! += inside ? data[fromY * width + fromX]! : GLASS;
      }
  }
  return { width, height, dpi, data: Uint8Array.from(sums, (sum) => sum / (steps + 1)) };
}
