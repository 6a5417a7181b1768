import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { assessPhoto } from '../../../src/biometrics/photo/assess.ts';
import { cutPortrait } from '../../../src/biometrics/photo/portrait.ts';
import { CLOTHS, drawScene, PLAIN_SCENE } from '../../../src/virtual/people/photo-scene.ts';
import { residents } from '../../../src/virtual/people/residents.ts';

const [{ looks }] = residents as [(typeof residents)[number]];
const image = await drawScene({ ...PLAIN_SCENE, width: 1280, height: 720, looks, background: CLOTHS.blue });
const { region } = assessPhoto(image, 'blue');

describe('the photo', () => {
  test('has its size, and what is in the region', async () => {
    const jpeg = await cutPortrait(image, { left: 10, top: 20, width: 30, height: 40 });
    expect(await sharp(jpeg!).metadata()).toMatchObject({ format: 'jpeg', width: 480, height: 640 });
    const { channels } = await sharp(jpeg!).stats();
    [0x24, 0x56, 0xa6].forEach((level, n) => {
      expect(Math.abs(channels[n]!.mean - level)).toBeLessThan(3);
    });
  });

  test('is as good as its size in bytes allows', async () => {
    const size = { width: 240, height: 320 };
    const good = await cutPortrait(image, region!, { ...size, most: 40_000 });
    const small = await cutPortrait(image, region!, { ...size, most: 4_000 });
    expect(small!.length).toBeLessThanOrEqual(4_000);
    expect(small!.length).toBeGreaterThan(3_000);
    expect(good!.length).toBeGreaterThan(small!.length);
    expect(await cutPortrait(image, region!, { ...size, most: 300 })).toBeNull();
  });

  test('reaches to the very edge of the picture', async () => {
    const whole = await cutPortrait(image, { left: 740.4, top: 0.4, width: 539.6, height: 719.6 });
    expect(await sharp(whole!).metadata()).toMatchObject({ width: 480, height: 640 });
  });
});
