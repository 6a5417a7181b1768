import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLEAR,
  isPrinted,
  isRealTime,
  paperOf,
  REAL_TIME,
  TELL_WHEN_PRINTED,
  textOf,
  troubleOf,
} from '../../../src/devices/receipt-printer/escpos-status.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('as in the command reference', () => {
  it('questions', () => {
    expect(hex(REAL_TIME.paper)).toBe('100404');
    expect(hex(TELL_WHEN_PRINTED)).toBe('1d7201');
    expect(hex(CLEAR)).toBe('10140801031401060208');
  });

  it('answers', () => {
    // docs.rs/hardless-http-dialects: DLE EOT 1, 2 and 4 of a printer that is out of paper.
    expect([0x1a, 0x32, 0x7e].every(isRealTime)).toBe(true);
    expect(troubleOf(0x32)).toBe('PRINTER-PAPER-OUT');
    expect(paperOf(0x7e)).toBe('out');
    expect([paperOf(0x12), paperOf(0x1e)]).toEqual(['enough', 'low']);
    expect([troubleOf(0x12), troubleOf(0x16), troubleOf(0x52)]).toEqual([
      undefined,
      'PRINTER-COVER-OPEN',
      'PRINTER-FAULT',
    ]);
    expect([0x00, 0x03, 0x0f].every(isPrinted)).toBe(true);
    expect(textOf(Buffer.from('_TM-T88V\0'))).toBe('TM-T88V');
    expect(textOf(Buffer.from('TM-T88V\0'))).toBeUndefined();
  });
});

it('no byte is an answer to both kinds of questions', () => {
  for (let byte = 0; byte < 256; byte++) expect(isRealTime(byte) && isPrinted(byte)).toBe(false);
});

it('one flipped bit never changes what is told of the paper, it spoils it', () => {
  fc.assert(
    fc.property(fc.constantFrom(0x12, 0x1e, 0x72, 0x7e), fc.nat(7), (answer, bit) => {
      const flipped = answer ^ (1 << bit);
      expect(isRealTime(flipped) && paperOf(flipped) !== undefined).toBe(false);
    }),
  );
});
