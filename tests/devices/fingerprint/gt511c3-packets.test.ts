import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COMMAND,
  encodeCommand,
  Gt511c3Parser,
  IMAGE_LENGTH,
} from '../../../src/devices/fingerprint/gt511c3-packets.ts';
import { cuts, hex, join, noiseWithout, pushed } from './streams.ts';

const ACK = hex('55AA 0100 00000000 3000 3001');
const ack = { type: 'response', response: 0x30, parameter: 0 };

describe('a packet', () => {
  it('is encoded as in the data sheet and in its drivers', () => {
    // CretuAlexandru7/GT_511C3_DRV_SRV, README: EnrollStart for ID 23, and its Ack.
    expect(encodeCommand(0x22, 23)).toEqual(hex('55AA 0100 17000000 2200 3901'));
    expect(encodeCommand(COMMAND.cmosLed, 1)).toEqual(hex('55AA 0100 01000000 1200 1301'));
    expect(encodeCommand(COMMAND.changeBaudRate, 115_200)).toEqual(hex('55AA 0100 00C20100 0400 C701'));
  });

  it('is decoded from its golden bytes', () => {
    const parser = new Gt511c3Parser();
    expect(parser.push(ACK)).toEqual([ack]);
    // NACK_FINGER_IS_NOT_PRESSED.
    expect(parser.push(hex('55AA 0100 12100000 3100 5301'))).toEqual([
      { type: 'response', response: 0x31, parameter: 0x1012 },
    ]);
    parser.expect(3);
    expect(parser.push(hex('5AA5 0100 010203'))).toEqual([]);
    expect(parser.awaitsData).toBe(true);
    expect(parser.push(hex('0601'))).toEqual([{ type: 'data', data: hex('010203') }]);
    expect(parser.awaitsData).toBe(false);
  });
});

function dataPacket(data: Uint8Array): Uint8Array {
  const packet = join(hex('5AA5 0100'), data, new Uint8Array(2));
  const sum = packet.reduce((total, byte) => total + byte, 0);
  packet.set([sum & 0xff, (sum >> 8) & 0xff], packet.length - 2);
  return packet;
}
function response(code: number, parameter: number): Uint8Array {
  const packet = Buffer.from('55aa01000000000000000000', 'hex');
  packet.writeUInt32LE(parameter, 4);
  packet.writeUInt16LE(code, 8);
  packet.writeUInt16LE(packet.reduce((total, byte) => total + byte, 0) & 0xffff, 10);
  return packet;
}

const DATA_LENGTH = 60;
const part = fc.oneof(
  fc.tuple(fc.constantFrom(0x30, 0x31), fc.integer({ min: 0, max: 0xffffffff })).map(([code, parameter]) => ({
    bytes: response(code, parameter),
    event: { type: 'response', response: code, parameter },
  })),
  fc.uint8Array({ minLength: DATA_LENGTH, maxLength: DATA_LENGTH }).map((data) => ({
    bytes: dataPacket(data),
    event: { type: 'data', data },
  })),
);
const noise = noiseWithout(0x55, 0x5a);

function parser(): Gt511c3Parser {
  const made = new Gt511c3Parser();
  made.expect(DATA_LENGTH);
  return made;
}

describe('the parser', () => {
  it('finds every packet and nothing else, however the line cuts, joins and spoils', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, part), { maxLength: 8 }), noise, cuts, (parts, tail, lengths) => {
        const bytes = join(...parts.flatMap(([before, { bytes }]) => [before, bytes]), tail);
        expect(pushed(parser(), bytes, lengths)).toEqual(parts.map(([, { event }]) => event));
      }),
      { numRuns: 80 },
    );
  });

  it('drops a packet with one byte changed, and finds the next', () => {
    fc.assert(
      fc.property(
        part,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        cuts,
        ({ bytes }, at, change, lengths) => {
          const spoilt = Uint8Array.from(bytes);
          spoilt[at % bytes.length]! ^= change;
          const events = pushed(parser(), join(spoilt, ACK, ACK), lengths);
          expect(events).toEqual([ack, ack]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds what a torn packet had swallowed', () => {
    const torn = dataPacket(new Uint8Array(DATA_LENGTH)).subarray(0, 40);
    expect(pushed(parser(), join(torn, ACK), [7])).toEqual([ack]);
  });

  it('holds an image and no more', () => {
    const made = new Gt511c3Parser();
    made.expect(IMAGE_LENGTH);
    const image = dataPacket(new Uint8Array(IMAGE_LENGTH).fill(0xa5));
    expect(made.push(join(image, image)).map((event) => event.type)).toEqual(['data', 'data']);
  });
});
