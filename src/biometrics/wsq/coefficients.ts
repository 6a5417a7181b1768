/**
 * Quantised coefficients as symbols and back (IAFIS-IC-0110 v3.1). A symbol is a run of zeros, a
 * small coefficient, or an escape that says how many bits of a larger number follow its code.
 */
import { type HuffmanCodes, MOST_BITS } from './huffman.ts';

/** Symbols 1–100 are runs of that many zeros. */
const LONGEST_RUN = 100;
const POSITIVE_BYTE = 101;
const NEGATIVE_BYTE = 102;
const POSITIVE_WORD = 103;
const NEGATIVE_WORD = 104;
const RUN_BYTE = 105;
const RUN_WORD = 106;
/** Symbols from 107 to 254 are the coefficients from −73 to 74, stored with this added. */
const BIAS = 180;
const LEAST_SMALL = -73;
const MOST_SMALL = 74;
const LAST_SYMBOL = 254;

export const MOST_COEFFICIENT = 0x7fff;

/** How many bits follow the code of a symbol. */
const extraBits = new Uint8Array(256);
extraBits[POSITIVE_BYTE] = 8;
extraBits[NEGATIVE_BYTE] = 8;
extraBits[RUN_BYTE] = 8;
extraBits[POSITIVE_WORD] = 16;
extraBits[NEGATIVE_WORD] = 16;
extraBits[RUN_WORD] = 16;

/** Symbols of a block with the numbers that follow them (0 where none does). */
export interface Tokens {
  readonly symbols: Uint8Array;
  readonly extras: Uint16Array;
}

/** @param coefficients −MOST_COEFFICIENT to MOST_COEFFICIENT */
export function tokensOf(coefficients: Int16Array): Tokens {
  const symbols = new Uint8Array(coefficients.length);
  const extras = new Uint16Array(coefficients.length);
  let count = 0;
  for (let n = 0; n < coefficients.length; count++) {
    const value = coefficients[n]!;
    let extra = 0;
    let symbol = value + BIAS;
    if (value === 0) {
      let run = 1;
      while (run < 0xffff && coefficients[n + run] === 0) run++;
      n += run;
      symbol = run <= LONGEST_RUN ? run : run <= 0xff ? RUN_BYTE : RUN_WORD;
      extra = run;
    } else {
      n++;
      extra = Math.abs(value);
      if (value > MOST_SMALL) symbol = extra <= 0xff ? POSITIVE_BYTE : POSITIVE_WORD;
      else if (value < LEAST_SMALL) symbol = extra <= 0xff ? NEGATIVE_BYTE : NEGATIVE_WORD;
    }
    symbols[count] = symbol;
    extras[count] = extraBits[symbol] === 0 ? 0 : extra;
  }
  return { symbols: symbols.subarray(0, count), extras: extras.subarray(0, count) };
}

/** Adds the symbols of a block to the 256 frequencies. */
export function countSymbols({ symbols }: Tokens, frequencies: Uint32Array): void {
  for (let n = 0; n < symbols.length; n++) frequencies[symbols[n]!]!++;
}

/** The compressed bytes of a block: 00 follows each FF, ones fill the last byte. */
export function writeBlock({ symbols, extras }: Tokens, { codes, lengths }: HuffmanCodes): Uint8Array {
  let size = 0;
  for (let n = 0; n < symbols.length; n++) size += lengths[symbols[n]!]! + extraBits[symbols[n]!]!;
  const bytes = new Uint8Array(2 * Math.ceil(size / 8));
  let at = 0;
  let pending = 0;
  let pendingBits = 0;
  const put = (value: number, bits: number) => {
    pending = (pending << bits) | value;
    pendingBits += bits;
    while (pendingBits >= 8) {
      pendingBits -= 8;
      const byte = (pending >>> pendingBits) & 0xff;
      bytes[at++] = byte;
      if (byte === 0xff) at++;
    }
    pending &= (1 << pendingBits) - 1;
  };
  for (let n = 0; n < symbols.length; n++) {
    const symbol = symbols[n]!;
    put(codes[symbol]!, lengths[symbol]!);
    if (extraBits[symbol]! > 0) put(extras[n]!, extraBits[symbol]!);
  }
  if (pendingBits > 0) put((1 << (8 - pendingBits)) - 1, 8 - pendingBits);
  return bytes.subarray(0, at);
}

/** Reads the bits of one block; the marker that ends it is left standing. */
class BlockBits {
  private readonly bytes: Uint8Array;
  at: number;
  private bits = 0;
  available = 0;
  /** The marker was reached (or the end of the file, which the caller then finds). */
  private ended = false;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The next 16 bits; past the end they are ones. Loads what is there, so that up to 16 may be taken after it. */
  peek(): number {
    while (this.available <= 16 && !this.ended) this.load();
    return this.available >= MOST_BITS
      ? (this.bits >>> (this.available - MOST_BITS)) & 0xffff
      : ((this.bits << (MOST_BITS - this.available)) | (0xffff >>> this.available)) & 0xffff;
  }

  private load(): void {
    const byte = this.bytes[this.at];
    if (byte === undefined || (byte === 0xff && this.bytes[this.at + 1] !== 0)) {
      this.ended = true;
      return;
    }
    this.at += byte === 0xff ? 2 : 1;
    this.bits = (this.bits << 8) | byte;
    this.available += 8;
  }

  /** Takes bits that `peek` showed. */
  take(count: number): void {
    this.available -= count;
  }
}

export interface BlockEnd {
  /** How many coefficients there are now. */
  readonly filled: number;
  /** Where the marker after the block stands. */
  readonly at: number;
}

/**
 * Reads the compressed bytes from `at` up to the next marker into `coefficients` (zero so far) from `filled` on.
 * @param lookup of huffmanLookup
 * @returns what is wrong, where something is
 */
export function readBlock(
  bytes: Uint8Array,
  at: number,
  lookup: Uint16Array,
  coefficients: Int16Array,
  filled: number,
): BlockEnd | string {
  const bits = new BlockBits(bytes, at);
  let n = filled;
  for (;;) {
    const next = bits.peek();
    // Less than a byte of ones is padding, even where a table (against the rules) has a code of ones only.
    if (bits.available < 8 && next === 0xffff) return { filled: n, at: bits.at };
    const entry = lookup[next]!;
    const length = entry >> 8;
    if (length === 0) return 'a code that no table has';
    // Some encoders pad with other bits; a code that is cut off by the marker is such padding.
    if (length > bits.available) return bits.available < 8 ? { filled: n, at: bits.at } : 'a code is cut off';
    bits.take(length);
    const symbol = entry & 0xff;
    let extra = symbol;
    const extraLength = extraBits[symbol]!;
    if (extraLength > 0) {
      extra = bits.peek() >>> (MOST_BITS - extraLength);
      if (extraLength > bits.available) return 'a number is cut off';
      bits.take(extraLength);
    }
    if (symbol <= LONGEST_RUN || symbol === RUN_BYTE || symbol === RUN_WORD) {
      if (extra === 0) return 'a run of no zeros';
      n += extra;
      if (n > coefficients.length) return 'more coefficients than pixels';
      continue;
    }
    if (n >= coefficients.length) return 'more coefficients than pixels';
    let value = symbol - BIAS;
    if (symbol === POSITIVE_BYTE || symbol === POSITIVE_WORD) value = extra;
    else if (symbol === NEGATIVE_BYTE || symbol === NEGATIVE_WORD) value = -extra;
    if (symbol > LAST_SYMBOL || Math.abs(value) > MOST_COEFFICIENT) return 'a coefficient out of range';
    coefficients[n++] = value;
  }
}
