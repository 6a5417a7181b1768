import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNik, nikNotes, parseNik } from '../../src/rules/nik.ts';

const pad = (value: number, length: number) => String(value).padStart(length, '0');

describe('a NIK', () => {
  it('tells region, birth date and sex', () => {
    expect(parseNik('1607125712900001')).toEqual({
      region: '160712',
      female: true,
      birth: { day: 17, month: 12, yearOfCentury: 90 },
      serial: '0001',
    });
  });

  it('is 16 digits and nothing else', () => {
    for (const text of [
      '',
      '160712171290000',
      '16071217129000011',
      '160712171290000a',
      '１６０７１２１７１２９００００１',
    ]) {
      expect([text, isNik(text), parseNik(text)]).toEqual([text, false, undefined]);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseNik(text) !== undefined).toBe(isNik(text));
      }),
    );
  });

  it('is read as it was put together', () => {
    const date = fc.date({ min: new Date('1930-01-01'), max: new Date('2029-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.boolean(), fc.nat(999999), fc.nat(9999), (birth, female, region, serial) => {
        const [year, month, day] = birth.toISOString().slice(0, 10).split('-').map(Number) as [
          number,
          number,
          number,
        ];
        const text = `${pad(region, 6)}${pad(female ? day + 40 : day, 2)}${pad(month, 2)}${pad(year % 100, 2)}${pad(serial, 4)}`;
        expect(parseNik(text)).toEqual({
          region: pad(region, 6),
          female,
          birth: { day, month, yearOfCentury: year % 100 },
          serial: pad(serial, 4),
        });
        const birthDate = birth.toISOString().slice(0, 10);
        expect(nikNotes(text, { birthDate, female, region: pad(region, 6) })).toEqual([]);
      }),
    );
  });

  it.each([
    '1607120000900001',
    '1607123202900001',
    '1607127102900001',
    '1607123113900001',
    '1607122902910001',
  ])('whose birth date is none is still a NIK: %s', (text) => {
    expect(parseNik(text)).toMatchObject({ birth: null });
    expect(nikNotes(text, { birthDate: '1990-02-28' })).toEqual(['birth-date']);
  });

  it('that differs from the person makes notes, and none of what is not known', () => {
    const text = '1607125712900001';
    const same = { birthDate: '1990-12-17', female: true, region: '160712' };
    expect(nikNotes(text, same)).toEqual([]);
    expect(nikNotes(text, { birthDate: '1990-12-18', female: false, region: '160713' })).toEqual([
      'birth-date',
      'sex',
      'region',
    ]);
    expect(nikNotes(text, {})).toEqual([]);
  });
});
