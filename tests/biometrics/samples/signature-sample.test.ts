import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  keepSignature,
  type PadScale,
  readSignature,
} from '../../../src/biometrics/samples/signature-sample.ts';
import type { PenPoint } from '../../../src/biometrics/signature/track.ts';

const at = new Date('2026-11-24T08:05:59.250Z');
/** From the coarsest pads to such as no record can hold count by count. */
const axis = fc
  .tuple(fc.integer({ min: 4, max: 400 }), fc.integer({ min: 20, max: 300 }))
  .map(([perMm, mm]) => ({ max: perMm * mm, perMm }));
const signature: fc.Arbitrary<{ scale: PadScale; points: PenPoint[] }> = fc
  .record({ x: axis, y: axis, maxPressure: fc.option(fc.integer({ min: 1, max: 100_000 })) })
  .chain((scale) =>
    fc
      .array(
        fc.record({
          x: fc.double({ min: 0, max: scale.x.max / scale.x.perMm, noNaN: true }),
          y: fc.double({ min: 0, max: scale.y.max / scale.y.perMm, noNaN: true }),
          pressure: fc.double({ min: 0, max: 1, noNaN: true }),
          after: fc.integer({ min: 0, max: 20_000 }),
          down: fc.boolean(),
        }),
        { minLength: 1, maxLength: 20 },
      )
      .map((moments) => {
        let time = 0;
        return {
          scale,
          points: moments.map(({ after, ...rest }) => {
            time += after;
            return { ...rest, time };
          }),
        };
      }),
  );

test('a record gives the way back as finely as the pad, and a channel, can tell it', () => {
  fc.assert(
    fc.property(signature, ({ scale, points }) => {
      const read = readSignature(keepSignature(points, scale, at));
      if (!read.ok) throw new Error(read.failure.detail);
      // The scaling of a channel has 12 significant bits: a quarter of a thousandth.
      const near = (found: number, meant: number, step: number, most: number) =>
        expect(Math.abs(found - meant)).toBeLessThanOrEqual(0.51 * step + most / 4_000);
      const stepOf = ({ max, perMm }: PadScale['x']) =>
        Math.max(1, Math.ceil((perMm * 1_000) / 65_520), Math.ceil(max / 0x7fff)) / perMm;
      const [width, height] = [scale.x.max / scale.x.perMm, scale.y.max / scale.y.perMm];
      const lasts = points.at(-1)!.time - points[0]!.time;
      points.forEach((point, n) => {
        const found = read.value.points[n]!;
        // The lowest row of a pad whose counts do not divide may be half a step out.
        near(found.x, point.x, 2 * stepOf(scale.x), width);
        near(found.y, point.y, 2 * stepOf(scale.y), height);
        near(found.time, point.time - points[0]!.time, Math.max(1, lasts / 0xffff + 1), lasts);
        if (scale.maxPressure !== null)
          near(found.pressure, point.pressure, 1 / Math.min(scale.maxPressure, 0xffff), 0);
        expect(found.down).toBe(point.down);
      });
      near(read.value.area.width, width, 2 * stepOf(scale.x), width);
      near(read.value.area.height, height, 2 * stepOf(scale.y), height);
    }),
    { numRuns: 200 },
  );
});

test('y grows away from the signer', () => {
  const scale = { x: { max: 1_000, perMm: 10 }, y: { max: 500, perMm: 10 }, maxPressure: 1_023 };
  const points = [{ x: 1, y: 2, pressure: 0.5, time: 5, down: true }];
  const record = keepSignature(points, scale, at);
  const view = new DataView(record.buffer, record.byteLength - 2 - 9);
  // x, y (from −32,768), t, f, s of the only sample, then no extended data.
  const sample = [
    view.getUint16(0) - 0x8000,
    view.getUint16(2) - 0x8000,
    view.getUint16(4),
    view.getUint16(6),
  ];
  expect([...sample, view.getUint8(8)]).toEqual([10, 480, 0, 512, 1]);
});
