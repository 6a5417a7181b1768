import { describe, expect, it } from 'vitest';
import { KeyboardWedge, SerialCodeScanner } from '../../../src/virtual/devices/code-scanner.ts';
import { hex } from '../hex.ts';

describe('a serial code scanner', () => {
  it.each(['\r', ''] as const)('sends the code and its line end %j', (lineEnd) => {
    const sent: string[] = [];
    const scanner = new SerialCodeScanner((frame) => sent.push(Buffer.from(frame).toString()), lineEnd);
    scanner.act({ scan: 'ANJ-17' });
    expect(sent).toEqual([`ANJ-17${lineEnd}`]);
  });
});

describe('a keyboard wedge', () => {
  it('types the code, shift where it is needed, and Enter', () => {
    const typed: string[] = [];
    const wedge = new KeyboardWedge((frame) => typed.push(hex(frame.subarray(16, 24))));
    wedge.act({ scan: 'A1' });
    // linux/input-event-codes.h: KEY_LEFTSHIFT 42, KEY_A 30, KEY_1 2, KEY_ENTER 28; 1 pressed, 0 released.
    const key = (code: string, value: string) => `0100${code.toUpperCase()}${value}`;
    expect(typed).toEqual([
      key('2a00', '01000000'),
      key('1e00', '01000000'),
      key('1e00', '00000000'),
      key('2a00', '00000000'),
      key('0200', '01000000'),
      key('0200', '00000000'),
      key('1c00', '01000000'),
      key('1c00', '00000000'),
    ]);
  });

  it('has no key for what a US keyboard lacks', () => {
    const typed: Uint8Array[] = [];
    const wedge = new KeyboardWedge((frame) => typed.push(frame));
    expect(wedge.act({ scan: 'ä' })).toMatchObject({ failure: { code: 'BENCH-COMMAND-INVALID' } });
    expect(typed).toEqual([]);
  });
});

it.each([{}, { scan: '' }, { scan: 1 }, { scan: 'a', twice: true }])('every scanner refuses %j', (act) => {
  for (const scanner of [new SerialCodeScanner(() => {}, '\r'), new KeyboardWedge(() => {})])
    expect(scanner.act(act)).toMatchObject({ failure: { code: 'BENCH-COMMAND-INVALID' } });
});
