import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksAfterFirst, FILE, fileSize } from '../../src/ktp/files.ts';

const size = fc.integer({ min: 9, max: 0x8000 });
const chunk = fc.integer({ min: 1, max: 31 }).map((blocks) => blocks * 8);

describe('fileSize', () => {
  it('takes a length that leaves something to read and fits the chip', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (length) => {
        const result = fileSize(FILE.photo, Uint8Array.of(length >> 8, length & 0xff, 1, 2, 3, 4, 5, 6));
        if (length >= 7 && length <= 0x7ffe) expect(result).toEqual({ ok: true, value: length + 2 });
        else
          expect(result).toEqual({
            ok: false,
            failure: { code: 'KTP-LENGTH-INVALID', detail: `6FF2 says ${length} bytes` },
          });
      }),
    );
  });
});

describe('blocksAfterFirst', () => {
  it('covers the rest of the file once, in order, in whole chunks but the last', () => {
    fc.assert(
      fc.property(size, chunk, fc.constantFrom(1, 8), (bytes, most, roundTo) => {
        const blocks = blocksAfterFirst(bytes, most, roundTo);
        let at = 8;
        for (const [index, block] of blocks.entries()) {
          const last = index === blocks.length - 1;
          expect(block.offset).toBe(at);
          expect(block.last).toBe(last);
          expect(block.asked).toBeLessThanOrEqual(most);
          if (!last) expect([block.needed, block.asked]).toEqual([most, most]);
          at += block.needed;
        }
        expect(at).toBe(bytes);
        const { needed, asked } = blocks.at(-1)!;
        expect(asked % roundTo).toBe(0);
        expect(asked - needed).toBeLessThan(roundTo);
        expect(asked).toBeGreaterThanOrEqual(needed);
      }),
    );
  });

  it('has a last block also when the rest is an exact multiple of the chunk', () => {
    expect(blocksAfterFirst(8 + 2 * 208, 208, 8)).toEqual([
      { offset: 8, needed: 208, asked: 208, last: false },
      { offset: 216, needed: 208, asked: 208, last: true },
    ]);
  });
});
