import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeFingerImages } from '../../src/biometrics/records/finger-image.ts';
import {
  compressFingerImage,
  type WrittenCompression,
} from '../../src/biometrics/records/finger-image-pixels.ts';
import { decodeFingerMinutiae } from '../../src/biometrics/records/finger-minutiae.ts';
import { fingerprintExtract, fingerprintMatch } from '../../src/cli/fingerprint-commands.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import { dislocations, drawnPrint } from '../biometrics/prints.ts';

const folder = mkdtempSync(join(tmpdir(), 'anjungan-finger-'));
afterAll(() => rmSync(folder, { recursive: true }));
const inFolder = (name: string) => join(folder, name);

const PICTURES = ['png', 'wsq', 'jp2', '19794-4'] as const;
const LEFT_INDEX = 7;

async function imageRecord({ width, height, data }: GrayImage): Promise<Uint8Array> {
  const representation = {
    time: null,
    device: { technology: 0, vendor: 0, type: 0 },
    qualities: [],
    certifications: [],
    position: LEFT_INDEX,
    number: 0,
    unit: 'inch',
    scanRate: { x: 500, y: 500 },
    imageRate: { x: 500, y: 500 },
    depth: 8,
    impression: 0,
    extended: new Uint8Array(0),
  } as const;
  return encodeFingerImages([{ ...representation, compression: 'raw', width, height, image: data }]);
}

const answered = async (asked: ReturnType<typeof fingerprintMatch>) => {
  const result = await asked;
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.detail}`);
  return result.value;
};
/** Of a minutiae record. */
const templateIn = (name: string) => {
  const read = decodeFingerMinutiae(readFileSync(inFolder(name)));
  if (!read.ok) throw new Error(read.failure.detail);
  return read.value[0]!;
};

beforeAll(async () => {
  const finger = drawnPrint();
  const write = async (name: string, compression: WrittenCompression) =>
    writeFileSync(inFolder(name), await compressFingerImage(finger, compression));
  await write('finger.png', 'png');
  await write('finger.wsq', 'wsq');
  await write('finger.jp2', 'jpeg2000-lossless');
  writeFileSync(inFolder('finger.19794-4'), await imageRecord(finger));
  const stranger = drawnPrint({ dislocations: dislocations(7) });
  writeFileSync(inFolder('stranger.png'), await compressFingerImage(stranger, 'png'));
  for (const name of ['finger', 'stranger'])
    await answered(fingerprintExtract(inFolder(`${name}.png`), inFolder(`${name}.19794-2`)));
});

describe('fingerprint extract', () => {
  test.each(PICTURES)('finds the minutiae of a picture: %s', async (form) => {
    const found = await answered(fingerprintExtract(inFolder(`finger.${form}`), inFolder('out.fmr')));
    const { quality, minutiae, position } = templateIn('out.fmr');
    expect(found).toEqual({ quality, reasons: [], minutiae: minutiae.length });
    expect(minutiae.length).toBeGreaterThan(25);
    expect(position).toBe(form === '19794-4' ? LEFT_INDEX : 0);
  });

  test('takes those of a minutiae record as they are: 19794-2', async () => {
    await answered(fingerprintExtract(inFolder('finger.19794-2'), inFolder('again.fmr')));
    expect(readFileSync(inFolder('again.fmr'))).toEqual(readFileSync(inFolder('finger.19794-2')));
  });

  test('says what it cannot read, and where it cannot write', async () => {
    writeFileSync(inFolder('letter.txt'), 'no finger');
    const code = async (from: string, to: string) => {
      const result = await fingerprintExtract(inFolder(from), inFolder(to));
      return result.ok ? 'written' : result.failure.code;
    };
    expect(await code('letter.txt', 'out.fmr')).toBe('FINGER-FILE-UNKNOWN');
    expect(await code('absent.png', 'out.fmr')).toBe('CONSOLE-FILE-UNREADABLE');
    expect(await code('finger.19794-2', 'absent/out.fmr')).toBe('CONSOLE-FILE-UNWRITABLE');
  });
});

describe('fingerprint match', () => {
  const forms = [...PICTURES, '19794-2'];
  test.each(forms)('tells the finger from another one: %s', async (form) => {
    const file = inFolder(`finger.${form}`);
    expect(await answered(fingerprintMatch(file, inFolder('finger.19794-2')))).toMatchObject({ match: true });
    expect(await answered(fingerprintMatch(file, inFolder('stranger.19794-2')))).toMatchObject({
      match: false,
    });
  });
});
