/**
 * The marker segments of a WSQ file (IAFIS-IC-0110 v3.1): two bytes of marker, then a length that
 * counts itself, then the contents. All numbers are big-endian.
 */
import { type HuffmanSpecification, MOST_BITS } from './huffman.ts';
import type { FilterBank } from './wavelet.ts';

export const MARKER = {
  startOfImage: 0xffa0,
  endOfImage: 0xffa1,
  startOfFrame: 0xffa2,
  startOfBlock: 0xffa3,
  transformTable: 0xffa4,
  quantisationTable: 0xffa5,
  huffmanTable: 0xffa6,
  restartInterval: 0xffa7,
  comment: 0xffa8,
  /** The first of eight that stand between restart intervals, where one is defined. */
  firstRestart: 0xffb0,
  lastRestart: 0xffb7,
} as const;

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** A pixel is its coefficient × scale + shift. */
  readonly shift: number;
  readonly scale: number;
}

/** Bins of the 64 subbands: their width, the width of the one about zero. Width 0: the subband is not coded. */
export interface Quantisation {
  /** Where in a bin its value lies, 0–1. */
  readonly centre: number;
  readonly widths: Float64Array;
  readonly zeroWidths: Float64Array;
}

/** No finger scanner gives more pixels; a larger file is no fingerprint. */
export const MOST_PIXELS = 4_000_000;
export const SUBBANDS = 64;
/** Tables are numbered 0–7. */
export const TABLES = 8;

const LOW_TAPS = 9;
const HIGH_TAPS = 7;
const TRANSFORM_BYTES = 2 + 5 * 6 + 4 * 6;
const FRAME_BYTES = 15;
const QUANTISATION_BYTES = 3 + SUBBANDS * 6;
const TABLE_HEADER = 1 + MOST_BITS;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Scaled numbers are a power of ten to divide by (u8) and a u16. */
function readScaled(view: DataView, at: number): number {
  return view.getUint16(at + 1) / 10 ** view.getUint8(at);
}

/** The nearest scaled number with as many digits as fit. */
function scaled(value: number): { readonly power: number; readonly digits: number } {
  if (value === 0) return { power: 0, digits: 0 };
  let power = 0;
  while (Math.round(value * 10 ** (power + 1)) <= 0xffff && power < 20) power++;
  return { power, digits: Math.min(0xffff, Math.round(value * 10 ** power)) };
}

/** The value that a reader will find for this one. */
export function storable(value: number): number {
  const { power, digits } = scaled(value);
  return digits / 10 ** power;
}

function writeScaled(view: DataView, at: number, value: number): void {
  const { power, digits } = scaled(value);
  view.setUint8(at, power);
  view.setUint16(at + 1, digits);
}

/** @returns null unless it is a frame header of the right length */
export function readFrame(contents: Uint8Array): Frame | null {
  if (contents.length !== FRAME_BYTES) return null;
  const view = viewOf(contents);
  return {
    height: view.getUint16(2),
    width: view.getUint16(4),
    shift: readScaled(view, 6),
    scale: readScaled(view, 9),
  };
}

/** Black is 0, white 255; the encoder and its version are 0, which no certified one has. */
export function writeFrame({ width, height, shift, scale }: Frame): Uint8Array {
  const contents = new Uint8Array(FRAME_BYTES);
  const view = viewOf(contents);
  view.setUint8(1, 255);
  view.setUint16(2, height);
  view.setUint16(4, width);
  writeScaled(view, 6, shift);
  writeScaled(view, 9, scale);
  return contents;
}

/** @returns null unless it holds filters of nine and seven taps, the only ones that are in use */
export function readTransformTable(contents: Uint8Array): FilterBank | null {
  if (contents.length !== TRANSFORM_BYTES || contents[0] !== LOW_TAPS || contents[1] !== HIGH_TAPS)
    return null;
  const view = viewOf(contents);
  const tap = (n: number): number => {
    const at = 2 + 6 * n;
    const magnitude = view.getUint32(at + 2) / 10 ** view.getUint8(at + 1);
    return view.getUint8(at) === 0 ? magnitude : -magnitude;
  };
  return { low: [tap(0), tap(1), tap(2), tap(3), tap(4)], high: [tap(5), tap(6), tap(7), tap(8)] };
}

/** Each tap, from the centre outwards: sign (u8), power of ten (u8), digits (u32). */
export function writeTransformTable({ low, high }: FilterBank): Uint8Array {
  const contents = new Uint8Array(TRANSFORM_BYTES);
  contents[0] = LOW_TAPS;
  contents[1] = HIGH_TAPS;
  const view = viewOf(contents);
  [...low, ...high].forEach((tap, n) => {
    const at = 2 + 6 * n;
    let power = 0;
    while (Math.round(Math.abs(tap) * 10 ** (power + 1)) <= 0xffffffff) power++;
    view.setUint8(at, tap < 0 ? 1 : 0);
    view.setUint8(at + 1, power);
    view.setUint32(at + 2, Math.round(Math.abs(tap) * 10 ** power));
  });
  return contents;
}

/** @returns null unless it has the right length */
export function readQuantisation(contents: Uint8Array): Quantisation | null {
  if (contents.length !== QUANTISATION_BYTES) return null;
  const view = viewOf(contents);
  const column = (start: number) =>
    Float64Array.from({ length: SUBBANDS }, (_, band) => readScaled(view, start + 6 * band));
  return { centre: readScaled(view, 0), widths: column(3), zeroWidths: column(6) };
}

export function writeQuantisation({ centre, widths, zeroWidths }: Quantisation): Uint8Array {
  const contents = new Uint8Array(QUANTISATION_BYTES);
  const view = viewOf(contents);
  writeScaled(view, 0, centre);
  for (let band = 0; band < SUBBANDS; band++) {
    writeScaled(view, 3 + 6 * band, widths[band]!);
    writeScaled(view, 6 + 6 * band, zeroWidths[band]!);
  }
  return contents;
}

/**
 * A segment may hold several tables.
 * @returns null when a table is torn or its number is above 7
 */
export function readHuffmanTables(contents: Uint8Array): ReadonlyMap<number, HuffmanSpecification> | null {
  const tables = new Map<number, HuffmanSpecification>();
  for (let at = 0; at < contents.length; ) {
    const number = contents[at]!;
    const counts = contents.subarray(at + 1, at + TABLE_HEADER);
    const symbolCount = counts.reduce((sum, count) => sum + count, 0);
    const end = at + TABLE_HEADER + symbolCount;
    if (number >= TABLES || symbolCount > 256 || end > contents.length) return null;
    tables.set(number, { counts, symbols: contents.subarray(at + TABLE_HEADER, end) });
    at = end;
  }
  return tables;
}

export function writeHuffmanTable(number: number, { counts, symbols }: HuffmanSpecification): Uint8Array {
  return Uint8Array.from([number, ...counts, ...symbols]);
}
