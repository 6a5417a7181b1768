import { afterAll, expect, test } from 'vitest';
import { createBiometrics } from '../../src/biometrics/pool.ts';
import { drawnPrint } from './prints.ts';

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
    failure: { code: 'FINGER-WORKER-DIED' },
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
