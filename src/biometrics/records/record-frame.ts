/**
 * The frame that the parts of ISO/IEC 19794:2011 share: a general header (who it is, of which version, how long, how
 * many representations, whether certified), then representations, each behind its length and with a capture header.
 * All numbers are big-endian.
 */
import type { FailureCode } from '../../failures/catalogue.ts';
import { fail, ok, type Result } from '../../failures/failure.ts';
import {
  type CaptureHeader,
  captureHeaderLength,
  readCaptureHeader,
  writeCaptureHeader,
} from './capture-header.ts';

export interface RecordFormat {
  /** The three letters that a record begins with, and the three digits of its version. */
  readonly name: string;
  readonly version: string;
  /** Bytes of the general header: 15, and what the part adds. */
  readonly header: number;
  /** What a record holds, in the plural, where the part has no certifications for it. */
  readonly uncertified?: string;
  /** What a record that cannot be read is refused with. */
  readonly invalid: FailureCode;
}

/** A representation's own capture header; without certifications where the part has none. */
type Captured = Omit<CaptureHeader, 'certifications'> & Partial<Pick<CaptureHeader, 'certifications'>>;

/** Where the length, the number of representations and the certification flag stand. */
const AT = { version: 4, total: 8, count: 12, certified: 14 };
const LENGTH = 4;

/** Whether the bytes begin as a record of that name does, of whatever year. */
export function beginsAs({ name }: RecordFormat, bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === wordOf(name);
}

/** Whether they begin as one of that version does. */
export function isOfVersion(format: RecordFormat, bytes: Uint8Array): boolean {
  if (bytes.length < 8 || !beginsAs(format, bytes)) return false;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(AT.version) === wordOf(format.version);
}

/**
 * Bytes after the record are ignored.
 * @param read one representation from the end of its capture header up to `end`, or says what is wrong with it
 * @returns `format.invalid` for anything torn, of another standard or out of range
 */
export function readRecord<T extends object>(
  format: RecordFormat,
  bytes: Uint8Array,
  read: (view: DataView, capture: CaptureHeader, at: number, end: number) => T | string,
): Result<readonly T[]> {
  const { name, version, header, uncertified } = format;
  const invalid = (detail: string) => fail(format.invalid, detail);
  if (bytes.length < header) return invalid(`${bytes.length} bytes, a header has ${header}`);
  if (!isOfVersion(format, bytes)) return invalid(`not "${name}" of version ${version}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const total = view.getUint32(AT.total);
  if (total < header || total > bytes.length)
    return invalid(`length ${total}, ${bytes.length} bytes are there`);
  const certified = view.getUint8(AT.certified) !== 0;
  if (certified && uncertified !== undefined)
    return invalid(`it has certifications, which ${uncertified} have not`);
  const representations: T[] = [];
  let at = header;
  for (let number = 0; number < view.getUint16(AT.count); number++) {
    const length = at + LENGTH <= total ? view.getUint32(at) : 0;
    if (length < LENGTH || at + length > total) return invalid(`representation ${number} does not fit`);
    const end = at + length;
    const capture = readCaptureHeader(view, at + LENGTH, end, certified);
    const representation =
      capture === null ? HEADER_DOES_NOT_FIT : read(view, capture.header, capture.end, end);
    if (typeof representation === 'string') return invalid(`representation ${number}: ${representation}`);
    representations.push(representation);
    at = end;
  }
  return ok(representations);
}

export const HEADER_DOES_NOT_FIT = 'its header does not fit';

/**
 * Writes a record, but for what the part adds to the general header; it has certifications where any representation
 * has.
 * @param lengthOf bytes of a representation after its capture header
 * @param write writes them from `at`
 * @throws RangeError for no representation or more than 65,535
 */
export function writeRecord<R extends Captured>(
  { name, version, header }: RecordFormat,
  representations: readonly R[],
  lengthOf: (representation: R) => number,
  write: (bytes: Uint8Array, view: DataView, at: number, representation: R) => void,
): { readonly bytes: Uint8Array; readonly view: DataView } {
  if (representations.length === 0 || representations.length > 0xffff)
    throw new RangeError(`${representations.length} representations`);
  const captures = representations.map(
    (representation): CaptureHeader => ({ certifications: [], ...representation }),
  );
  const certified = captures.some(({ certifications }) => certifications.length > 0);
  const lengths = representations.map(
    (representation, n) => LENGTH + captureHeaderLength(captures[n]!, certified) + lengthOf(representation),
  );
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, header));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, wordOf(name));
  view.setUint32(AT.version, wordOf(version));
  view.setUint32(AT.total, bytes.length);
  view.setUint16(AT.count, representations.length);
  view.setUint8(AT.certified, certified ? 1 : 0);
  let at = header;
  representations.forEach((representation, n) => {
    view.setUint32(at, lengths[n]!);
    const headerEnd = writeCaptureHeader(view, at + LENGTH, captures[n]!, certified);
    write(bytes, view, headerEnd, representation);
    at += lengths[n]!;
  });
  return { bytes, view };
}

/** Three characters and a NUL as one number. */
function wordOf(text: string): number {
  return Buffer.from(`${text}\0`, 'latin1').readUInt32BE();
}
