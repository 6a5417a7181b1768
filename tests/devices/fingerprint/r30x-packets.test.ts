import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeImage,
  encodeCommand,
  encodePacket,
  IMAGE_BYTES,
  INSTRUCTION,
  PACKET_ID,
  type R30xEvent,
  R30xParser,
} from '../../../src/devices/fingerprint/r30x-packets.ts';
import { cuts, hex, join, noiseWithout, pushed } from './streams.ts';

describe('a packet', () => {
  it('is encoded as in the ZFM-20 user manual', () => {
    expect(encodeCommand(INSTRUCTION.getImage)).toEqual(hex('EF01 FFFFFFFF 01 0003 01 0005'));
    expect(encodeCommand(INSTRUCTION.upImage)).toEqual(hex('EF01 FFFFFFFF 01 0003 0A 000E'));
    expect(encodeCommand(INSTRUCTION.readSysPara)).toEqual(hex('EF01 FFFFFFFF 01 0003 0F 0013'));
    expect(encodeCommand(INSTRUCTION.vfyPwd, [0, 0, 0, 0])).toEqual(
      hex('EF01 FFFFFFFF 01 0007 13 00000000 001B'),
    );
  });

  it('is decoded from its golden bytes', () => {
    const parser = new R30xParser();
    expect(parser.push(hex('EF01 FFFFFFFF 07 0003 02 000C'))).toEqual([
      { type: 'packet', id: PACKET_ID.ack, payload: hex('02'), skipped: 0 },
    ]);
    expect(parser.push(hex('00 EF01 FFFFFFFF 08 0004 A0B0 015C'))).toEqual([
      { type: 'packet', id: PACKET_ID.lastData, payload: hex('A0B0'), skipped: 1 },
    ]);
  });
});

const frame = fc.record({
  id: fc.constantFrom(...Object.values(PACKET_ID)),
  payload: fc.uint8Array({ minLength: 1, maxLength: 256 }),
});
const noise = noiseWithout(0xef);
const event = (id: number, payload: Uint8Array, skipped: number): R30xEvent => ({
  type: 'packet',
  id,
  payload,
  skipped,
});

describe('the parser', () => {
  it('finds every packet and nothing else, and tells how much it passed over', () => {
    const line = fc.array(fc.tuple(noise, frame), { maxLength: 8 });
    fc.assert(
      fc.property(line, noise, cuts, (parts, tail, lengths) => {
        const bytes = parts.flatMap(([before, { id, payload }]) => [before, encodePacket(id, payload)]);
        const expected = parts.map(([before, { id, payload }]) => event(id, payload, before.length));
        if (tail.length > 0) expected.push({ type: 'tail', skipped: tail.length });
        expect(pushed(new R30xParser(), join(...bytes, tail), lengths)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('drops a packet with one byte changed, and finds the next', () => {
    const small = fc
      .uint8Array({ minLength: 1, maxLength: 30 })
      .map((payload) => payload.map((b) => b % 0xef));
    fc.assert(
      fc.property(small, fc.nat(), fc.integer({ min: 1, max: 255 }), cuts, (payload, at, change, lengths) => {
        const spoilt = encodePacket(PACKET_ID.data, payload);
        const where = at % spoilt.length;
        // A changed packet id or length makes another sum, too.
        spoilt[where]! ^= change;
        const events = pushed(
          new R30xParser(),
          join(spoilt, encodePacket(PACKET_ID.ack, hex('00'))),
          lengths,
        );
        expect(events).toEqual([event(PACKET_ID.ack, hex('00'), spoilt.length)]);
      }),
      { numRuns: 200 },
    );
  });

  it('survives anything in bounded memory', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), (chunks) => {
        const parser = new R30xParser();
        for (const chunk of chunks) parser.push(chunk);
        parser.giveUp();
        expect(parser.push(hex('EF01 FFFFFFFF 07 0003 00 000A'))).toEqual([event(7, hex('00'), 0)]);
      }),
      { numRuns: 50 },
    );
  });
});

it('an image has two pixels a byte, the left one in the high nibble, 0 to 255 in steps of 17', () => {
  const packed = new Uint8Array(IMAGE_BYTES).fill(0xff);
  packed[0] = 0x0f;
  packed[128] = 0x81;
  const { width, height, dpi, data } = decodeImage(packed);
  expect([width, height, dpi, data.length]).toEqual([256, 288, 500, 256 * 288]);
  expect([...data.subarray(0, 3)]).toEqual([0, 255, 255]);
  expect([...data.subarray(256, 259)]).toEqual([136, 17, 255]);
});
