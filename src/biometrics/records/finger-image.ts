/**
 * Finger image records, ISO/IEC 19794-4:2011 (the record format): what the centre takes fingers in. The images stay
 * as compressed as they are (finger-image-pixels.ts opens them). All numbers are big-endian.
 */
import type { Result } from '../../failures/failure.ts';
import type { CaptureHeader } from './capture-header.ts';
import { beginsAs, HEADER_DOES_NOT_FIT, type RecordFormat, readRecord, writeRecord } from './record-frame.ts';

/** The frame's header, and the number of positions. */
const FORMAT: RecordFormat = {
  name: 'FIR',
  version: '020',
  header: 16,
  invalid: 'FINGER-IMAGE-RECORD-INVALID',
};
const POSITIONS_AT = 15;
/** After the capture header, up to the image. */
const IMAGE_HEADER = 22;

/** By their codes. */
const compressions = ['raw', 'packed', 'wsq', 'jpeg', 'jpeg2000-lossy', 'jpeg2000-lossless', 'png'] as const;
export type Compression = (typeof compressions)[number];

/** Of scan and image rates, by their codes. */
const units = [undefined, 'inch', 'cm'] as const;

interface Rate {
  readonly x: number;
  readonly y: number;
}

export interface FingerImageRepresentation extends CaptureHeader {
  /** 0 unknown, 1–10 single fingers (as FingerPosition), 13–15 the plain slaps, others palms. */
  readonly position: number;
  /** Counts the representations of one position, from 0. */
  readonly number: number;
  readonly unit: 'inch' | 'cm';
  /** Pixels a unit: as scanned, and as they are here. */
  readonly scanRate: Rate;
  readonly imageRate: Rate;
  /** Bits a pixel. */
  readonly depth: number;
  readonly compression: Compression;
  /** 0 live-scan plain, 29 unknown, … */
  readonly impression: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly image: Uint8Array;
  /** Segmentation, annotation and comment blocks, not opened; mostly empty. */
  readonly extended: Uint8Array;
}

/** Whether the bytes begin as a finger image record does, of whatever year. */
export function isFingerImageRecord(bytes: Uint8Array): boolean {
  return beginsAs(FORMAT, bytes);
}

/**
 * Images are views of `bytes`, not copies. Bytes after the record are ignored.
 * @returns FINGER-IMAGE-RECORD-INVALID for anything torn, of another standard or out of range
 */
export function decodeFingerImages(bytes: Uint8Array): Result<readonly FingerImageRepresentation[]> {
  return readRecord(FORMAT, bytes, (view, capture, at, end) => readImage(bytes, view, capture, at, end));
}

/** @returns what is wrong, where something is */
function readImage(
  bytes: Uint8Array,
  view: DataView,
  capture: CaptureHeader,
  at: number,
  end: number,
): FingerImageRepresentation | string {
  if (at + IMAGE_HEADER > end) return HEADER_DOES_NOT_FIT;
  const unit = units[view.getUint8(at + 2)];
  if (unit === undefined) return `unit ${view.getUint8(at + 2)}`;
  const compression = compressions[view.getUint8(at + 12)];
  if (compression === undefined) return `compression ${view.getUint8(at + 12)}`;
  const imageAt = at + IMAGE_HEADER;
  const imageEnd = imageAt + view.getUint32(at + 18);
  if (imageEnd > end) return 'its image does not fit';
  return {
    ...capture,
    position: view.getUint8(at),
    number: view.getUint8(at + 1),
    unit,
    scanRate: { x: view.getUint16(at + 3), y: view.getUint16(at + 5) },
    imageRate: { x: view.getUint16(at + 7), y: view.getUint16(at + 9) },
    depth: view.getUint8(at + 11),
    compression,
    impression: view.getUint8(at + 13),
    width: view.getUint16(at + 14),
    height: view.getUint16(at + 16),
    image: bytes.subarray(imageAt, imageEnd),
    extended: bytes.subarray(imageEnd, end),
  };
}

/**
 * Writes a record; it has certifications where any representation has.
 * @param representations at least one, at most 65,535: otherwise a RangeError
 */
export function encodeFingerImages(representations: readonly FingerImageRepresentation[]): Uint8Array {
  const { bytes, view } = writeRecord(
    FORMAT,
    representations,
    ({ image, extended }) => IMAGE_HEADER + image.length + extended.length,
    writeImage,
  );
  view.setUint8(POSITIONS_AT, new Set(representations.map(({ position }) => position)).size);
  return bytes;
}

function writeImage(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  representation: FingerImageRepresentation,
): void {
  const { unit, scanRate, imageRate, image } = representation;
  view.setUint8(at, representation.position);
  view.setUint8(at + 1, representation.number);
  view.setUint8(at + 2, units.indexOf(unit));
  [scanRate.x, scanRate.y, imageRate.x, imageRate.y].forEach((rate, n) => {
    view.setUint16(at + 3 + 2 * n, rate);
  });
  view.setUint8(at + 11, representation.depth);
  view.setUint8(at + 12, compressions.indexOf(representation.compression));
  view.setUint8(at + 13, representation.impression);
  view.setUint16(at + 14, representation.width);
  view.setUint16(at + 16, representation.height);
  view.setUint32(at + 18, image.length);
  bytes.set(image, at + IMAGE_HEADER);
  bytes.set(representation.extended, at + IMAGE_HEADER + image.length);
}
