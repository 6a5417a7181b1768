/** The proof's reader against the codecs, which it knows nothing of, and against other makers' records. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFaceImages } from '../../../src/biometrics/records/face-image.ts';
import { encodeFingerImages } from '../../../src/biometrics/records/finger-image.ts';
import { encodeIrisImages } from '../../../src/biometrics/records/iris-image.ts';
import { encodeSignatures } from '../../../src/biometrics/records/signature-data.ts';
import { readPlainly } from '../../../src/biometrics/samples/plain-reader.ts';
import { faceImage, fingerImage, irisImage, signatureData } from '../records/arbitraries.ts';

const EYES = ['unknown', 'right', 'left'];
const COMPRESSIONS = ['raw', 'packed', 'wsq', 'jpeg', 'jpeg2000-lossy', 'jpeg2000-lossless', 'png'];
const IRIS_FORMATS = { raw: 2, jpeg: 6, jpeg2000: 10, png: 14 };
const FACE_FORMATS = ['jpeg', 'jpeg2000-lossy', 'jpeg2000-lossless', 'png'];

describe('what the codecs write is read', () => {
  test('fingers', () => {
    fc.assert(
      fc.property(fingerImage, (finger) => {
        const { position: place, unit, imageRate, width, height, compression, image } = finger;
        const dpi = unit === 'inch' ? imageRate.x : Math.round(imageRate.x * 2.54);
        const format = COMPRESSIONS.indexOf(compression);
        const value = { part: 'finger', place, width, height, dpi, format, image };
        expect(readPlainly(encodeFingerImages([finger]))).toEqual({ ok: true, value });
      }),
    );
  });

  test('irises', () => {
    fc.assert(
      fc.property(irisImage, (iris) => {
        const { eye, width, height, image } = iris;
        const format = IRIS_FORMATS[iris.format];
        const value = { part: 'iris', place: EYES.indexOf(eye), width, height, dpi: 0, format, image };
        expect(readPlainly(encodeIrisImages([iris]))).toEqual({ ok: true, value });
      }),
    );
  });

  test('faces', () => {
    fc.assert(
      fc.property(faceImage, (face) => {
        const { width, height, image } = face;
        const format = FACE_FORMATS.indexOf(face.format);
        const value = { part: 'face', place: 0, width, height, dpi: 0, format, image };
        const record = encodeFaceImages({ temporalSemantics: 0, representations: [face] });
        expect(readPlainly(record)).toEqual({ ok: true, value });
      }),
    );
  });

  test('signatures', () => {
    fc.assert(
      fc.property(signatureData, (signature) => {
        const state = signature.channels.find(({ name }) => name === 's');
        const down = state?.values.filter((value) => value !== 0).length ?? 0;
        const value = { part: 'signature', samples: signature.channels[0]!.values.length, down };
        expect(readPlainly(encodeSignatures([signature]))).toEqual({ ok: true, value });
      }),
    );
  });
});

test('bytes that are torn, or made up, are refused or read, never thrown about', () => {
  fc.assert(
    fc.property(fingerImage, fc.nat(), fc.uint8Array({ maxLength: 80 }), (finger, where, noise) => {
      const record = encodeFingerImages([finger]);
      const torn = record.subarray(0, where % record.length);
      expect(readPlainly(torn)).toMatchObject({ failure: { code: 'SAMPLE-UNREADABLE' } });
      const spoilt = Uint8Array.from([...record.subarray(0, 15), ...noise]);
      for (const bytes of [noise, spoilt]) {
        const read = readPlainly(bytes);
        if (!read.ok) expect(read.failure.code).toBe('SAMPLE-UNREADABLE');
      }
    }),
  );
});

const SAMPLES = '../shared/data/iso-records';
const files = ['19794-4_2011', '19794-5_2011', '19794-6_2011'].flatMap((part) =>
  existsSync(`${SAMPLES}/${part}`)
    ? readdirSync(`${SAMPLES}/${part}`)
        .filter((name) => name.endsWith('.iso') && !name.includes('wsq'))
        .map((name) => `${SAMPLES}/${part}/${name}`)
    : [],
);
test.skipIf(files.length === 0)(
  "other makers' records: where their JPEG 2000 files are (skipped where ../shared/data is absent)",
  () => {
    for (const file of files) {
      const read = readPlainly(readFileSync(file));
      if (!read.ok || read.value.part === 'signature') throw new Error(file);
      const { image, width, height } = read.value;
      // The image header box of a JP2 file: height, then width.
      const header = Buffer.from(image).indexOf('ihdr') + 4;
      expect(header, file).toBeGreaterThan(4);
      const view = new DataView(image.buffer, image.byteOffset);
      expect([view.getUint32(header + 4), view.getUint32(header)], file).toEqual([width, height]);
    }
  },
);
