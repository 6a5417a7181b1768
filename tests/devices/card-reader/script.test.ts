import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expected, Step } from '../../../src/devices/card-reader/port.ts';
import { buildApdu, isExpected, nextApdu } from '../../../src/devices/card-reader/script.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (apdu: Uint8Array | undefined) => apdu && Buffer.from(apdu).toString('hex').toUpperCase();

const done: Expected = { ending: bytes('9000'), least: 2, most: 258 };
const header = bytes('00F40000');
const select: Step = { to: 'card', apdu: bytes('00A4000000'), goOn: [done] };
const empty = new Uint8Array();
const right = { back: 1, drop: 2 };
const unwrap: Step = { to: 'sam', apdu: { header, data: empty, ...right }, goOn: [done] };
const wrapped: Step = { to: 'card', apdu: { header: empty, data: empty, ...right }, goOn: [done] };

describe('a script', () => {
  test('begins with its first command and ends after its last', () => {
    expect(hex(nextApdu([select], []))).toBe('00A4000000');
    expect(nextApdu([select], [bytes('9000')])).toBeUndefined();
  });

  test.each([
    ['9000', '00A4000000'],
    ['6A82', undefined],
    ['90', undefined],
    ['', undefined],
  ])('after %s', (answer, next) => {
    expect(hex(nextApdu([select, select], [bytes(answer)]))).toBe(next);
  });

  test('goes on after any one of the answers that it expects', () => {
    const whole = { ending: bytes('9000'), least: 10, most: 10 };
    const rest = { ending: bytes('6282'), least: 4, most: 9 };
    const length = (from: number, sw: string) => Uint8Array.of(...new Uint8Array(from - 2), ...bytes(sw));
    const goesOn = (answer: Uint8Array) => isExpected([whole, rest], answer);
    expect([9, 10, 11].map((count) => goesOn(length(count, '9000')))).toEqual([false, true, false]);
    expect([3, 4, 9, 10].map((count) => goesOn(length(count, '6282')))).toEqual([false, true, true, false]);
    expect(goesOn(length(10, '6300'))).toBe(false);
    expect(isExpected([], length(10, '9000'))).toBe(false);
  });
});

describe('a follow-up', () => {
  test('carries on what was answered, without its status word', () => {
    expect(hex(nextApdu([select, unwrap], [bytes('99029000 9000')]))).toBe('00F400000499029000');
    expect(hex(nextApdu([select, wrapped], [bytes('0CB0000800 9000')]))).toBe('0CB0000800');
  });

  test('carries on an earlier answer, without both of its status words', () => {
    const give: Step = { to: 'sam', apdu: { header, data: empty, back: 2, drop: 4 }, goOn: [done] };
    const answers = [bytes('A1A2 9000 9000'), bytes('9000')];
    expect(hex(nextApdu([select, select, give], answers))).toBe('00F4000002A1A2');
    expect(nextApdu([select, give], [bytes('9000')])).toBeUndefined();
  });

  test('puts its own data first and counts all of them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 100 }), (data, given) => {
        const built = buildApdu({ header, data, ...right }, [Uint8Array.of(...given, 0x90, 0x00)]);
        const lc = data.length + given.length;
        if (given.length === 0 || lc > 255) expect(built).toBeUndefined();
        else expect(hex(built)).toBe(hex(Uint8Array.of(...header, lc, ...data, ...given)));
      }),
    );
  });

  test.each([
    [3, false],
    [4, true],
    [261, true],
    [262, false],
  ])('of %i bytes that are the whole command', (length, possible) => {
    const answer = new Uint8Array(length + 2);
    expect(buildApdu(wrapped.apdu, [answer]) !== undefined).toBe(possible);
  });
});
