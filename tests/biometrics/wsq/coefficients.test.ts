import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countSymbols, readBlock, tokensOf, writeBlock } from '../../../src/biometrics/wsq/coefficients.ts';
import { huffmanCodes, huffmanLookup, huffmanSpecification } from '../../../src/biometrics/wsq/huffman.ts';

/** Coefficients of every kind of symbol with a run of zeros before each, the limits of both included. */
const coefficient = fc.oneof(
  fc.integer({ min: -74, max: 75 }),
  fc.integer({ min: -0x7fff, max: 0x7fff }),
  fc.constantFrom(-256, -255, -74, -73, 74, 75, 255, 256),
);
const run = fc.oneof(
  { weight: 20, arbitrary: fc.nat(3) },
  { weight: 5, arbitrary: fc.constantFrom(99, 100, 101, 255, 256) },
  { weight: 1, arbitrary: fc.constantFrom(0xffff, 0x10000, 70_000) },
);
const coefficients = fc.array(fc.tuple(run, coefficient), { maxLength: 40 }).map((parts) => {
  const block = new Int16Array(parts.reduce((length, [zeros]) => length + zeros + 1, 0));
  let at = 0;
  for (const [zeros, value] of parts) {
    block[at + zeros] = value;
    at += zeros + 1;
  }
  return block;
});

test('a block is read as it was written, up to the marker after it', () => {
  fc.assert(
    fc.property(coefficients, (block) => {
      const tokens = tokensOf(block);
      const counts = new Uint32Array(256);
      countSymbols(tokens, counts);
      const specification = huffmanSpecification(counts);
      const compressed = writeBlock(tokens, huffmanCodes(specification));
      const bytes = Uint8Array.from([...compressed, 0xff, 0xa1]);
      const read = new Int16Array(block.length + 1);
      expect(readBlock(bytes, 0, huffmanLookup(specification)!, read, 1)).toEqual({
        filled: block.length + 1,
        at: compressed.length,
      });
      expect(Buffer.compare(Buffer.from(read.buffer, 2), Buffer.from(block.buffer))).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('golden symbols: runs, small coefficients and the escapes for large ones', () => {
  const block = new Int16Array(700);
  block.set([5, -73, 74, 75, -74, 255, 256, -256]);
  block[8 + 100] = 1;
  block[8 + 100 + 1 + 101] = -1;
  const { symbols, extras } = tokensOf(block);
  expect([...symbols]).toEqual([185, 107, 254, 101, 102, 101, 103, 104, 100, 181, 105, 179, 106]);
  expect([...extras]).toEqual([0, 0, 0, 75, 74, 255, 256, 256, 0, 0, 101, 0, 700 - 211]);
});

describe('blocks that no encoder writes', () => {
  /** One code, "0", for this symbol. */
  const only = (symbol: number) => {
    const counts = new Uint8Array(16);
    counts[0] = 1;
    const lookup = huffmanLookup({ counts, symbols: Uint8Array.of(symbol) });
    if (lookup === null) throw new Error('no look-up');
    return lookup;
  };
  const read = (symbol: number, bytes: readonly number[], room = 8) =>
    readBlock(Uint8Array.from([...bytes, 0xff, 0xa1]), 0, only(symbol), new Int16Array(room), 0);

  test('runs of no zeros, or of more than there are pixels', () => {
    expect(read(0, [0b01111111])).toBe('a run of no zeros');
    expect(read(105, [0b00000000, 0b01111111])).toBe('a run of no zeros');
    expect(read(100, [0b01111111], 99)).toBe('more coefficients than pixels');
    expect(read(100, [0b01111111], 100)).toEqual({ filled: 100, at: 1 });
  });

  test('more coefficients than pixels', () => {
    expect(read(181, [0b00001111], 4)).toEqual({ filled: 4, at: 1 });
    expect(read(181, [0b00000111], 4)).toBe('more coefficients than pixels');
  });

  test('coefficients of more than 15 bits, and the symbol after the last', () => {
    expect(read(103, [0b01000000, 0b00000000, 0b01111111])).toBe('a coefficient out of range');
    expect(read(104, [0b00111111, 0xff, 0x00, 0b11111111, 0x00])).toEqual({ filled: 1, at: 5 });
    expect(read(255, [0b01111111])).toBe('a coefficient out of range');
  });

  test('codes that no table has, numbers and codes cut off', () => {
    expect(read(181, [0b10000000])).toBe('a code that no table has');
    expect(read(103, [0b00000000])).toBe('a number is cut off');
  });

  test('a block without a byte is empty', () => {
    expect(read(181, [])).toEqual({ filled: 0, at: 0 });
  });
});
