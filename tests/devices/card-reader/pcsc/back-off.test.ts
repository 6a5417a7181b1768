import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOff } from '../../../../src/devices/card-reader/pcsc/back-off.ts';

test('waits 100, 200, 400, 800, then 1000 ms', () => {
  const middle = () => 0.5;
  expect([0, 1, 2, 3, 4, 5, 5000].map((attempt) => backOff(attempt, middle))).toEqual([
    100, 200, 400, 800, 1000, 1000, 1000,
  ]);
});

test('never at once, never longer than a desk may be away', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const wait = backOff(attempt, () => random);
        expect(wait >= 75 && wait <= 1250).toBe(true);
      },
    ),
  );
});
