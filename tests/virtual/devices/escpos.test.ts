/** Bytes as Epson's ESC/POS command reference has them: nothing of the driver's codec is used. */
import { beforeEach, describe, expect, it } from 'vitest';
import { EscposPrinter } from '../../../src/virtual/devices/escpos.ts';

let sent: Buffer[];
let printer: EscposPrinter;
beforeEach(() => {
  sent = [];
  printer = new EscposPrinter((bytes) => void sent.push(Buffer.from(bytes)), 0);
});
function ask(...parts: (string | number[])[]): string {
  sent = [];
  for (const part of parts)
    printer.receive(typeof part === 'string' ? Buffer.from(part, 'latin1') : Uint8Array.from(part));
  return Buffer.concat(sent).toString('hex');
}
const read = () => {
  const state = printer.act({ read: true });
  return state.ok && state.value;
};
const status = (n: number) => ask([0x10, 0x04, n]);

describe('the printer', () => {
  it('prints lines in both code pages, and cuts', () => {
    ask(
      [0x1b, 0x40],
      '\x1b!0',
      'Bukti\n\x1bE\x01Nama \x1bE\x00',
      [0x1b, 0x74, 16, 0xe9, 0x0a],
      '\x1bt\x00\xc4\xc4\n',
    );
    expect(read()).toEqual({ receipts: [], strip: ['0Bukti', 'Nama é', '──'] });
    ask([0x1d, 0x56, 1], 'next\n');
    expect(read()).toEqual({ receipts: [['0Bukti', 'Nama é', '──']], strip: ['next'] });
  });

  it('prints a QR code by its commands, in any pieces', () => {
    ask([0x1d, 0x28], [0x6b, 4, 0, 49, 65, 50, 0], [0x1d, 0x28, 0x6b, 3 + 2, 0, 49, 80, 48], 'H', 'i');
    expect(read()).toMatchObject({ strip: [] });
    ask([0x1d, 0x28, 0x6b, 3, 0, 49, 81, 48]);
    expect(read()).toMatchObject({ strip: [{ qr: 'Hi' }] });
  });

  it('prints a picture that says nothing as a picture', () => {
    ask([0x1d, 0x76, 0x30, 0, 2, 0, 3, 0, 1, 2, 0x0a, 4, 5, 6], 'x\n');
    expect(read()).toMatchObject({ strip: [{ picture: { width: 16, height: 3 } }, 'x'] });
  });

  it('tells its state at once and in its turn', () => {
    expect([1, 2, 3, 4].map(status)).toEqual(['12', '12', '12', '12']);
    expect(ask('text\n', [0x1d, 0x72, 1])).toBe('00');
    expect(ask([0x1d, 0x49, 67])).toBe(Buffer.from('_TM-BENCH\0').toString('hex'));
    printer.act({ paper: 'low' });
    expect(status(4)).toBe('1e');
    expect(ask([0x1d, 0x72, 1])).toBe('03');
  });

  it('stops without paper or with an open cover, and goes on afterwards', () => {
    printer.act({ paper: 'out' });
    expect([1, 2, 4].map(status)).toEqual(['1a', '32', '7e']);
    expect(ask('waits\n', [0x1d, 0x72, 1])).toBe('');
    printer.act({ paper: 'full' });
    expect(read()).toMatchObject({ strip: ['waits'] });
    printer.act({ cover: 'open' });
    expect([1, 2].map(status)).toEqual(['1a', '16']);
    printer.act({ cover: 'closed' });
    printer.act({ fault: true });
    expect([2, 3].map(status)).toEqual(['52', '1a']);
    expect(printer.act({ cover: 'ajar' }).ok).toBe(false);
  });

  it('runs out in the middle, and forgets the rest when it is cleared', () => {
    printer.act({ paper: 10 });
    ask('one\ntwo\nthree\nfour\n');
    expect(status(4)).toBe('7e');
    expect(ask([0x10, 0x14, 8, 1, 3], [20, 1, 6, 2, 8])).toBe('372500');
    printer.act({ paper: 'full' });
    ask('new\n');
    expect(read()).toMatchObject({ strip: ['one', 'two', 'new'] });
  });

  it('takes the time that its paper takes', async () => {
    const slow = new EscposPrinter((bytes) => void sent.push(Buffer.from(bytes)), 1);
    slow.receive(Buffer.from('one\ntwo\n\x1dr\x01', 'latin1'));
    expect(sent).toEqual([]);
    while (sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(slow.act({ read: true })).toMatchObject({ value: { strip: ['one', 'two'] } });
    slow.close();
  });
});
