import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TypedCodes } from '../../../src/devices/code-scanner/typed-codes.ts';
import { cuts, hex, join, pieces } from '../signature/pieces.ts';

const [RELEASE, PRESS, REPEAT] = [0, 1, 2];
const [ENTER, LEFT_SHIFT, RIGHT_SHIFT, CTRL, ALT] = [28, 42, 54, 29, 56];

/** Key events at a time in milliseconds, each followed by its report. */
function keys(at: number, ...events: readonly (readonly [code: number, value: number])[]): Uint8Array {
  return join(
    ...events.map(([code, value]) => {
      const bytes = Buffer.alloc(48);
      for (const offset of [0, 24]) {
        bytes.writeUInt32LE(Math.floor(at / 1000), offset);
        bytes.writeUInt32LE((at % 1000) * 1000, offset + 8);
      }
      bytes.writeUInt16LE(1, 16);
      bytes.writeUInt16LE(code, 18);
      bytes.writeInt32LE(value, 20);
      return bytes;
    }),
  );
}
const tap = (code: number) => [[code, PRESS] as const, [code, RELEASE] as const];

describe('typed codes', () => {
  it('read golden bytes: KEY_A with shift, KEY_1, Enter', () => {
    const event = (code: string, value: string) =>
      hex(`E803000000000000 90D0030000000000 0100 ${code} ${value}`);
    const typed = [
      event('2A00', '01000000'),
      event('1E00', '01000000'),
      event('1E00', '00000000'),
      event('2A00', '00000000'),
      event('0200', '01000000'),
      event('0200', '00000000'),
      event('1C00', '01000000'),
    ];
    expect(new TypedCodes().push(join(...typed))).toEqual(['A1']);
  });

  it('know every key of the US layout, with and without shift', () => {
    // In the order of linux/input-event-codes.h, from KEY_1 to KEY_SPACE.
    const codes = [...range(2, 13), ...range(16, 27), ...range(30, 41), ...range(43, 53), 57];
    const typed = new TypedCodes();
    expect(typed.push(keys(5_000, ...codes.flatMap(tap), ...tap(ENTER)))).toEqual([
      "1234567890-=qwertyuiop[]asdfghjkl;'`\\zxcvbnm,./ ",
    ]);
    for (const shift of [LEFT_SHIFT, RIGHT_SHIFT]) {
      expect(
        typed.push(keys(6_000, [shift, PRESS], ...codes.flatMap(tap), [shift, RELEASE], ...tap(ENTER))),
      ).toEqual(['!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"~|ZXCVBNM<>? ']);
    }
  });

  it('come whole however the line cuts and joins them', () => {
    const word = fc.array(fc.constantFrom(...range(2, 11), ...range(16, 25)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), cuts, (words, lengths) => {
        const typed = new TypedCodes();
        const bytes = join(...words.map((word) => keys(9_001, ...word.flatMap(tap), ...tap(ENTER))));
        const codes = [...pieces(bytes, lengths)].flatMap((piece) => typed.push(piece));
        const row = '1234567890____qwertyuiop';
        expect(codes).toEqual(words.map((word) => word.map((code) => row[code - 2]).join('')));
      }),
      { numRuns: 50 },
    );
  });

  it('with a key of commands are passed over, to the next Enter', () => {
    for (const command of [CTRL, ALT, 58, 1, 15, 14, 103]) {
      const typed = new TypedCodes();
      expect(typed.push(keys(1_001, ...tap(2), ...tap(command), ...tap(3), ...tap(ENTER)))).toEqual([]);
      expect(typed.push(keys(1_001, ...tap(2), ...tap(ENTER)))).toEqual(['1']);
    }
  });

  it('do not repeat a key that is held, and are none without a key', () => {
    expect(new TypedCodes().push(keys(1_001, [2, PRESS], [2, REPEAT], [2, REPEAT], ...tap(ENTER)))).toEqual([
      '1',
    ]);
    expect(new TypedCodes().push(keys(1_001, ...tap(ENTER), ...tap(ENTER)))).toEqual([]);
  });

  it('never join what was torn to what follows after a pause', () => {
    const typed = new TypedCodes();
    typed.push(keys(1_001, ...tap(2)));
    expect(typed.push(keys(1_400, ...tap(3), ...tap(ENTER)))).toEqual(['12']);
    typed.push(keys(1_500, ...tap(4)));
    expect(typed.push(keys(2_100, ...tap(5), ...tap(ENTER)))).toEqual(['4']);
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
