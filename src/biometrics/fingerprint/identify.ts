/** One print against many (1:N). */
import { match, prepare } from './match.ts';
import type { FingerTemplate } from './template.ts';

export interface Candidate {
  /** Place in the gallery. */
  readonly index: number;
  /** Decibels, above 0; to be compared with thresholds.ts, for as many comparisons as the gallery is long. */
  readonly score: number;
}

/**
 * Each template of the gallery is prepared, compared and let go of: memory does not grow with the gallery.
 * @returns the best of the gallery, the most alike first, at most `most`
 */
export function identify(
  probe: FingerTemplate,
  gallery: readonly FingerTemplate[],
  most: number,
): readonly Candidate[] {
  const print = prepare(probe);
  return bestOf(
    gallery.map((template, index) => ({ index, score: match(print, prepare(template)) })),
    most,
  );
}

/** The most alike first, at most `most`; of equal ones the earlier first; none that is not alike at all. */
export function bestOf(candidates: readonly Candidate[], most: number): readonly Candidate[] {
  return candidates
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, most);
}
