import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exceptionTypesOf, isUnusual } from '../../src/rules/exceptions.ts';
import { EXCEPTION_TYPES } from '../../src/rules/recording.ts';

describe('a rate of exceptions', () => {
  it.each([
    [0, 50, 0.02, false],
    [2, 50, 0.02, false],
    [10, 50, 0.02, true],
    [9, 9, 0.02, false],
    [1, 20, 0, true],
    [60, 100, 0.5, false],
    [80, 100, 0.5, true],
    [5000, 10_000, 0.5, false],
  ])('%i in %i sessions, %f being usual: %s', (exceptional, sessions, usual, unusual) => {
    expect(isUnusual(exceptional, sessions, usual)).toBe(unusual);
  });

  it('that is unusual stays so with more of them', () => {
    const usual = fc.double({ min: 0.001, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 300 }), fc.nat(300), usual, (sessions, count, rate) => {
        fc.pre(count < sessions && isUnusual(count, sessions, rate));
        expect(isUnusual(count + 1, sessions, rate)).toBe(true);
      }),
    );
  });

  it('raises few false alarms', () => {
    const tail = (sessions: number, usual: number) => {
      let least = 0;
      while (!isUnusual(least, sessions, usual)) least++;
      return least;
    };
    // From a table of the binomial distribution: P(X ≥ 7 | 100, 0.02) = 0.0041, P(X ≥ 8) = 0.00093.
    expect(tail(100, 0.02)).toBe(8);
  });
});

it('every reason for an exception goes with something', () => {
  const all = [
    exceptionTypesOf({ kind: 'finger', position: 2 }),
    exceptionTypesOf({ kind: 'iris', eye: 'left' }),
    exceptionTypesOf({ kind: 'signature' }),
    exceptionTypesOf({ kind: 'photo-background' }),
  ].flat();
  expect([...new Set(all)].toSorted()).toEqual(EXCEPTION_TYPES.toSorted());
});
