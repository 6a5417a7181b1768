/** What tests of codecs share: a print, the markers of a WSQ file, and how far two images differ. */
import { MARKER } from '../../../src/biometrics/wsq/segments.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';

export interface Segment {
  readonly marker: number;
  /** Where the marker stands. */
  readonly at: number;
  readonly contents: Uint8Array;
}

/** Walks a file that is well formed; compressed bytes are skipped. */
export function segmentsOf(bytes: Uint8Array): readonly Segment[] {
  const segments: Segment[] = [];
  for (let at = 0; at < bytes.length; ) {
    const marker = (bytes[at]! << 8) | bytes[at + 1]!;
    const alone = marker === MARKER.startOfImage || marker === MARKER.endOfImage;
    const length = alone ? 0 : (bytes[at + 2]! << 8) | bytes[at + 3]!;
    segments.push({ marker, at, contents: bytes.subarray(at + 4, at + 2 + length) });
    at += 2 + length;
    if (marker === MARKER.startOfBlock) while (bytes[at] !== 0xff || bytes[at + 1] === 0) at++;
  }
  return segments;
}

/** Decibels; 255 is the peak. */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  let squares = 0;
  for (let n = 0; n < a.length; n++) squares += (a[n]! - b[n]!) ** 2;
  return 10 * Math.log10((255 ** 2 * a.length) / squares);
}

/** Round ridges of a finger's period in an ellipse that fades into white, at 500 dpi. */
export function inkedPrint(width: number, height: number): GrayImage {
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const outwards = ((2 * x) / width - 1) ** 2 + ((2 * y) / height - 1) ** 2;
    const ink = Math.min(1, Math.max(0, 4 * (0.9 - outwards)));
    return 250 - 120 * ink + 90 * ink * Math.cos((2 * Math.PI * Math.hypot(x - width / 2, y - height)) / 9);
  });
  return { width, height, dpi: 500, data };
}
