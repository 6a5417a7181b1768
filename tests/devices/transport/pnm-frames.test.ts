import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Picture, type PictureShape, PnmFrames } from '../../../src/devices/transport/pnm-frames.ts';

const shape: fc.Arbitrary<PictureShape> = fc.record({
  width: fc.integer({ min: 1, max: 12 }),
  height: fc.integer({ min: 1, max: 9 }),
  channels: fc.constantFrom(1 as const, 3 as const),
});

/** As ffmpeg's encoders write it. */
function pnm({ width, height, channels }: PictureShape, data: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`P${channels === 1 ? 5 : 6}\n${width} ${height}\n255\n`), data]);
}

/** Pixels may look like headers. */
const pixels = ({ width, height, channels }: PictureShape) => {
  const length = width * height * channels;
  const headers = fc.constant(Buffer.from('P5\n1 1\n255\n'.repeat(length)).subarray(0, length));
  return fc.oneof(fc.uint8Array({ minLength: length, maxLength: length }), headers);
};
const stream = shape.chain((shape) =>
  fc.record({ shape: fc.constant(shape), frames: fc.array(pixels(shape), { maxLength: 4 }) }),
);

/** Cut at the places given as shares of the length. */
function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [
    0,
    ...cuts.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b),
    bytes.length,
  ];
  return places.slice(1).map((end, n) => bytes.subarray(places[n]!, end));
}

function read(frames: PnmFrames, parts: readonly Uint8Array[]): Picture[] {
  return parts.flatMap((part) => {
    const cut = frames.push(part);
    if (!cut.ok) throw new Error(cut.failure.detail);
    return cut.value;
  });
}

describe('pictures out of a stream', () => {
  test('golden bytes: two grey pixels, and an RGB one', () => {
    const grey = new PnmFrames({ width: 2, height: 1, channels: 1 });
    expect(read(grey, [Buffer.from('50350a3220310a3235350a07ff', 'hex')])).toEqual([
      { width: 2, height: 1, data: Buffer.from([7, 255]) },
    ]);
    const rgb = new PnmFrames({ width: 1, height: 1, channels: 3 });
    expect(read(rgb, [Buffer.from('50360a3120310a3235350a010203', 'hex')])).toEqual([
      { width: 1, height: 1, data: Buffer.from([1, 2, 3]) },
    ]);
  });

  test('every picture comes out, however the stream is cut', () => {
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(stream, cuts, ({ shape, frames }, places) => {
        const bytes = Buffer.concat(frames.map((data) => pnm(shape, data)));
        const seen = read(new PnmFrames(shape), pieces(bytes, places));
        expect(seen.map(({ data }) => [...data])).toEqual(frames.map((data) => [...data]));
      }),
    );
  });

  test('a picture that is not complete does not come out', () => {
    fc.assert(
      fc.property(
        shape.chain((s) => fc.tuple(fc.constant(s), pixels(s))),
        ([shape, data]) => {
          const bytes = pnm(shape, data);
          expect(read(new PnmFrames(shape), [bytes.subarray(0, -1)])).toEqual([]);
        },
      ),
    );
  });

  test('another size, other channels and what is no picture are refused, not cut askew', () => {
    const ordered = { width: 4, height: 3, channels: 3 } as const;
    const push = (bytes: Uint8Array) => new PnmFrames(ordered).push(bytes);
    const refused = { failure: { code: 'CAMERA-FORMAT' } };
    expect(push(pnm({ ...ordered, width: 5 }, new Uint8Array(45)))).toMatchObject(refused);
    expect(push(pnm({ ...ordered, height: 2 }, new Uint8Array(24)))).toMatchObject(refused);
    expect(push(pnm({ ...ordered, channels: 1 }, new Uint8Array(12)))).toMatchObject(refused);
    expect(push(Buffer.from('no picture at all, says the camera'))).toMatchObject(refused);
  });

  test('noise gives pictures or a refusal, never an exception, and never more than its length', () => {
    fc.assert(
      fc.property(shape, fc.array(fc.uint8Array({ maxLength: 40 })), (shape, parts) => {
        const frames = new PnmFrames(shape);
        for (const part of parts) if (!frames.push(part).ok) break;
      }),
    );
  });
});
