import { expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { FOREIGN, OWN, RECORDS, thresholdsFor } from '../../../src/biometrics/fingerprint/thresholds.ts';
import { drawnPrint } from '../prints.ts';

test('what is compared decides the thresholds: ridges on both sides, on one, on none', () => {
  const print = extract(drawnPrint()).template;
  const { ridges: _, ...record } = print;
  expect(thresholdsFor(print, print)).toBe(OWN);
  expect(thresholdsFor(print, record)).toBe(FOREIGN);
  expect(thresholdsFor(record, print)).toBe(FOREIGN);
  expect(thresholdsFor(record, record)).toBe(RECORDS);
});
