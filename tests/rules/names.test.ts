import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAME_LENGTH, nameFault, nameLikeness, tidyName } from '../../src/rules/names.ts';

describe('a name', () => {
  it.each([
    ['Siti Aminah', null],
    ['  siti   aminah ', null],
    ['Andréa Sibarani', null],
    ['', 'empty'],
    ['   ', 'empty'],
    ['Sukarno', 'one-word'],
    ['Siti 2', 'letters'],
    ['Siti, S.H.', 'letters'],
    ['Сити Аминах', 'letters'],
    [`Siti ${'A'.repeat(56)}`, 'length'],
  ])('that is registered now: %s: %s', (name, fault) => {
    expect(nameFault(name, true)).toBe(fault);
  });

  it.each([
    ['Sukarno', null],
    ["Nur'aini, S.Pd.", null],
    ['Andi-Baso', null],
    ['Siti_2', 'letters'],
  ])('that is registered already: %s: %s', (name, fault) => {
    expect(nameFault(name, false)).toBe(fault);
  });

  it('is tidy once, and never longer than a card takes unless it says so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(tidyName(tidyName(text))).toBe(tidyName(text));
        if (nameFault(text, false) === null) expect(tidyName(text).length).toBeLessThanOrEqual(NAME_LENGTH);
      }),
    );
  });
});

describe('the likeness of names', () => {
  it.each([
    ['muhammad yusuf', 'MUHAMMAD YUSUF', 1],
    ['M. Yusup', 'MUHAMMAD YUSUF', 1],
    ['Muhamad Yusuf', 'MUHAMMAD YUSUF', 1],
    ['Aminah', 'SITI AMINAH', 1],
    ['Siti Rahma', 'SITI AMINAH', 0.5],
    ['Budi', 'SITI AMINAH', 0],
    ['', 'SITI AMINAH', 0],
    ['Adi', 'ABI', 0],
  ])('%s and %s: %d', (said, written, likeness) => {
    expect(nameLikeness(said, written)).toBe(likeness);
  });

  it('is whole for the name itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{1,12}( [A-Z]{1,12}){0,3}$/), (name) => {
        expect(nameLikeness(name.toLowerCase(), name)).toBe(1);
      }),
    );
  });
});
