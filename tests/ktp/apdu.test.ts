import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAnswer, describeStatus, encodeCommand, LONGEST_COMMAND } from '../../src/ktp/apdu.ts';
import { bytes, hex } from './bench.ts';

const byte = fc.integer({ min: 0, max: 255 });
const header = fc.tuple(byte, byte, byte, byte);
const data = fc.uint8Array({ maxLength: 255 });
const le = fc.option(fc.integer({ min: 1, max: 256 }), { nil: undefined });

describe('encodeCommand', () => {
  it('writes the four short cases', () => {
    expect(hex(encodeCommand([0x00, 0x84, 0x01, 0x02]))).toBe('00840102');
    expect(hex(encodeCommand([0x00, 0x84, 0x01, 0x02], undefined, 8))).toBe('0084010208');
    expect(hex(encodeCommand([0x00, 0xa4, 0x01, 0x02], bytes('7F0A')))).toBe('00A40102027F0A');
    expect(hex(encodeCommand([0x00, 0xa4, 0x01, 0x02], bytes('7F0A'), 256))).toBe('00A40102027F0A00');
  });

  it('can be read back by the rules of ISO/IEC 7816-3, 12.1', () => {
    fc.assert(
      fc.property(header, data, le, (head, body, expected) => {
        const apdu = encodeCommand(head, body, expected);
        expect(apdu.length).toBeLessThanOrEqual(LONGEST_COMMAND);
        expect([...apdu.subarray(0, 4)]).toEqual(head);
        let at = 4;
        if (body.length > 0) {
          expect(apdu[at]).toBe(body.length);
          expect(apdu.subarray(5, 5 + body.length)).toEqual(body);
          at += 1 + body.length;
        }
        if (expected !== undefined) expect(apdu[at++] || 256).toBe(expected);
        expect(apdu.length).toBe(at);
      }),
    );
  });
});

describe('decodeAnswer', () => {
  it('splits any answer of two bytes and more, and no other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (raw) => {
        const answer = decodeAnswer(raw);
        const joined = answer && [...answer.data, answer.sw >> 8, answer.sw & 0xff];
        expect(joined).toEqual(raw.length < 2 ? undefined : [...raw]);
      }),
    );
  });
});

describe('describeStatus', () => {
  it('names what the standard names', () => {
    expect(describeStatus(0x9000)).toEqual(['9000', 'done']);
    expect(describeStatus(0x6a82)).toEqual(['6A82', 'file or application not found']);
    expect(describeStatus(0x6d00)).toEqual(['6D00', 'instruction not supported']);
    expect(describeStatus(0x63c2)).toEqual(['63C2', 'verification failed, counter 2']);
    expect(describeStatus(0x6300)).toEqual(['6300', 'verification failed']);
    expect(describeStatus(0x0001)).toEqual(['0001', undefined]);
  });

  it('writes every status word as four hex digits, each another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (sw) => {
        const [digits] = describeStatus(sw);
        expect(digits).toMatch(/^[0-9A-F]{4}$/);
        expect(Number.parseInt(digits, 16)).toBe(sw);
      }),
    );
  });
});
