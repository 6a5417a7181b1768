import sharp from 'sharp';
import { expect, test } from 'vitest';
import { assessWhole } from '../../../src/biometrics/photo/whole.ts';
import type { RgbImage } from '../../../src/rules/rgb-image.ts';

const [width, height] = [1280, 720];
const lines = Array.from(
  { length: 24 },
  (_, n) => `<text x="90" y="${60 + 26 * n}">KARTU KELUARGA ${n} CONTOH</text>`,
);
const paper = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif"
  font-size="22"><rect width="100%" height="100%" fill="#f4f1e8"/>${lines.join('')}</svg>`;

async function seen(blur: number, light = 1): Promise<RgbImage> {
  let picture = sharp(Buffer.from(paper)).removeAlpha();
  if (blur > 0) picture = picture.blur(blur);
  const data = await picture.linear(light, 0).toColourspace('srgb').raw().toBuffer();
  return { width, height, data: new Uint8Array(data) };
}

test('the sharper picture of a paper is worth more, though most of it is blank', async () => {
  const scores = [];
  for (const blur of [0, 1, 2, 4]) scores.push(assessWhole(await seen(blur)).score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(new Set(scores).size).toBe(4);
  expect(scores[0]).toBeLessThanOrEqual(100);
});

test('a paper in the dark is told', async () => {
  expect(assessWhole(await seen(0, 0.3))).toEqual({ score: 0, reasons: ['PHOTO-TOO-DARK'] });
  expect(assessWhole(await seen(0, 0.7)).reasons).toEqual([]);
});
