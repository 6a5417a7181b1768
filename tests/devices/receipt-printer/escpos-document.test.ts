import { describe, expect, it } from 'vitest';
import {
  encodeReceipt,
  encodeScrap,
  type Paper,
} from '../../../src/devices/receipt-printer/escpos-document.ts';
import type { Receipt } from '../../../src/devices/receipt-printer/port.ts';
import { EscposPrinter } from '../../../src/virtual/devices/escpos.ts';

const wide: Paper = { paperWidth: 80, qrCode: 'native' };
const narrow: Paper = { paperWidth: 58, qrCode: 'native' };
const latin1 = (receipt: Receipt, paper: Paper) =>
  Buffer.from(encodeReceipt(receipt, paper)).toString('latin1');

/** What a printer makes of it. */
function printed(receipt: Receipt, paper: Paper) {
  const printer = new EscposPrinter(() => {}, 0);
  printer.receive(encodeReceipt([...receipt, { type: 'cut' }], paper));
  const state = printer.act({ read: true });
  if (!state.ok) throw new Error();
  const { receipts } = state.value as { receipts: unknown[][] };
  return receipts[0]!.slice(0, -4);
}

describe('a receipt', () => {
  it('is encoded as in the command reference', () => {
    // ESC @ initialises, FS . leaves Kanji mode, ESC M 0 takes font A; GS V 1 cuts partly.
    const bytes = latin1([{ type: 'line', text: 'Halo' }, { type: 'cut' }], wide);
    expect(bytes.startsWith('\x1b@\x1c.\x1bM\x00')).toBe(true);
    expect(bytes).toContain('Halo\n\r');
    expect(bytes).toContain('\x1dV\x01');
    // GS ( k: model 2, error level M, store, print.
    const code = latin1([{ type: 'qr', data: 'A1' }], wide);
    expect(code).toContain('\x1d(k\x04\x001A2\x00');
    expect(code).toContain('\x1d(k\x03\x001E1');
    expect(code).toContain('\x1d(k\x05\x001P0A1\x1d(k\x03\x001Q0');
  });

  it('fits on both widths of paper', () => {
    const receipt: Receipt = [
      { type: 'title', text: 'Bukti Perekaman' },
      { type: 'row', label: 'Nama', value: 'ENDAH PURNAMASARI' },
      { type: 'row', label: 'Tempat perekaman', value: 'Kantor Kecamatan Coblong, Kota Bandung' },
      { type: 'rule' },
      { type: 'line', text: 'Simpan bukti ini sampai KTP-el Anda selesai.' },
    ];
    expect(printed(receipt, narrow)).toEqual([
      ' Bukti Perekaman',
      'Nama           ENDAH PURNAMASARI',
      'Tempat          Kantor Kecamatan',
      'perekaman          Coblong, Kota',
      '                         Bandung',
      '─'.repeat(32),
      'Simpan bukti ini sampai KTP-el',
      'Anda selesai.',
    ]);
    for (const [paper, columns] of [
      [narrow, 32],
      [wide, 48],
    ] as const) {
      for (const line of printed(receipt, paper)) expect(String(line).length).toBeLessThanOrEqual(columns);
    }
    expect(printed([receipt[1]!], wide)).toEqual(['Nama                           ENDAH PURNAMASARI']);
  });

  it('a text cannot be a command', () => {
    expect(printed([{ type: 'line', text: 'a\x1b@\x10\x04\x01b\nc' }], wide)).toEqual(['a @ b c']);
    expect(printed([{ type: 'row', label: '\x1d', value: '\x1dV\x00' }], wide)).toEqual([
      expect.stringMatching(/V$/),
    ]);
  });

  it.each(['native', 'raster'] as const)('its QR code says what it should, %s', (qrCode) => {
    const data = `https://dukcapil.example/r/${'0123456789'.repeat(6)}`;
    for (const paperWidth of [58, 80] as const) {
      const code = printed([{ type: 'qr', data }], { paperWidth, qrCode });
      expect(code.filter((part) => typeof part === 'object')).toEqual([{ qr: data }]);
    }
  });

  it('a QR code with what no phone reads is a bug', () => {
    expect(() => encodeReceipt([{ type: 'qr', data: '\x10\x04\x01' }], wide)).toThrow();
    expect(() => encodeReceipt([{ type: 'qr', data: 'x'.repeat(501) }], wide)).toThrow();
  });

  it('what is left of an unfinished one is cut off', () => {
    expect(Buffer.from(encodeScrap(wide)).toString('latin1')).toContain('\x1dV\x01');
  });
});
