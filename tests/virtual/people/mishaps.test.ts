import { expect, test } from 'vitest';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import { leftBehind, onDirtyGlass, smeared } from '../../../src/virtual/people/mishaps.ts';

const image = (width: number, ...data: number[]): GrayImage => ({
  width,
  height: data.length / width,
  dpi: 500,
  data: Uint8Array.from(data),
});

test('what is left behind is the print, so much fainter; clean glass stays clean', () => {
  expect([...leftBehind(image(3, 244, 144, 44), 0.2).data]).toEqual([244, 224, 204]);
  expect([...leftBehind(image(3, 250, 144, 44), 0).data]).toEqual([244, 244, 244]);
});

test('on dirty glass both prints darken it', () => {
  const latent = image(2, 244, 122);
  expect([...onDirtyGlass(image(2, 100, 100), latent).data]).toEqual([100, 50]);
});

test('a slide smears a line that it crosses, and not one along it', () => {
  const across = image(7, 244, 244, 244, 44, 244, 244, 244);
  const along = { ...across, width: 1, height: 7 };
  expect(Math.max(...smeared(across, 2, 0).data.subarray(2, 5))).toBeLessThan(244);
  expect(smeared(image(7, ...Array(7).fill(44)), 0, 0).data).toEqual(Uint8Array.from(Array(7).fill(44)));
  expect(smeared(along, 2, 0).data[3]).toBeGreaterThan(44);
  const ridge = image(3, 244, 44, 244, 244, 44, 244, 244, 44, 244);
  expect(smeared(ridge, 0, 2).data[4]).toBe(44);
  expect(smeared(ridge, 2, 0).data[4]).toBeGreaterThan(44);
});
