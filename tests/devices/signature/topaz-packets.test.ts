import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactTopaz, type TopazEvent, TopazParser } from '../../../src/devices/signature/topaz-packets.ts';
import { cuts, hex, join, pieces } from './pieces.ts';

describe('the parser', () => {
  it('reads golden bytes', () => {
    // Packed by hand as the README of l1n/topaz-dext ("Coordinate Decoding", "Pressure Decoding") unpacks them.
    expect(new TopazParser().push(hex('C1 68 07 58 04'))).toEqual([
      { type: 'pen', near: true, down: true, x: 1_000, y: 600 },
    ]);
    expect(new TopazParser().push(hex('DC 00 00 3C 05'))).toEqual([{ type: 'pressure', pressure: 700 }]);
  });

  it('passes over who the pad is, answers to commands, and a pen that is nowhere', () => {
    for (const other of ['C8 01 02 03 04', 'CC 01 02 03 04', 'D4 01 02 03 04', 'C0 7F 1F 7F 1F'])
      expect(new TopazParser().push(hex(other))).toEqual([]);
  });

  it('finds every whole packet and nothing else, however the line cuts, joins and spoils', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), cuts, (parts, lengths) => {
        const parser = new TopazParser();
        const bytes = join(...parts.flatMap(({ noise, torn, packet }) => [noise, torn, packet]));
        const events = [...pieces(bytes, lengths)].flatMap((piece) => parser.push(piece));
        expect(events).toEqual(parts.map(({ event }) => event));
      }),
    );
  });
});

it('the redaction leaves no place of the pen, and every packet a packet', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), cuts, (parts, lengths) => {
      const { received } = redactTopaz();
      const bytes = join(...parts.flatMap(({ noise, torn, packet }) => [noise, torn, packet]));
      const redacted = join(...[...pieces(bytes, lengths)].map((piece) => received(piece)));
      expect(redacted.length).toBe(bytes.length);
      expect(redacted.every((byte) => byte === 0 || byte >= 0x80)).toBe(true);
      expect(new TopazParser().push(redacted)).toEqual(
        parts.map(({ event }) =>
          event.type === 'pen' ? { ...event, x: 0, y: 0 } : { ...event, pressure: 0 },
        ),
      );
    }),
  );
});

interface Whole {
  readonly packet: Uint8Array;
  readonly event: TopazEvent;
}
const twelveBits = fc.integer({ min: 0, max: 0xffe });
const pen = fc
  .record({ near: fc.boolean(), down: fc.boolean(), x: twelveBits, y: twelveBits })
  .chain((fields) =>
    fc.constantFrom(0, 1, 4).map((type): Whole => {
      const { near, down, x, y } = fields;
      const first = 0x80 | (near ? 0x40 : 0) | (type << 2) | (down ? 1 : 0);
      return {
        packet: Uint8Array.of(first, x % 128, x >> 7, y % 128, y >> 7),
        event: { type: 'pen', ...fields },
      };
    }),
  );
const pressed = fc.integer({ min: 0, max: 1_023 }).map(
  (pressure): Whole => ({
    packet: Uint8Array.of(0x9c, 0, 0, pressure % 128, pressure >> 7),
    event: { type: 'pressure', pressure },
  }),
);
const noise = fc.uint8Array({ maxLength: 12 }).map((bytes) => bytes.map((byte) => byte & 0x7f));
const part = fc
  .tuple(noise, pen, fc.integer({ min: 0, max: 4 }), fc.oneof(pen, pressed))
  .map(([before, cutOff, kept, whole]) => ({
    noise: before,
    torn: cutOff.packet.subarray(0, kept),
    ...whole,
  }));
