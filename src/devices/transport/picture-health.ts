/** What a technician wants to know of a camera's picture, whatever stands before it. */
import type { Failure } from '../../failures/failure.ts';
import type { Picture } from './pnm-frames.ts';

export interface PictureHealth {
  /** Mean grey level, 0–255. */
  readonly brightness: number;
  /** Standard deviation of the grey levels. */
  readonly contrast: number;
  /**
   * Variance of the Laplacian, the usual figure for setting a focus: the higher the sharper, to be compared only
   * between pictures of the same scene.
   */
  readonly sharpness: number;
}

/** Below this mean nothing is seen; above the other nothing but light. */
const DARK = 24;
const BRIGHT = 245;
const FLAT = 8;
/** A picture with less contrast has too few edges to tell its focus by. */
const TELLING_CONTRAST = 12;
/** Share of the contrast that is left in the Laplacian of a generated scene: 0.06 and more sharp, 0.001 at a blur of 8 pixels. */
const UNSHARP_SHARE = 0.003;

/**
 * @param next Another picture of the same scene: then the sharpness is the covariance of both Laplacians, in which the
 *   sensor's noise, another in each picture, does not count.
 */
export function pictureHealth(picture: Picture, next: Picture = picture): PictureHealth {
  const first = halved(picture);
  const second = next === picture ? first : halved(next);
  const { width, height } = first;
  const levels = new Moments();
  const laplacians = new Moments();
  const laplacian = ({ data }: typeof first, i: number) =>
    data[i - 1]! + data[i + 1]! + data[i - width]! + data[i + width]! - 4 * data[i]!;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      levels.add(first.data[i]!, first.data[i]!);
      if (x > 0 && y > 0 && x < width - 1 && y < height - 1)
        laplacians.add(laplacian(first, i), laplacian(second, i));
    }
  return {
    brightness: levels.mean,
    contrast: Math.sqrt(levels.covariance),
    sharpness: laplacians.covariance,
  };
}

/** Nothing to be seen that could change: such a picture may repeat itself without the camera being stuck. */
export function isFlat({ contrast }: PictureHealth): boolean {
  return contrast < FLAT;
}

/** What somebody should see to. */
export function complaintAbout({ brightness, contrast, sharpness }: PictureHealth): Failure | undefined {
  const detail = `brightness ${brightness.toFixed(0)}, contrast ${contrast.toFixed(0)}, sharpness ${sharpness.toFixed(1)}`;
  if (brightness < DARK) return { code: 'CAMERA-DARK', detail };
  if (brightness > BRIGHT) return { code: 'CAMERA-BLINDED', detail };
  if (contrast > TELLING_CONTRAST && sharpness < UNSHARP_SHARE * contrast ** 2)
    return { code: 'CAMERA-UNSHARP', detail };
  return undefined;
}

/** Of pairs. */
class Moments {
  #n = 0;
  #first = 0;
  #second = 0;
  #products = 0;

  add(first: number, second: number): void {
    this.#n++;
    this.#first += first;
    this.#second += second;
    this.#products += first * second;
  }

  /** Of the first of each pair. */
  get mean(): number {
    return this.#n === 0 ? 0 : this.#first / this.#n;
  }

  get covariance(): number {
    if (this.#n === 0) return 0;
    return Math.max(0, this.#products / this.#n - (this.#first / this.#n) * (this.#second / this.#n));
  }
}

/** Grey levels at half the size: the mean of two by two pixels; of RGB the green, which is most of the brightness. */
function halved(picture: Picture) {
  const channels = picture.data.length / (picture.width * picture.height);
  const green = channels === 3 ? 1 : 0;
  const width = picture.width >> 1;
  const height = picture.height >> 1;
  const row = picture.width * channels;
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = 2 * y * row + 2 * x * channels + green;
      const { data: from } = picture;
      data[y * width + x] = (from[i]! + from[i + channels]! + from[i + row]! + from[i + row + channels]!) / 4;
    }
  return { width, height, data };
}
