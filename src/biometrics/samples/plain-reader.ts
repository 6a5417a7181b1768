/**
 * A second reader of the records that are kept, for the proof: written from the layouts of ISO/IEC 19794, sharing
 * nothing with the codecs in records/, so that a mistake which those make in writing and in reading alike shows. It
 * reads what a proof needs: whose part it is, and where the data are. All numbers are big-endian.
 */
import { fail, ok, type Result } from '../../failures/failure.ts';

export interface PlainPicture {
  readonly part: 'finger' | 'face' | 'iris';
  /** Finger: the ISO position. Iris: 0 not told, 1 right, 2 left. Face: 0. */
  readonly place: number;
  readonly width: number;
  readonly height: number;
  /** Pixels an inch; 0: not told. */
  readonly dpi: number;
  /** The part's own code: of the compression (19794-4), of the format (19794-5, -6). */
  readonly format: number;
  readonly image: Uint8Array;
}

export interface PlainSignature {
  readonly part: 'signature';
  /** Samples, and those of them with the pen down. */
  readonly samples: number;
  readonly down: number;
}

/** Of 19794-7, counted from 0 at the highest bit of the mask: two bytes a value, but one of the pen's state. */
const CHANNELS = 16;
const STATE = 10;
const PER_CENTIMETRE = 2;

class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next unsigned number of so many bytes; beyond the end a RangeError. */
  number(bytes: 1 | 2 | 3 | 4): number {
    let value = 0;
    for (let n = 0; n < bytes; n++) value = value * 256 + this.#view.getUint8(this.at++);
    return value;
  }

  skip(bytes: number): void {
    this.at += bytes;
  }

  text(length: number): string {
    return Array.from({ length }, () => String.fromCharCode(this.number(1))).join('');
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.#bytes.length) throw new RangeError('beyond the end');
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}

/** @returns SAMPLE-UNREADABLE for all but a whole record of one finger, face, eye or signature */
export function readPlainly(record: Uint8Array): Result<PlainPicture | PlainSignature> {
  try {
    const read = readRecord(new Cursor(record), record.length);
    return read ?? fail('SAMPLE-UNREADABLE', 'no record that is kept');
  } catch (error) {
    if (error instanceof RangeError) return fail('SAMPLE-UNREADABLE', 'it ends too early');
    throw error;
  }
}

function readRecord(cursor: Cursor, length: number): Result<PlainPicture | PlainSignature> | undefined {
  const name = cursor.text(8);
  const total = cursor.number(4);
  const count = cursor.number(2);
  const certified = cursor.number(1) !== 0;
  if (total !== length || count !== 1)
    return fail('SAMPLE-UNREADABLE', `${count} parts, ${total} of ${length} bytes`);
  switch (name) {
    case 'FIR\x00020\x00':
      cursor.skip(1); // how many positions
      skipCapture(cursor, certified);
      return ok(readFinger(cursor));
    case 'FAC\x00030\x00':
      cursor.skip(2); // temporal semantics
      skipCapture(cursor, certified);
      return ok(readFace(cursor));
    case 'IIR\x00020\x00':
      cursor.skip(1); // how many eyes
      skipCapture(cursor, certified);
      return ok(readIris(cursor));
    case 'SDI\x00020\x00':
      skipCapture(cursor, certified);
      return ok(readSeries(cursor));
    default:
      return undefined;
  }
}

/** Length, date and time, device; qualities; certifications. */
function skipCapture(cursor: Cursor, certified: boolean): void {
  cursor.skip(4 + 9 + 5);
  cursor.skip(5 * cursor.number(1));
  if (certified) cursor.skip(3 * cursor.number(1));
}

function readFinger(cursor: Cursor): PlainPicture {
  const place = cursor.number(1);
  cursor.skip(1); // its number
  const unit = cursor.number(1);
  cursor.skip(4); // scan rates
  const rate = cursor.number(2);
  cursor.skip(2 + 1); // the other rate, depth
  const format = cursor.number(1);
  cursor.skip(1); // impression
  const [width, height] = [cursor.number(2), cursor.number(2)];
  const dpi = unit === PER_CENTIMETRE ? Math.round(rate * 2.54) : rate;
  return { part: 'finger', place, width, height, dpi, format, image: cursor.take(cursor.number(4)) };
}

function readFace(cursor: Cursor): PlainPicture {
  const landmarks = cursor.number(2);
  cursor.skip(15 + 8 * landmarks + 1); // who it is, points of the face, kind of image
  const format = cursor.number(1);
  const [width, height] = [cursor.number(2), cursor.number(2)];
  cursor.skip(5); // sampling rate, processing, cross reference, colour space
  return { part: 'face', place: 0, width, height, dpi: 0, format, image: cursor.take(cursor.number(4)) };
}

function readIris(cursor: Cursor): PlainPicture {
  cursor.skip(2); // its number
  const place = cursor.number(1);
  cursor.skip(1); // kind of image
  const format = cursor.number(1);
  cursor.skip(1); // orientation, history
  const [width, height] = [cursor.number(2), cursor.number(2)];
  cursor.skip(1 + 6 + 12); // depth; range and roll; where the iris is
  return { part: 'iris', place, width, height, dpi: 0, format, image: cursor.take(cursor.number(4)) };
}

function readSeries(cursor: Cursor): PlainSignature {
  const mask = cursor.number(2);
  const present = Array.from({ length: CHANNELS }, (_, n) => n).filter((n) => (mask & (0x8000 >> n)) !== 0);
  for (const _ of present) {
    const preamble = cursor.number(1);
    cursor.skip(2 * [0x80, 0x40, 0x20, 0x10, 0x08].filter((bit) => (preamble & bit) !== 0).length);
  }
  const samples = cursor.number(3);
  let down = 0;
  for (let sample = 0; sample < samples; sample++)
    for (const channel of present) {
      const value = cursor.number(channel === STATE ? 1 : 2);
      if (channel === STATE && value !== 0) down++;
    }
  return { part: 'signature', samples, down };
}
