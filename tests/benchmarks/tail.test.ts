import { expect, test } from 'vitest';
import { Random } from '../../src/virtual/people/random.ts';
import { tailOf } from './tail.ts';

/** Strangers of whom one in 10^(s/10) reaches s. */
const random = new Random('tail');
const scores = Array.from({ length: 20_000 }, () => -10 * Math.log10(1 - random.next()));

test('carries the share of strangers beyond what was counted', () => {
  const { reachedBy, shareReaching } = tailOf(scores);
  expect(Math.abs(reachedBy(1e-3) - 30)).toBeLessThan(1);
  expect(Math.abs(reachedBy(1e-6) - 60)).toBeLessThan(6);
  for (const share of [1e-2, 1e-4, 1e-6]) expect(shareReaching(reachedBy(share))).toBeCloseTo(share, 9);
});

test('one stranger alike by chance does not move it much', () => {
  const { reachedBy } = tailOf(scores);
  expect(Math.abs(tailOf([...scores, 100]).reachedBy(1e-4) - reachedBy(1e-4))).toBeLessThan(2);
});
