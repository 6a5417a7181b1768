import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodeWsq } from '../../../src/biometrics/wsq/decode.ts';
import { encodeWsq } from '../../../src/biometrics/wsq/encode.ts';
import { MARKER, readQuantisation } from '../../../src/biometrics/wsq/segments.ts';
import { LEAST_SIDE, SECOND_BLOCK } from '../../../src/biometrics/wsq/subbands.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import { inkedPrint, psnr, segmentsOf } from './files.ts';

const DATA = '../shared/data';

function decoded(bytes: Uint8Array): GrayImage {
  const image = decodeWsq(bytes);
  if (!image.ok) throw new Error(`${image.failure.code}: ${image.failure.detail}`);
  return image.value;
}

/** Ridges of a finger's period, turning over the image, at any size. */
function ridges(width: number, height: number, seed: number): GrayImage {
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return 128 + 100 * Math.sin((2 * Math.PI * Math.hypot(x - (seed % 97), y + (seed % 61))) / 9);
  });
  return { width, height, dpi: 500, data };
}

describe('the encoder', () => {
  test('writes the segments of the specification in its order', () => {
    const segments = segmentsOf(encodeWsq(inkedPrint(320, 360)));
    expect(segments.map(({ marker }) => marker)).toEqual([
      MARKER.startOfImage,
      MARKER.comment,
      MARKER.transformTable,
      MARKER.quantisationTable,
      MARKER.startOfFrame,
      MARKER.huffmanTable,
      MARKER.startOfBlock,
      MARKER.huffmanTable,
      MARKER.startOfBlock,
      MARKER.startOfBlock,
      MARKER.endOfImage,
    ]);
    const tableNumbers = segments
      .filter(({ marker }) => marker === MARKER.huffmanTable || marker === MARKER.startOfBlock)
      .map(({ contents }) => contents[0]);
    expect(tableNumbers).toEqual([0, 0, 1, 1, 1]);
    const frame = segments.find(({ marker }) => marker === MARKER.startOfFrame)!;
    expect([...frame.contents.subarray(0, 6)]).toEqual([0, 255, 360 >> 8, 360 & 255, 320 >> 8, 320 & 255]);
    const comment = segments.find(({ marker }) => marker === MARKER.comment)!;
    expect(Buffer.from(comment.contents).toString()).toMatch(
      /^NIST_COM 9\n(.*\n)*PPI 500\n(.*\n)*WSQ_BITRATE 0\.750000$/,
    );
  });

  test('at 0.75 bits a pixel: size and PSNR of a drawn print', () => {
    const print = inkedPrint(320, 360);
    const bytes = encodeWsq(print);
    const bitrate = (bytes.length * 8) / print.data.length;
    const image = decoded(bytes);
    expect(image).toMatchObject({ width: 320, height: 360, dpi: 500 });
    const quality = psnr(image.data, print.data);
    console.log(`drawn print: ${bitrate.toFixed(2)} bits a pixel, PSNR ${quality.toFixed(1)} dB`);
    expect(bitrate).toBeGreaterThan(0.3);
    expect(bitrate).toBeLessThan(0.75);
    expect(quality).toBeGreaterThan(33);
  });

  test('more bits a pixel give a larger file and a truer image', () => {
    const print = inkedPrint(320, 360);
    const files = [0.1, 0.75, 2.25, 5].map((bitrate) => encodeWsq(print, bitrate));
    const qualities = files.map((file) => psnr(decoded(file).data, print.data));
    for (let n = 1; n < files.length; n++) {
      expect(files[n]!.length).toBeGreaterThan(files[n - 1]!.length);
      expect(qualities[n]).toBeGreaterThan(qualities[n - 1]!);
    }
    expect(qualities.at(-1)).toBeGreaterThan(38);
  });

  test('any size from 32 × 32 on, odd ones too, is read back like', () => {
    const side = fc.integer({ min: LEAST_SIDE, max: 140 });
    fc.assert(
      fc.property(side, side, fc.nat(1000), (width, height, seed) => {
        const image = ridges(width, height, seed);
        const read = decoded(encodeWsq(image, 2.25));
        expect(read).toMatchObject({ width, height, dpi: 500 });
        // The least of 6,000 such pictures had 34.8 dB.
        expect(psnr(read.data, image.data)).toBeGreaterThan(32);
      }),
      { numRuns: 40 },
    );
  });

  test('a subband of a small image counts although its middle, one sample, is near zero', () => {
    // At 21.5 dB and 23.9 dB while only the middle was looked at.
    for (const image of [ridges(36, 67, 254), ridges(38, 58, 146)])
      expect(psnr(decoded(encodeWsq(image, 2.25)).data, image.data)).toBeGreaterThan(32);
  });

  test('any pixels, noise and black and white too, give a file that can be read', () => {
    const pixels = fc.uint8Array({ minLength: 40 * 33, maxLength: 40 * 33 });
    const stark = pixels.map((noise) => noise.map((value) => (value < 128 ? 0 : 255)));
    fc.assert(
      fc.property(fc.oneof(pixels, stark), fc.double({ min: 0.1, max: 5, noNaN: true }), (data, bitrate) => {
        decoded(encodeWsq({ width: 40, height: 33, dpi: 500, data: new Uint8Array(data) }, bitrate));
      }),
      { numRuns: 40 },
    );
  });

  test('a blank image is kept as it is', () => {
    for (const grey of [0, 77, 255]) {
      const data = new Uint8Array(50 * 60).fill(grey);
      expect(decoded(encodeWsq({ width: 50, height: 60, dpi: 500, data })).data).toEqual(data);
    }
  });

  test('the resolution is kept, in the comment', () => {
    const image = { ...ridges(64, 64, 1), dpi: 1000 };
    expect(decoded(encodeWsq(image)).dpi).toBe(1000);
  });

  test('smaller images, other bitrates and lying sizes are bugs of the caller', () => {
    expect(() => encodeWsq(ridges(31, 100, 0))).toThrow(RangeError);
    expect(() => encodeWsq(ridges(100, 100, 0), 0.01)).toThrow(RangeError);
    expect(() => encodeWsq(ridges(100, 100, 0), Number.NaN)).toThrow(RangeError);
    expect(() => encodeWsq({ ...ridges(100, 100, 0), width: 99 })).toThrow(RangeError);
  });
});

