/**
 * Cuts the stream that ffmpeg's `pgm` and `ppm` encoders write into pictures (binary PNM: `P5` grey or `P6` RGB,
 * width, height, 255, then the pixels). Each picture tells its own size, so one that is not as it was ordered is
 * noticed instead of being cut askew.
 */
import { fail, ok, type Result } from '../../failures/failure.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Row by row from the top left; 1 byte a pixel (grey) or 3 (RGB), as ordered. */
  readonly data: Uint8Array;
}

export interface PictureShape {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** `P6`, two numbers of at most five digits, 255, each followed by one white space. */
const LONGEST_HEADER = 19;
const HEADER = /^P([56])\s(\d{1,5})\s(\d{1,5})\s255\s/;

export class PnmFrames {
  readonly #shape: PictureShape;
  /** What has come of a header. */
  #header = Buffer.alloc(0);
  /** What has come of the pixels. */
  #pixels: Buffer | null = null;
  #filled = 0;

  /** Holds at most one picture of this shape. */
  constructor(shape: PictureShape) {
    this.#shape = shape;
  }

  /**
   * The next bytes, in any pieces. A program's pipe loses nothing, so there is nothing to find back to.
   * @returns the pictures that are complete; CAMERA-FORMAT: of another shape or not PNM, and so it stays
   */
  push(bytes: Uint8Array): Result<Picture[]> {
    const pictures: Picture[] = [];
    let rest = bytes;
    while (rest.length > 0) {
      if (!this.#pixels) {
        const begun = this.#readHeader(rest);
        if (!begun.ok) return begun;
        rest = begun.value;
        continue;
      }
      const taken = rest.subarray(0, this.#pixels.length - this.#filled);
      this.#pixels.set(taken, this.#filled);
      this.#filled += taken.length;
      rest = rest.subarray(taken.length);
      if (this.#filled < this.#pixels.length) break;
      pictures.push({ width: this.#shape.width, height: this.#shape.height, data: this.#pixels });
      this.#pixels = null;
    }
    return ok(pictures);
  }

  /** @returns what follows the header, nothing while it is incomplete */
  #readHeader(bytes: Uint8Array): Result<Uint8Array> {
    const known = this.#header.length;
    const seen = Buffer.concat([this.#header, bytes.subarray(0, LONGEST_HEADER - known)]);
    const [header, kind, width, height] = HEADER.exec(seen.toString('latin1')) ?? [];
    if (header === undefined) {
      if (seen.length === LONGEST_HEADER) return fail('CAMERA-FORMAT', 'no picture where one should begin');
      this.#header = seen;
      return ok(new Uint8Array());
    }
    const { channels, ...wanted } = this.#shape;
    if (
      kind !== (channels === 1 ? '5' : '6') ||
      Number(width) !== wanted.width ||
      Number(height) !== wanted.height
    )
      return fail(
        'CAMERA-FORMAT',
        `P${kind} of ${width} × ${height} instead of ${wanted.width} × ${wanted.height}`,
      );
    this.#header = Buffer.alloc(0);
    this.#pixels = Buffer.allocUnsafeSlow(wanted.width * wanted.height * channels);
    this.#filled = 0;
    return ok(bytes.subarray(header.length - known));
  }
}
