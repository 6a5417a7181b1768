/** An image file in the place of the live finger sensor: `card verify --finger FILE`. */
import { readFile } from 'node:fs/promises';
import { type FingerFile, readFinger } from '../biometrics/records/read-finger.ts';
import type { FingerSensor } from '../devices/fingerprint/port.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { GrayImage } from '../rules/gray-image.ts';

/** Of a file that tells no resolution. */
const DPI = 500;

/** Reads a picture of a finger (PNG, JPEG, JPEG 2000, WSQ, ISO/IEC 19794-4) or a minutiae record (19794-2). */
export async function readFingerFile(file: string): Promise<Result<FingerFile>> {
  try {
    return await readFinger(await readFile(file));
  } catch (error) {
    return fail('CONSOLE-FILE-UNREADABLE', (error as Error).message);
  }
}

/** Reads a picture of a finger; a minutiae record is none. */
async function readGrayImage(file: string): Promise<Result<GrayImage>> {
  const finger = await readFingerFile(file);
  if (!finger.ok) return finger;
  return finger.value.kind === 'image' ? ok(finger.value.image) : fail('CONSOLE-FILE-NO-PICTURE');
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
