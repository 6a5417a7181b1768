import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { GOOD } from '../../../src/biometrics/fingerprint/quality.ts';
import { STILL, slide } from '../../../src/biometrics/fingerprint/slide.ts';
import { decodePicture } from '../../../src/biometrics/records/pictures.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import type { Touch } from '../../../src/virtual/people/impression.ts';
import { leftBehind, onDirtyGlass, smeared } from '../../../src/virtual/people/mishaps.ts';
import { touchOf } from '../fingers.ts';
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

const touched = (person: number, changes: Partial<Touch> = {}) => touchOf(`quality ${person}`, () => changes);

describe('reasons on virtual impressions', () => {
  test.each<[string, GrayImage, string[]]>([
    ['no finger: clean glass', leftBehind(touched(0), 0), ['FINGER-NONE']],
    ['laid flat', touched(0), []],
    ['dry', touched(0, { dryness: 1.2, pressure: -1.6 }), ['FINGER-TOO-DRY']],
    ['wet: few light pixels', touched(0, { pressure: 3.2 }), ['FINGER-TOO-WET']],
    ['wet: dark all over', touched(3, { pressure: 2.8 }), ['FINGER-TOO-WET']],
    ['worn', touched(0, { dryness: 2 }), ['FINGER-WORN']],
    ['a small part', touched(0, { dx: 0, dy: 0, contact: [55, 70] }), ['FINGER-PARTIAL']],
  ])('%s', (_, image, expected) => expect(reasons(image)).toEqual(expected));
});

describe('a finger that slid while its picture was taken', () => {
  const people = [0, 1, 2, 3, 4, 5];

  test('is told to have moved, and is not good, in most cases', () => {
    const moved = people
      .map((person) => (person * Math.PI) / people.length)
      .map((way, person) => extract(smeared(touched(person), 20 * Math.cos(way), 20 * Math.sin(way))))
      .filter(({ reasons }) => reasons.includes('FINGER-MOVED'));
    expect(moved.length).toBeGreaterThanOrEqual(4);
    for (const { template } of moved) expect(template.quality).toBeLessThan(GOOD);
  });

  test('is not told of one that lay still', () => {
    for (const person of people.slice(0, 3)) expect(reasons(smeared(touched(person), 0, 0))).toEqual([]);
  });
});

describe('the print of the previous person', () => {
  const share = 0.2;

  test('on the empty glass it is dirt, not a finger', () => {
    for (const person of [0, 1, 2]) {
      const { template, reasons } = extract(leftBehind(touched(person), share));
      expect({ quality: template.quality, reasons }).toEqual({ quality: 0, reasons: ['FINGER-GLASS-DIRTY'] });
    }
  });

  test('beside a finger it is told, and the print is not good; on clean glass it is not told', () => {
    const finger = { dx: -50, dy: -60, contact: [85, 110] } as const;
    const previous = leftBehind(touched(9, { dx: 60, dy: 80 }), share);
    for (const person of [0, 1, 2]) {
      const clean = touched(person, finger);
      expect(reasons(clean)).not.toContain('FINGER-GLASS-DIRTY');
      const { template, reasons: why } = extract(onDirtyGlass(clean, previous));
      expect(why).toContain('FINGER-GLASS-DIRTY');
      expect(template.quality).toBeLessThan(GOOD);
    }
  });

  test('the blotted middle of a wet finger is not taken for it', () =>
    expect(reasons(touched(1, { pressure: 3.2 }))).not.toContain('FINGER-GLASS-DIRTY'));
});

const REAL = ['fvc2002_db1_b', 'fvc2004_db3_b'].map((set) => `../shared/data/fingerprint/${set}`);

describe.skipIf(!REAL.every(existsSync))('real prints (skipped where ../shared/data is absent)', () => {
  const load = async (path: string) => {
    const image = await decodePicture(readFileSync(path));
    if (!image.ok) throw new Error(image.failure.code);
    return image.value;
  };

  test('of none is it said that the glass was dirty or that the finger moved', async () => {
    const wronged: string[] = [];
    for (const folder of REAL)
      for (const name of readdirSync(folder).filter((file) => file.endsWith('_1.png'))) {
        const why = reasons(await load(`${folder}/${name}`));
        if (why.includes('FINGER-GLASS-DIRTY') || why.includes('FINGER-MOVED')) wronged.push(name);
      }
    expect(wronged).toEqual([]);
  });

  test.each(['101_1', '106_1'])('%s of each set: shifted frames tell by how much', async (name) => {
    for (const folder of REAL) {
      const image = await load(`${folder}/${name}.png`);
      const { template } = extract(image);
      const moved = slide(template, extract(shifted(image, 12, -9)).template);
      expect(moved).toBeGreaterThan(13);
      expect(moved).toBeLessThan(17);
      expect(slide(template, extract(noisy(image, 20)).template)).toBeLessThan(STILL / 2);
    }
  });
});

function shifted({ width, height, dpi, data }: GrayImage, dx: number, dy: number): GrayImage {
  const moved = data.map((_, i) => {
    const [x, y] = [(i % width) - dx, Math.floor(i / width) - dy];
    return x >= 0 && y >= 0 && x < width && y < height ? data[y * width + x]! : 250;
  });
  return { width, height, dpi, data: moved };
}
