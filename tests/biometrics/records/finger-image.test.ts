import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeFingerImages,
  encodeFingerImages,
  type FingerImageRepresentation,
} from '../../../src/biometrics/records/finger-image.ts';
import { fingerImage } from './arbitraries.ts';
import { expectValueOrRefused, expectWholeOrRefused } from './spoilt.ts';

const SAMPLES = '../shared/data/iso-records/19794-4_2011';
const refused = { ok: false, failure: { code: 'FINGER-IMAGE-RECORD-INVALID' } };
const record = fc.array(fingerImage, { minLength: 1, maxLength: 3 });

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

const golden: FingerImageRepresentation = {
  time: { year: 2026, month: 11, day: 24, hour: 8, minute: 5, second: 59, millisecond: 250 },
  device: { technology: 3, vendor: 0x0102, type: 0x0304 },
  qualities: [{ score: 80, vendor: 15, algorithm: 7 }],
  certifications: [{ authority: 64, scheme: 2 }],
  position: 7,
  number: 0,
  unit: 'inch',
  scanRate: { x: 500, y: 500 },
  imageRate: { x: 500, y: 500 },
  depth: 8,
  compression: 'raw',
  impression: 0,
  width: 2,
  height: 3,
  image: Uint8Array.of(1, 2, 3, 4, 5, 6),
  extended: new Uint8Array(0),
};
const goldenBytes = bytesOf(`
  46495200 30323000 00000048 0001 01 01
  00000038 07ea0b1808053b00fa 03 0102 0304 01 50000f0007 01 004002
  07 00 01 01f4 01f4 01f4 01f4 08 00 00 0002 0003 00000006 010203040506`);

describe('19794-4:2011 records', () => {
  test('golden bytes', () => {
    expect(encodeFingerImages([golden])).toEqual(goldenBytes);
    expect(decodeFingerImages(goldenBytes)).toEqual({ ok: true, value: [golden] });
  });

  test('without certifications the record has no place for them; an unknown time is all ones', () => {
    const bare = encodeFingerImages([{ ...golden, certifications: [], time: null }]);
    expect(bare[14]).toBe(0);
    expect(bare.length).toBe(goldenBytes.length - 4);
    expect([...bare.subarray(20, 29)]).toEqual(Array(9).fill(0xff));
  });

  test('the header counts the positions, not the representations', () => {
    const twice = encodeFingerImages([golden, { ...golden, number: 1 }, { ...golden, position: 2 }]);
    expect([...twice.subarray(12, 16)]).toEqual([0, 3, 1, 2]);
  });

  test('what was written is read again', () => {
    fc.assert(
      fc.property(record, (representations) => {
        expect(decodeFingerImages(encodeFingerImages(representations))).toEqual({
          ok: true,
          value: representations,
        });
      }),
    );
  });

  test('a torn record is refused at whatever byte it is torn; bytes after it are ignored', () => {
    expectWholeOrRefused(record, encodeFingerImages, decodeFingerImages, refused);
  });

  test('unknown units, compressions, versions, and lengths that lie are refused', () => {
    const at = {
      version: 5,
      total: 8,
      count: 13,
      length: 16,
      qualities: 34,
      unit: 46,
      compression: 56,
      image: 62,
    };
    expect(goldenBytes[at.compression + 1]).toBe(golden.impression);
    for (const [place, value] of [
      [at.version, 0x31],
      [at.total, 1],
      [at.count, 2],
      [at.length, 1],
      [at.qualities, 12],
      [at.unit, 0],
      [at.unit, 3],
      [at.compression, 7],
      [at.image, 1],
    ] as const)
      expect(decodeFingerImages(goldenBytes.with(place, value)), `byte ${place}`).toMatchObject(refused);
  });

  test('hostile bytes give a value or a code, never an exception', () => {
    expectValueOrRefused(goldenBytes, decodeFingerImages, refused);
  });

  test('no representation, or too many qualities, is a bug of the caller', () => {
    expect(() => encodeFingerImages([])).toThrow(RangeError);
    const qualities = Array(256).fill(golden.qualities[0]);
    expect(() => encodeFingerImages([{ ...golden, qualities }])).toThrow(RangeError);
  });
});

describe.skipIf(!existsSync(SAMPLES))('19794-4 samples (skipped where ../shared/data is absent)', () => {
  test('every one of MOSIP is read, and written again byte for byte', () => {
    const names = readdirSync(SAMPLES);
    expect(names.length).toBeGreaterThan(30);
    for (const name of names) {
      const bytes = Uint8Array.from(readFileSync(`${SAMPLES}/${name}`));
      const decoded = decodeFingerImages(bytes);
      if (!decoded.ok) throw new Error(`${name}: ${decoded.failure.detail}`);
      expect(Buffer.compare(encodeFingerImages(decoded.value), bytes), name).toBe(0);
    }
  });

  test('one of them in full', () => {
    const decoded = decodeFingerImages(readFileSync(`${SAMPLES}/mosip_reg_Left_Index.iso`));
    expect(decoded).toMatchObject({
      value: [
        {
          time: { year: 2022, month: 12, day: 28, hour: 12, minute: 30, second: 15, millisecond: 976 },
          qualities: [{ score: 57, vendor: 64, algorithm: 15 }],
          certifications: [
            { authority: 64, scheme: 2 },
            { authority: 64, scheme: 2 },
          ],
          position: 7,
          unit: 'inch',
          imageRate: { x: 500, y: 500 },
          compression: 'jpeg2000-lossless',
          impression: 29,
          width: 280,
          height: 448,
        },
      ],
    });
  });
});
