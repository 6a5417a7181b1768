import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractIris } from '../../../src/biometrics/iris/extract.ts';
import type { Outline } from '../../../src/biometrics/iris/outline.ts';
import { extracted, eye, hasRealEyes, mosipEye, worldcoinEye } from './eyes.ts';

const near = (found: Outline, x: number, y: number, radius: number, tolerance: number) => {
  expect(Math.hypot(found.x - x, found.y - y)).toBeLessThan(tolerance);
  expect(Math.abs(found.radius - radius)).toBeLessThan(tolerance);
};

describe('the boundaries of virtual eyes', () => {
  test.each([
    ['as they come', {}],
    ['small', { limbusRadius: 75 }],
    ['large', { limbusRadius: 165, x: 320, y: 240 }],
    ['far from the middle', { x: 230, y: 180 }],
    ['with a wide pupil', { pupil: 0.65 }],
    ['with a narrow pupil', { pupil: 0.22 }],
    ['with lids half across the iris', { upperLid: 0.5, lowerLid: 0.8 }],
    ['out of focus', { defocus: 4 }],
    ['with lamps on the edge of the pupil', { glints: [{ x: 0.35, y: 0, radius: 8, light: 250 }] }],
    ['dark', { light: 0.5 }],
  ] as const)('%s', (_, changes) => {
    const { image, view, iris } = eye('boundaries', 1, changes);
    const { pupil, limbus } = extracted(image).boundaries;
    const [dx, dy] = iris.pupilOffset;
    near(
      pupil,
      view.x + dx * view.limbusRadius,
      view.y + dy * view.limbusRadius,
      view.pupil * view.limbusRadius,
      0.04 * view.limbusRadius,
    );
    near(limbus, view.x, view.y, view.limbusRadius, 0.06 * view.limbusRadius);
  });

  test('what lids cover is left out of the code', () => {
    const bits = (upperLid: number) =>
      extracted(eye('lids', 1, { upperLid }).image).template.mask.reduce(
        (sum, word) => sum + word.toString(2).replaceAll('0', '').length,
        0,
      );
    expect(bits(0.4)).toBeLessThan(0.85 * bits(1.1));
  });
});

describe('no eye', () => {
  const flat = (width: number, height: number, grey: (x: number, y: number) => number) => ({
    width,
    height,
    dpi: 0,
    data: Uint8Array.from({ length: width * height }, (_, i) => grey(i % width, Math.floor(i / width))),
  });

  test.each([
    ['black', flat(320, 240, () => 0)],
    ['white', flat(320, 240, () => 255)],
    ['a slope', flat(320, 240, (x) => x / 2)],
    ['stripes', flat(320, 240, (x) => (x % 40 < 20 ? 30 : 200))],
    ['tiny', flat(20, 20, (x, y) => x * y)],
    ['nothing', flat(0, 0, () => 0)],
    ['a closed eye', eye('closed', 1, { upperLid: -0.34, lowerLid: 0.2 }).image],
  ])('%s', (_, image) => {
    expect(extractIris(image)).toMatchObject({ ok: false, failure: { code: 'IRIS-NONE' } });
  });

  test('any image gives a value or that code', () => {
    const image = fc
      .tuple(fc.integer({ min: 1, max: 110 }), fc.integer({ min: 1, max: 90 }), fc.nat(), fc.nat(60))
      .map(([width, height, seed, size]) =>
        // Discs and noise: more like an eye than noise alone.
        flat(width, height, (x, y) =>
          Math.hypot(x - width / 2, y - height / 2) < size
            ? 20
            : (Math.imul(x * 31 + y * 17 + seed, 2_654_435_761) >>> 24) & 0xff,
        ),
      );
    fc.assert(
      fc.property(image, (any) => {
        const extraction = extractIris(any);
        if (!extraction.ok) expect(extraction.failure.code).toBe('IRIS-NONE');
        else expect(extraction.value.quality.score).toBeLessThanOrEqual(100);
      }),
      { numRuns: 25 },
    );
  });
});

describe.skipIf(!hasRealEyes)('real eyes (skipped where ../shared/data is absent)', () => {
  // By eye, on the enlarged image.
  test.each([
    ['reg_Left', [199, 151, 44], [207, 152, 133]],
    ['reg_Right', [216, 157, 42], [210, 160, 134]],
    ['auth_Left', [199, 144, 48], [196, 146, 122]],
    ['auth_Right', [189, 146, 51], [199, 147, 125]],
  ] as const)('MOSIP %s', async (name, [px, py, pr], [lx, ly, lr]) => {
    const { boundaries, quality } = extracted(await mosipEye(name));
    near(boundaries.pupil, px, py, pr, 5);
    near(boundaries.limbus, lx, ly, lr, 8);
    expect(quality.reasons).toEqual([]);
  });

  test('the anonymised one, with writing that is as dark as the pupil', async () => {
    const { boundaries } = extracted(await worldcoinEye());
    near(boundaries.pupil, 329, 234, 62, 5);
    near(boundaries.limbus, 325, 234, 120, 8);
  });
});