describe('the decoder', () => {
  const file = encodeWsq(ridges(90, 75, 3));
  const segments = segmentsOf(file);
  const find = (marker: number) => segments.find((segment) => segment.marker === marker)!;
  /** The file with these bytes laid over it at a segment's contents. */
  const withContents = (marker: number, offset: number, bytes: readonly number[]) => {
    const changed = file.slice();
    changed.set(bytes, find(marker).at + 4 + offset);
    return changed;
  };
  const codeOf = (bytes: Uint8Array) => {
    const image = decodeWsq(bytes);
    return image.ok ? 'read' : image.failure.code;
  };

  test('a file torn at any byte is refused', () => {
    for (let length = 0; length < file.length; length++)
      expect(codeOf(file.subarray(0, length)), `${length} bytes`).toBe('FINGER-WSQ-INVALID');
  });

  test('bytes after the end of the image are ignored', () => {
    expect(codeOf(Uint8Array.from([...file, 0, 1, 2]))).toBe('read');
  });

  test('absurd sizes are refused before anything is allocated for them', () => {
    expect(codeOf(withContents(MARKER.startOfFrame, 2, [0xff, 0xff, 0xff, 0xff]))).toBe(
      'FINGER-IMAGE-UNSUPPORTED',
    );
    expect(codeOf(withContents(MARKER.startOfFrame, 2, [0, 0, 0, 0]))).toBe('FINGER-IMAGE-UNSUPPORTED');
  });

  test('a size that the coefficients do not fill, or overflow, is refused', () => {
    expect(codeOf(withContents(MARKER.startOfFrame, 2, [0, 76]))).toBe('FINGER-WSQ-INVALID');
    expect(codeOf(withContents(MARKER.startOfFrame, 2, [0, 40]))).toBe('FINGER-WSQ-INVALID');
  });

  test('Huffman tables with too many codes, too many symbols or an unknown number are refused', () => {
    expect(codeOf(withContents(MARKER.huffmanTable, 1, [3]))).toBe('FINGER-WSQ-INVALID');
    expect(codeOf(withContents(MARKER.huffmanTable, 1, [255, 255]))).toBe('FINGER-WSQ-INVALID');
    expect(codeOf(withContents(MARKER.huffmanTable, 0, [8]))).toBe('FINGER-WSQ-INVALID');
    expect(codeOf(withContents(MARKER.startOfBlock, 0, [5]))).toBe('FINGER-WSQ-INVALID');
  });

  test('other filters are named as such', () => {
    expect(codeOf(withContents(MARKER.transformTable, 0, [8, 8]))).toBe('FINGER-IMAGE-UNSUPPORTED');
  });

  test('tables without end cost no more than eight blocks', () => {
    const table = file.subarray(find(MARKER.huffmanTable).at, find(MARKER.startOfBlock).at);
    const block = Uint8Array.of(0xff, 0xa3, 0, 3, 0);
    const head = file.subarray(0, find(MARKER.huffmanTable).at);
    const many = Buffer.concat([head, ...Array.from({ length: 5000 }, () => [table, block]).flat()]);
    expect(decodeWsq(many)).toMatchObject({ failure: { detail: 'more than 8 blocks' } });
  });

  test('restart markers divide a block where an interval is defined', () => {
    // Blocks two and three share a table: a marker in the place of the third's header joins them.
    const third = segments.findLast(({ marker }) => marker === MARKER.startOfBlock)!;
    const joined = [
      ...file.subarray(0, 2),
      ...[0xff, 0xa7, 0, 4, 0, 1],
      ...file.subarray(2, third.at),
      ...[0xff, 0xb0],
      ...file.subarray(third.at + 5),
    ];
    expect(decoded(Uint8Array.from(joined))).toEqual(decoded(file));
    joined.splice(2, 6);
    expect(codeOf(Uint8Array.from(joined))).toBe('FINGER-WSQ-INVALID');
  });

  test('hostile bytes give an image or a code, never an exception', () => {
    const known = ['read', 'FINGER-WSQ-INVALID', 'FINGER-IMAGE-UNSUPPORTED'];
    const changes = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(changes, (places) => {
        const changed = file.slice();
        for (const [at, value] of places) changed[at] = value;
        expect(known).toContain(codeOf(changed));
      }),
      { numRuns: 400 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        expect(codeOf(noise)).not.toBe('read');
        expect(known).toContain(codeOf(Uint8Array.from([0xff, 0xa0, ...noise])));
        const cut = noise.length % file.length;
        expect(known).toContain(codeOf(Uint8Array.from([...file.subarray(0, cut), ...noise])));
      }),
      { numRuns: 200 },
    );
  });
});

