import { expect, test } from 'vitest';
import { errorRates, percentile, rankCorrelation, rateOf } from './error-rates.ts';

const scores = (...values: number[]) => Float64Array.from(values);

test('separated scores have no errors', () => {
  const rates = errorRates(scores(5, 6, 7), scores(1, 2, 3));
  expect(rates).toMatchObject({ eer: { rate: 0 }, frrAtFar1in1000: { rate: 0 }, above1in1000: 3 });
});

test('one genuine of four below one impostor of four: equal error 25 %', () => {
  const rates = errorRates(scores(2, 6, 7, 8), scores(0, 1, 1.5, 3));
  expect(rates.eer.rate).toBe(0.25);
  expect(rates.frrAtFar1in1000.rate).toBe(0.25);
});

test('the threshold is the lowest with the false accept rate not above the bound', () => {
  const impostor = Float64Array.from({ length: 2000 }, (_, k) => k);
  const rates = errorRates(scores(1996.5, 1997.5, 1998.5, 1999.5), impostor);
  // Two of 2,000 may be accepted at 0.1 %, none at 0.01 %.
  expect(rates.above1in1000).toBe(1997);
  expect(rates.frrAtFar1in1000.rate).toBe(0.25);
  expect(rates.above1in10000).toBe(1999);
  expect(rates.frrAtFar1in10000.rate).toBe(0.75);
});

test('an impostor as high as a genuine pair is not told from it', () => {
  expect(errorRates(scores(3, 3), scores(3, 1)).frrAtFar1in10000.rate).toBe(1);
});

test("Wilson's interval holds the rate and never leaves 0 to 1", () => {
  expect(rateOf(0, 280)).toMatchObject({ rate: 0, low: 0 });
  expect(rateOf(0, 280).high).toBeCloseTo(0.0135, 3);
  expect(rateOf(280, 280).high).toBe(1);
});

test('percentiles of unsorted numbers', () => {
  expect(percentile([3, 1, 2], 0.5)).toBe(2);
  expect(percentile([3, 1, 2], 0.95)).toBe(3);
});

test('rank correlation: order counts, distance does not, ties share a rank', () => {
  expect(rankCorrelation([1, 2, 3], [10, 20, 900])).toBeCloseTo(1);
  expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1);
  expect(rankCorrelation([1, 1, 2, 2], [1, 2, 3, 4])).toBeCloseTo(0.894, 3);
  expect(rankCorrelation([5, 5], [1, 2])).toBe(0);
});

test('overlap is what the best threshold leaves in error; d′ is in standard deviations', () => {
  const apart = errorRates(scores(5, 7), scores(1, 3));
  expect(apart).toMatchObject({ overlap: 0, dPrime: 4 });
  // Either one impostor of four is accepted or one genuine pair of four rejected.
  expect(errorRates(scores(2, 6, 7, 8), scores(0, 1, 1.5, 3)).overlap).toBe(0.25);
  expect(errorRates(scores(1, 2), scores(1, 2)).overlap).toBe(1);
});
