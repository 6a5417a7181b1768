/** A stored print disguised as a new capture: the ways in which an image is spoilt before it is played again. */
import sharp from 'sharp';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import type { Random } from '../../src/virtual/people/random.ts';

const GLASS = 255;
/** Share of either side that a crop leaves. */
const CROP = 0.8;
const JPEG_QUALITY = 80;

export interface Disguise {
  /** Pixels. */
  readonly dx: number;
  readonly dy: number;
  /** Radians. */
  readonly turn: number;
  /** Standard deviation of Gaussian noise, grey levels. */
  readonly noise: number;
  /** Grey level v becomes contrast × (v − 128) + 128 + brightness. */
  readonly contrast: number;
  readonly brightness: number;
  readonly crop: boolean;
  readonly jpeg: boolean;
}

/** Anything up to ± 40 pixels, ± 30°, noise of 12 grey levels; every other one cropped, every other one a JPEG. */
export function throwDisguise(random: Random): Disguise {
  return {
    dx: random.between(-40, 40),
    dy: random.between(-40, 40),
    turn: random.between(-Math.PI / 6, Math.PI / 6),
    noise: random.between(0, 12),
    contrast: random.between(0.7, 1.3),
    brightness: random.between(-30, 30),
    crop: random.next() < 0.5,
    jpeg: random.next() < 0.5,
  };
}

/** Bilinear, on clean glass where the image does not reach. */
export async function disguised(image: GrayImage, disguise: Disguise, random: Random): Promise<GrayImage> {
  const { width, height, data } = image;
  const { dx, dy, turn, noise, contrast, brightness, crop, jpeg } = disguise;
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const left = crop ? width * (1 - CROP) * random.next() : 0;
  const top = crop ? height * (1 - CROP) * random.next() : 0;
  const right = crop ? left + width * CROP : width;
  const bottom = crop ? top + height * CROP : height;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const px = x - width / 2 - dx;
      const py = y - height / 2 - dy;
      const seen = x >= left && y >= top && x < right && y < bottom;
      const value = seen
        ? bilinear(image, cos * px + sin * py + width / 2, cos * py - sin * px + height / 2)
        : GLASS;
      const level = contrast * (value - 128) + 128 + brightness + noise * gaussian(random);
      out[y * width + x] = Math.max(0, Math.min(255, Math.round(level)));
    }
  return { ...image, data: jpeg ? await throughJpeg(out, width, height) : out };
}

function bilinear({ width, height, data }: GrayImage, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column < 0 || row < 0 || column >= width - 1 || row >= height - 1) return GLASS;
  const fx = x - column;
  const fy = y - row;
  const i = row * width + column;
  return (
    (data[i]! * (1 - fx) + data[i + 1]! * fx) * (1 - fy) +
    (data[i + width]! * (1 - fx) + data[i + width + 1]! * fx) * fy
  );
}

/** Box and Muller. */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

async function throughJpeg(pixels: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
  return Uint8Array.from(await sharp(jpeg).greyscale().raw().toBuffer());
}
