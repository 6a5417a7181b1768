import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { open, type Plane, reduce, sample, smooth } from '../../../src/biometrics/iris/plane.ts';

const WIDTH = 17;
const HEIGHT = 13;

function planeOf(grey: (x: number, y: number) => number): Plane {
  const values = Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    grey(i % WIDTH, Math.floor(i / WIDTH)),
  );
  return { width: WIDTH, height: HEIGHT, values };
}

const anyPlane = fc
  .array(fc.nat(255), { minLength: WIDTH * HEIGHT, maxLength: WIDTH * HEIGHT })
  .map((greys) => planeOf((x, y) => greys[y * WIDTH + x]!));

describe('planes', () => {
  test('opening never brightens, changes nothing the second time, and keeps what is wide', () => {
    fc.assert(
      fc.property(anyPlane, fc.integer({ min: 1, max: 3 }), (plane, reach) => {
        const opened = open(plane, reach);
        expect(opened.values.every((value, i) => value <= plane.values[i]!)).toBe(true);
        expect(open(opened, reach)).toEqual(opened);
      }),
      { numRuns: 30 },
    );
    const step = planeOf((x) => (x < 8 ? 20 : 200));
    expect(open(step, 3)).toEqual(step);
  });

  test('opening takes away a spot of its width, not a wider one', () => {
    const spot = (size: number) =>
      planeOf((x, y) => (x >= 4 && x < 4 + size && y >= 4 && y < 4 + size ? 255 : 30));
    expect(Math.max(...open(spot(4), 2).values)).toBe(30);
    expect(Math.max(...open(spot(5), 2).values)).toBe(255);
  });

  test('smoothing keeps an even plane and stays within what was there', () => {
    fc.assert(
      fc.property(anyPlane, (plane) => {
        const values = smooth(plane, 2).values;
        expect(Math.min(...values)).toBeGreaterThanOrEqual(Math.min(...plane.values) - 0.01);
        expect(Math.max(...values)).toBeLessThanOrEqual(Math.max(...plane.values) + 0.01);
      }),
      { numRuns: 30 },
    );
    for (const value of smooth(
      planeOf(() => 77),
      3,
    ).values)
      expect(value).toBeCloseTo(77, 4);
  });

  test('reducing takes means and drops what is left over', () => {
    const data = Uint8Array.from([0, 2, 10, 99, 4, 6, 10, 99]);
    expect(reduce({ width: 4, height: 2, dpi: 0, data }, 2).values).toEqual(Float32Array.of(3, 54.5));
    expect(reduce({ width: 3, height: 2, dpi: 0, data: data.subarray(0, 6) }, 2)).toMatchObject({
      width: 1,
      height: 1,
    });
  });

  test('between pixels it is linear, beyond the border the border', () => {
    const slope = planeOf((x, y) => 3 * x + 5 * y);
    expect(sample(slope, 4.25, 6.5)).toBeCloseTo(3 * 4.25 + 5 * 6.5, 3);
    expect(sample(slope, -9, 3)).toBeCloseTo(15, 3);
    expect(sample(slope, 99, 99)).toBeCloseTo(3 * 16 + 5 * 12, 1);
  });
});
