import fc from 'fast-check';
import { expect, it } from 'vitest';
import { calendar } from '../../src/store/calendar.ts';

it.each([
  ['Asia/Jakarta', '2026-03-01T17:00:00.000Z', '2026-03-02'],
  ['Asia/Jakarta', '2026-03-01T16:59:59.999Z', '2026-03-01'],
  ['Asia/Jayapura', '2026-03-01T15:00:00.000Z', '2026-03-02'],
  ['UTC', '2026-12-31T23:59:59.999Z', '2026-12-31'],
])('in %s it is, at %s, %s', (zone, at, day) => {
  expect(calendar(zone)(at)).toBe(day);
});

it('a day of UTC is the day of its time', () => {
  const dayOf = calendar('UTC');
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      expect(dayOf(date.toISOString())).toBe(date.toISOString().slice(0, 10));
    }),
  );
});
