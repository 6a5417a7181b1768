/**
 * Finger minutiae records, ISO/IEC 19794-2:2005 clause 7 (the record format, six bytes a minutia): what the chip
 * of a KTP-el holds and what the centre exchanges. All numbers are big-endian.
 */
import { fail, ok, type Result } from '../../failures/failure.ts';
import { type FingerPosition, isFingerPosition } from '../../rules/finger-position.ts';
import type { FingerTemplate, Minutia } from '../fingerprint/template.ts';
import {
  ANGLE_STEPS,
  angleSteps,
  CM_PER_INCH,
  MINUTIA_TYPES,
  MOST_COORDINATE,
  percentOrUntold,
  readMinutia,
} from './minutia-fields.ts';

const MAGIC = 0x464d5200; // "FMR\0"
const VERSION = 0x20323000; // " 20\0"
const HEADER = 24;
/** The device's number, beside four bits of certifications; 0: not told. */
const DEVICE = 0xfff;
const VIEW_HEADER = 4;
const MINUTIA = 6;

/**
 * Reads a record; one template a view. Bytes after the record are ignored: chips pad their files.
 * Where the two resolutions differ, y is brought to the resolution of x.
 * @returns FINGER-RECORD-INVALID for anything torn, of another standard or out of range
 */
export function decodeFingerMinutiae(bytes: Uint8Array): Result<readonly FingerTemplate[]> {
  const invalid = (detail: string) => fail('FINGER-RECORD-INVALID', detail);
  if (bytes.length < HEADER) return invalid(`${bytes.length} bytes, a header has ${HEADER}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== MAGIC || view.getUint32(4) !== VERSION) return invalid('not "FMR" of version 20');
  const total = view.getUint32(8);
  if (total < HEADER || total > bytes.length)
    return invalid(`length ${total}, ${bytes.length} bytes are there`);
  const width = view.getUint16(14);
  const height = view.getUint16(16);
  const [perCmX, perCmY] = [view.getUint16(18), view.getUint16(20)];
  if (perCmX === 0 || perCmY === 0) return invalid('resolution 0');
  const image = {
    width,
    height,
    dpi: Math.round(perCmX * CM_PER_INCH),
    stretchY: perCmX / perCmY,
    device: view.getUint16(12) & DEVICE,
  };
  const templates: FingerTemplate[] = [];
  let offset = HEADER;
  for (let number = 0; number < view.getUint8(22); number++) {
    if (offset + VIEW_HEADER > total) return invalid(`view ${number} begins at the end`);
    const count = view.getUint8(offset + 3);
    const extended = offset + VIEW_HEADER + count * MINUTIA;
    if (extended + 2 > total) return invalid(`view ${number}: ${count} minutiae do not fit`);
    const position = view.getUint8(offset);
    if (position !== 0 && !isFingerPosition(position)) return invalid(`finger position ${position}`);
    templates.push(readView(view, offset, position, image));
    offset = extended + 2 + view.getUint16(extended);
    if (offset > total) return invalid(`view ${number}: extended data do not fit`);
  }
  return ok(templates);
}

function readView(
  view: DataView,
  offset: number,
  position: FingerPosition | 0,
  image: { width: number; height: number; dpi: number; stretchY: number; device: number },
): FingerTemplate {
  const minutiae: Minutia[] = [];
  for (let n = 0; n < view.getUint8(offset + 3); n++)
    minutiae.push(readMinutia(view, offset + VIEW_HEADER + n * MINUTIA, true, image.stretchY));
  return {
    width: image.width,
    height: image.height * image.stretchY,
    dpi: image.dpi,
    position,
    quality: percentOrUntold(view.getUint8(offset + 2)),
    ...(image.device !== 0 && { maker: `device:${image.device.toString(16).padStart(3, '0')}` }),
    minutiae,
  };
}

/**
 * Writes a record with one view a template, live-scan plain impressions. Views of the same finger are numbered in
 * their order. Coordinates are rounded to whole pixels, angles to 1.40625°.
 * @param templates of one size and resolution, at most 255, at most 255 minutiae each: otherwise a RangeError
 */
export function encodeFingerMinutiae(templates: readonly FingerTemplate[]): Uint8Array {
  const first = templates[0];
  if (first === undefined || templates.length > 255) throw new RangeError(`${templates.length} views`);
  const perCm = Math.round(first.dpi / CM_PER_INCH);
  let total = HEADER;
  for (const { width, height, dpi, minutiae } of templates) {
    if (width !== first.width || height !== first.height || dpi !== first.dpi)
      throw new RangeError('views of different size or resolution cannot share a record');
    if (minutiae.length > 255) throw new RangeError(`${minutiae.length} minutiae in a view`);
    total += VIEW_HEADER + minutiae.length * MINUTIA + 2;
  }
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, VERSION);
  view.setUint32(8, total);
  view.setUint16(14, first.width);
  view.setUint16(16, first.height);
  view.setUint16(18, perCm);
  view.setUint16(20, perCm);
  view.setUint8(22, templates.length);
  let offset = HEADER;
  templates.forEach((template, number) => {
    const earlier = templates
      .slice(0, number)
      .filter(({ position }) => position === template.position).length;
    offset = writeView(view, offset, template, earlier);
  });
  return bytes;
}

/** The view number has four bits; a seventeenth impression of one finger starts again at 0. */
function writeView(view: DataView, offset: number, template: FingerTemplate, viewNumber: number): number {
  view.setUint8(offset, template.position);
  view.setUint8(offset + 1, (viewNumber & 0xf) << 4);
  view.setUint8(offset + 2, template.quality);
  view.setUint8(offset + 3, template.minutiae.length);
  let at = offset + VIEW_HEADER;
  for (const minutia of template.minutiae) {
    view.setUint16(at, (MINUTIA_TYPES.indexOf(minutia.type) << 14) | coordinate(minutia.x));
    view.setUint16(at + 2, coordinate(minutia.y));
    view.setUint8(at + 4, angleSteps(minutia.angle, ANGLE_STEPS));
    view.setUint8(at + 5, minutia.quality);
    at += MINUTIA;
  }
  return at + 2;
}

function coordinate(value: number): number {
  return Math.min(MOST_COORDINATE, Math.max(0, Math.round(value)));
}
