/** An image file in the place of the live finger sensor: `card verify --finger FILE`. */
import sharp from 'sharp';
import type { FingerSensor } from '../devices/fingerprint/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { GrayImage } from '../rules/gray-image.ts';

const DPI = 500;
/** No finger scanner gives more; a larger file is no fingerprint. */
const MAX_PIXELS = 4_000_000;

/** Reads a PNG (or another picture that sharp knows) as 8-bit grey at 500 dpi. */
export async function readGrayImage(file: string): Promise<Result<GrayImage>> {
  try {
    const { data, info } = await sharp(file, { limitInputPixels: MAX_PIXELS })
      .flatten({ background: 'white' })
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return ok({ width: info.width, height: info.height, dpi: DPI, data: new Uint8Array(data) });
  } catch (error) {
    return fail('CONSOLE-FILE-UNREADABLE', (error as Error).message);
  }
}

/** Yields the file's image once, as a one-shot sensor does. */
export function createFileSensor(file: string): FingerSensor {
  return {
    id: 'file',
    traits: { slap: false, live: false, enrolmentGrade: false, dpi: DPI },
    async *acquire() {
      const image = await readGrayImage(file);
      if (!image.ok) return image;
      yield { image: image.value };
      return ok();
    },
    check: async () => ok({ identity: file }),
    close: async () => {},
  };
}