describe.skipIf(!existsSync(DATA))('WSQ samples (skipped where ../shared/data is absent)', () => {
  const PAIR = `${DATA}/fingerprint/sourceafis-test`;

  test('the pair of SourceAFIS: every pixel within one grey level of the PNG', async () => {
    const image = decoded(readFileSync(`${PAIR}/wsq-original.wsq`));
    const { data, info } = await sharp(`${PAIR}/wsq-converted.png`)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(image).toMatchObject({ width: info.width, height: info.height, dpi: 500 });
    const differences = image.data.map((pixel, n) => Math.abs(pixel - data[n]!));
    const share = (most: number) => differences.filter((by) => by <= most).length / differences.length;
    console.log(
      `WSQ/PNG pair: equal ${(100 * share(0)).toFixed(3)} %, within one grey level ${(100 * share(1)).toFixed(3)} %`,
    );
    expect(share(1)).toBeGreaterThan(0.9999);
    expect(share(0)).toBeGreaterThan(0.99);
  });

  test('our bins on its image are those of the encoder that wrote it', () => {
    const original = readFileSync(`${PAIR}/wsq-original.wsq`);
    const binsOf = (bytes: Uint8Array) => {
      const table = segmentsOf(bytes).find(({ marker }) => marker === MARKER.quantisationTable)!;
      return readQuantisation(table.contents)!.widths;
    };
    const theirs = binsOf(original);
    // Higher subbands lost too much of their variance in the first compression to be measured again.
    const ratios = binsOf(encodeWsq(decoded(original)))
      .subarray(0, SECOND_BLOCK)
      .map((width, band) => width / theirs[band]!);
    console.log(
      `bins, subbands 0–18: ${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)} of the original's`,
    );
    for (const ratio of ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.03);
  });

  test("MOSIP's file, of another encoder", () => {
    const image = decoded(readFileSync(`${DATA}/iso-records/images/mosip_info_left_thumb_auth.wsq`));
    expect(image).toMatchObject({ width: 545, height: 622, dpi: 500 });
    // A print, not noise: neighbours are alike.
    let steps = 0;
    for (let n = 1; n < image.data.length; n++) steps += Math.abs(image.data[n]! - image.data[n - 1]!);
    expect(steps / image.data.length).toBeLessThan(25);
  });
});
