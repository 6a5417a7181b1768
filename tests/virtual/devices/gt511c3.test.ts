/** Bytes as the data sheet has them, written out here: nothing of the driver's codec is used. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Gt511c3 } from '../../../src/virtual/devices/gt511c3.ts';

const LIGHT = '55AA 0100 01000000 1200 1301';
const IS_PRESSED = '55AA 0100 00000000 2600 2601';
const CAPTURE = '55AA 0100 01000000 6000 6101';
const GET_IMAGE = '55AA 0100 00000000 6200 6201';
const ACK = '55AA 0100 00000000 3000 3001';
const NOT_PRESSED = '55AA 0100 01000000 3000 3101';
const NACK_NOT_PRESSED = '55AA 0100 12100000 3100 5301';
const plain = (text: string) => text.replaceAll(' ', '');

let sent: Buffer[];
let sensor: Gt511c3;
beforeEach(() => {
  sent = [];
  sensor = new Gt511c3((bytes) => void sent.push(Buffer.from(bytes)));
});
function ask(request: string): string {
  sent = [];
  sensor.receive(Buffer.from(plain(request), 'hex'));
  return Buffer.concat(sent).toString('hex').toUpperCase();
}
const image = { width: 202, height: 258, dpi: 450, data: new Uint8Array(202 * 258).fill(3) };

describe('the module', () => {
  it('tells who it is', () => {
    expect(ask('55AA 0100 00000000 0100 0101')).toBe(plain(ACK));
    expect(ask('55AA 0100 01000000 0100 0201')).toBe(
      plain(`${ACK} 5AA5 0100 12031420 00000000 0123456789ABCDEF 0123456789ABCDEF C908`),
    );
  });

  it('sees a finger only in its own light, and sends its image', () => {
    sensor.press(image);
    expect(ask(IS_PRESSED)).toBe(plain(NOT_PRESSED));
    expect(sensor.awaitsFinger).toBe(false);
    expect(ask(LIGHT)).toBe(plain(ACK));
    expect(ask(IS_PRESSED)).toBe(plain(ACK));
    expect(ask(CAPTURE)).toBe(plain(ACK));
    expect(ask(CAPTURE)).toBe(plain(NACK_NOT_PRESSED));
    expect(ask(IS_PRESSED)).toBe(plain(NOT_PRESSED));
    expect(sensor.awaitsFinger).toBe(true);
    // 5A + A5 + 01 + 52116 × 03 = 0x263BC.
    expect(ask(GET_IMAGE) === plain(`${ACK} 5AA5 0100 ${'03'.repeat(52_116)} BC63`)).toBe(true);
  });

  it('changes its rate when asked, and forgets it without power', () => {
    expect(ask('55AA 0100 00C20100 0400 C701')).toBe(plain(ACK));
    expect(sensor.baudRate).toBe(115_200);
    expect(ask('55AA 0100 01000000 0400 0501')).toBe(plain('55AA 0100 02100000 3100 4301'));
    sensor.restart();
    expect(sensor.baudRate).toBe(9_600);
  });

  it('passes over a spoilt command, and refuses one that it does not know', () => {
    expect(ask('55AA 0100 00000000 2600 2701')).toBe('');
    expect(ask('55AA 0100 00000000 5100 5101')).toBe(plain('55AA 0100 0E100000 3100 4F01'));
  });

  it('sees dirt as a finger', () => {
    ask(LIGHT);
    sensor.act({ glass: 'dirty' });
    expect(ask(IS_PRESSED)).toBe(plain(ACK));
  });
});
