/** The satisfaction index of a public service (indeks kepuasan masyarakat, IKM): PermenPANRB 14/2017. */

/** Its nine elements, in the order of the regulation. */
export const IKM_ELEMENTS = [
  'persyaratan',
  'prosedur',
  'waktu',
  'biaya',
  'produk',
  'kompetensi',
  'perilaku',
  'pengaduan',
  'sarana',
] as const;
export type IkmElement = (typeof IKM_ELEMENTS)[number];

/** Lowest index of each mark; below C it is D. */
const marks = [
  ['A', 88.31],
  ['B', 76.61],
  ['C', 65],
] as const;
export type IkmMark = 'A' | 'B' | 'C' | 'D';

/**
 * @param answers one list a person, of nine answers of 1–4 in the order of the elements
 * @returns 25–100, the mean of all answers × 25; undefined when nobody answered
 */
export function ikmIndex(answers: readonly (readonly number[])[]): number | undefined {
  const all = answers.flat();
  if (all.length === 0) return undefined;
  return (all.reduce((sum, answer) => sum + answer, 0) / all.length) * 25;
}

export function ikmMark(index: number): IkmMark {
  return marks.find(([, least]) => index >= least)?.[0] ?? 'D';
}
