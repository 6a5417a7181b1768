import { existsSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { match, prepare } from '../../../src/biometrics/fingerprint/match.ts';
import { OWN } from '../../../src/biometrics/fingerprint/thresholds.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import { dislocations, drawnPrint } from '../prints.ts';

/** Each pixel four times: the same print at twice the resolution. */
function doubled({ width, height, dpi, data }: GrayImage): GrayImage {
  const out = new Uint8Array(4 * data.length);
  for (let i = 0; i < out.length; i++) {
    const x = i % (2 * width);
    const y = Math.floor(i / (2 * width));
    out[i] = data[Math.floor(y / 2) * width + Math.floor(x / 2)]!;
  }
  return { width: 2 * width, height: 2 * height, dpi: 2 * dpi, data: out };
}

describe('extract', () => {
  test('finds the minutiae that were drawn, and few others', () => {
    const drawn = dislocations(1);
    const { minutiae } = extract(drawnPrint()).template;
    const near = (dx: number, dy: number, x: number, y: number) => Math.hypot(160 + dx - x, 190 + dy - y) < 8;
    const missed = drawn.filter(([dx, dy]) => !minutiae.some(({ x, y }) => near(dx, dy, x, y)));
    const invented = minutiae.filter(({ x, y }) => !drawn.some(([dx, dy]) => near(dx, dy, x, y)));
    expect(missed.length).toBeLessThanOrEqual(2);
    expect(invented.length).toBeLessThanOrEqual(2);
  });

  test('minutiae are in range, the most reliable first', () => {
    const { minutiae, width, height } = extract(drawnPrint({ turn: 0.7 })).template;
    for (const { x, y, angle, quality } of minutiae) {
      expect(x >= 0 && x < width && y >= 0 && y < height).toBe(true);
      expect(angle >= 0 && angle < 2 * Math.PI).toBe(true);
      expect(quality >= 1 && quality <= 100).toBe(true);
    }
    expect(minutiae.map(({ quality }) => quality)).toEqual(
      minutiae.map(({ quality }) => quality).sort((a, b) => b - a),
    );
  });

  test('a minutia turns with the finger', () => {
    const [straight, turned] = [0, Math.PI / 2].map((turn) =>
      prepare(extract(drawnPrint({ width: 380, height: 380, turn })).template),
    );
    expect(match(straight!, turned!)).toBeGreaterThan(OWN.far1in10000);
  });

  test('an image of another resolution gives a template at 500 dpi', () => {
    const image = drawnPrint();
    const own = extract(image).template;
    const { template } = extract(doubled(image));
    expect(template).toMatchObject({ width: own.width, height: own.height, dpi: 500 });
    expect(match(prepare(own), prepare(template))).toBeGreaterThan(OWN.far1in10000);
  });

  test('whatever the size, an image without a finger gives no minutiae and says so', () => {
    for (const [width, height] of [
      [1, 1],
      [7, 300],
      [64, 64],
      [388, 374],
    ] as const) {
      const blank = { width, height, dpi: 500, data: new Uint8Array(width * height).fill(200) };
      expect(extract(blank)).toMatchObject({
        template: { quality: 0, minutiae: [] },
        reasons: ['FINGER-NONE'],
      });
    }
  });
});

const SET = '../shared/data/fingerprint/fvc2002_db1_b';
describe.skipIf(!existsSync(SET))('real prints (skipped where ../shared/data is absent)', () => {
  const template = async (name: string) => {
    const { data, info } = await sharp(`${SET}/${name}.png`)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return prepare(extract({ width: info.width, height: info.height, dpi: 500, data }).template);
  };

  test('three impressions of two fingers are told apart', async () => {
    const names = ['101_1', '101_2', '101_3', '105_1', '105_2', '105_3'];
    const prints = await Promise.all(names.map(template));
    for (const [i, a] of prints.entries())
      for (const [j, b] of prints.entries()) {
        if (i >= j) continue;
        const same = names[i]!.slice(0, 3) === names[j]!.slice(0, 3);
        expect(match(a, b) > OWN.far1in10000, `${names[i]} and ${names[j]}`).toBe(same);
      }
  });
});
