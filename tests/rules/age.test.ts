import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageOn, daysBetween, mustHoldCard } from '../../src/rules/age.ts';

describe('an age', () => {
  it.each([
    ['2009-03-02', '2026-03-01', 16],
    ['2009-03-02', '2026-03-02', 17],
    ['2008-02-29', '2025-02-28', 16],
    ['2008-02-29', '2025-03-01', 17],
    ['2026-03-02', '2026-03-02', 0],
  ])('of somebody born on %s is, on %s, %i', (birth, day, age) => {
    expect(ageOn(birth, day)).toBe(age);
  });

  it('decides with marriage who must hold a card', () => {
    expect(mustHoldCard('2009-03-02', '2026-03-01', false)).toBe(false);
    expect(mustHoldCard('2009-03-02', '2026-03-01', true)).toBe(true);
    expect(mustHoldCard('2009-03-02', '2026-03-02', false)).toBe(true);
  });

  it('grows with the days', () => {
    const day = fc
      .date({ min: new Date('1950-01-01'), max: new Date('2050-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [birth, later] = a < b ? [a, b] : [b, a];
        const years = daysBetween(birth, later) / 365.25;
        expect(Math.abs(ageOn(birth, later) + 0.5 - years)).toBeLessThanOrEqual(0.51);
      }),
    );
  });
});
