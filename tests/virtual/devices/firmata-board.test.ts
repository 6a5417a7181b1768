import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FirmataBoard } from '../../../src/virtual/devices/firmata-board.ts';
import { bytes, hex } from '../hex.ts';

/** A board that has booted, and what it says from then on. */
function booted() {
  const frames: string[] = [];
  const board = new FirmataBoard(
    (frame) => frames.push(hex(frame)),
    () => {},
  );
  board.boot();
  return {
    board,
    frames,
    /** What it says to this. */
    says(question: string): string[] {
      frames.length = 0;
      board.receive(bytes(question));
      return [...frames];
    },
  };
}
const plain = (text: string) => text.replaceAll(/\s/g, '');

// Golden bytes by github.com/firmata/protocol (protocol.md, 2.5) and what firmata/arduino's StandardFirmata 2.5 writes
// for an Uno: its capabilities were also compared with a capture of an Uno with 2.3, which lacks only the pull-ups.
const VERSION = 'F90205';
const FIRMWARE = plain(
  'F0 79 02 05 53 00 74 00 61 00 6E 00 64 00 61 00 72 00 64 00 46 00 69 00 72 00 6D 00 61 00 74 00 61 00 2E 00 69 00 6E 00 6F 00 F7',
);
const DIGITAL = '00 01 0B 01 01 01 04 0E 7F';
const PWM = '00 01 0B 01 01 01 03 08 04 0E 7F';
const ANALOG = '00 01 0B 01 01 01 02 0A 04 0E 7F';
const I2C = '00 01 0B 01 01 01 02 0A 04 0E 06 01 7F';
const CAPABILITIES = plain(
  `F0 6C 7F 7F ${DIGITAL} ${PWM} ${DIGITAL} ${PWM} ${PWM} ${DIGITAL} ${DIGITAL} ${PWM} ${PWM} ${PWM} ${DIGITAL} ${DIGITAL} ${ANALOG} ${ANALOG} ${ANALOG} ${ANALOG} ${I2C} ${I2C} F7`,
);

describe('a Firmata board', () => {
  it('says who it is when it has booted, and when it is asked', () => {
    const { frames, says } = booted();
    expect(frames).toEqual([VERSION, FIRMWARE]);
    expect(says('F9')).toEqual([VERSION]);
    expect(says('F0 79 F7')).toEqual([FIRMWARE]);
  });

  it('tells its pins', () => {
    const { says } = booted();
    expect(says('F0 6B F7')).toEqual([CAPABILITIES]);
    expect(says('F0 69 F7')).toEqual([
      plain('F0 6A 7F 7F 7F 7F 7F 7F 7F 7F 7F 7F 7F 7F 7F 7F 00 01 02 03 04 05 F7'),
    ]);
  });

  it('sets outputs, by port and by pin', () => {
    const { board, says } = booted();
    // Pins 9 and 15 of port 1 are told to be high; 15 is analogue until its mode says otherwise.
    expect(says('91 02 01 F0 6D 09 F7 F0 6D 0F F7')).toEqual([
      plain('F0 6E 09 01 01 F7'),
      plain('F0 6E 0F 02 00 F7'),
    ]);
    expect([board.isHigh(9), board.isHigh(15)]).toEqual([true, false]);
    says('F4 0F 01 F5 0F 01 F5 09 00');
    expect([board.isHigh(9), board.isHigh(15)]).toEqual([false, true]);
    expect(says('F4 09 03 E9 7F 01 F0 6D 09 F7')).toEqual([plain('F0 6E 09 03 7F 01 F7')]);
    expect(says('F0 6D 7F F7')).toEqual([plain('F0 6E 7F F7')]);
  });

  it('reports its inputs at once when it is told to, then when they change', () => {
    const { board, frames, says } = booted();
    expect(says('F4 02 0B F4 07 00 D0 01')).toEqual(['900400']);
    board.drive(2, false);
    board.drive(7, true);
    board.drive(7, true);
    board.drive(9, true);
    expect(frames).toEqual(['900400', '900000', '900001']);
    expect(says('D0 01')).toEqual(['900001']);
    says('D0 00');
    board.drive(7, false);
    expect(frames).toEqual([]);
  });

  it('has forgotten everything after a reset, and says nothing of it', () => {
    const { board, frames, says } = booted();
    says('F4 02 0B D0 01 F5 08 01');
    expect(says('FF')).toEqual([]);
    board.drive(2, false);
    expect(frames).toEqual([]);
    expect(board.isHigh(8)).toBe(false);
  });

  it('obeys whole messages and nothing else, however the line cuts, joins and tears', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (parts, length) => {
        const whole = booted();
        const said = parts.flatMap(({ message }) => whole.says(hex(message)));
        const cut = booted();
        cut.frames.length = 0;
        const line = Buffer.concat(parts.flatMap(({ noise, torn, message }) => [noise, torn, message]));
        for (let at = 0; at < line.length; at += length) cut.board.receive(line.subarray(at, at + length));
        expect(cut.frames).toEqual(said);
      }),
    );
  });
});

const pin = fc.integer({ min: 0, max: 25 });
const data = fc.integer({ min: 0, max: 0x7f });
const message = fc.oneof(
  fc.constantFrom('F9', 'F0 79 F7', 'F0 69 F7', 'FF').map(bytes),
  pin.map((of) => Uint8Array.of(0xf0, 0x6d, of, 0xf7)),
  fc.tuple(pin, fc.constantFrom(0, 1, 3, 11, 5)).map(([of, mode]) => Uint8Array.of(0xf4, of, mode)),
  fc.tuple(pin, fc.nat(1)).map(([of, level]) => Uint8Array.of(0xf5, of, level)),
  fc.tuple(fc.nat(3), data, fc.nat(1)).map(([port, low, high]) => Uint8Array.of(0x90 | port, low, high)),
  fc.tuple(fc.nat(3), fc.nat(1)).map(([port, wanted]) => Uint8Array.of(0xd0 | port, wanted)),
);
/** The beginning of a message that the next one cuts off. */
const torn = fc.tuple(message, fc.nat()).map(([whole, kept]) => whole.subarray(0, kept % whole.length));
const noise = fc.array(data, { maxLength: 10 }).map((all) => Uint8Array.from(all));
const part = fc.record({ noise, torn, message });
