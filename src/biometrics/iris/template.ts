/** What is compared of an iris, and how it is kept. */
import { fail, ok, type Result } from '../../failures/failure.ts';

/** Directions (bits a row) and rows, from the pupil outward. */
export const CODE_AROUND = 256;
export const CODE_ROWS = 8;
/** 32-bit words a row. */
export const ROW_WORDS = CODE_AROUND / 32;
export const CODE_WORDS = CODE_ROWS * ROW_WORDS;

/** Rows of ROW_WORDS words; direction n of a row is bit n mod 32 of its word n div 32. */
export interface IrisTemplate {
  /** The quadrant of the phase: whether its cosine, and whether its sine, is positive. */
  readonly cosine: Uint32Array;
  readonly sine: Uint32Array;
  /** 1: the two bits are of iris, and the phase is strong enough to be trusted. */
  readonly mask: Uint32Array;
}

/** "IRC" and the version of the code; then cosine, sine and mask, word by word, big-endian. */
const MARK = 0x49524331; // "IRC1"
const MARK_BYTES = 4;
const CODE_BYTES = MARK_BYTES + 3 * 4 * CODE_WORDS;

/** As bytes, to be kept beside the record. */
export function encodeIrisTemplate({ cosine, sine, mask }: IrisTemplate): Uint8Array {
  const bytes = new Uint8Array(CODE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MARK);
  [...cosine, ...sine, ...mask].forEach((word, n) => {
    view.setUint32(MARK_BYTES + 4 * n, word);
  });
  return bytes;
}

/** @returns IRIS-CODE-INVALID for bytes that are no code of this version */
export function decodeIrisTemplate(bytes: Uint8Array): Result<IrisTemplate> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length !== CODE_BYTES || view.getUint32(0) !== MARK)
    return fail('IRIS-CODE-INVALID', `${bytes.length} bytes`);
  const words = (part: number) =>
    Uint32Array.from({ length: CODE_WORDS }, (_, n) =>
      view.getUint32(MARK_BYTES + 4 * (part * CODE_WORDS + n)),
    );
  return ok({ cosine: words(0), sine: words(1), mask: words(2) });
}
