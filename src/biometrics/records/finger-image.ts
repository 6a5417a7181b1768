/**
 * Finger image records, ISO/IEC 19794-4:2011 (the record format): what the centre takes fingers in. The images stay
 * as compressed as they are (finger-image-pixels.ts opens them). All numbers are big-endian.
 */
import { fail, ok, type Result } from '../../failures/failure.ts';
import {
  type CaptureHeader,
  captureHeaderLength,
  readCaptureHeader,
  writeCaptureHeader,
} from './capture-header.ts';

const MAGIC = 0x46495200; // "FIR\0"
const VERSION = 0x30323000; // "020\0"
const HEADER = 16;
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
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === MAGIC;
}

/**
 * Images are views of `bytes`, not copies. Bytes after the record are ignored.
 * @returns FINGER-IMAGE-RECORD-INVALID for anything torn, of another standard or out of range
 */
export function decodeFingerImages(bytes: Uint8Array): Result<readonly FingerImageRepresentation[]> {
  const invalid = (detail: string) => fail('FINGER-IMAGE-RECORD-INVALID', detail);
  if (bytes.length < HEADER) return invalid(`${bytes.length} bytes, a header has ${HEADER}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== MAGIC || view.getUint32(4) !== VERSION)
    return invalid('not "FIR" of version 020');
  const total = view.getUint32(8);
  if (total < HEADER || total > bytes.length)
    return invalid(`length ${total}, ${bytes.length} bytes are there`);
  const certified = view.getUint8(14) !== 0;
  const representations: FingerImageRepresentation[] = [];
  let at = HEADER;
  for (let number = 0; number < view.getUint16(12); number++) {
    const length = at + 4 <= total ? view.getUint32(at) : 0;
    if (length < 4 || at + length > total) return invalid(`representation ${number} does not fit`);
    const representation = readRepresentation(bytes, view, at + 4, at + length, certified);
    if (typeof representation === 'string') return invalid(`representation ${number}: ${representation}`);
    representations.push(representation);
    at += length;
  }
  return ok(representations);
}

/** @returns what is wrong, where something is */
function readRepresentation(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  certified: boolean,
): FingerImageRepresentation | string {
  const capture = readCaptureHeader(view, start, end, certified);
  if (capture === null || capture.end + IMAGE_HEADER > end) return 'its header does not fit';
  const at = capture.end;
  const unit = units[view.getUint8(at + 2)];
  if (unit === undefined) return `unit ${view.getUint8(at + 2)}`;
  const compression = compressions[view.getUint8(at + 12)];
  if (compression === undefined) return `compression ${view.getUint8(at + 12)}`;
  const imageAt = at + IMAGE_HEADER;
  const imageEnd = imageAt + view.getUint32(at + 18);
  if (imageEnd > end) return 'its image does not fit';
  return {
    ...capture.header,
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
  if (representations.length === 0 || representations.length > 0xffff)
    throw new RangeError(`${representations.length} representations`);
  const certified = representations.some(({ certifications }) => certifications.length > 0);
  const lengths = representations.map(
    (representation) =>
      4 +
      captureHeaderLength(representation, certified) +
      IMAGE_HEADER +
      representation.image.length +
      representation.extended.length,
  );
  const total = lengths.reduce((sum, length) => sum + length, HEADER);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, VERSION);
  view.setUint32(8, total);
  view.setUint16(12, representations.length);
  view.setUint8(14, certified ? 1 : 0);
  view.setUint8(15, new Set(representations.map(({ position }) => position)).size);
  let at = HEADER;
  representations.forEach((representation, n) => {
    view.setUint32(at, lengths[n]!);
    const headerEnd = writeCaptureHeader(view, at + 4, representation, certified);
    writeImage(bytes, view, headerEnd, representation);
    at += lengths[n]!;
  });
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
