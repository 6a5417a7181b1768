import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pinFault } from '../../src/rules/pin.ts';

describe('a PIN', () => {
  it.each([
    ['12345', 'form'],
    ['1234567890123', 'form'],
    ['12345a', 'form'],
    ['１２３４５６', 'form'],
    ['777777', 'repeated'],
    ['121212', 'repeated'],
    ['1231231', 'repeated'],
    ['123456', 'sequence'],
    ['98765432', 'sequence'],
    ['280619', null],
    ['1234568', null],
  ])('%s: %s', (pin, fault) => {
    expect(pinFault(pin)).toBe(fault);
  });

  it('that one part makes by repetition never does', () => {
    const digits = fc.stringMatching(/^\d{1,3}$/);
    fc.assert(
      fc.property(digits, fc.integer({ min: 6, max: 12 }), (part, length) => {
        expect(pinFault(part.repeat(12).slice(0, length))).not.toBeNull();
      }),
    );
  });
});
