/** The extractor's filters are in pixels of 500 dpi; images of other resolutions are brought to it first. */
import type { GrayImage } from '../../rules/gray-image.ts';

export const DPI = 500;

/** The image at 500 dpi, bilinear; below 2 % difference the image itself. */
export function resample(image: GrayImage): GrayImage {
  const step = image.dpi / DPI;
  if (Math.abs(step - 1) < 0.02) return image;
  const source = step > 1.5 ? blur(image, step) : image.data;
  const width = Math.max(1, Math.round(image.width / step));
  const height = Math.max(1, Math.round(image.height / step));
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const sy = Math.min(image.height - 1, y * step);
    const y0 = Math.floor(sy);
    const fy = sy - y0;
    const upper = y0 * image.width;
    const lower = Math.min(image.height - 1, y0 + 1) * image.width;
    for (let x = 0; x < width; x++) {
      const sx = Math.min(image.width - 1, x * step);
      const x0 = Math.floor(sx);
      const x1 = Math.min(image.width - 1, x0 + 1);
      const fx = sx - x0;
      const above = source[upper + x0]! * (1 - fx) + source[upper + x1]! * fx;
      const below = source[lower + x0]! * (1 - fx) + source[lower + x1]! * fx;
      data[y * width + x] = Math.round(above * (1 - fy) + below * fy);
    }
  }
  return { width, height, dpi: DPI, data };
}

/** A box mean as wide as one output pixel, so that downscaling does not alias ridges. */
function blur(image: GrayImage, step: number): Uint8Array {
  const { width, height, data } = image;
  const radius = Math.floor(step / 2);
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let count = 0;
      for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++)
        for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
          sum += data[v * width + u]!;
          count++;
        }
      out[y * width + x] = Math.round(sum / count);
    }
  }
  return out;
}
