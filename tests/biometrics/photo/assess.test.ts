import { describe, expect, test } from 'vitest';
import { assessPhoto, GOOD_PHOTO } from '../../../src/biometrics/photo/assess.ts';
import type { RgbImage } from '../../../src/rules/rgb-image.ts';
import { CLOTHS, drawScene, PLAIN_SCENE, type Scene } from '../../../src/virtual/people/photo-scene.ts';
import { Random } from '../../../src/virtual/people/random.ts';
import { residents } from '../../../src/virtual/people/residents.ts';

const looksOf = (id: string) => residents.find((resident) => resident.id === id)!.looks;
const scene: Scene = {
  ...PLAIN_SCENE,
  width: 960,
  height: 540,
  looks: looksOf('bagus'),
  background: CLOTHS.blue,
};

const random = new Random('sensor');
const noise = Int8Array.from({ length: 9_973 }, () => Math.round(3 * random.normal()));
/** As a sensor sees it. */
function noisy({ width, height, data }: RgbImage): RgbImage {
  const seen = new Uint8ClampedArray(data.length);
  for (let i = 0; i < seen.length; i++) seen[i] = data[i]! + noise[i % noise.length]!;
  return { width, height, data: new Uint8Array(seen.buffer) };
}
const take = async (change: Partial<Scene>) => noisy(await drawScene({ ...scene, ...change }));
const reasons = async (change: Partial<Scene>, background: Parameters<typeof assessPhoto>[1] = 'blue') =>
  assessPhoto(await take(change), background).reasons;

test('the score tells the sharper of two that will do, and is good for none that will not', async () => {
  const score = async (change: Partial<Scene>) => assessPhoto(await take(change), 'blue').score;
  const [sharp, softer, blurred, nobody] = [
    await score({}),
    await score({ blur: 1 }),
    await score({ blur: 8 }),
    await score({ looks: null }),
  ];
  expect(sharp).toBeGreaterThan(softer);
  expect(softer).toBeGreaterThanOrEqual(GOOD_PHOTO);
  expect(blurred).toBeLessThan(GOOD_PHOTO);
  expect(nobody).toBe(0);
});

describe('a photo that will do', () => {
  const people = residents.map(({ id, looks }) => ({ id, looks }));
  test.each(people)('$id before each cloth, and on a smaller camera', async ({ looks }) => {
    for (const colour of ['red', 'blue', 'orange'] as const)
      expect(await reasons({ looks, background: CLOTHS[colour] }, colour), colour).toEqual([]);
    expect(await reasons({ looks, width: 640, height: 480, head: 0.6 }), '640 × 480').toEqual([]);
  });

  test('a little off, a little darker, a little brighter is good enough', async () => {
    expect(await reasons({ offset: [0.3, 0.02] })).toEqual([]);
    expect(await reasons({ light: 0.75 })).toEqual([]);
    expect(await reasons({ light: 1.15 })).toEqual([]);
    expect(await reasons({ blur: 1 })).toEqual([]);
    expect(await reasons({ shade: 0.3 })).toEqual([]);
  });

  test('dark skin is not a dark picture', async () => {
    const looks = { skin: '#4a2f20', hair: '#0d0b0a', clothes: '#222222' };
    expect(await reasons({ looks })).toEqual([]);
  });

  test.each(people)('$id is cut out full frontal', async ({ looks }) => {
    const { region } = assessPhoto(await take({ looks, offset: [0.2, 0.03] }), 'blue');
    const [crown, chin] = [-0.5, 0.5].map((end) => (0.46 + 0.03 + end * PLAIN_SCENE.head) * 540) as [
      number,
      number,
    ];
    const middle = 480 + 0.2 * 540;
    expect(region!.width / region!.height).toBeCloseTo(3 / 4, 6);
    expect(Math.abs(region!.left + region!.width / 2 - middle)).toBeLessThan(0.02 * region!.width);
    // Full frontal: crown to chin is 60 to 90 % of the height, the eyes are at 50 to 70 % from the lower edge.
    const head = (chin - crown) / region!.height;
    expect(head).toBeGreaterThan(0.6);
    expect(head).toBeLessThan(0.9);
    const eyes = crown + ((88 - 28) / (132 - 28)) * (chin - crown);
    const level = (region!.top + region!.height - eyes) / region!.height;
    expect(level).toBeGreaterThan(0.45);
    expect(level).toBeLessThan(0.7);
  });
});

