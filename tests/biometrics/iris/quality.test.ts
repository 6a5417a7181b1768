import { describe, expect, test } from 'vitest';
import { extracted, eye, hasRealEyes, mosipEye } from './eyes.ts';

const clear = { upperLid: 1, lowerLid: 1.1, pupil: 0.4, defocus: 0.8, motion: 0, gaze: 0, x: 320, y: 240 };
/** Glasses mirror the lamps, the window and the room. */
const mirrored = [
  [-0.5, -0.3],
  [-0.6, 0.25],
  [0.1, 0.65],
  [0.45, 0.4],
  [0.62, -0.3],
  [-0.2, 0.6],
].map(([x, y]) => ({ x: x!, y: y!, radius: 14, light: 260 }));

describe('quality of virtual eyes', () => {
  const good = extracted(eye('quality', 1, clear).image);

  test('a good one has nothing said against it', () => {
    expect(good.quality.reasons).toEqual([]);
    expect(good.quality.score).toBeGreaterThan(75);
  });

  test.each([
    ['IRIS-EYELID', { upperLid: 0.25 }],
    ['IRIS-BLUR', { defocus: 6 }],
    ['IRIS-BLUR', { motion: 9, defocus: 3 }],
    ['IRIS-GAZE', { gaze: 0.62, gazeDirection: 0 }],
    ['IRIS-GLARE', { glints: mirrored }],
    ['IRIS-TOO-FAR', { limbusRadius: 62 }],
    ['IRIS-TOO-NEAR', { limbusRadius: 228, upperLid: 1.3, lowerLid: 1.3 }],
    ['IRIS-OFF-CENTRE', { x: 140 }],
    ['IRIS-PUPIL-WIDE', { pupil: 0.76 }],
    ['IRIS-PUPIL-NARROW', { pupil: 0.15 }],
    ['IRIS-LOW-CONTRAST', { light: 0.22 }],
  ] as const)('%s', (reason, changes) => {
    const { quality } = extracted(eye('quality', 1, { ...clear, ...changes }).image);
    expect(quality.reasons).toContain(reason);
    expect(quality.score).toBeLessThan(good.quality.score);
  });

  test('measures tell what the image shows', () => {
    const { measures } = good;
    expect(measures.dilation).toBeCloseTo(40, -0.5);
    expect(measures.usableArea).toBeGreaterThan(85);
    expect(measures.marginAdequacy).toBe(100);
    expect(measures.pupilCircularity).toBeGreaterThan(95);
    const blurs = [1, 2.5, 4].map(
      (defocus) => extracted(eye('quality', 1, { ...clear, defocus }).image).measures.blur,
    );
    expect(blurs).toEqual(blurs.toSorted((a, b) => a - b));
  });
});

test.skipIf(!hasRealEyes)(
  'a real eye: better than when it is blurred or cut at the side (skipped where ../shared/data is absent)',
  async () => {
    const image = await mosipEye('reg_Right');
    const good = extracted(image);
    expect(good.quality.score).toBeGreaterThan(60);
    const { width, height, data } = image;
    const blurred = data.map((_, i) => {
      let sum = 0;
      for (let k = -9; k <= 9; k++) sum += data[Math.min(data.length - 1, Math.max(0, i + k))]!;
      return sum / 19;
    });
    expect(extracted({ ...image, data: blurred }).quality.reasons).toContain('IRIS-BLUR');
    const cut = 90;
    const right = Uint8Array.from(
      { length: (width - cut) * height },
      (_, i) => data[Math.floor(i / (width - cut)) * width + cut + (i % (width - cut))]!,
    );
    const off = extracted({ ...image, width: width - cut, data: right });
    expect(off.quality.reasons).toContain('IRIS-OFF-CENTRE');
  },
);
