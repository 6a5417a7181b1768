/**
 * One print against many (1:N), in two steps: the most reliable minutiae alone tell who might be alike, the full
 * comparison tells how much.
 */
import { type Gallery, pointsAt } from './gallery.ts';
import { match, prepare } from './match.ts';
import { preparePoints } from './prepared.ts';
import type { FingerTemplate } from './template.ts';

export interface Candidate {
  /** Place in the gallery. */
  readonly index: number;
  /** Decibels, above 0; to be compared with thresholds.ts, for as many comparisons as the gallery is long. */
  readonly score: number;
}

/** Minutiae of the first step. */
const BRIEF = 36;
/** Share of the gallery that comes to the second one; of 1,095 genuine pairs one stayed behind (docs/fingerprints.md). */
const SHORTLIST = 0.1;

/**
 * Each template of the gallery is prepared, compared and let go of: memory does not grow with the gallery.
 * @param gallery of this extractor's records: another maker's scale is not looked for in the first step
 * @param from the first place looked at, up to `to`, which is not
 * @returns the best of these, the most alike first, at most `most`
 */
export function identify(
  probe: FingerTemplate,
  gallery: Gallery,
  from: number,
  to: number,
  most: number,
): readonly Candidate[] {
  const places = Array.from({ length: to - from }, (_, n) => from + n);
  const briefly = prepare(brief(probe));
  const shortlist = bestOf(
    places.map((index) => ({ index, score: match(briefly, preparePoints(pointsAt(gallery, index, BRIEF))) })),
    Math.max(most, Math.ceil(SHORTLIST * places.length)),
  );
  const print = prepare(probe);
  const full = shortlist.map(({ index }) => ({
    index,
    score: match(print, preparePoints(pointsAt(gallery, index))),
  }));
  return bestOf(full, most);
}

function brief({ ridges: _, minutiae, ...template }: FingerTemplate): FingerTemplate {
  return { ...template, minutiae: minutiae.toSorted((a, b) => b.quality - a.quality).slice(0, BRIEF) };
}

/** The most alike first, at most `most`; of equal ones the earlier first; none that is not alike at all. */
export function bestOf(candidates: readonly Candidate[], most: number): readonly Candidate[] {
  return candidates
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, most);
}
