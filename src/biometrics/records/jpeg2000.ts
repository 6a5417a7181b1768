/** JPEG 2000 (ISO/IEC 15444-1) by OpenJPEG, guarded: sizes are read, and bounded, before it allocates for them. */
import openJpeg, { type OpenJpeg } from '@cornerstonejs/codec-openjpeg/wasmjs';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { RgbImage } from '../../rules/rgb-image.ts';
import { MOST_PIXELS } from '../wsq/segments.ts';

const CODESTREAM = 0xff4fff51; // start of codestream, then the marker of its size
/** Both markers and the size segment as far as the depth of the first component. */
const SIZE_BYTES = 43;
/** Each tile costs OpenJPEG some kilobytes, however small it is. */
const MOST_TILES = 64;
/** What encoders commonly use. */
const MOST_DECOMPOSITIONS = 5;
const BOX_HEADER = 8;
/** The first box of a JP2 file, whole. */
const SIGNATURE = Uint8Array.of(0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a);

/** Whether the bytes begin as a JP2 file or a bare codestream does. */
export function isJpeg2000(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, n) => bytes[n] === byte) || isCodestream(bytes, 0);
}

function isCodestream(bytes: Uint8Array, at: number): boolean {
  return at + 4 <= bytes.length && new DataView(bytes.buffer, bytes.byteOffset).getUint32(at) === CODESTREAM;
}

/**
 * A JP2 file or a bare codestream of one component of 8 bits.
 * @returns FINGER-IMAGE-UNREADABLE when torn, FINGER-IMAGE-UNSUPPORTED for colours, other depths, more than 4
 *   million pixels or 64 tiles
 */
export function decodeJpeg2000(bytes: Uint8Array): Promise<Result<Omit<GrayImage, 'dpi'>>> {
  return decode(bytes, 1);
}

/** The same of three components, red, green and blue; they come pixel by pixel. */
export function decodeColourJpeg2000(bytes: Uint8Array): Promise<Result<RgbImage>> {
  return decode(bytes, 3);
}

async function decode(bytes: Uint8Array, components: number): Promise<Result<RgbImage>> {
  const size = sizeOf(bytes);
  if (size === null) return fail('FINGER-IMAGE-UNREADABLE', 'no JPEG 2000 codestream');
  if (size.pixels > MOST_PIXELS || size.tiles > MOST_TILES)
    return fail('FINGER-IMAGE-UNSUPPORTED', `JPEG 2000 of ${size.pixels} pixels in ${size.tiles} tiles`);
  if (size.components !== components || size.depth !== 8)
    return fail('FINGER-IMAGE-UNSUPPORTED', `${size.components} components of ${size.depth} bits`);
  const decoder = new (await library()).J2KDecoder();
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const { width, height } = decoder.getFrameInfo();
    // The decoded pixels are a view of memory that goes away with the decoder.
    const data = new Uint8Array(decoder.getDecodedBuffer());
    if (width * height === 0 || data.length !== width * height * components)
      return fail('FINGER-IMAGE-UNREADABLE', 'OpenJPEG gave no pixels');
    return ok({ width, height, data });
  } catch {
    // It throws numbers, and after some faults every later call too.
    loading = undefined;
    return fail('FINGER-IMAGE-UNREADABLE', 'OpenJPEG gave up');
  } finally {
    decoder.delete();
  }
}

/** Without loss, as a JP2 file. */
export async function encodeJpeg2000({ width, height, data }: Omit<GrayImage, 'dpi'>): Promise<Uint8Array> {
  const encoder = new (await library()).J2KEncoder();
  try {
    const pixels = encoder.getDecodedBuffer({
      width,
      height,
      bitsPerSample: 8,
      componentCount: 1,
      isSigned: false,
    });
    pixels.set(data);
    // OpenJPEG refuses to halve a side down to nothing.
    encoder.setDecompositions(Math.min(MOST_DECOMPOSITIONS, Math.floor(Math.log2(Math.min(width, height)))));
    encoder.encode();
    return jp2Of(encoder.getEncodedBuffer(), width, height);
  } finally {
    encoder.delete();
  }
}

let loading: Promise<OpenJpeg> | undefined;

/** Loaded when first needed, told to print nothing: it would go to stdout. */
function library(): Promise<OpenJpeg> {
  loading ??= openJpeg({ print: () => {}, printErr: () => {} });
  return loading;
}

interface Size {
  readonly pixels: number;
  readonly tiles: number;
  readonly components: number;
  readonly depth: number;
}

/** By the size segment (A.5.1) of the first codestream; null where none is. */
function sizeOf(bytes: Uint8Array): Size | null {
  const at = codestreamAt(bytes);
  if (at === null || at + SIZE_BYTES > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, SIZE_BYTES);
  const [right, lower, left, upper] = [8, 12, 16, 20].map((field) => view.getUint32(field)) as Four;
  const [tileWidth, tileHeight, tileLeft, tileUpper] = [24, 28, 32, 36].map((field) =>
    view.getUint32(field),
  ) as Four;
  if (left >= right || upper >= lower || tileWidth === 0 || tileHeight === 0) return null;
  return {
    pixels: (right - left) * (lower - upper),
    tiles: Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((lower - tileUpper) / tileHeight),
    components: view.getUint16(40),
    depth: view.getUint8(42) + 1,
  };
}
type Four = [number, number, number, number];

/** A bare codestream begins at 0; in a JP2 file it is the contents of the first box "jp2c". */
function codestreamAt(bytes: Uint8Array): number | null {
  if (isCodestream(bytes, 0)) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + BOX_HEADER <= bytes.length; ) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x6a703263)
      return isCodestream(bytes, at + BOX_HEADER) ? at + BOX_HEADER : null;
    // 0 (up to the end) and 1 (64 bits of length) would be the last box, and are of no use before it.
    if (length < BOX_HEADER) return null;
    at += length;
  }
  return null;
}

/** The boxes that a reader of JP2 files asks for: signature, file type, header of a grey image, codestream. */
function jp2Of(codestream: Uint8Array, width: number, height: number): Uint8Array {
  const word = (value: number) => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
  const text = (value: string) => [...value].map((letter) => letter.charCodeAt(0));
  const box = (type: string, contents: readonly number[]) => [
    ...word(BOX_HEADER + contents.length),
    ...text(type),
    ...contents,
  ];
  const head = [
    ...SIGNATURE,
    ...box('ftyp', [...text('jp2 '), ...word(0), ...text('jp2 ')]),
    ...box('jp2h', [
      // One component of 8 bits, compressed by JPEG 2000, of a known colour space, without rights.
      ...box('ihdr', [...word(height), ...word(width), 0, 1, 7, 7, 0, 0]),
      // An enumerated colour space: 17, grey.
      ...box('colr', [1, 0, 0, ...word(17)]),
    ]),
    ...word(BOX_HEADER + codestream.length),
    ...text('jp2c'),
  ];
  const bytes = new Uint8Array(head.length + codestream.length);
  bytes.set(head);
  bytes.set(codestream, head.length);
  return bytes;
}
