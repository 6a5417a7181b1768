import { existsSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { prepare } from '../../../src/biometrics/fingerprint/match.ts';
import {
  type Fresh,
  type Kept,
  REPEATED,
  refuseReplay,
  repetition,
} from '../../../src/biometrics/guards/replay.ts';
import { detailOf, POINTS, traceOf } from '../../../src/biometrics/guards/trace.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import { crowdImpressions } from '../../../src/virtual/people/crowd.ts';
import { Random } from '../../../src/virtual/people/random.ts';
import { type Disguise, disguised } from '../../benchmarks/disguise.ts';

const PLAIN: Disguise = {
  dx: 0,
  dy: 0,
  turn: 0,
  noise: 0,
  contrast: 1,
  brightness: 0,
  crop: false,
  jpeg: false,
};
const ALL: Disguise = {
  dx: 20,
  dy: -30,
  turn: 0.4,
  noise: 8,
  contrast: 0.8,
  brightness: 20,
  crop: true,
  jpeg: true,
};

function capture(image: GrayImage): Fresh & Kept {
  const { template } = extract(image);
  const detail = detailOf(image, template.ridges!);
  return { print: prepare(template), detail, trace: traceOf(detail) };
}

const images = [0, 1, 2].map((finger) => crowdImpressions(finger, 2));
const [original] = images[0]!;
const kept = images.map(([first]) => capture(first!));

describe('a repeated image', () => {
  test.each<[string, Partial<Disguise>]>([
    ['as it is', {}],
    ['shifted', { dx: 40, dy: -40 }],
    ['turned', { turn: -Math.PI / 6 }],
    ['noisy', { noise: 12 }],
    ['as a JPEG', { jpeg: true }],
    ['lighter and paler', { contrast: 0.7, brightness: 30 }],
    ['cropped', { crop: true }],
    ['with all of these', ALL],
  ])('is refused %s', async (_, wishes) => {
    const image = await disguised(original!, { ...PLAIN, ...wishes }, new Random('replay'));
    const result = refuseReplay(capture(image), kept);
    expect(result.ok ? 'accepted' : result.failure.code).toBe('GUARD-REPLAY');
  });

  test('another touch of the same fingers is accepted', () => {
    for (const [, second] of images) expect(refuseReplay(capture(second!), kept).ok).toBe(true);
  });

  test('an image without a print is accepted: it repeats nothing', () => {
    const glass = { width: 320, height: 400, dpi: 500, data: new Uint8Array(320 * 400).fill(255) };
    const empty = capture(glass);
    expect(refuseReplay(empty, [empty, ...kept]).ok).toBe(true);
  });

  test('of a sensor of another resolution is recognised as well', async () => {
    const { width, height, data } = original!;
    const pixels = await sharp(data, { raw: { width, height, channels: 1 } })
      .resize(2 * width, 2 * height, { fit: 'fill' })
      .greyscale()
      .raw()
      .toBuffer();
    const image = { width: 2 * width, height: 2 * height, dpi: 1000, data: Uint8Array.from(pixels) };
    expect(repetition(capture(image), kept[0]!)).toBeGreaterThan(REPEATED);
  });
});

test('a trace is a kibibyte, and the same for the same image', () => {
  const { onPrint, positive } = kept[0]!.trace;
  expect(onPrint.byteLength + positive.byteLength).toBe(POINTS / 4);
  expect(capture(original!).trace).toEqual(kept[0]!.trace);
});

const SET = '../shared/data/fingerprint/fvc2002_db1_b';
describe.skipIf(!existsSync(SET))('real prints (skipped where ../shared/data is absent)', () => {
  const load = async (name: string): Promise<GrayImage> => {
    const { data, info } = await sharp(`${SET}/${name}.png`)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, dpi: 500, data: Uint8Array.from(data) };
  };

  test.each(['103', '107'])(
    'finger %s: other touches pass, the same one disguised does not',
    async (finger) => {
      const touches = await Promise.all([1, 2, 3, 4].map((impression) => load(`${finger}_${impression}`)));
      const captures = touches.map(capture);
      for (const [i, fresh] of captures.entries())
        expect(refuseReplay(fresh, captures.slice(i + 1)).ok).toBe(true);
      const again = capture(await disguised(touches[0]!, ALL, new Random(finger)));
      expect(refuseReplay(again, captures).ok).toBe(false);
    },
  );
});
