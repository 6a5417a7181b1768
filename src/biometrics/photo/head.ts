/**
 * Where the head is, by the outline of the person: from the crown downward it grows wider, stays so, and narrows to the
 * neck, or, under a headscarf or long hair, goes over into the shoulders without one. It is not known to be a face:
 * a pillar with a ball on top has a head too (docs/decisions/devices.md says why no face detector looks).
 */
import type { Silhouette } from './silhouette.ts';

/** In pixels of the picture. */
export interface Head {
  /** The upper edge of hair or headscarf, and the chin as body proportions tell. */
  readonly crown: number;
  readonly chin: number;
  /** The middle. */
  readonly x: number;
  /** With hair or headscarf. */
  readonly width: number;
  /** It reaches the upper edge of the picture, or one at the side. */
  readonly cutOff: boolean;
}

/** From the crown to the chin, in widths of the head: where a neck shows, and where hair or a scarf hides it. */
const LENGTH_WITH_NECK = 1.33;
const LENGTH_WITHOUT = 1.22;
/** A neck is at most so wide, in widths of the head. */
const NECK = 0.85;
/** The head has its width when it widens by less than this over a quarter of it. */
const STEADY = 1.08;
/** Narrower, as a share of the picture's height, is a tuft of hair. */
const NARROWEST = 0.06;
/** Within so many lengths of it the neck shows, if it does. */
const NECK_REACH = 1.3;

/** null: there is nobody, or no head that narrows out of a body. */
export function findHead({ overview, person }: Silhouette): Head | null {
  const { width: columns, height: rows, step } = overview;
  const spans = Array.from({ length: rows }, (_, row) => spanOf(person, columns, row));
  const widthAt = (row: number) => spans[Math.min(row, rows - 1)]!.width;
  const crown = spans.findIndex(({ width }) => width > 2);
  if (crown < 0) return null;

  let steady = -1;
  for (let row = crown; row < rows && steady < 0; row++) {
    const width = widthAt(row);
    if (width < NARROWEST * rows) continue;
    const below = row + Math.ceil(width / 4);
    if (below < rows && widthAt(below) <= STEADY * width) steady = row;
  }
  if (steady < 0) return null;
  const level = spans.slice(steady, steady + Math.ceil(widthAt(steady) / 2));
  const width = Math.max(...level.map((span) => span.width));
  const reach = Math.min(rows, Math.ceil(crown + NECK_REACH * LENGTH_WITH_NECK * width));
  let narrowest = width;
  for (let row = steady; row < reach; row++) narrowest = Math.min(narrowest, widthAt(row));
  const length = width * (narrowest <= NECK * width ? LENGTH_WITH_NECK : LENGTH_WITHOUT);
  const middle = level.reduce((sum, span) => sum + span.middle, 0) / level.length;
  return {
    crown: crown * step,
    chin: (crown + length) * step,
    x: middle * step,
    width: width * step,
    cutOff: crown === 0 || level.some(({ first, width }) => first === 0 || first + width === columns),
  };
}

/** From the first to the last place of the person in a row. */
function spanOf(person: Uint8Array, columns: number, row: number) {
  let first = 0;
  while (first < columns && person[row * columns + first] === 0) first++;
  if (first === columns) return { first, width: 0, middle: 0 };
  let last = columns - 1;
  while (person[row * columns + last] === 0) last--;
  return { first, width: last - first + 1, middle: (first + last + 1) / 2 };
}
