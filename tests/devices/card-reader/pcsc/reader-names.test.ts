import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignReaders } from '../../../../src/devices/card-reader/pcsc/reader-names.ts';

const ACR = { chip: /^ACS ACR1281.* 00 00$/, sam: /^ACS ACR1281.* 00 02$/ };
const ANY_ACR = { chip: /^ACS/, sam: /^ACS/ };
const A = 'ACS ACR1281 1S Dual Reader 00 00';
const B = 'ACS ACR1281 1S Dual Reader 00 01';
const C = 'ACS ACR1281 1S Dual Reader 00 02';

describe('which reader is which', () => {
  test.each([
    ['each by its own expression', [A, B, C], ACR, {}, { chip: A, sam: C }],
    ['nothing matches', ['Gemalto 00 00'], ACR, {}, {}],
    ['the SAM slot is not there yet', [A, B], ACR, {}, { chip: A }],
    ['the antenna is not there yet', [C], ACR, {}, { sam: C }],
    ['one family: the first two of the alphabet', [C, B, A], ANY_ACR, {}, { chip: A, sam: B }],
    ['one family, one reader: the antenna', [B], ANY_ACR, {}, { chip: B }],
    [
      'the only reader for the SAM is left to it',
      [A, C],
      { chip: /^ACS/, sam: / 00 00$/ },
      {},
      { chip: C, sam: A },
    ],
    [
      'what is in use stays, though an earlier name arrives',
      [A, B, C],
      ANY_ACR,
      { chip: B, sam: C },
      { chip: B, sam: C },
    ],
    ['a SAM stays a SAM when the antenna is unplugged', [B], ANY_ACR, { chip: A, sam: B }, { sam: B }],
    ['and still is one after that', [B], ANY_ACR, { sam: B }, { sam: B }],
    ['the antenna comes back beside it', [A, B], ANY_ACR, { sam: A }, { chip: B, sam: A }],
    [
      'parts change when that alone makes a pair',
      [A, B],
      { chip: /^ACS/, sam: / 00 00$/ },
      { chip: A },
      { chip: B, sam: A },
    ],
  ])('%s', (_, names, wanted, inUse, pair) => {
    expect(assignReaders(names, wanted, inUse)).toEqual(pair);
  });

  const names: fc.Arbitrary<string[]> = fc.uniqueArray(
    fc.constantFrom(A, B, C, 'Gemalto 00 00', 'Identiv 01 00', 'Identiv 02 00'),
  );
  const wanted = fc.record({
    chip: fc.constantFrom(/ACS/, /Identiv/, / 00$/, /nothing/),
    sam: fc.constantFrom(/ACS/, /Identiv/, / 02$/, /nothing/),
  });

  test('the order in which readers are listed does not matter', () => {
    fc.assert(
      fc.property(names, wanted, (list, by) => {
        expect(assignReaders([...list].reverse(), by)).toEqual(assignReaders(list, by));
      }),
    );
  });

  test('a pair in use is kept, whatever else is plugged in', () => {
    fc.assert(
      fc.property(names, names, wanted, (before, more, by) => {
        const pair = assignReaders(before, by);
        fc.pre(pair.chip !== undefined && pair.sam !== undefined);
        expect(assignReaders(new Set([...before, ...more]), by, pair)).toEqual(pair);
      }),
    );
  });

  test('nobody gets two parts, and every part goes to a name that fits', () => {
    fc.assert(
      fc.property(names, names, wanted, (list, before, by) => {
        const { chip, sam } = assignReaders(list, by, assignReaders(before, by));
        if (chip !== undefined) expect(by.chip.test(chip) && list.includes(chip)).toBe(true);
        if (sam !== undefined) expect(by.sam.test(sam) && list.includes(sam)).toBe(true);
        expect(chip === undefined || chip !== sam).toBe(true);
      }),
    );
  });
});
