import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { encodeFingerImages } from '../../../src/biometrics/records/finger-image.ts';
import { compressFingerImage } from '../../../src/biometrics/records/finger-image-pixels.ts';
import { encodeFingerMinutiae } from '../../../src/biometrics/records/finger-minutiae.ts';
import { readFinger } from '../../../src/biometrics/records/read-finger.ts';
import { inkedPrint } from '../wsq/files.ts';

const DATA = '../shared/data';
const print = inkedPrint(100, 90);
const template = { width: 100, height: 90, dpi: 500, position: 3, quality: 50, minutiae: [] } as const;

describe('a finger from any file', () => {
  test('pictures: PNG, JPEG 2000, WSQ', async () => {
    for (const compression of ['png', 'jpeg2000-lossless'] as const)
      expect(await readFinger(await compressFingerImage(print, compression))).toEqual({
        ok: true,
        value: { kind: 'image', image: print, position: 0 },
      });
    expect(await readFinger(await compressFingerImage(print, 'wsq'))).toMatchObject({
      value: { kind: 'image', image: { width: 100, height: 90, dpi: 500 } },
    });
  });

  test('pictures in colour or with transparency become grey on white', async () => {
    const pixels = Uint8Array.from([...[0, 0, 0, 255], ...[0, 0, 0, 0], ...[255, 255, 255, 255]]);
    const png = await sharp(pixels, { raw: { width: 3, height: 1, channels: 4 } })
      .png()
      .toBuffer();
    expect(await readFinger(png)).toMatchObject({ value: { image: { data: Uint8Array.of(0, 255, 255) } } });
  });

  test('records: minutiae, and an image with its position', async () => {
    expect(await readFinger(encodeFingerMinutiae([template]))).toMatchObject({
      value: { kind: 'template', template: { position: 3 } },
    });
    const representation = {
      time: null,
      device: { technology: 0, vendor: 0, type: 0 },
      qualities: [],
      certifications: [],
      number: 0,
      unit: 'inch',
      scanRate: { x: 1000, y: 1000 },
      imageRate: { x: 1000, y: 1000 },
      depth: 8,
      compression: 'raw',
      impression: 0,
      width: 100,
      height: 90,
      image: print.data,
      extended: new Uint8Array(0),
    } as const;
    expect(await readFinger(encodeFingerImages([{ ...representation, position: 8 }]))).toEqual({
      ok: true,
      value: { kind: 'image', image: { ...print, dpi: 1000 }, position: 8 },
    });
    // A slap is no single finger.
    expect(await readFinger(encodeFingerImages([{ ...representation, position: 13 }]))).toMatchObject({
      value: { position: 0 },
    });
  });

  test('records without a finger, records of other years and unknown files have their codes', async () => {
    const code = async (bytes: Uint8Array) => {
      const read = await readFinger(bytes);
      return read.ok ? read.value.kind : read.failure.code;
    };
    const empty = (start: string, rest: readonly number[]) =>
      Uint8Array.from([...Buffer.from(start, 'latin1'), ...rest]);
    expect(await code(empty('FMR\0 20\0', [0, 0, 0, 24, ...Array(6).fill(0), 0, 197, 0, 197, 0, 0]))).toBe(
      'FINGER-RECORD-INVALID',
    );
    expect(await code(empty('FMR\x00030\0', [0, 0, 0, 15, 0, 0, 0]))).toBe('FINGER-RECORD-INVALID');
    expect(await code(empty('FIR\x00020\0', [0, 0, 0, 16, 0, 0, 0, 0]))).toBe('FINGER-IMAGE-RECORD-INVALID');
    expect(await code(empty('FIR\x00010\0', Array(40).fill(0)))).toBe('FINGER-IMAGE-RECORD-INVALID');
    expect(await code(new Uint8Array(0))).toBe('FINGER-FILE-UNKNOWN');
    // Other kinds of picture are not handed to a reader that would try them all.
    expect(await code(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))).toBe(
      'FINGER-FILE-UNKNOWN',
    );
  });

  test('a picture of more than 4 megapixels is refused', async () => {
    const huge = await sharp({ create: { width: 2001, height: 2000, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    expect(await readFinger(huge)).toMatchObject({ failure: { code: 'FINGER-IMAGE-UNSUPPORTED' } });
  });

  test('any bytes give a finger or a code', async () => {
    const magics = [
      'FMR\0 20\0',
      'FMR\x00030\0',
      'FIR\x00020\0',
      '\xff\xa0',
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff',
    ];
    magics.push('\xff\x4f\xff\x51', '\0\0\0\x0cjP  \r\n\x87\n', '');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...magics),
        fc.uint8Array({ maxLength: 150 }),
        async (magic, noise) => {
          const read = await readFinger(Uint8Array.from([...Buffer.from(magic, 'latin1'), ...noise]));
          if (!read.ok) expect(read.failure.code).toMatch(/^FINGER-/);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe.skipIf(!existsSync(DATA))('samples (skipped where ../shared/data is absent)', () => {
  test('every finger in the data is read', async () => {
    const folders = ['iso-records/19794-4_2011', 'fingerprint/sourceafis-test'];
    const files = folders.flatMap((folder) =>
      readdirSync(`${DATA}/${folder}`).map((name) => `${folder}/${name}`),
    );
    for (const file of files.filter((name) => !name.includes('gray-'))) {
      const read = await readFinger(readFileSync(`${DATA}/${file}`));
      expect(read.ok ? 'read' : read.failure, file).toBe('read');
    }
  });

  test('torn records are refused', async () => {
    const folder = `${DATA}/iso-records/19794-2`;
    for (const name of readdirSync(folder).filter((file) => file.includes('invalid')))
      expect(await readFinger(readFileSync(`${folder}/${name}`)), name).toMatchObject({
        failure: { code: 'FINGER-RECORD-INVALID' },
      });
  });
});
