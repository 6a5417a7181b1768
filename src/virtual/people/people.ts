/**
 * The virtual people of the bench: who they are, what is on their chip, and the fingers they press on the sensor.
 * Seeded: the same five people with the same fingers on every machine.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { extract } from '../../biometrics/fingerprint/extract.ts';
import { encodeFingerMinutiae } from '../../biometrics/records/finger-minutiae.ts';
import type { Biodata } from '../../rules/biodata.ts';
import { type FingerPosition, LEFT_INDEX, RIGHT_INDEX } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import { kept } from './cache.ts';
import { growPersonFinger } from './person-finger.ts';
import { drawPortrait } from './portrait.ts';
import { Random } from './random.ts';
import { type Resident, residents } from './residents.ts';
import { sign } from './signature.ts';

export interface Person {
  /** Short name for commands and files, e.g. `endah`. */
  readonly id: string;
  /** For a list, e.g. `Karto Padi Sentosa, born 1951, farmer (worn, dry fingers)`. */
  readonly label: string;
  readonly biodata: Biodata;
  /** JPEG, 150 × 200, at most 3.5 KB. */
  readonly photo: Uint8Array;
  /** 168 × 44 bits, raw DEFLATE (signature.ts), at most 400 bytes. */
  readonly signature: Uint8Array;
  /** Right and left index finger, in the order of the chip's two minutiae files. */
  readonly fingers: readonly PersonFinger[];
}

export interface PersonFinger {
  readonly position: FingerPosition;
  /** Three touches of 320 × 400 pixels at 500 dpi; the first is the one that was recorded. */
  readonly impressions: readonly GrayImage[];
  /** ISO/IEC 19794-2:2005 finger minutiae record of the first impression. */
  readonly record: Uint8Array;
}

const IMPRESSIONS = 3;

/** @param options.cacheDir Where the fingers, which take about 3 s to make, are kept from one start to the next. */
export async function people(options: { cacheDir?: string } = {}): Promise<readonly Person[]> {
  const makeAll = async () => residents.map((resident) => makeFingers(resident));
  const fingers = options.cacheDir
    ? await kept(options.cacheDir, 'fingers', codeOfFingers, makeAll)
    : await makeAll();
  return Promise.all(
    residents.map(async (resident, i) => ({
      id: resident.id,
      label: resident.label,
      biodata: resident.biodata,
      photo: await drawPortrait(resident),
      signature: await sign(new Random(`${resident.id}/signature`)),
      fingers: fingers[i]!,
    })),
  );
}

const codeOfFingers = [import.meta.dirname, join(import.meta.dirname, '../../biometrics')];

function makeFingers(resident: Resident): PersonFinger[] {
  return [RIGHT_INDEX, LEFT_INDEX].map((position) => {
    const press = growPersonFinger(resident, position);
    const impressions = Array.from({ length: IMPRESSIONS }, (_, i) => press(i + 1));
    const template = { ...extract(impressions[0]!).template, position };
    return { position, impressions, record: encodeFingerMinutiae([template]) };
  });
}

/** Writes `⟨person⟩-⟨right|left⟩-index_⟨1…3⟩.png`, 8-bit grey at 500 dpi, for commands that take a finger from a file. */
export async function writeImpressions(folder: string, everybody: readonly Person[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const person of everybody) {
    for (const { position, impressions } of person.fingers) {
      const side = position === RIGHT_INDEX ? 'right' : 'left';
      for (const [i, { width, height, data }] of impressions.entries()) {
        await sharp(data, { raw: { width, height, channels: 1 } })
          .toColourspace('b-w')
          .png()
          .toFile(join(folder, `${person.id}-${side}-index_${i + 1}.png`));
      }
    }
  }
}
