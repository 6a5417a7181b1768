import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  decodeIrisImages,
  type IrisImageRepresentation,
} from '../../../src/biometrics/records/iris-image.ts';
import { compressIrisImage, openIrisImage } from '../../../src/biometrics/records/iris-image-pixels.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import { irisImage } from './arbitraries.ts';

const SAMPLES = '../shared/data/iso-records/19794-6_2011';

const picture: GrayImage = {
  width: 41,
  height: 30,
  dpi: 0,
  data: Uint8Array.from({ length: 41 * 30 }, (_, i) => (i * 7 + (i % 41) ** 2) & 0xff),
};

function recordOf(
  image: Uint8Array,
  format: IrisImageRepresentation['format'],
  changes: Partial<IrisImageRepresentation> = {},
): IrisImageRepresentation {
  const any = fc.sample(irisImage, { numRuns: 1, seed: 1 })[0]!;
  return { ...any, width: picture.width, height: picture.height, depth: 8, format, image, ...changes };
}

describe('images of 19794-6 records', () => {
  test.each(['raw', 'png', 'jpeg2000'] as const)('%s comes back pixel for pixel', async (format) => {
    const opened = await openIrisImage(recordOf(await compressIrisImage(picture, format), format));
    expect(opened).toEqual({ ok: true, value: picture });
  });

  test('JPEG is opened too', async () => {
    const { width, height, data } = picture;
    const jpeg = await sharp(data, { raw: { width, height, channels: 1 } })
      .jpeg()
      .toBuffer();
    expect(await openIrisImage(recordOf(Uint8Array.from(jpeg), 'jpeg'))).toMatchObject({ value: { width } });
  });

  test('another size, another format, or a torn image is told', async () => {
    const png = await compressIrisImage(picture, 'png');
    for (const record of [
      recordOf(png, 'png', { width: picture.width + 1 }),
      recordOf(png, 'jpeg2000'),
      recordOf(png.subarray(0, 40), 'png'),
      recordOf((await compressIrisImage(picture, 'jpeg2000')).subarray(0, 90), 'jpeg2000'),
      recordOf(picture.data.subarray(1), 'raw'),
      recordOf(new Uint8Array(0), 'raw', { width: 0 }),
    ])
      expect(await openIrisImage(record)).toMatchObject({ failure: { code: 'IRIS-IMAGE-UNREADABLE' } });
  });

  test('other depths and more than 4 million pixels are refused before anything is opened', async () => {
    for (const changes of [{ depth: 16 }, { width: 4001, height: 1000 }])
      expect(await openIrisImage(recordOf(picture.data, 'raw', changes))).toMatchObject({
        failure: { code: 'IRIS-IMAGE-UNSUPPORTED' },
      });
  });

  test.skipIf(!existsSync(SAMPLES))(
    "MOSIP's are opened (skipped where ../shared/data is absent)",
    async () => {
      for (const name of ['reg_Left', 'reg_Right', 'auth_Left', 'auth_Right']) {
        const record = decodeIrisImages(readFileSync(`${SAMPLES}/mosip_${name}_Iris.iso`));
        if (!record.ok) throw new Error(record.failure.detail);
        expect(await openIrisImage(record.value[0]!)).toMatchObject({ ok: true });
      }
    },
  );
});
