/** Reads fingerprints from WSQ (IAFIS-IC-0110 v3.1): torn and hostile files give a code. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import { readBlock } from './coefficients.ts';
import { type HuffmanSpecification, huffmanLookup } from './huffman.ts';
import { codedSamples, dequantise } from './quantise.ts';
import {
  type Frame,
  MARKER,
  MOST_PIXELS,
  type Quantisation,
  readFrame,
  readHuffmanTables,
  readQuantisation,
  readTransformTable,
} from './segments.ts';
import { LEAST_SIDE, subbandTree } from './subbands.ts';
import { type FilterBank, synthesise } from './wavelet.ts';

/** The specification has three; every block costs a look-up table, whatever its size. */
const MOST_BLOCKS = 8;
const DEFAULT_DPI = 500;

/** What the segments told so far. */
interface Reading {
  frame?: Frame;
  filters?: FilterBank;
  quantisation?: Quantisation;
  readonly tables: Map<number, HuffmanSpecification>;
  dpi: number;
  /** A restart interval is defined, so that restart markers may stand in a block. */
  restarts: boolean;
  blocks: number;
  /** The look-up of the latest block. */
  lookup?: Uint16Array;
  coefficients?: Int16Array;
  filled: number;
}

/** Whether the bytes begin as a WSQ file does. */
export function isWsq(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xa0;
}

/**
 * The resolution is that of the comment (in the form of NIST), 500 dpi without one. Bytes after the end of the
 * image are ignored.
 * @returns FINGER-WSQ-INVALID for anything torn or out of range; FINGER-IMAGE-UNSUPPORTED for other filters than
 *   those of nine and seven taps, fewer than 32 pixels a side or more than 4 million in all
 */
export function decodeWsq(bytes: Uint8Array): Result<GrayImage> {
  if (!isWsq(bytes)) return fail('FINGER-WSQ-INVALID', 'no start of image');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reading: Reading = { tables: new Map(), dpi: DEFAULT_DPI, restarts: false, blocks: 0, filled: 0 };
  let at = 2;
  while (at + 2 <= bytes.length) {
    const code = view.getUint16(at);
    at += 2;
    if (code === MARKER.endOfImage) return imageOf(reading);
    if (code >= MARKER.firstRestart && code <= MARKER.lastRestart) {
      if (!reading.restarts) return fail('FINGER-WSQ-INVALID', 'a restart marker without an interval');
    } else {
      const length = at + 2 <= bytes.length ? view.getUint16(at) : 0;
      if (length < 2 || at + length > bytes.length)
        return fail('FINGER-WSQ-INVALID', `segment ${code.toString(16)} does not fit`);
      const read = readSegment(reading, code, bytes.subarray(at + 2, at + length));
      if (!read.ok) return read;
      at += length;
      if (code !== MARKER.startOfBlock) continue;
    }
    const block = readNextBlock(reading, bytes, at);
    if (!block.ok) return block;
    at = block.value;
  }
  return fail('FINGER-WSQ-INVALID', 'no end of image');
}

function readSegment(reading: Reading, code: number, contents: Uint8Array): Result {
  const invalid = (what: string) => fail('FINGER-WSQ-INVALID', what);
  switch (code) {
    case MARKER.comment:
      reading.dpi = resolutionIn(contents) ?? reading.dpi;
      return ok();
    case MARKER.startOfFrame: {
      const frame = readFrame(contents);
      if (frame === null || reading.frame !== undefined) return invalid('frame header');
      const { width, height } = frame;
      if (Math.min(width, height) < LEAST_SIDE || width * height > MOST_PIXELS)
        return fail('FINGER-IMAGE-UNSUPPORTED', `WSQ of ${width} × ${height} pixels`);
      reading.frame = frame;
      return ok();
    }
    case MARKER.transformTable: {
      const filters = readTransformTable(contents);
      if (filters === null)
        return fail('FINGER-IMAGE-UNSUPPORTED', 'WSQ filters are not of nine and seven taps');
      reading.filters = filters;
      return ok();
    }
    case MARKER.quantisationTable: {
      const quantisation = readQuantisation(contents);
      if (quantisation === null) return invalid('quantisation table');
      reading.quantisation = quantisation;
      return ok();
    }
    case MARKER.huffmanTable: {
      const tables = readHuffmanTables(contents);
      if (tables === null) return invalid('Huffman table');
      for (const [number, table] of tables) reading.tables.set(number, table);
      return ok();
    }
    case MARKER.restartInterval:
      reading.restarts = contents.some((byte) => byte !== 0);
      return ok();
    case MARKER.startOfBlock:
      return openBlock(reading, contents);
    default:
      return invalid(`marker ${code.toString(16)}`);
  }
}

function openBlock(reading: Reading, contents: Uint8Array): Result {
  const table = reading.tables.get(contents[0] ?? -1);
  const lookup = table === undefined ? null : huffmanLookup(table);
  if (contents.length !== 1 || lookup === null) return fail('FINGER-WSQ-INVALID', 'Huffman table of a block');
  if (reading.frame === undefined) return fail('FINGER-WSQ-INVALID', 'a block before the frame header');
  if (++reading.blocks > MOST_BLOCKS) return fail('FINGER-WSQ-INVALID', `more than ${MOST_BLOCKS} blocks`);
  reading.lookup = lookup;
  reading.coefficients ??= new Int16Array(reading.frame.width * reading.frame.height);
  return ok();
}

/** @returns where the next marker stands */
function readNextBlock(reading: Reading, bytes: Uint8Array, at: number): Result<number> {
  const { lookup, coefficients, filled } = reading;
  if (lookup === undefined || coefficients === undefined)
    return fail('FINGER-WSQ-INVALID', 'a restart marker before a block');
  const end = readBlock(bytes, at, lookup, coefficients, filled);
  if (typeof end === 'string') return fail('FINGER-WSQ-INVALID', end);
  reading.filled = end.filled;
  return ok(end.at);
}

function imageOf({ frame, filters, quantisation, coefficients, filled, dpi }: Reading): Result<GrayImage> {
  if (
    frame === undefined ||
    filters === undefined ||
    quantisation === undefined ||
    coefficients === undefined
  )
    return fail('FINGER-WSQ-INVALID', 'a table, the frame header or every block is missing');
  const { width, height, shift, scale } = frame;
  const { splits, subbands } = subbandTree(width, height);
  const expected = codedSamples(subbands, quantisation.widths);
  if (filled !== expected)
    return fail('FINGER-WSQ-INVALID', `${filled} coefficients, ${expected} were announced`);
  const plane = new Float32Array(width * height);
  dequantise(coefficients, quantisation, subbands, plane, width);
  synthesise(plane, width, splits, filters);
  const data = new Uint8Array(width * height);
  for (let n = 0; n < data.length; n++)
    data[n] = Math.min(255, Math.max(0, Math.floor(plane[n]! * scale + shift + 0.5)));
  return ok({ width, height, dpi, data });
}

/** The resolution in a comment of NIST's form, pixels an inch. */
function resolutionIn(contents: Uint8Array): number | undefined {
  const text = Buffer.from(contents).toString('latin1');
  const told = text.startsWith('NIST_COM') ? /^PPI (\d{3,4})$/m.exec(text) : null;
  return told === null ? undefined : Number(told[1]);
}