describe('why a photo will not do', () => {
  test('too dark, too bright, light from one side', async () => {
    expect(await reasons({ light: 0.4 })).toEqual(['PHOTO-TOO-DARK']);
    expect(await reasons({ light: 1.8 })).toContain('PHOTO-TOO-BRIGHT');
    expect(await reasons({ shade: 0.9 })).toContain('PHOTO-UNEVEN-LIGHT');
  });

  test('blurred', async () => {
    expect(await reasons({ blur: 5 })).toEqual(['PHOTO-UNSHARP']);
    expect(await reasons({ looks: looksOf('endah'), blur: 7 })).toEqual(['PHOTO-UNSHARP']);
  });

  test('another colour than the rule asks, unless it is waived', async () => {
    const looks = looksOf('yosef');
    for (const wrong of ['red', 'orange', 'white'] as const)
      expect(await reasons({ looks, background: CLOTHS[wrong] }), wrong).toEqual(['PHOTO-BACKGROUND-COLOUR']);
    expect(await reasons({ background: CLOTHS.red }, 'orange')).toEqual(['PHOTO-BACKGROUND-COLOUR']);
    expect(await reasons({ background: CLOTHS.orange }, 'red')).toEqual(['PHOTO-BACKGROUND-COLOUR']);
    expect(await reasons({ looks, background: '#9aa5b8' }), 'pale').toEqual(['PHOTO-BACKGROUND-COLOUR']);
    expect(await reasons({ looks, background: CLOTHS.white }, null)).toEqual([]);
  });

  test('things behind the person, unless the background is waived', async () => {
    expect(await reasons({ clutter: true })).toEqual(['PHOTO-BACKGROUND-UNEVEN']);
    expect(await reasons({ clutter: true }, null)).toEqual([]);
  });

  test('a cloth that lies half in the shadow', async () => {
    expect(await reasons({ shade: 0.6 })).toEqual(['PHOTO-BACKGROUND-UNEVEN']);
  });

  test('nobody there, or something too small to be a person', async () => {
    expect(await reasons({ looks: null })).toEqual(['PHOTO-NO-HEAD']);
    expect(await reasons({ head: 0.07 })).toContain('PHOTO-NO-HEAD');
  });

  test('too far away, too near, at the edge, cut off', async () => {
    expect(await reasons({ head: 0.2 })).toEqual(['PHOTO-HEAD-TOO-SMALL']);
    expect(await reasons({ head: 0.85 })).toContain('PHOTO-HEAD-TOO-LARGE');
    expect(await reasons({ offset: [-0.67, 0] })).toEqual(['PHOTO-OFF-CENTRE']);
    expect(await reasons({ offset: [-0.75, 0] })).toContain('PHOTO-OFF-CENTRE');
    expect(await reasons({ offset: [0, -0.18] })).toEqual(['PHOTO-OFF-CENTRE']);
    expect(await reasons({ offset: [0, -0.25] })).toEqual(['PHOTO-OFF-CENTRE']);
    expect(await reasons({ offset: [0, 0.27] })).toEqual(['PHOTO-OFF-CENTRE']);
  });

  test('several things at once, what to mend first at the front', async () => {
    expect(await reasons({ head: 0.2, background: CLOTHS.red })).toEqual([
      'PHOTO-HEAD-TOO-SMALL',
      'PHOTO-BACKGROUND-COLOUR',
    ]);
  });
});
