import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  decodeFingerImages,
  type FingerImageRepresentation,
} from '../../../src/biometrics/records/finger-image.ts';
import {
  compressFingerImage,
  openFingerImage,
  type WrittenCompression,
} from '../../../src/biometrics/records/finger-image-pixels.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import { inkedPrint, psnr } from '../wsq/files.ts';

const SAMPLES = '../shared/data/iso-records/19794-4_2011';
const print = inkedPrint(120, 141);

function representationOf(
  { width, height }: GrayImage,
  compression: FingerImageRepresentation['compression'],
  image: Uint8Array,
): FingerImageRepresentation {
  return {
    time: null,
    device: { technology: 0, vendor: 0, type: 0 },
    qualities: [],
    certifications: [],
    position: 2,
    number: 0,
    unit: 'inch',
    scanRate: { x: 500, y: 500 },
    imageRate: { x: 500, y: 500 },
    depth: 8,
    compression,
    impression: 0,
    width,
    height,
    image,
    extended: new Uint8Array(0),
  };
}

async function codeOf(representation: FingerImageRepresentation): Promise<string> {
  const opened = await openFingerImage(representation);
  return opened.ok ? 'opened' : opened.failure.code;
}

/** Any image of a few pixels. */
const small: fc.Arbitrary<GrayImage> = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((data) => ({ width, height, dpi: 500, data: new Uint8Array(data) })),
  );

