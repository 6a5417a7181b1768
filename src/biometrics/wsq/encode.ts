/** Compresses fingerprints to WSQ, the format of the national data centre (IAFIS-IC-0110 v3.1). */
import type { GrayImage } from '../../rules/gray-image.ts';
import { countSymbols, tokensOf, writeBlock } from './coefficients.ts';
import { huffmanCodes, huffmanSpecification } from './huffman.ts';
import { allocateBits, quantise } from './quantise.ts';
import {
  type Frame,
  MARKER,
  storable,
  writeFrame,
  writeHuffmanTable,
  writeQuantisation,
  writeTransformTable,
} from './segments.ts';
import { CODED_SUBBANDS, LEAST_SIDE, SECOND_BLOCK, subbandTree, THIRD_BLOCK } from './subbands.ts';
import { analyse, FILTER_BANK } from './wavelet.ts';

/** Half the range that pixels are brought to. */
const HALF_RANGE = 128;
const [LEAST_BITRATE, MOST_BITRATE] = [0.1, 5];

/**
 * One table for the first block (the lowest subbands), one for the second and third. A comment in the form of NIST
 * tells the resolution, which the format itself does not.
 * @param image at least 32 × 32, at most 65,535 a side; 500 dpi is what the format was made for
 * @param bitrate bits a pixel that the quantiser aims at, 0.1–5; 0.75 gives fingerprints of about 1:15
 * @throws RangeError for other sizes and bitrates
 */
export function encodeWsq(image: GrayImage, bitrate = 0.75): Uint8Array {
  const { width, height, data: pixels } = image;
  if (Math.min(width, height) < LEAST_SIDE || Math.max(width, height) > 0xffff)
    throw new RangeError(`${width} × ${height} pixels`);
  if (pixels.length !== width * height) throw new RangeError(`${pixels.length} pixels`);
  if (!(bitrate >= LEAST_BITRATE && bitrate <= MOST_BITRATE)) throw new RangeError(`bitrate ${bitrate}`);
  const frame = frameOf(image);
  const { splits, subbands } = subbandTree(width, height);
  const data = new Float32Array(pixels.length);
  for (let n = 0; n < pixels.length; n++) data[n] = (pixels[n]! - frame.shift) / frame.scale;
  analyse(data, width, splits, FILTER_BANK);
  const quantisation = allocateBits(data, width, subbands, bitrate);
  const blockOf = (from: number, to: number) =>
    tokensOf(quantise(data, width, subbands, quantisation, from, to));
  const first = blockOf(0, SECOND_BLOCK);
  const second = blockOf(SECOND_BLOCK, THIRD_BLOCK);
  const third = blockOf(THIRD_BLOCK, CODED_SUBBANDS);
  return joined([
    marker(MARKER.startOfImage),
    ...segment(MARKER.comment, comment(image, bitrate)),
    ...segment(MARKER.transformTable, writeTransformTable(FILTER_BANK)),
    ...segment(MARKER.quantisationTable, writeQuantisation(quantisation)),
    ...segment(MARKER.startOfFrame, writeFrame(frame)),
    ...tableAndBlocks(0, [first]),
    ...tableAndBlocks(1, [second, third]),
    marker(MARKER.endOfImage),
  ]);
}

/** Shift and scale that bring the pixels to ±128 about their mean, as a reader will find them. */
function frameOf({ width, height, data }: GrayImage): Frame {
  let sum = 0;
  let [least, most] = [255, 0];
  for (const pixel of data) {
    sum += pixel;
    least = Math.min(least, pixel);
    most = Math.max(most, pixel);
  }
  const shift = storable(sum / data.length);
  const scale = storable(Math.max(shift - least, most - shift) / HALF_RANGE);
  return { width, height, shift, scale: scale === 0 ? 1 : scale };
}

function comment({ width, height, dpi }: GrayImage, bitrate: number): Uint8Array {
  const lines = [
    'NIST_COM 9',
    `PIX_WIDTH ${width}`,
    `PIX_HEIGHT ${height}`,
    'PIX_DEPTH 8',
    `PPI ${Math.round(dpi)}`,
    'LOSSY 1',
    'COLORSPACE GRAY',
    'COMPRESSION WSQ',
    `WSQ_BITRATE ${bitrate.toFixed(6)}`,
  ];
  return new TextEncoder().encode(lines.join('\n'));
}

function tableAndBlocks(number: number, blocks: readonly ReturnType<typeof tokensOf>[]): Uint8Array[] {
  const frequencies = new Uint32Array(256);
  for (const block of blocks) countSymbols(block, frequencies);
  const specification = huffmanSpecification(frequencies);
  const codes = huffmanCodes(specification);
  return [
    ...segment(MARKER.huffmanTable, writeHuffmanTable(number, specification)),
    ...blocks.flatMap((block) => [
      ...segment(MARKER.startOfBlock, Uint8Array.of(number)),
      writeBlock(block, codes),
    ]),
  ];
}

function marker(code: number): Uint8Array {
  return Uint8Array.of(code >> 8, code & 0xff);
}

function segment(code: number, contents: Uint8Array): Uint8Array[] {
  const length = contents.length + 2;
  return [marker(code), Uint8Array.of(length >> 8, length & 0xff), contents];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
