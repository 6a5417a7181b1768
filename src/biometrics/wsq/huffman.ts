/**
 * Huffman coding of WSQ (IAFIS-IC-0110 v3.1): codes of at most 16 bits, sent as the number of codes of
 * each length and the symbols in the order of their codes, as in JPEG (ISO/IEC 10918-1, annexes C, F and K).
 */

export const MOST_BITS = 16;

/** What a DHT segment tells of one table. */
export interface HuffmanSpecification {
  /** Sixteen numbers: how many codes have 1 … 16 bits. */
  readonly counts: Uint8Array;
  /** Symbols, shortest code first. */
  readonly symbols: Uint8Array;
}

/** Codes and their lengths by symbol; length 0: the symbol has no code. */
export interface HuffmanCodes {
  readonly codes: Uint16Array;
  readonly lengths: Uint8Array;
}

/** Codes are dealt out in rising order; going to the next length appends a zero bit. */
export function huffmanCodes({ counts, symbols }: HuffmanSpecification): HuffmanCodes {
  const codes = new Uint16Array(256);
  const lengths = new Uint8Array(256);
  let code = 0;
  let next = 0;
  for (let length = 1; length <= MOST_BITS; length++, code <<= 1)
    for (let n = 0; n < counts[length - 1]!; n++, code++) {
      const symbol = symbols[next++]!;
      codes[symbol] = code;
      lengths[symbol] = length;
    }
  return { codes, lengths };
}

/**
 * A look-up for the decoder: for every 16 bits the length of the code that they begin with, times 256, plus its
 * symbol; 0 where no code begins so.
 * @returns null when the counts ask for more codes than there are
 */
export function huffmanLookup({ counts, symbols }: HuffmanSpecification): Uint16Array | null {
  const lookup = new Uint16Array(1 << MOST_BITS);
  let from = 0;
  let next = 0;
  for (let length = 1; length <= MOST_BITS; length++) {
    const share = 1 << (MOST_BITS - length);
    for (let n = 0; n < counts[length - 1]!; n++, from += share) {
      if (from + share > lookup.length) return null;
      lookup.fill((length << 8) | symbols[next++]!, from, from + share);
    }
  }
  return lookup;
}

/**
 * The best table for symbols of these frequencies whose codes have at most 16 bits, none of them all ones
 * (ones fill the last byte of a block).
 */
export function huffmanSpecification(frequencies: Uint32Array): HuffmanSpecification {
  const byLength = optimalLengths(frequencies);
  const lengthCounts = new Uint32Array(258);
  for (const { length } of byLength) lengthCounts[length]!++;
  limitLengths(lengthCounts);
  // The longest code of all is the reserved symbol's, and the last one of that length would be all ones.
  const longest = lengthCounts.findLastIndex((count) => count > 0);
  if (longest > 0) lengthCounts[longest]!--;
  return {
    counts: Uint8Array.from(lengthCounts.subarray(1, MOST_BITS + 1)),
    symbols: Uint8Array.from(
      byLength.filter(({ symbol }) => symbol !== RESERVED).map(({ symbol }) => symbol),
    ),
  };
}

/** Stands for the code that is all ones. Of frequency 0, it shares the longest length. */
const RESERVED = 256;

interface Leaf {
  readonly symbol: number;
  readonly length: number;
}

/** Code lengths by merging the two rarest trees again and again; shortest first, then by symbol. */
function optimalLengths(frequencies: Uint32Array): readonly Leaf[] {
  interface Tree {
    readonly weight: number;
    readonly symbols: readonly number[];
  }
  const trees: Tree[] = [];
  frequencies.forEach((weight, symbol) => {
    if (weight > 0) trees.push({ weight, symbols: [symbol] });
  });
  if (trees.length === 0) return [];
  trees.push({ weight: 0, symbols: [RESERVED] });
  const lengths = new Uint16Array(RESERVED + 1);
  while (trees.length > 1) {
    trees.sort((a, b) => b.weight - a.weight);
    const [second, first] = [trees.pop()!, trees.pop()!];
    const merged = { weight: first.weight + second.weight, symbols: [...first.symbols, ...second.symbols] };
    for (const symbol of merged.symbols) lengths[symbol]!++;
    trees.push(merged);
  }
  return Array.from(lengths, (length, symbol) => ({ symbol, length }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.length - b.length || a.symbol - b.symbol);
}

/**
 * Shortens codes of more than 16 bits (ISO/IEC 10918-1, annex K): a pair of too long ones gives up its last bit for
 * one of them, the other becomes the sibling of a shorter code that is made one bit longer.
 */
function limitLengths(counts: Uint32Array): void {
  for (let length = counts.length - 1; length > MOST_BITS; length--)
    while (counts[length]! > 0) {
      let shorter = length - 2;
      while (counts[shorter] === 0) shorter--;
      counts[length]! -= 2;
      counts[length - 1]!++;
      counts[shorter + 1]! += 2;
      counts[shorter]!--;
    }
}
