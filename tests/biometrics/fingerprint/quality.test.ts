import { describe, expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { GOOD } from '../../../src/biometrics/fingerprint/quality.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import { drawnPrint } from '../prints.ts';

const reasons = (image: GrayImage) => extract(image).reasons;
const quality = (image: GrayImage) => extract(image).template.quality;

/** Noise of the given strength, the same in every run. */
function noisy(image: GrayImage, strength: number): GrayImage {
  let state = 1;
  const data = image.data.map((value) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.max(0, Math.min(255, value + strength * (state / 2 ** 31 - 1)));
  });
  return { ...image, data };
}

/** Specks all over the print: bright ones break its ridges, dark ones close its valleys. */
function speckled(image: GrayImage, grey: number, specks: number): GrayImage {
  let state = 5;
  const data = Uint8Array.from(image.data);
  for (let n = 0; n < specks; n++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const at = Math.floor((state / 2 ** 32) * image.width * (image.height - 2));
    for (const i of [at, at + 1, at + image.width, at + image.width + 1]) if (data[i]! < 250) data[i] = grey;
  }
  return { ...image, data };
}

describe('quality', () => {
  test('a clear print has nothing against it; noise lowers the score', () => {
    const clear = drawnPrint();
    expect(reasons(clear)).toEqual([]);
    expect(quality(clear)).toBeGreaterThanOrEqual(GOOD);
    expect(quality(noisy(clear, 150))).toBeLessThan(quality(clear));
  });

  test('partial', () =>
    expect(reasons(drawnPrint({ halfWidth: 55, halfHeight: 70 }))).toContain('FINGER-PARTIAL'));

  test('off-centre', () =>
    expect(reasons(drawnPrint({ centreX: 285, centreY: 320, halfWidth: 80, halfHeight: 110 }))).toContain(
      'FINGER-OFF-CENTRE',
    ));

  test('rotated', () =>
    expect(
      reasons(noisy(drawnPrint({ width: 380, turn: 0.9, halfWidth: 80, halfHeight: 130 }), 180)),
    ).toContain('FINGER-ROTATED'));

  test('too dry: thin, broken ridges', () =>
    expect(reasons(speckled(drawnPrint({ ridge: 0.16 }), 235, 20_000))).toContain('FINGER-TOO-DRY'));

  test('too wet: valleys nearly closed', () =>
    expect(reasons(speckled(drawnPrint({ ridge: 0.84 }), 45, 20_000))).toContain('FINGER-TOO-WET'));

  test('worn: hardly any ridges in the noise', () =>
    expect(reasons(noisy(drawnPrint(), 200))).toContain('FINGER-WORN'));

  test('dirty glass: faint ridges of another print beside the finger', () => {
    const finger = drawnPrint({ halfWidth: 60, halfHeight: 75, centreX: 90, centreY: 110 });
    const latent = drawnPrint({ halfWidth: 90, halfHeight: 110, centreX: 220, centreY: 260 });
    const data = finger.data.map((value, i) => Math.min(value, Math.round(215 + latent.data[i]! * 0.14)));
    expect(reasons({ ...finger, data })).toContain('FINGER-GLASS-DIRTY');
  });

  test('not a finger: a page of large shapes', () => {
    const image = drawnPrint();
    const data = image.data.map((_, i) => {
      const x = i % image.width;
      const y = Math.floor(i / image.width);
      return (Math.floor(x / 37) + Math.floor(y / 41)) % 2 === 0 ? 20 : 240;
    });
    expect(reasons({ ...image, data })).toEqual(['FINGER-NOT-A-FINGER']);
  });
});
