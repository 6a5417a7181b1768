import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FingerTemplate } from '../../../src/biometrics/fingerprint/template.ts';
import {
  type CardFormat,
  decodeCardMinutiae,
  decodeMinutiaeOrder,
  encodeCardMinutiae,
  encodeMinutiaeOrder,
  type MinutiaeOrder,
} from '../../../src/biometrics/records/card-minutiae.ts';

const template = (...minutiae: FingerTemplate['minutiae']): FingerTemplate => ({
  width: 500,
  height: 500,
  dpi: 500,
  position: 2,
  quality: 70,
  minutiae,
});
const [right, up, left] = [0, Math.PI / 2, Math.PI];
const pair = template(
  { x: 100, y: 50, angle: up, type: 'ending', quality: 80 },
  { x: 10, y: 200, angle: left, type: 'bifurcation', quality: 0 },
);
const sizes: Readonly<Record<CardFormat, number>> = { normal: 5, compact: 3 };

function decoded(bytes: Uint8Array, format: CardFormat): FingerTemplate {
  const read = decodeCardMinutiae(bytes, format);
  if (!read.ok) throw new Error(read.failure.detail);
  return read.value;
}

/** Minutiae as a card may hold them: of the three types (the fourth code is reserved). */
const cardBytes = (format: CardFormat) => {
  const type = fc.nat(2);
  const angle = fc.nat(255);
  const coordinate = fc.nat(0x3fff);
  const normal = fc
    .tuple(type, coordinate, coordinate, angle)
    .map(([kind, x, y, turn]) => [(kind << 6) | (x >> 8), x & 0xff, y >> 8, y & 0xff, turn]);
  const compact = fc
    .tuple(type, fc.nat(255), fc.nat(255), fc.nat(63))
    .map(([kind, x, y, turn]) => [x, y, (kind << 6) | turn]);
  return fc
    .array(format === 'normal' ? normal : compact, { maxLength: 60 })
    .map((minutiae) => Uint8Array.from(minutiae.flat()));
};
const order: fc.Arbitrary<MinutiaeOrder> = fc.oneof(
  fc.constant<MinutiaeOrder>('none'),
  fc.record({ by: fc.constantFrom('xy', 'yx', 'angle', 'polar'), descending: fc.boolean() }),
);

