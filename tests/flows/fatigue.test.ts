/** Who is tired, by their own pace. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTired, type WorkedSession } from '../../src/flows/fatigue.ts';
import { recordingPolicy } from '../../src/flows/recording-policy.ts';

const policy = recordingPolicy.parse({}).fatigue;
const work = (count: number, seconds: number, discarded = 1): WorkedSession[] =>
  Array.from({ length: count }, () => ({ seconds, captures: 20, discarded }));

test('sessions that grow longer than at the beginning, or go wrong more often, tell of it', () => {
  expect(isTired([...work(5, 240), ...work(5, 300)], policy)).toBe(false);
  expect(isTired([...work(5, 240), ...work(5, 400)], policy)).toBe(true);
  expect(isTired([...work(5, 240, 2), ...work(5, 240, 8)], policy)).toBe(true);
  // Many captures that go wrong from the beginning are the scanner's.
  expect(isTired([...work(5, 240, 8), ...work(5, 240, 9)], policy)).toBe(false);
});

test('one resident who takes long tires nobody, and a pause is over with the next good sessions', () => {
  expect(isTired([...work(5, 240), ...work(4, 240), ...work(1, 3000)], policy)).toBe(false);
  expect(isTired([...work(5, 240), ...work(5, 400), ...work(5, 240)], policy)).toBe(false);
});

test('nobody is tired before there is something to compare with, nor by an even pace', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 3600 }),
      fc.integer({ min: 0, max: 20 }),
      (count, seconds, discarded) => {
        expect(isTired(work(count, seconds, discarded), policy)).toBe(false);
      },
    ),
  );
  expect(isTired([...work(1, 10), ...work(8, 5000, 20)], policy)).toBe(false);
});
