import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FirmataFrames } from '../../../src/devices/panel/firmata-frames.ts';
import { cuts, hex, join, pieces } from '../signature/pieces.ts';

describe('the messages of a board', () => {
  it('are found in golden bytes', () => {
    // github.com/firmata/protocol, protocol.md: version report, firmware report, port 1 with pins 8 and 15 high.
    const messages = [hex('F9 02 05'), hex('F0 79 02 05 41 00 42 00 F7'), hex('91 01 01')];
    expect(new FirmataFrames().push(join(...messages))).toEqual(messages);
  });

  it('hold nothing that a board does not say', () => {
    // Set pin mode, system reset, an empty sysex, a sysex that another message cuts off, and one that ends in no other.
    const bytes = hex('F4 02 01 FF F0 F7 F0 79 02 91 01 01 F7 90 01 F7');
    expect(new FirmataFrames().push(bytes)).toEqual([hex('91 01 01')]);
  });

  it('are whole and none is missed, however the line cuts, joins and tears', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), cuts, (parts, lengths) => {
        const frames = new FirmataFrames();
        const bytes = join(...parts.flatMap(({ noise, torn, message }) => [noise, torn, message]));
        const found = [...pieces(bytes, lengths)].flatMap((piece) => frames.push(piece));
        expect(found).toEqual(parts.map(({ message }) => message));
      }),
    );
  });

  it('may be as long as those of the largest board, and no line makes them longer', () => {
    const frames = new FirmataFrames();
    const endless = new Uint8Array(1_000_000).fill(0x01);
    expect(frames.push(join(hex('F0 6C'), endless, hex('F7 F9 02 05')))).toEqual([hex('F9 02 05')]);
    // 128 pins with five modes each.
    const largest = join(hex('F0 6C'), new Uint8Array(128 * 11).fill(0x01), hex('F7'));
    expect(frames.push(largest)).toEqual([largest]);
  });
});

const data = fc.integer({ min: 0, max: 0x7f });
const short = fc
  .tuple(fc.constantFrom(0x90, 0x91, 0x9f, 0xe0, 0xe5, 0xf9), data, data)
  .map((bytes) => Uint8Array.from(bytes));
const sysex = fc
  .array(data, { minLength: 1, maxLength: 60 })
  .map((bytes) => Uint8Array.of(0xf0, ...bytes, 0xf7));
const message = fc.oneof(short, sysex);
/** Bytes between messages have no beginning among them. */
const noise = fc.array(data, { maxLength: 20 }).map((bytes) => Uint8Array.from(bytes));
const torn = fc.tuple(message, fc.nat()).map(([whole, kept]) => whole.subarray(0, kept % whole.length));
const part = fc.record({ noise, torn, message });
