/**
 * Reads finger minutiae records of ISO/IEC 19794-2:2011 (the record format): what newer systems exchange. The
 * kiosk writes 2005 only, which is what the chip of a KTP-el holds. All numbers are big-endian.
 */
import type { Result } from '../../failures/failure.ts';
import { isFingerPosition } from '../../rules/finger-position.ts';
import type { FingerTemplate } from '../fingerprint/template.ts';
import type { CaptureHeader } from './capture-header.ts';
import { CM_PER_INCH, percentOrUntold, readMinutia } from './minutia-fields.ts';
import { HEADER_DOES_NOT_FIT, isOfVersion, type RecordFormat, readRecord } from './record-frame.ts';

const FORMAT: RecordFormat = { name: 'FMR', version: '030', header: 15, invalid: 'FINGER-RECORD-INVALID' };
/** After the capture header: position, number, two resolutions, impression, width, height, forms, minutiae. */
const VIEW = 13;

/** Whether the bytes begin as a record of 2011 does. */
export function isFingerMinutiae2011(bytes: Uint8Array): boolean {
  return isOfVersion(FORMAT, bytes);
}

/**
 * One template a representation; its quality is the first score of its header. Ridge counts, cores, deltas and
 * other extended data are skipped, as are bytes after the record. Where the two resolutions differ, y is brought to
 * the resolution of x.
 * @returns FINGER-RECORD-INVALID for anything torn, of another standard or out of range
 */
export function decodeFingerMinutiae2011(bytes: Uint8Array): Result<readonly FingerTemplate[]> {
  return readRecord(FORMAT, bytes, readView);
}

/** @returns what is wrong, where something is */
function readView(
  view: DataView,
  { device: { vendor }, qualities }: CaptureHeader,
  at: number,
  end: number,
): FingerTemplate | string {
  if (at + VIEW > end) return HEADER_DOES_NOT_FIT;
  const position = view.getUint8(at);
  if (position !== 0 && !isFingerPosition(position)) return `finger position ${position}`;
  const [perCmX, perCmY] = [view.getUint16(at + 2), view.getUint16(at + 4)];
  if (perCmX === 0 || perCmY === 0) return 'resolution 0';
  const minutiaLength = view.getUint8(at + 11) >> 4;
  if (minutiaLength !== 5 && minutiaLength !== 6) return `minutiae of ${minutiaLength} bytes`;
  const count = view.getUint8(at + 12);
  if (at + VIEW + count * minutiaLength > end) return `${count} minutiae do not fit`;
  const stretchY = perCmX / perCmY;
  return {
    width: view.getUint16(at + 7),
    height: view.getUint16(at + 9) * stretchY,
    dpi: Math.round(perCmX * CM_PER_INCH),
    position,
    quality: percentOrUntold(qualities[0]?.score ?? 0),
    ...(vendor !== 0 && { maker: `vendor:${vendor.toString(16).padStart(4, '0')}` }),
    minutiae: Array.from({ length: count }, (_, n) =>
      readMinutia(view, at + VIEW + n * minutiaLength, minutiaLength === 6, stretchY),
    ),
  };
}
