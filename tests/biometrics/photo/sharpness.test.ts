import { describe, expect, test } from 'vitest';
import { sharpnessOf } from '../../../src/biometrics/photo/sharpness.ts';
import type { RgbImage } from '../../../src/rules/rgb-image.ts';

const SIDE = 60;
const everything = { left: 0, top: 0, width: SIDE, height: SIDE };

function picture(grey: (x: number, y: number) => number): RgbImage {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let i = 0; i < SIDE * SIDE; i++) data.fill(grey(i % SIDE, Math.floor(i / SIDE)), 3 * i, 3 * i + 3);
  return { width: SIDE, height: SIDE, data };
}
const chequers = (x: number, y: number) => ((x + y) % 2 === 0 ? 200 : 50);

describe('sharpness', () => {
  test('one step in each direction: a blur of nine takes eight ninths of it', () => {
    const cross = picture((x, y) => (x < 30 ? 50 : 130) + (y < 30 ? 0 : 80));
    expect(sharpnessOf(cross, everything)).toBeCloseTo(8 / 9, 6);
  });

  test('a slope longer than the blur loses nothing but its ends', () => {
    const slope = picture((x, y) => 2 * (x + y));
    // Steps of two grey levels pass for noise.
    expect(sharpnessOf(slope, everything)).toBe(0);
    const steep = picture((x) => 4.2 * x);
    expect(sharpnessOf(steep, everything)).toBe(0);
  });

  test('the worse direction counts: lines moved along themselves stay sharp across only', () => {
    expect(
      sharpnessOf(
        picture((x) => chequers(x, 0)),
        everything,
      ),
    ).toBe(0);
    expect(sharpnessOf(picture(chequers), everything)).toBeGreaterThan(0.8);
  });

  test('only the region is looked at, as far as there is a picture', () => {
    const half = picture((x, y) => (x < 30 ? chequers(x, y) : 100));
    expect(sharpnessOf(half, { left: 32, top: -5, width: 100, height: 100 })).toBe(0);
    expect(sharpnessOf(half, { left: -10, top: 0, width: 35, height: 70 })).toBeGreaterThan(0.8);
    expect(sharpnessOf(half, { left: 500, top: 500, width: 10, height: 10 })).toBe(0);
  });
});
