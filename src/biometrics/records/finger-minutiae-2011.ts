/**
 * Reads finger minutiae records of ISO/IEC 19794-2:2011 (the record format): what newer systems exchange. The
 * kiosk writes 2005 only, which is what the chip of a KTP-el holds. All numbers are big-endian.
 */
import { fail, ok, type Result } from '../../failures/failure.ts';
import { isFingerPosition } from '../../rules/finger-position.ts';
import type { FingerTemplate } from '../fingerprint/template.ts';
import { readCaptureHeader } from './capture-header.ts';
import { CM_PER_INCH, percentOrUntold, readMinutia } from './minutia-fields.ts';

const MAGIC = 0x464d5200; // "FMR\0"
const VERSION = 0x30333000; // "030\0"
const HEADER = 15;
/** After the capture header: position, number, two resolutions, impression, width, height, forms, minutiae. */
const VIEW = 13;

/** Whether the bytes begin as a record of 2011 does. */
export function isFingerMinutiae2011(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(0) === MAGIC && view.getUint32(4) === VERSION;
}

/**
 * One template a representation; its quality is the first score of its header. Ridge counts, cores, deltas and
 * other extended data are skipped, as are bytes after the record. Where the two resolutions differ, y is brought to
 * the resolution of x.
 * @returns FINGER-RECORD-INVALID for anything torn, of another standard or out of range
 */
export function decodeFingerMinutiae2011(bytes: Uint8Array): Result<readonly FingerTemplate[]> {
  const invalid = (detail: string) => fail('FINGER-RECORD-INVALID', detail);
  if (bytes.length < HEADER || !isFingerMinutiae2011(bytes)) return invalid('not "FMR" of version 030');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const total = view.getUint32(8);
  if (total < HEADER || total > bytes.length)
    return invalid(`length ${total}, ${bytes.length} bytes are there`);
  const certified = view.getUint8(14) !== 0;
  const templates: FingerTemplate[] = [];
  let at = HEADER;
  for (let number = 0; number < view.getUint16(12); number++) {
    const length = at + 4 <= total ? view.getUint32(at) : 0;
    if (length < 4 || at + length > total) return invalid(`representation ${number} does not fit`);
    const template = readRepresentation(view, at + 4, at + length, certified);
    if (typeof template === 'string') return invalid(`representation ${number}: ${template}`);
    templates.push(template);
    at += length;
  }
  return ok(templates);
}

/** @returns what is wrong, where something is */
function readRepresentation(
  view: DataView,
  start: number,
  end: number,
  certified: boolean,
): FingerTemplate | string {
  const capture = readCaptureHeader(view, start, end, certified);
  if (capture === null || capture.end + VIEW > end) return 'its header does not fit';
  const at = capture.end;
  const position = view.getUint8(at);
  if (position !== 0 && !isFingerPosition(position)) return `finger position ${position}`;
  const [perCmX, perCmY] = [view.getUint16(at + 2), view.getUint16(at + 4)];
  if (perCmX === 0 || perCmY === 0) return 'resolution 0';
  const minutiaLength = view.getUint8(at + 11) >> 4;
  if (minutiaLength !== 5 && minutiaLength !== 6) return `minutiae of ${minutiaLength} bytes`;
  const count = view.getUint8(at + 12);
  if (at + VIEW + count * minutiaLength > end) return `${count} minutiae do not fit`;
  const stretchY = perCmX / perCmY;
  const { vendor } = capture.header.device;
  return {
    width: view.getUint16(at + 7),
    height: view.getUint16(at + 9) * stretchY,
    dpi: Math.round(perCmX * CM_PER_INCH),
    position,
    quality: percentOrUntold(capture.header.qualities[0]?.score ?? 0),
    ...(vendor !== 0 && { maker: `vendor:${vendor.toString(16).padStart(4, '0')}` }),
    minutiae: Array.from({ length: count }, (_, n) =>
      readMinutia(view, at + VIEW + n * minutiaLength, minutiaLength === 6, stretchY),
    ),
  };
}
