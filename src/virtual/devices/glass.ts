/** The glass of a virtual fingerprint sensor: a finger may lie on it, and dirt. */
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';

/** What can be done to it, and `{"read": true}`: answers whether a finger is awaited. */
const glassAct = z.union([
  z.strictObject({ glass: z.enum(['clean', 'dirty']) }),
  z.strictObject({ read: z.literal(true) }),
]);

const WHITE = 255;
const SMEAR = 96;

export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
}

export class Glass {
  readonly #geometry: Geometry | undefined;
  #finger: { readonly image: GrayImage; readonly rests: boolean } | null = null;
  #dirty = false;

  /** @param geometry Of the sensor; without, what is laid is seen as it is. */
  constructor(geometry?: Geometry) {
    this.#geometry = geometry;
  }

  /** A finger for one scan; null lifts it. `rests`: for every scan until it is lifted. */
  lay(image: GrayImage | null, rests: boolean): void {
    this.#finger = image && { image, rests };
  }

  /** There is something to see. */
  get covered(): boolean {
    return this.#finger !== null || this.#dirty;
  }

  /** What the sensor sees; a finger that does not rest is lifted. null: nothing. */
  scan(): GrayImage | null {
    if (!this.covered) return null;
    const finger = this.#finger;
    if (finger && !finger.rests) this.#finger = null;
    const seen = finger?.image ?? blank(this.#geometry ?? { width: 64, height: 64, dpi: 500 });
    const image = this.#geometry ? onto(seen, this.#geometry) : seen;
    return this.#dirty ? smeared(image) : image;
  }

  act(act: unknown, awaitsFinger: boolean): Result<unknown> {
    const checked = glassAct.safeParse(act);
    if (!checked.success) return fail('BENCH-COMMAND-INVALID', 'a glass is clean or dirty');
    if ('read' in checked.data) return ok({ awaitsFinger });
    this.#dirty = checked.data.glass === 'dirty';
    return ok();
  }
}

function blank({ width, height, dpi }: Geometry): GrayImage {
  return { width, height, dpi, data: new Uint8Array(width * height).fill(WHITE) };
}

/** The image at the sensor's resolution, its middle on the middle of the glass; bilinear. */
function onto(image: GrayImage, geometry: Geometry): GrayImage {
  const { width, height, dpi } = geometry;
  const step = image.dpi / dpi;
  const seen = blank(geometry);
  const left = (image.width - width * step) / 2;
  const top = (image.height - height * step) / 2;
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= image.width || y >= image.height ? WHITE : image.data[y * image.width + x]!;
  for (let y = 0; y < height; y++) {
    const sy = top + y * step;
    const y0 = Math.floor(sy);
    for (let x = 0; x < width; x++) {
      const sx = left + x * step;
      const x0 = Math.floor(sx);
      const above = at(x0, y0) * (1 - sx + x0) + at(x0 + 1, y0) * (sx - x0);
      const below = at(x0, y0 + 1) * (1 - sx + x0) + at(x0 + 1, y0 + 1) * (sx - x0);
      seen.data[y * width + x] = Math.round(above * (1 - sy + y0) + below * (sy - y0));
    }
  }
  return seen;
}

/** A greasy band across the middle. */
function smeared(image: GrayImage): GrayImage {
  const { width, height } = image;
  const data = Uint8Array.from(image.data, (grey, i) => {
    const row = Math.floor(i / width);
    return row > height * 0.4 && row < height * 0.6 ? Math.min(grey, SMEAR) : grey;
  });
  return { ...image, data };
}
