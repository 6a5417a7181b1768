import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventParser, type InputEvent } from '../../../src/devices/transport/evdev.ts';
import { cuts, hex, join, pieces } from '../signature/pieces.ts';

describe('the parser', () => {
  it('reads golden bytes', () => {
    // struct input_event of linux/input.h on a 64-bit machine: 1000.25 s, EV_ABS, ABS_X, 4660.
    const event = hex('E803000000000000 90D0030000000000 0300 0000 34120000');
    expect(new EventParser().push(event)).toEqual([{ time: 1_000_250, type: 3, code: 0, value: 4_660 }]);
    const negative = hex('E803000000000000 90D0030000000000 0300 0000 FFFFFFFF');
    expect(new EventParser().push(negative)).toMatchObject([{ value: -1 }]);
  });

  it('finds every event and nothing else, however the line cuts, joins and spoils', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(noise, torn), event), { maxLength: 10 }),
        cuts,
        (parts, lengths) => {
          const parser = new EventParser();
          const bytes = join(...parts.flatMap(([before, one]) => [before, pack(one)]));
          const events = [...pieces(bytes, lengths)].flatMap((piece) => parser.push(piece));
          expect(events).toEqual(
            parts.map(([, { time, type, code, value }]) => ({ time, type, code, value })),
          );
        },
      ),
    );
  });

  it('survives anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), cuts, (bytes, lengths) => {
        const parser = new EventParser();
        for (const piece of pieces(bytes, lengths)) parser.push(piece);
        parser.push(new Uint8Array(24).fill(0xff));
        expect(parser.push(hex('E803000000000000 90D0030000000000 0300 0000 34120000'))).toHaveLength(1);
      }),
    );
  });
});

/** A machine that has run for a quarter of an hour, and any place or key. */
const event: fc.Arbitrary<InputEvent & { seconds: number; micros: number }> = fc
  .record({
    seconds: fc.integer({ min: 1_000, max: 100_000_000 }),
    // Nothing but its numbers tells where an event begins: with a low byte of 0 a shifted one could pass for it.
    micros: fc.integer({ min: 65_536, max: 999_999 }).filter((micros) => micros % 256 !== 0),
    kind: fc.constantFrom([0, 0], [1, 0x14a], [3, 0], [3, 1], [3, 0x18]),
    value: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  })
  .map(({ seconds, micros, kind: [type, code], value }) => ({
    seconds,
    micros,
    time: seconds * 1000 + micros / 1000,
    type: type!,
    code: code!,
    value,
  }));
function pack({
  seconds,
  micros,
  type,
  code,
  value,
}: { seconds: number; micros: number } & InputEvent): Uint8Array {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32LE(seconds, 0);
  bytes.writeUInt32LE(micros, 8);
  bytes.writeUInt16LE(type, 16);
  bytes.writeUInt16LE(code, 18);
  bytes.writeInt32LE(value, 20);
  return bytes;
}
const noise = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.map((byte) => byte | 0x80));
/** The beginning of an event, cut off within its time. */
const torn = fc
  .tuple(event, fc.integer({ min: 0, max: 7 }))
  .map(([one, kept]) => pack(one).subarray(0, kept));
