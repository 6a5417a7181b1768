import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeIrisImages,
  encodeIrisImages,
  type IrisImageRepresentation,
  isIrisImageRecord,
} from '../../../src/biometrics/records/iris-image.ts';
import { irisImage } from './arbitraries.ts';
import { expectValueOrRefused, expectWholeOrRefused } from './spoilt.ts';

const SAMPLES = '../shared/data/iso-records/19794-6_2011';
const refused = { ok: false, failure: { code: 'IRIS-IMAGE-RECORD-INVALID' } };

const record = fc.array(irisImage, { minLength: 1, maxLength: 3 });

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

const golden: IrisImageRepresentation = {
  time: { year: 2026, month: 11, day: 24, hour: 8, minute: 5, second: 59, millisecond: 250 },
  device: { technology: 1, vendor: 0x0102, type: 0x0304 },
  qualities: [{ score: 80, vendor: 15, algorithm: 7 }],
  number: 1,
  eye: 'left',
  kind: 'cropped',
  format: 'raw',
  horizontal: 'base',
  vertical: 'flipped',
  compressionHistory: 'lossless-or-none',
  width: 3,
  height: 2,
  depth: 8,
  range: 450,
  roll: { angle: 182, uncertainty: 364 },
  centreX: { smallest: 1, largest: 2 },
  centreY: { smallest: 3, largest: 4 },
  diameter: { smallest: 5, largest: 6 },
  image: Uint8Array.of(1, 2, 3, 4, 5, 6),
};
const goldenBytes = bytesOf(`
  49495200 30323000 0000004f 0001 00 01
  0000003f 07ea0b1808053b00fa 01 0102 0304 01 50000f0007
  0001 02 03 02 49 0003 0002 08 01c2 00b6 016c 0001 0002 0003 0004 0005 0006 00000006 010203040506`);

describe('19794-6:2011 records', () => {
  test('golden bytes', () => {
    expect(encodeIrisImages([golden])).toEqual(goldenBytes);
    expect(decodeIrisImages(goldenBytes)).toEqual({ ok: true, value: [golden] });
    expect(isIrisImageRecord(goldenBytes)).toBe(true);
    expect(isIrisImageRecord(bytesOf('46495200'))).toBe(false);
  });

  test('the header counts the eyes, not the representations', () => {
    const eyesOf = (...eyes: IrisImageRepresentation['eye'][]) => [
      ...encodeIrisImages(eyes.map((eye) => ({ ...golden, eye }))).subarray(12, 16),
    ];
    expect(eyesOf('left', 'left')).toEqual([0, 2, 0, 1]);
    expect(eyesOf('left', 'right')).toEqual([0, 2, 0, 2]);
    expect(eyesOf('unknown')).toEqual([0, 1, 0, 1]);
    expect(eyesOf('unknown', 'unknown')).toEqual([0, 2, 0, 0]);
  });

  test('what was written is read again', () => {
    fc.assert(
      fc.property(record, (representations) => {
        expect(decodeIrisImages(encodeIrisImages(representations))).toEqual({
          ok: true,
          value: representations,
        });
      }),
    );
  });

  test('a torn record is refused at whatever byte it is torn; bytes after it are ignored', () => {
    expectWholeOrRefused(record, encodeIrisImages, decodeIrisImages, refused);
  });

  test('unknown codes, versions, and lengths that lie are refused', () => {
    const image = 16 + 4 + 15 + 5;
    const codes = { eye: 2, kind: 3, format: 4, properties: 5, length: 32 };
    for (const [place, value] of [
      [5, 0x31],
      [8, 1],
      [13, 2],
      [14, 1],
      [19, 1],
      [34, 12],
      [image + codes.eye, 3],
      [image + codes.kind, 4],
      [image + codes.format, 3],
      [image + codes.properties, 0x03],
      [image + codes.properties, 0x0c],
      [image + codes.properties, 0xc0],
      [image + codes.length, 5],
      [image + codes.length, 7],
    ] as const)
      expect(decodeIrisImages(goldenBytes.with(place, value)), `byte ${place}`).toMatchObject(refused);
    const certified = decodeIrisImages(goldenBytes.with(14, 1));
    expect(certified).toMatchObject({ failure: { detail: expect.stringContaining('certifications') } });
  });

  test('hostile bytes give a value or a code, never an exception', () => {
    expectValueOrRefused(goldenBytes, decodeIrisImages, refused);
  });

  test('no representation is a bug of the caller', () => {
    expect(() => encodeIrisImages([])).toThrow(RangeError);
  });
});

describe.skipIf(!existsSync(SAMPLES))('19794-6 samples (skipped where ../shared/data is absent)', () => {
  test('every one of MOSIP is read, and written again byte for byte', () => {
    const names = readdirSync(SAMPLES).filter((name) => name.startsWith('mosip'));
    expect(names.length).toBe(5);
    for (const name of names) {
      const bytes = Uint8Array.from(readFileSync(`${SAMPLES}/${name}`));
      const decoded = decodeIrisImages(bytes);
      if (!decoded.ok) throw new Error(`${name}: ${decoded.failure.detail}`);
      expect(Buffer.compare(encodeIrisImages(decoded.value), bytes), name).toBe(0);
    }
  });

  test('one of them in full', () => {
    const decoded = decodeIrisImages(readFileSync(`${SAMPLES}/mosip_reg_Left_Iris.iso`));
    expect(decoded).toMatchObject({
      value: [
        {
          time: { year: 2022, month: 12, day: 22, hour: 14, minute: 38, second: 22, millisecond: 994 },
          qualities: [{ score: 96, vendor: 0, algorithm: 0 }],
          number: 1,
          eye: 'left',
          kind: 'cropped',
          format: 'jpeg2000',
          horizontal: 'unknown',
          compressionHistory: 'lossless-or-none',
          width: 417,
          height: 313,
          depth: 8,
          roll: null,
        },
      ],
    });
  });

  // Its representation is written five bytes shorter than it is, as if it had one quality block and not two.
  test("NIST's is refused for a length that lies, and read once it is put right", () => {
    const bytes = Uint8Array.from(readFileSync(`${SAMPLES}/nist_biomdi_iris01.iso2011`));
    expect(decodeIrisImages(bytes)).toMatchObject(refused);
    const right = decodeIrisImages(bytes.with(19, bytes[19]! + 5));
    expect(right).toMatchObject({
      value: [{ eye: 'left', kind: 'uncropped', format: 'png', vertical: 'base', width: 76, depth: 24 }],
    });
  });
});
