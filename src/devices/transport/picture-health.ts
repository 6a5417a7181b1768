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
   * between pictures of the same scene. Taken at half the size, where the sensor's noise counts little.
   */
  readonly sharpness: number;
}

/** Below this mean and this deviation nothing is seen; above the other mean nothing but light. */
const DARK = 24;
const BRIGHT = 245;
const FLAT = 8;
/** A picture with less contrast has too few edges to tell its focus by. */
const TELLING_CONTRAST = 25;
/** Share of the contrast that a lens in focus puts into the Laplacian: generated scenes give 0.02 and more. */
const UNSHARP_SHARE = 0.006;

export function pictureHealth(picture: Picture): PictureHealth {
  const { width, height, data } = halved(picture);
  const all = new Moments();
  const laplacian = new Moments();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      all.add(data[i]!);
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) continue;
      laplacian.add(data[i - 1]! + data[i + 1]! + data[i - width]! + data[i + width]! - 4 * data[i]!);
    }
  return { brightness: all.mean, contrast: Math.sqrt(all.variance), sharpness: laplacian.variance };
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

class Moments {
  #n = 0;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    this.#n++;
    this.#sum += value;
    this.#squares += value * value;
  }

  get mean(): number {
    return this.#n === 0 ? 0 : this.#sum / this.#n;
  }

  get variance(): number {
    return this.#n === 0 ? 0 : Math.max(0, this.#squares / this.#n - this.mean ** 2);
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
