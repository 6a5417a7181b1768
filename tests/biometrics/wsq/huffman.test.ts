import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  huffmanCodes,
  huffmanLookup,
  huffmanSpecification,
  MOST_BITS,
} from '../../../src/biometrics/wsq/huffman.ts';

const frequencies = fc
  .array(fc.oneof(fc.constant(0), fc.nat(10), fc.nat(1_000_000)), { minLength: 256, maxLength: 256 })
  .map((counts) => Uint32Array.from(counts));

test('every symbol that occurs has a code of at most 16 bits, none of ones only, none the start of another', () => {
  fc.assert(
    fc.property(frequencies, (counts) => {
      const specification = huffmanSpecification(counts);
      const { codes, lengths } = huffmanCodes(specification);
      let taken = 0;
      counts.forEach((count, symbol) => {
        const length = lengths[symbol]!;
        expect(length > 0).toBe(count > 0);
        if (length === 0) return;
        expect(length).toBeLessThanOrEqual(MOST_BITS);
        expect(codes[symbol]).not.toBe((1 << length) - 1);
        taken += 2 ** -length;
      });
      expect(taken).toBeLessThan(1);
      expect(huffmanLookup(specification)).not.toBeNull();
    }),
    { numRuns: 60 },
  );
});

test('frequencies in the ratio of Fibonacci numbers, which want codes far longer than 16 bits', () => {
  const counts = new Uint32Array(256);
  for (let n = 0, [a, b] = [1, 1]; n < 40; n++, [a, b] = [b, a + b]) counts[n] = a;
  const { lengths } = huffmanCodes(huffmanSpecification(counts));
  expect(Math.max(...lengths)).toBe(MOST_BITS);
  expect(lengths[39]).toBe(1);
});

test('golden codes: the most frequent symbol has one bit', () => {
  const counts = new Uint32Array(256);
  counts[1] = 8;
  counts[180] = 4;
  counts[181] = 2;
  const specification = huffmanSpecification(counts);
  expect([...specification.counts.subarray(0, 4)]).toEqual([1, 1, 1, 0]);
  expect([...specification.symbols]).toEqual([1, 180, 181]);
  const { codes } = huffmanCodes(specification);
  expect([codes[1], codes[180], codes[181]]).toEqual([0b0, 0b10, 0b110]);
});

test('counts that ask for more codes than there are give no look-up', () => {
  const counts = new Uint8Array(16);
  counts[0] = 3;
  expect(huffmanLookup({ counts, symbols: Uint8Array.of(1, 2, 3) })).toBeNull();
});
