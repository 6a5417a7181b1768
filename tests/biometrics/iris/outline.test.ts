import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitOutline, type Outline, radiusAt, scaled } from '../../../src/biometrics/iris/outline.ts';

const outline: fc.Arbitrary<Outline> = fc.record({
  x: fc.double({ min: -3, max: 3, noNaN: true }),
  y: fc.double({ min: -3, max: 3, noNaN: true }),
  radius: fc.double({ min: 30, max: 80, noNaN: true }),
  cosine: fc.double({ min: -2, max: 2, noNaN: true }),
  sine: fc.double({ min: -2, max: 2, noNaN: true }),
});

/** How far from (0, 0) the outline lies in 64 directions. */
function sightings(truth: Outline) {
  const angles = Float64Array.from({ length: 64 }, (_, n) => (2 * Math.PI * n) / 64);
  const distances = angles.map(
    (angle) => radiusAt(truth, angle) + truth.x * Math.cos(angle) + truth.y * Math.sin(angle),
  );
  return { x: 0, y: 0, angles, distances, weights: new Float64Array(64).fill(1) };
}

describe('outlines', () => {
  test('are found again from their places, though every fourth lies off', () => {
    fc.assert(
      fc.property(outline, fc.nat(63), (truth, first) => {
        const seen = sightings(truth);
        for (let n = 0; n < 16; n++) seen.distances[(first + 4 * n) % 64]! -= 12;
        const found = fitOutline(seen, 1, 0);
        for (const key of ['x', 'y', 'radius', 'cosine', 'sine'] as const)
          expect(Math.abs(found[key] - truth[key]), key).toBeLessThan(0.5);
      }),
      { numRuns: 50 },
    );
  });

  test('are stiff where they should be: half a circle does not become an ellipse', () => {
    const seen = sightings({ x: 0, y: 0, radius: 50, cosine: 0, sine: 0 });
    for (let n = 0; n < 32; n++) seen.weights[n] = 0;
    for (let n = 32; n < 64; n++) seen.distances[n]! += (n % 3) - 1;
    const found = fitOutline(seen, 1, 0.5);
    expect(Math.hypot(found.cosine, found.sine)).toBeLessThan(0.6);
  });

  test('keep their place when the image was reduced', () => {
    // The middle of a reduced pixel is the middle of its four.
    expect(scaled({ x: 0, y: 1, radius: 10, cosine: 1, sine: 0 }, 2)).toEqual({
      x: 0.5,
      y: 2.5,
      radius: 20,
      cosine: 2,
      sine: 0,
    });
  });
});
