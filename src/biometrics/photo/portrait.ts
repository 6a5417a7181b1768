/** The photo itself: cut out of the camera's picture, brought to its size, compressed to what it may cost. */
import sharp from 'sharp';
import type { RgbImage } from '../../rules/rgb-image.ts';
import type { Region } from './sharpness.ts';

export interface PortraitSize {
  /** Pixels; 3 by 4, as the region is. */
  readonly width: number;
  readonly height: number;
  /** Bytes. */
  readonly most: number;
}

/** What is sent to the centre. */
export const PORTRAIT: PortraitSize = { width: 480, height: 640, most: 40_000 };

const BEST = 92;
/** Worse than this is not worth keeping. */
const WORST = 20;

/** @returns the best JPEG that is not longer than `size.most`; null: even the worst one is */
export async function cutPortrait(
  image: RgbImage,
  region: Region,
  size: PortraitSize = PORTRAIT,
): Promise<Uint8Array | null> {
  const { width, height, data } = image;
  const cut = {
    left: Math.floor(region.left),
    top: Math.floor(region.top),
    width: Math.min(Math.round(region.width), width - Math.floor(region.left)),
    height: Math.min(Math.round(region.height), height - Math.floor(region.top)),
  };
  const portrait = await sharp(data, { raw: { width, height, channels: 3 } })
    .extract(cut)
    .resize(size.width, size.height, { fit: 'fill' })
    .raw()
    .toBuffer();
  const compress = (quality: number) =>
    sharp(portrait, { raw: { width: size.width, height: size.height, channels: 3 } })
      .jpeg({ quality, mozjpeg: true })
      .toBuffer();
  let best: Uint8Array | null = null;
  let [low, high] = [WORST, BEST];
  while (low <= high) {
    const quality = (low + high) >> 1;
    const jpeg = await compress(quality);
    const fits = jpeg.length <= size.most;
    if (fits) best = new Uint8Array(jpeg);
    if (fits) low = quality + 1;
    else high = quality - 1;
  }
  return best;
}
