/**
 * Iris image records, ISO/IEC 19794-6:2011: one or both eyes of one person. The images stay as compressed as they are
 * (iris-image-pixels.ts opens them). All numbers are big-endian.
 */
import type { Result } from '../../failures/failure.ts';
import type { CaptureHeader } from './capture-header.ts';
import { beginsAs, HEADER_DOES_NOT_FIT, type RecordFormat, readRecord, writeRecord } from './record-frame.ts';

/** The frame's header, and the number of eyes. */
const FORMAT: RecordFormat = {
  name: 'IIR',
  version: '020',
  header: 16,
  uncertified: 'iris images',
  invalid: 'IRIS-IMAGE-RECORD-INVALID',
};
const EYES_AT = 15;
/** After the capture header, up to the image. */
const IMAGE_HEADER = 33;

/** By their codes. */
const eyes = ['unknown', 'right', 'left'] as const;
const orientations = ['unknown', 'base', 'flipped'] as const;
const histories = ['unknown', 'lossless-or-none', 'lossy'] as const;

const kinds = { uncropped: 1, vga: 2, cropped: 3, 'cropped-and-masked': 7 } as const;
const formats = { raw: 0x02, jpeg: 0x06, jpeg2000: 0x0a, png: 0x0e } as const;
export type IrisImageFormat = keyof typeof formats;

/** The smallest and the largest value that a place or a length may have, pixels from 1; 0: not told. */
export interface Span {
  readonly smallest: number;
  readonly largest: number;
}

/** This part of the standard has no certifications. */
export interface IrisImageRepresentation extends Omit<CaptureHeader, 'certifications'> {
  /** Counts the representations of the record, from 1. */
  readonly number: number;
  readonly eye: (typeof eyes)[number];
  readonly kind: keyof typeof kinds;
  readonly format: IrisImageFormat;
  /** Base: the image's top is the person's, its left the person's right. */
  readonly horizontal: (typeof orientations)[number];
  readonly vertical: (typeof orientations)[number];
  /** What had been done to the image before this record. */
  readonly compressionHistory: (typeof histories)[number];
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Bits a pixel. */
  readonly depth: number;
  /** Camera to iris, mm; 0 not told, 1 it could not be measured, 65,535 farther than can be told. */
  readonly range: number;
  /** Units of 360°/65,536, counter-clockwise; null: not told. */
  readonly roll: { readonly angle: number; readonly uncertainty: number } | null;
  readonly centreX: Span;
  readonly centreY: Span;
  readonly diameter: Span;
  readonly image: Uint8Array;
}

const NO_ROLL = 0xffff;

/** Whether the bytes begin as an iris image record does, of whatever year. */
export function isIrisImageRecord(bytes: Uint8Array): boolean {
  return beginsAs(FORMAT, bytes);
}

/**
 * Images are views of `bytes`, not copies. Bytes after the record are ignored.
 * @returns IRIS-IMAGE-RECORD-INVALID for anything torn, of another standard or out of range
 */
export function decodeIrisImages(bytes: Uint8Array): Result<readonly IrisImageRepresentation[]> {
  return readRecord(FORMAT, bytes, (view, capture, at, end) => readImage(bytes, view, capture, at, end));
}

/** @returns what is wrong, where something is */
function readImage(
  bytes: Uint8Array,
  view: DataView,
  { time, device, qualities }: CaptureHeader,
  at: number,
  end: number,
): IrisImageRepresentation | string {
  if (at + IMAGE_HEADER > end) return HEADER_DOES_NOT_FIT;
  const byte = (offset: number) => view.getUint8(at + offset);
  const word = (offset: number) => view.getUint16(at + offset);
  const span = (offset: number): Span => ({ smallest: word(offset), largest: word(offset + 2) });
  const eye = eyes[byte(2)];
  const kind = keyOf(kinds, byte(3));
  const format = keyOf(formats, byte(4));
  const horizontal = orientations[byte(5) & 3];
  const vertical = orientations[(byte(5) >> 2) & 3];
  const compressionHistory = histories[byte(5) >> 6];
  if (eye === undefined) return `eye ${byte(2)}`;
  if (kind === undefined) return `kind ${byte(3)}`;
  if (format === undefined) return `format ${byte(4)}`;
  if (horizontal === undefined || vertical === undefined || compressionHistory === undefined)
    return `properties ${byte(5)}`;
  const imageAt = at + IMAGE_HEADER;
  if (imageAt + view.getUint32(at + 29) !== end) return 'its image is not what is left of it';
  return {
    time,
    device,
    qualities,
    number: word(0),
    eye,
    kind,
    format,
    horizontal,
    vertical,
    compressionHistory,
    width: word(6),
    height: word(8),
    depth: byte(10),
    range: word(11),
    roll: word(13) === NO_ROLL ? null : { angle: word(13), uncertainty: word(15) },
    centreX: span(17),
    centreY: span(21),
    diameter: span(25),
    image: bytes.subarray(imageAt, end),
  };
}

function keyOf<Key extends string>(codes: Readonly<Record<Key, number>>, code: number): Key | undefined {
  return (Object.keys(codes) as Key[]).find((key) => codes[key] === code);
}

/** @param representations at least one, at most 65,535: otherwise a RangeError */
export function encodeIrisImages(representations: readonly IrisImageRepresentation[]): Uint8Array {
  const { bytes, view } = writeRecord(
    FORMAT,
    representations,
    ({ image }) => IMAGE_HEADER + image.length,
    writeImage,
  );
  view.setUint8(EYES_AT, countEyes(representations));
  return bytes;
}

/** 0: it cannot be known. */
function countEyes(representations: readonly IrisImageRepresentation[]): number {
  const told = new Set(representations.map(({ eye }) => eye));
  if (told.has('unknown')) return representations.length === 1 ? 1 : 0;
  return told.size;
}

function writeImage(bytes: Uint8Array, view: DataView, at: number, image: IrisImageRepresentation): void {
  const word = (offset: number, value: number) => view.setUint16(at + offset, value);
  word(0, image.number);
  view.setUint8(at + 2, eyes.indexOf(image.eye));
  view.setUint8(at + 3, kinds[image.kind]);
  view.setUint8(at + 4, formats[image.format]);
  view.setUint8(
    at + 5,
    orientations.indexOf(image.horizontal) |
      (orientations.indexOf(image.vertical) << 2) |
      (histories.indexOf(image.compressionHistory) << 6),
  );
  word(6, image.width);
  word(8, image.height);
  view.setUint8(at + 10, image.depth);
  word(11, image.range);
  word(13, image.roll?.angle ?? NO_ROLL);
  word(15, image.roll?.uncertainty ?? NO_ROLL);
  [image.centreX, image.centreY, image.diameter].forEach(({ smallest, largest }, n) => {
    word(17 + 4 * n, smallest);
    word(19 + 4 * n, largest);
  });
  view.setUint32(at + 29, image.image.length);
  bytes.set(image.image, at + IMAGE_HEADER);
}
