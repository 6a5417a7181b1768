import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Isdv4Event, Isdv4Parser, redactIsdv4 } from '../../../src/devices/signature/isdv4-packets.ts';
import { cuts, hex, join, pieces } from './pieces.ts';

describe('the parser', () => {
  it('reads golden bytes', () => {
    // Packed by hand as isdv4ParseCoordinateData and isdv4ParseQuery of xf86-input-wacom's isdv4.h unpack them.
    expect(new Isdv4Parser().push(hex('A1 09 0D 05 2F 3C 0D 00 00'))).toEqual([
      { type: 'pen', near: true, tip: true, x: 4_660, y: 2_749, pressure: 700 },
    ]);
    expect(new Isdv4Parser().push(hex('C0 12 60 0B 5C 7F 03 00 00 02 02'))).toEqual([
      { type: 'answer', maxX: 9_600, maxY: 6_000, maxPressure: 511, version: 258 },
    ]);
  });

  it('passes over packets of touch panels', () => {
    expect(new Isdv4Parser().push(hex('91 09 0D 05 2F 00 00 00 00'))).toEqual([]);
  });

  it('finds every whole packet and nothing else, however the line cuts, joins and spoils', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), cuts, (parts, lengths) => {
        const parser = new Isdv4Parser();
        const bytes = join(...parts.flatMap(({ noise, torn, packet }) => [noise, torn, packet]));
        const events = [...pieces(bytes, lengths)].flatMap((piece) => parser.push(piece));
        expect(events).toEqual(parts.map(({ event }) => event));
      }),
    );
  });
});

describe('the redaction', () => {
  it('leaves no place of the pen, and every packet a packet', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), cuts, (parts, lengths) => {
        const { received } = redactIsdv4();
        const bytes = join(...parts.flatMap(({ torn, packet }) => [torn, packet]));
        const redacted = join(...[...pieces(bytes, lengths)].map((piece) => received(piece)));
        expect(redacted.length).toBe(bytes.length);
        expect(new Isdv4Parser().push(redacted)).toEqual(
          parts.map(({ event }) => (event.type === 'pen' ? { ...event, x: 0, y: 0, pressure: 0 } : event)),
        );
      }),
    );
  });

  it('overwrites what belongs to no packet', () => {
    expect(redactIsdv4().received(hex('12 34 A1 09'))).toEqual(hex('00 00 A1 00'));
  });

  it('keeps what the kiosk sends', () => {
    expect(redactIsdv4().sent(hex('30 2A'))).toEqual(hex('30 2A'));
  });
});

interface Part {
  readonly noise: Uint8Array;
  /** The beginning of a packet that the next one cuts off. */
  readonly torn: Uint8Array;
  readonly packet: Uint8Array;
  readonly event: Isdv4Event;
}
const u16 = fc.integer({ min: 0, max: 0xffff });
const pressure = fc.integer({ min: 0, max: 0x3ff });

function pack(first: number, x: number, y: number, p: number, ...more: number[]): Uint8Array {
  const low = ((x % 4) << 5) | ((y % 4) << 3) | (p >> 7);
  const bytes = [Math.floor(x / 512), (x >> 2) % 128, Math.floor(y / 512), (y >> 2) % 128, p % 128, low];
  return Uint8Array.of(first, ...bytes, 0x11, 0x22, ...more);
}
const pen = fc.record({ near: fc.boolean(), tip: fc.boolean(), x: u16, y: u16, pressure }).map((fields) => {
  const first = 0x80 | (fields.near ? 0x20 : 0) | (fields.tip ? 0x01 : 0);
  const event: Isdv4Event = { type: 'pen', ...fields };
  return { packet: pack(first, fields.x, fields.y, fields.pressure), event };
});
const answer = fc
  .record({ maxX: u16, maxY: u16, maxPressure: pressure, version: fc.integer({ min: 0, max: 0x3fff }) })
  .map((fields) => {
    const { maxX, maxY, maxPressure, version } = fields;
    const event: Isdv4Event = { type: 'answer', ...fields };
    return { packet: pack(0xc0, maxX, maxY, maxPressure, version >> 7, version % 128), event };
  });
const noise = fc.uint8Array({ maxLength: 20 }).map((bytes) => bytes.map((byte) => byte & 0x7f));
const part: fc.Arbitrary<Part> = fc
  .tuple(noise, pen, fc.integer({ min: 0, max: 8 }), fc.oneof(pen, answer))
  .map(([before, cutOff, kept, whole]) => ({
    noise: before,
    torn: cutOff.packet.subarray(0, kept),
    ...whole,
  }));
