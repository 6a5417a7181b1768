/** What a pen wrote: whether it is a signature at all, and how it looks. */
import { fail, ok, type Result } from '../../failures/failure.ts';

/** One moment of the pen, as pads tell it: millimetres from the upper left corner, milliseconds since the first. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
  /** 0 to 1. */
  readonly pressure: number;
  readonly time: number;
  readonly down: boolean;
}

/**
 * The part from the first touch to the last; what the pen did above the pad before and after it is nobody's business.
 * @param least millimetres of ink that a signature has at the least
 * @returns SIGNATURE-EMPTY, SIGNATURE-TOO-SHORT
 */
export function signatureIn(points: readonly PenPoint[], least: number): Result<readonly PenPoint[]> {
  const first = points.findIndex(({ down }) => down);
  if (first < 0) return fail('SIGNATURE-EMPTY');
  const written = points.slice(first, points.findLastIndex(({ down }) => down) + 1);
  const length = strokesOf(written).reduce((sum, stroke) => sum + lengthOf(stroke), 0);
  return length < least ? fail('SIGNATURE-TOO-SHORT', `${Math.round(length)} mm`) : ok(written);
}

/** From each touch to the lifting that follows. */
function strokesOf(points: readonly PenPoint[]): PenPoint[][] {
  const strokes: PenPoint[][] = [];
  let before: PenPoint | undefined;
  for (const point of points) {
    if (point.down && !before?.down) strokes.push([]);
    if (point.down) strokes.at(-1)!.push(point);
    before = point;
  }
  return strokes;
}

function lengthOf(stroke: readonly PenPoint[]): number {
  let length = 0;
  for (let n = 1; n < stroke.length; n++)
    length += Math.hypot(stroke[n]!.x - stroke[n - 1]!.x, stroke[n]!.y - stroke[n - 1]!.y);
  return length;
}

/** Of the line, millimetres: a ballpoint pen's. */
const LINE = 0.6;

/**
 * The strokes as a picture (SVG) as large as the pad, in millimetres; a touch without a way is a dot.
 * @param area of the pad, millimetres
 */
export function signaturePicture(
  points: readonly PenPoint[],
  area: { readonly width: number; readonly height: number },
): string {
  const lines = strokesOf(points).map((stroke) => {
    const places = stroke.length === 1 ? [stroke[0]!, stroke[0]!] : stroke;
    return `<polyline points="${places.map(({ x, y }) => `${hundredths(x)},${hundredths(y)}`).join(' ')}"/>`;
  });
  const box = `0 0 ${hundredths(area.width)} ${hundredths(area.height)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><g fill="none" stroke="#000" stroke-width="${LINE}" stroke-linecap="round" stroke-linejoin="round">${lines.join('')}</g></svg>`;
}

/** Hundredths of a millimetre are finer than any screen. */
function hundredths(millimetres: number): number {
  return Math.round(millimetres * 100) / 100;
}
