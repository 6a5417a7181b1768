import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeFaceImages,
  encodeFaceImages,
  type FaceImageRepresentation,
  isFaceImageRecord,
} from '../../../src/biometrics/records/face-image.ts';
import { faceImage } from './arbitraries.ts';
import { expectValueOrRefused, expectWholeOrRefused } from './spoilt.ts';

const SAMPLES = '../shared/data/iso-records/19794-5_2011';
const refused = { ok: false, failure: { code: 'FACE-IMAGE-RECORD-INVALID' } };
const record = fc.record({
  temporalSemantics: fc.nat(0xffff),
  representations: fc.array(faceImage, { minLength: 1, maxLength: 3 }),
});

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

const golden: FaceImageRepresentation = {
  time: { year: 2026, month: 11, day: 24, hour: 8, minute: 5, second: 59, millisecond: 250 },
  device: { technology: 5, vendor: 0x0102, type: 0x0304 },
  qualities: [{ score: 80, vendor: 15, algorithm: 7 }],
  landmarks: [{ type: 1, code: 0xc1, x: 100, y: 120, z: 0 }],
  gender: 2,
  eyeColour: 3,
  hairColour: 1,
  subjectHeight: 155,
  properties: 0x010203,
  expression: 0x0405,
  pose: [1, 2, 181],
  poseUncertainty: [1, 1, 1],
  kind: 'full-frontal',
  format: 'png',
  width: 240,
  height: 320,
  samplingRateLevel: 2,
  processing: 2,
  crossReference: 0,
  colourSpace: 'rgb-24',
  image: Uint8Array.of(1, 2, 3),
};
/** Laid out after 19794-5:2011 figure 2 and tables 2, 3, 16–21; the MOSIP samples confirm every place. */
const goldenBytes = bytesOf(`
  46414300 30333000 00000054 0001 00 0000
  00000043 07ea0b1808053b00fa 05 0102 0304 01 50000f0007
  0001 02 03 01 9b 010203 0405 0102b5 010101
  01 c1 0064 0078 0000
  01 03 00f0 0140 02 0002 00 01 00000003 010203`);

describe('19794-5:2011 records', () => {
  test('golden bytes', () => {
    expect(encodeFaceImages({ temporalSemantics: 0, representations: [golden] })).toEqual(goldenBytes);
    expect(decodeFaceImages(goldenBytes)).toEqual({
      ok: true,
      value: { temporalSemantics: 0, representations: [golden] },
    });
    expect(isFaceImageRecord(goldenBytes)).toBe(true);
    expect(isFaceImageRecord(goldenBytes.subarray(1))).toBe(false);
  });

  test('what was written is read again', () => {
    fc.assert(
      fc.property(record, (value) => {
        expect(decodeFaceImages(encodeFaceImages(value))).toEqual({ ok: true, value });
      }),
    );
  });

  test('a torn record is refused at whatever byte it is torn; bytes after it are ignored', () => {
    expectWholeOrRefused(record, encodeFaceImages, decodeFaceImages, refused);
  });

  test('unknown kinds (three-dimensional ones among them), formats and versions, and lengths that lie, are refused', () => {
    const at = {
      version: 5,
      total: 8,
      count: 13,
      certified: 14,
      length: 17,
      qualities: 35,
      landmarks: 41,
      kind: 66,
      format: 67,
      colourSpace: 76,
      image: 80,
    };
    expect([goldenBytes[at.kind], goldenBytes[at.format], goldenBytes[at.image]]).toEqual([1, 3, 3]);
    for (const [place, value] of [
      [at.version, 0x31],
      [at.total, 1],
      [at.count, 2],
      [at.certified, 1],
      [at.length, 1],
      [at.qualities, 14],
      [at.landmarks, 1],
      [at.landmarks + 1, 2],
      [at.kind, 4],
      [at.kind, 0x81],
      [at.format, 4],
      [at.colourSpace, 7],
      [at.image, 2],
      [at.image, 4],
    ] as const)
      expect(decodeFaceImages(goldenBytes.with(place, value)), `byte ${place}`).toMatchObject(refused);
    const certified = decodeFaceImages(goldenBytes.with(14, 1));
    expect(certified).toMatchObject({ failure: { detail: expect.stringContaining('certifications') } });
  });

  test('hostile bytes give a value or a code, never an exception', () => {
    expectValueOrRefused(goldenBytes, decodeFaceImages, refused);
  });

  test('no representation, or too many of anything, is a bug of the caller', () => {
    expect(() => encodeFaceImages({ temporalSemantics: 0, representations: [] })).toThrow(RangeError);
    const landmarks = Array(65_536).fill(golden.landmarks[0]);
    const many = { temporalSemantics: 0, representations: [{ ...golden, landmarks }] };
    expect(() => encodeFaceImages(many)).toThrow(RangeError);
  });
});

describe.skipIf(!existsSync(SAMPLES))('19794-5 samples (skipped where ../shared/data is absent)', () => {
  test('every one of MOSIP is read, and written again byte for byte', () => {
    const names = readdirSync(SAMPLES);
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      const bytes = Uint8Array.from(readFileSync(`${SAMPLES}/${name}`));
      const decoded = decodeFaceImages(bytes);
      if (!decoded.ok) throw new Error(`${name}: ${decoded.failure.detail}`);
      expect(Buffer.compare(encodeFaceImages(decoded.value), bytes), name).toBe(0);
    }
  });

  test('one of them in full', () => {
    const decoded = decodeFaceImages(readFileSync(`${SAMPLES}/mosip_reg_Face.iso`));
    expect(decoded).toMatchObject({
      value: {
        temporalSemantics: 0,
        representations: [
          {
            time: { year: 2022, month: 12, day: 28, hour: 13, minute: 41, second: 13, millisecond: 546 },
            device: { technology: 5, vendor: 0, type: 0 },
            qualities: [{ score: 80, vendor: 1, algorithm: 1 }],
            landmarks: [],
            gender: 255,
            kind: 'full-frontal',
            format: 'jpeg2000-lossless',
            width: 240,
            height: 320,
            samplingRateLevel: 0,
            processing: 1,
            colourSpace: 'rgb-24',
          },
        ],
      },
    });
  });
});
