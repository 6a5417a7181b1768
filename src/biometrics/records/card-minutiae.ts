/**
 * The card formats of ISO/IEC 19794-2:2005 (clause 8): minutiae alone, without a header, as a card compares them.
 * *Normal*: five bytes, x and y in 0.01 mm, angle in 256ths of a turn. *Compact*: three bytes, x and y in 0.1 mm,
 * type << 6 | angle in 64ths of a turn. A card may want them in an order, which its biometric information template
 * (ISO/IEC 7816-11, data object 82) tells.
 */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { FingerTemplate, Minutia } from '../fingerprint/template.ts';
import { ANGLE_STEPS, angleSteps, MINUTIA_TYPES, MOST_COORDINATE, readMinutia } from './minutia-fields.ts';

export type CardFormat = 'normal' | 'compact';

/**
 * By x, then y; by y, then x; by angle; or by the distance from the centre of mass, nearest first, then angle. All
 * rising, unless `descending`.
 */
export type MinutiaeOrder =
  | 'none'
  | { readonly by: 'xy' | 'yx' | 'angle' | 'polar'; readonly descending: boolean };

/** What the template of a card can ask for. */
const MOST_MINUTIAE = 255;
const MM_PER_INCH = 25.4;
/** The resolution at which minutiae are read; a card's units are finer. */
const DPI = 500;

const formats = {
  normal: { bytes: 5, unitsPerMm: 100, mostCoordinate: MOST_COORDINATE, angleSteps: ANGLE_STEPS },
  compact: { bytes: 3, unitsPerMm: 10, mostCoordinate: 0xff, angleSteps: 64 },
} as const;

/** A minutia in the numbers of the card. */
interface CardMinutia {
  readonly type: number;
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/**
 * Minutiae that lie farther from the corner of the image than the format can tell (25.5 mm in the compact one) are
 * left out, and so are those after the 255th. Qualities are not kept.
 */
export function encodeCardMinutiae(
  template: FingerTemplate,
  format: CardFormat,
  order: MinutiaeOrder,
): Uint8Array {
  const { bytes: size, unitsPerMm, mostCoordinate, angleSteps: steps } = formats[format];
  const unitsPerPixel = (MM_PER_INCH * unitsPerMm) / template.dpi;
  const fits = (coordinate: number) => coordinate >= 0 && coordinate <= mostCoordinate;
  const minutiae = template.minutiae
    .map(
      (minutia): CardMinutia => ({
        type: MINUTIA_TYPES.indexOf(minutia.type),
        x: Math.round(minutia.x * unitsPerPixel),
        y: Math.round(minutia.y * unitsPerPixel),
        angle: angleSteps(minutia.angle, steps),
      }),
    )
    .filter(({ x, y }) => fits(x) && fits(y))
    .slice(0, MOST_MINUTIAE);
  const bytes = new Uint8Array(minutiae.length * size);
  const view = new DataView(bytes.buffer);
  sorted(minutiae, order).forEach(({ type, x, y, angle }, n) => {
    const at = n * size;
    if (format === 'normal') {
      view.setUint16(at, (type << 14) | x);
      view.setUint16(at + 2, y);
      view.setUint8(at + 4, angle);
    } else bytes.set([x, y, (type << 6) | angle], at);
  });
  return bytes;
}

/**
 * At 500 dpi, in the order of the card. The size of the image is not told: width and height just hold the minutiae.
 * @returns FINGER-RECORD-INVALID when the bytes are no whole number of minutiae, or more than 255
 */
export function decodeCardMinutiae(bytes: Uint8Array, format: CardFormat): Result<FingerTemplate> {
  const { bytes: size, unitsPerMm, angleSteps: steps } = formats[format];
  const count = bytes.length / size;
  if (!Number.isInteger(count) || count > MOST_MINUTIAE)
    return fail('FINGER-RECORD-INVALID', `${bytes.length} bytes are no minutiae of ${size}`);
  const pixelsPerUnit = DPI / (MM_PER_INCH * unitsPerMm);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const compact = (at: number): Minutia => ({
    x: view.getUint8(at),
    y: view.getUint8(at + 1),
    angle: ((view.getUint8(at + 2) & 0x3f) * 2 * Math.PI) / steps,
    type: MINUTIA_TYPES[view.getUint8(at + 2) >> 6] ?? 'other',
    quality: 0,
  });
  const minutiae = Array.from({ length: count }, (_, n) => {
    const minutia = format === 'normal' ? readMinutia(view, n * size, false, 1) : compact(n * size);
    return { ...minutia, x: minutia.x * pixelsPerUnit, y: minutia.y * pixelsPerUnit };
  });
  const extent = (coordinates: readonly number[]) => Math.floor(Math.max(-1, ...coordinates)) + 1;
  return ok({
    width: extent(minutiae.map(({ x }) => x)),
    height: extent(minutiae.map(({ y }) => y)),
    dpi: DPI,
    position: 0,
    quality: 0,
    minutiae,
  });
}

/** By what the card itself will compare, so that rounding cannot disturb the order. */
function sorted(minutiae: readonly CardMinutia[], order: MinutiaeOrder): readonly CardMinutia[] {
  if (order === 'none') return minutiae;
  const mean = (of: (minutia: CardMinutia) => number) =>
    minutiae.reduce((sum, minutia) => sum + of(minutia), 0) / minutiae.length;
  const centre = { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  const distance = ({ x, y }: CardMinutia) => (x - centre.x) ** 2 + (y - centre.y) ** 2;
  const compare: Readonly<Record<typeof order.by, (a: CardMinutia, b: CardMinutia) => number>> = {
    xy: (a, b) => a.x - b.x || a.y - b.y,
    yx: (a, b) => a.y - b.y || a.x - b.x,
    angle: (a, b) => a.angle - b.angle,
    polar: (a, b) => distance(a) - distance(b) || a.angle - b.angle,
  };
  const rising = minutiae.toSorted(compare[order.by]);
  return order.descending ? rising.reverse() : rising;
}

const ASCENDING = 0x01;
const DESCENDING = 0x02;
const orderCodes = { xy: 0x04, yx: 0x08, angle: 0x0c, polar: 0x10 } as const;

/** The byte of data object 82. */
export function encodeMinutiaeOrder(order: MinutiaeOrder): number {
  if (order === 'none') return 0;
  return orderCodes[order.by] | (order.descending ? DESCENDING : ASCENDING);
}

/** @returns FINGER-RECORD-INVALID for other values, among them extended coordinates (20) */
export function decodeMinutiaeOrder(code: number): Result<MinutiaeOrder> {
  if (code === 0) return ok('none');
  for (const by of ['xy', 'yx', 'angle', 'polar'] as const)
    for (const descending of [false, true])
      if (encodeMinutiaeOrder({ by, descending }) === code) return ok({ by, descending });
  return fail('FINGER-RECORD-INVALID', `minutiae order ${code.toString(16)}`);
}
