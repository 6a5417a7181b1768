/** Finger positions, ISO/IEC 19794-2:2005 table 2 (the same codes in 19794-4): 1 right thumb … 10 left little. */
export type FingerPosition = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

export const RIGHT_INDEX: FingerPosition = 2;
export const LEFT_INDEX: FingerPosition = 7;

/** The slaps: what is laid on a large glass at once, from the index finger outwards. */
export const RIGHT_FOUR: readonly FingerPosition[] = [2, 3, 4, 5];
export const LEFT_FOUR: readonly FingerPosition[] = [7, 8, 9, 10];
export const THUMBS: readonly FingerPosition[] = [6, 1];

const names: Readonly<Record<FingerPosition, { id: string; en: string }>> = {
  1: { id: 'ibu jari kanan', en: 'right thumb' },
  2: { id: 'telunjuk kanan', en: 'right index finger' },
  3: { id: 'jari tengah kanan', en: 'right middle finger' },
  4: { id: 'jari manis kanan', en: 'right ring finger' },
  5: { id: 'kelingking kanan', en: 'right little finger' },
  6: { id: 'ibu jari kiri', en: 'left thumb' },
  7: { id: 'telunjuk kiri', en: 'left index finger' },
  8: { id: 'jari tengah kiri', en: 'left middle finger' },
  9: { id: 'jari manis kiri', en: 'left ring finger' },
  10: { id: 'kelingking kiri', en: 'left little finger' },
};

/** The finger in words, e.g. `{ id: 'telunjuk kanan', en: 'right index finger' }`. */
export function fingerName(position: FingerPosition): { readonly id: string; readonly en: string } {
  return names[position];
}

export function isFingerPosition(code: number): code is FingerPosition {
  return Number.isInteger(code) && code >= 1 && code <= 10;
}