describe('card formats of 19794-2:2005', () => {
  test('golden bytes, compact: 0.1 mm, 5.625°', () => {
    // 100 pixels are 5.08 mm, 50 are 2.54 mm, 10 are 0.51 mm, 200 are 10.16 mm; a quarter turn is 16 steps.
    expect([...encodeCardMinutiae(pair, 'compact', 'none')]).toEqual([51, 25, 0x50, 5, 102, 0xa0]);
  });

  test('golden bytes, normal: 0.01 mm, 1.40625°', () => {
    expect([...encodeCardMinutiae(pair, 'normal', 'none')]).toEqual([
      ...[0x41, 0xfc, 0x00, 0xfe, 0x40],
      ...[0x80, 0x33, 0x03, 0xf8, 0x80],
    ]);
  });

  test('a minutia is found where it was, within half a unit, at the resolution of the image', () => {
    const fine = {
      ...pair,
      dpi: 1000,
      minutiae: pair.minutiae.map((m) => ({ ...m, x: 2 * m.x, y: 2 * m.y })),
    };
    for (const [format, within] of [
      ['normal', 0.1],
      ['compact', 1],
    ] as const) {
      const read = decoded(encodeCardMinutiae(fine, format, 'none'), format);
      expect(read.dpi).toBe(500);
      read.minutiae.forEach(({ x, y, angle, type, quality }, n) => {
        const { x: wasX, y: wasY, ...was } = pair.minutiae[n]!;
        expect(Math.hypot(x - wasX, y - wasY)).toBeLessThan(within * Math.SQRT2);
        expect({ angle, type, quality }).toEqual({ ...was, quality: 0 });
      });
      expect(read.width).toBeGreaterThanOrEqual(100);
      expect(read.height).toBeGreaterThanOrEqual(200);
    }
  });

  test.each(['normal', 'compact'] as const)('what a card holds is written again as it was: %s', (format) => {
    fc.assert(
      fc.property(cardBytes(format), (bytes) => {
        expect(encodeCardMinutiae(decoded(bytes, format), format, 'none')).toEqual(bytes);
      }),
    );
  });

  test.each(['normal', 'compact'] as const)('an order moves minutiae, and nothing else: %s', (format) => {
    const minutiaeIn = (bytes: Uint8Array) =>
      Array.from({ length: bytes.length / sizes[format] }, (_, n) =>
        Buffer.from(bytes.subarray(n * sizes[format], (n + 1) * sizes[format])).toString('hex'),
      );
    fc.assert(
      fc.property(cardBytes(format), order, (bytes, wanted) => {
        const ordered = encodeCardMinutiae(decoded(bytes, format), format, wanted);
        expect(minutiaeIn(ordered).toSorted()).toEqual(minutiaeIn(bytes).toSorted());
        if (wanted === 'none') return;
        const { minutiae } = decoded(ordered, format);
        const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
        const centreX = mean(minutiae.map(({ x }) => x));
        const centreY = mean(minutiae.map(({ y }) => y));
        const keys = {
          xy: minutiae.map(({ x, y }) => x * 1e6 + y),
          yx: minutiae.map(({ x, y }) => y * 1e6 + x),
          angle: minutiae.map(({ angle }) => angle),
          polar: minutiae.map(({ x, y }) => Math.hypot(x - centreX, y - centreY)),
        }[wanted.by];
        for (let n = 1; n < keys.length; n++) {
          const step = keys[n]! - keys[n - 1]!;
          expect(wanted.descending ? -step : step).toBeGreaterThan(-1e-6);
        }
      }),
    );
  });

  test('each order on four minutiae', () => {
    const four = template(
      { x: 20, y: 10, angle: left, type: 'ending', quality: 0 },
      { x: 20, y: 90, angle: right, type: 'ending', quality: 0 },
      { x: 10, y: 90, angle: up, type: 'ending', quality: 0 },
      { x: 20, y: 70, angle: up, type: 'bifurcation', quality: 0 },
    );
    const sequence = (by: 'xy' | 'yx' | 'angle' | 'polar', descending = false) =>
      decoded(encodeCardMinutiae(four, 'normal', { by, descending }), 'normal').minutiae.map(({ x, y }) =>
        four.minutiae.findIndex((was) => Math.hypot(was.x - x, was.y - y) < 1),
      );
    expect(sequence('xy')).toEqual([2, 0, 3, 1]);
    expect(sequence('yx')).toEqual([0, 3, 2, 1]);
    expect(sequence('angle')).toEqual([1, 2, 3, 0]);
    // The centre of mass is (17.5, 65).
    expect(sequence('polar')).toEqual([3, 1, 2, 0]);
    expect(sequence('polar', true)).toEqual([0, 2, 1, 3]);
  });

  test('of minutiae as far from the centre, that of the lesser angle comes first', () => {
    const square = template(
      { x: 100, y: 100, angle: left, type: 'ending', quality: 0 },
      { x: 200, y: 100, angle: right, type: 'ending', quality: 0 },
      { x: 100, y: 200, angle: up, type: 'ending', quality: 0 },
      { x: 200, y: 200, angle: 4, type: 'ending', quality: 0 },
    );
    const bytes = encodeCardMinutiae(square, 'normal', { by: 'polar', descending: false });
    const angles = decoded(bytes, 'normal').minutiae.map(({ angle }) => angle);
    expect(angles).toEqual(angles.toSorted((a, b) => a - b));
  });

  test('minutiae beyond the reach of the compact format are left out', () => {
    const wide = template(
      { x: 502, y: 10, angle: 0, type: 'ending', quality: 0 }, // 25.50 mm
      { x: 503, y: 10, angle: 0, type: 'ending', quality: 0 }, // 25.55 mm
      { x: 10, y: 800, angle: 0, type: 'ending', quality: 0 },
    );
    expect([...encodeCardMinutiae(wide, 'compact', 'none')]).toEqual([255, 5, 0x40]);
    expect(encodeCardMinutiae(wide, 'normal', 'none')).toHaveLength(15);
  });

  test('bytes that are no whole number of minutiae, or too many, are refused; all others are read', () => {
    for (const [bytes, format] of [
      [new Uint8Array(4), 'compact'],
      [new Uint8Array(6), 'normal'],
      [new Uint8Array(3 * 256), 'compact'],
    ] as const)
      expect(decodeCardMinutiae(bytes, format)).toMatchObject({ failure: { code: 'FINGER-RECORD-INVALID' } });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeCardMinutiae(bytes, 'compact').ok).toBe(bytes.length % 3 === 0);
        expect(decodeCardMinutiae(bytes, 'normal').ok).toBe(bytes.length % 5 === 0);
      }),
    );
    expect(decoded(new Uint8Array(0), 'compact')).toMatchObject({ width: 0, height: 0, minutiae: [] });
  });
});

describe('the byte that tells the order (data object 82)', () => {
  test('golden values', () => {
    expect(encodeMinutiaeOrder('none')).toBe(0x00);
    expect(encodeMinutiaeOrder({ by: 'xy', descending: false })).toBe(0x05);
    expect(encodeMinutiaeOrder({ by: 'yx', descending: true })).toBe(0x0a);
    expect(encodeMinutiaeOrder({ by: 'angle', descending: false })).toBe(0x0d);
    expect(encodeMinutiaeOrder({ by: 'polar', descending: true })).toBe(0x12);
  });

  test('every order is read as it was written; every other byte is refused', () => {
    let known = 0;
    for (let code = 0; code < 256; code++) {
      const read = decodeMinutiaeOrder(code);
      if (read.ok) {
        known++;
        expect(encodeMinutiaeOrder(read.value)).toBe(code);
      } else expect(read.failure.code).toBe('FINGER-RECORD-INVALID');
    }
    expect(known).toBe(9);
  });
});
