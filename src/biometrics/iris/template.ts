/** What is compared of an iris. */

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
