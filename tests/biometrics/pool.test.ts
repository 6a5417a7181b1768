import { afterAll, describe, expect, test } from 'vitest';
import { extract } from '../../src/biometrics/fingerprint/extract.ts';
import { galleryOf } from '../../src/biometrics/fingerprint/gallery.ts';
import { match, prepare } from '../../src/biometrics/fingerprint/match.ts';
import { createBiometrics } from '../../src/biometrics/pool.ts';
import { dislocations, drawnPrint } from './prints.ts';

const biometrics = createBiometrics({ threads: 1 });
afterAll(() => biometrics.close());

test('extracts and matches in a worker, and leaves the image usable', async () => {
  const image = drawnPrint();
  const extracted = await biometrics.extract(image);
  expect(extracted).toMatchObject({ ok: true, value: { template: { width: 320, height: 380, dpi: 500 } } });
  expect(image.data.length).toBe(320 * 380);
  if (!extracted.ok) return;
  const { template } = extracted.value;
  const same = await biometrics.match(template, template);
  expect(same.ok && same.value).toBeGreaterThan(0);
});

test('a task that breaks its worker is a failure, and the next task runs', async () => {
  // More pixels than any memory holds.
  const huge = { width: 1e9, height: 1e9, dpi: 500, data: new Uint8Array(1) };
  expect(await biometrics.extract(huge)).toMatchObject({
    ok: false,
    failure: { code: 'BIOMETRICS-WORKER-DIED' },
  });
  expect(await biometrics.extract(drawnPrint())).toMatchObject({ ok: true });
});

test('sends only the part of a larger buffer that is the image', async () => {
  const image = drawnPrint();
  const large = new Uint8Array(image.data.length + 5000).fill(7);
  large.set(image.data, 100);
  const part = { ...image, data: large.subarray(100, 100 + image.data.length) };
  expect(await biometrics.extract(part)).toEqual(await biometrics.extract(image));
});

describe('identify', () => {
  const crowd = [1, 2, 3, 4, 5].map((seed) => {
    const { ridges: _, ...record } = extract(drawnPrint({ dislocations: dislocations(seed) })).template;
    return record;
  });
  const probe = extract(drawnPrint({ dislocations: dislocations(3), turn: 0.2 })).template;
  /** Two batches and a bit; the probe's finger is the third of each five. */
  const templates = Array.from({ length: 510 }, (_, i) => crowd[i % 5]!);
  const gallery = galleryOf(templates);
  const scores = crowd.map((template) => match(prepare(probe), prepare(template)));

  test('finds the finger wherever it is, the same on one worker as on two', async () => {
    const once = templates.map((template, i) => (i % 5 === 2 && i !== 507 ? crowd[0]! : template));
    const two = createBiometrics({ threads: 2 });
    try {
      const found = await two.identify(probe, galleryOf(once), 4);
      expect(found.ok && found.value[0]).toEqual({ index: 507, score: scores[2] });
      expect(await biometrics.identify(probe, galleryOf(once), 4)).toEqual(found);
    } finally {
      await two.close();
    }
  });

  test('the best of all batches, as many as are asked for, equal ones in their order', async () => {
    const found = await biometrics.identify(probe, gallery, 3);
    expect(found).toEqual({ ok: true, value: [2, 7, 12].map((index) => ({ index, score: scores[2] })) });
    expect(await biometrics.identify(probe, galleryOf([]), 3)).toEqual({ ok: true, value: [] });
  });

  test('leaves nobody out between the batches', async () => {
    const found = await biometrics.identify(probe, gallery, gallery.count);
    const same = found.ok ? found.value.filter(({ score }) => score === scores[2]) : [];
    expect(same.map(({ index }) => index)).toEqual(Array.from({ length: 102 }, (_, n) => 5 * n + 2));
  });

  test('an extraction asked for meanwhile does not wait for the end of the search', async () => {
    const order: string[] = [];
    const search = biometrics.identify(probe, gallery, 3).then(() => order.push('search'));
    const extraction = biometrics.extract(drawnPrint()).then(() => order.push('extraction'));
    await Promise.all([search, extraction]);
    expect(order).toEqual(['extraction', 'search']);
  });
});