describe('images of 19794-4 records', () => {
  test.each(['raw', 'png', 'jpeg2000-lossless'] as const)(
    '%s: what was compressed is opened again without loss',
    async (compression) => {
      await fc.assert(
        fc.asyncProperty(small, async (image) => {
          const bytes = await compressFingerImage(image, compression);
          expect(await openFingerImage(representationOf(image, compression, bytes))).toEqual({
            ok: true,
            value: image,
          });
        }),
        { numRuns: 15 },
      );
    },
  );

  test('wsq: a print is opened again with little loss', async () => {
    const opened = await openFingerImage(
      representationOf(print, 'wsq', await compressFingerImage(print, 'wsq')),
    );
    if (!opened.ok) throw new Error(opened.failure.code);
    expect(psnr(opened.value.data, print.data)).toBeGreaterThan(30);
  });

  test('jpeg is read', async () => {
    const { width, height, data } = print;
    const jpeg = await sharp(data, { raw: { width, height, channels: 1 } })
      .jpeg({ quality: 95 })
      .toBuffer();
    const opened = await openFingerImage(representationOf(print, 'jpeg', jpeg));
    if (!opened.ok) throw new Error(opened.failure.code);
    expect(psnr(opened.value.data, data)).toBeGreaterThan(30);
  });

  test('the resolution is that of the record, also in centimetres', async () => {
    const raw = representationOf(print, 'raw', print.data);
    const metric = await openFingerImage({ ...raw, unit: 'cm', imageRate: { x: 394, y: 394 } });
    expect(metric).toMatchObject({ value: { dpi: 1001 } });
  });

  test('JP2 files begin with the boxes of the standard', async () => {
    const bytes = Buffer.from(await compressFingerImage(print, 'jpeg2000-lossless'));
    const boxes: string[] = [];
    for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at))
      boxes.push(bytes.subarray(at + 4, at + 8).toString());
    expect(boxes).toEqual(['jP  ', 'ftyp', 'jp2h', 'jp2c']);
  });

  test('other depths, bit packing and unequal rates are named as unsupported', async () => {
    const raw = representationOf(print, 'raw', print.data);
    for (const other of [
      { depth: 4 },
      { compression: 'packed' },
      { imageRate: { x: 500, y: 250 } },
      { imageRate: { x: 0, y: 0 } },
      { width: 0xffff, height: 0xffff },
    ] as const)
      expect(await codeOf({ ...raw, ...other })).toBe('FINGER-IMAGE-UNSUPPORTED');
  });

  test('an image of another size or format than the record tells is refused', async () => {
    for (const compression of ['raw', 'png', 'jpeg2000-lossless', 'wsq'] as const) {
      const bytes = await compressFingerImage(print, compression);
      const told = representationOf(print, compression, bytes);
      expect(await codeOf(told)).toBe('opened');
      expect(await codeOf({ ...told, width: told.width - 1 })).toBe('FINGER-IMAGE-UNREADABLE');
      expect(await codeOf({ ...told, compression: 'jpeg' })).toBe('FINGER-IMAGE-UNREADABLE');
    }
  });

  test('torn and disturbed images give a code or pixels, never an exception', async () => {
    const codes = [
      'opened',
      'FINGER-WSQ-INVALID',
      'FINGER-IMAGE-UNREADABLE',
      'FINGER-IMAGE-UNSUPPORTED',
      'FINGER-FILE-UNKNOWN',
    ];
    const files = await Promise.all(
      (['wsq', 'png', 'jpeg2000-lossless'] satisfies WrittenCompression[]).map(async (compression) =>
        representationOf(print, compression, await compressFingerImage(print, compression)),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { maxLength: 5 }),
        async (file, share, places) => {
          const image = file.image.slice(0, Math.ceil(share * file.image.length));
          for (const [place, value] of places) image[Math.floor(place * image.length)] = value;
          expect(codes).toContain(await codeOf({ ...file, image }));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('sizes, components and tiles of a JPEG 2000 file are bounded before it is opened', async () => {
    const jp2 = Buffer.from(await compressFingerImage(print, 'jpeg2000-lossless'));
    const start = jp2.indexOf(Buffer.from('ff4fff51', 'hex'));
    const changed = (field: number, value: number) => {
      const bytes = Buffer.from(jp2);
      bytes.writeUInt32BE(value, start + field);
      return codeOf(representationOf(print, 'jpeg2000-lossless', bytes));
    };
    const [rightEdge, tileWidth, tileHeight, components] = [8, 24, 28, 40];
    expect(await changed(rightEdge, 0xfffffff0)).toBe('FINGER-IMAGE-UNSUPPORTED');
    expect(await changed(tileWidth, 1)).toBe('FINGER-IMAGE-UNSUPPORTED');
    expect(await changed(tileHeight, 0)).toBe('FINGER-IMAGE-UNREADABLE');
    expect(await changed(components, 0x00030701)).toBe('FINGER-IMAGE-UNSUPPORTED');
    // A good image can be opened after all that.
    expect(await codeOf(representationOf(print, 'jpeg2000-lossless', jp2))).toBe('opened');
  });
});

describe.skipIf(!existsSync(SAMPLES))('19794-4 samples (skipped where ../shared/data is absent)', () => {
  const record = (name: string) => {
    const decoded = decodeFingerImages(readFileSync(`${SAMPLES}/${name}`));
    if (!decoded.ok) throw new Error(`${name}: ${decoded.failure.detail}`);
    return decoded.value[0]!;
  };
  const pixels = async (representation: FingerImageRepresentation) => {
    const opened = await openFingerImage(representation);
    if (!opened.ok) throw new Error(`${opened.failure.code} ${opened.failure.detail}`);
    return opened.value;
  };
  const open = (name: string) => pixels(record(name));

  test('ten fingers: JPEG 2000 and WSQ by others, WSQ by us, each against the lossless one', async () => {
    const sums = { jpeg2000: 0, wsq: 0, ours: 0, bytes: 0, ourBytes: 0 };
    for (const hand of ['Left', 'Right'])
      for (const finger of ['Thumb', 'Index', 'Middle', 'Ring', 'Little']) {
        const lossless = await open(`mosip_reg_${hand}_${finger}.iso`);
        const theirs = record(`mosip_auth_${hand}_${finger}_wsq.iso`).image;
        const ours = await compressFingerImage(lossless, 'wsq');
        const quality = async (image: Promise<GrayImage>) => psnr((await image).data, lossless.data);
        sums.jpeg2000 += (await quality(open(`mosip_auth_${hand}_${finger}.iso`))) / 10;
        sums.wsq += (await quality(open(`mosip_auth_${hand}_${finger}_wsq.iso`))) / 10;
        sums.ours += (await quality(pixels(representationOf(lossless, 'wsq', ours)))) / 10;
        sums.bytes += theirs.length;
        sums.ourBytes += ours.length;
      }
    console.log(
      `PSNR against lossless, ten fingers: JPEG 2000 ${sums.jpeg2000.toFixed(1)} dB, WSQ ${sums.wsq.toFixed(1)} dB ` +
        `in ${sums.bytes} bytes, our WSQ ${sums.ours.toFixed(1)} dB in ${sums.ourBytes} bytes`,
    );
    expect(sums.jpeg2000).toBeGreaterThan(20);
    expect(sums.wsq).toBeGreaterThan(20);
    expect(sums.ours).toBeGreaterThan(sums.wsq - 0.2);
    expect(sums.ourBytes).toBeLessThan(1.05 * sums.bytes);
  });
});
