import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeReceipt } from '../../../src/devices/receipt-printer/escpos-document.ts';
import { redactEscpos } from '../../../src/devices/receipt-printer/escpos-redaction.ts';
import {
  CLEAR,
  REAL_TIME,
  TELL_MODEL,
  TELL_WHEN_PRINTED,
} from '../../../src/devices/receipt-printer/escpos-status.ts';
import type { ReceiptPart } from '../../../src/devices/receipt-printer/port.ts';
import { type Command, nextCommand } from '../../../src/virtual/devices/escpos-commands.ts';

/** Of letters that no command has for a parameter. */
const text = fc.string({ unit: fc.constantFrom('b', 'c', 'd', 'f', 'g', ' '), minLength: 1, maxLength: 40 });
const part: fc.Arbitrary<ReceiptPart> = fc.oneof(
  text.map((text) => ({ type: 'title' as const, text })),
  text.map((text) => ({ type: 'line' as const, text })),
  fc.tuple(text, text).map(([label, value]) => ({ type: 'row' as const, label, value })),
  text.map((data) => ({ type: 'qr' as const, data })),
  fc.constant({ type: 'rule' as const }),
  fc.constant({ type: 'cut' as const }),
);

/** Without what is printed. */
function commands(bytes: Uint8Array): unknown[] {
  const found: Command[] = [];
  for (let rest = bytes; ; ) {
    const command = nextCommand(rest);
    if (!command) return found.map(({ does, length }) => ({ does, length })).filter(isNoText);
    found.push(command);
    rest = rest.subarray(command.length);
  }
}
/** Overwritten text is passed over by a printer, byte by byte. */
const isNoText = ({ does, length }: { does: string; length: number }) =>
  does !== 'text' && !(does === 'nothing' && length === 1);

describe('what the recorder keeps', () => {
  it('are commands, and nothing that was printed', () => {
    const qrCode = fc.constantFrom('native', 'raster');
    const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), qrCode, cuts, (receipt, qrCode, lengths) => {
        const bytes = encodeReceipt(receipt, { paperWidth: 58, qrCode });
        const { sent } = redactEscpos();
        const kept: Uint8Array[] = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const length = lengths[i % lengths.length]!;
          kept.push(sent(bytes.subarray(at, at + length)));
          at += length;
        }
        const all = Buffer.concat(kept);
        expect(all.length).toBe(bytes.length);
        expect(commands(all)).toEqual(commands(bytes));
        expect(all.toString('latin1')).not.toMatch(/[bcdfg]{2}/);
        expect(all.includes(0xc4)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('are questions and answers as they are', () => {
    const questions = Buffer.concat([
      REAL_TIME.printer,
      REAL_TIME.paper,
      CLEAR,
      TELL_WHEN_PRINTED,
      TELL_MODEL,
    ]);
    expect(redactEscpos().sent(questions)).toEqual(Uint8Array.from(questions));
    const answers = Uint8Array.of(0x12, 0x7e, 0x00);
    expect(redactEscpos().received(answers)).toEqual(answers);
  });

  it('is nothing of what follows an unknown command', () => {
    const bytes = Buffer.from('\x1b\x7fNama\x10rahasia\x1d(X\x00\x00', 'latin1');
    expect(Buffer.from(redactEscpos().sent(bytes)).toString('latin1')).not.toMatch(/Nama|rahasia/);
  });
});
