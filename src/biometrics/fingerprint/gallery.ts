/**
 * Many records in one block of shared memory: each worker reads them where they lie, and nothing is copied to it or
 * made anew for a search. As much is kept as is compared; ridge maps are not.
 */
import { MOST_MINUTIAE, type Points, pointsOf } from './prepared.ts';
import type { FingerTemplate } from './template.ts';

export interface Gallery {
  /** Templates, in the order in which they were given. */
  readonly count: number;
  /** A slot a template: its number of minutiae, then all x, all y, all angles, all types, all qualities. */
  readonly slots: SharedArrayBuffer;
}

/** Bytes: a count, three numbers of 32 bits and two of 8 for each minutia. */
const COUNT = 4;
const WORDS = 4 * MOST_MINUTIAE;
const SLOT = COUNT + 3 * WORDS + 2 * MOST_MINUTIAE;

export function galleryOf(templates: readonly FingerTemplate[]): Gallery {
  const gallery = { count: templates.length, slots: new SharedArrayBuffer(templates.length * SLOT) };
  for (const [index, template] of templates.entries()) {
    const points = pointsOf(template);
    new Uint8Array(gallery.slots, index * SLOT, 1)[0] = points.count;
    const slot = pointsAt(gallery, index);
    slot.x.set(points.x);
    slot.y.set(points.y);
    slot.angle.set(points.angle);
    slot.type.set(points.type);
    slot.quality.set(points.quality);
  }
  return gallery;
}

/**
 * The template in its place: views on the shared memory, not to be written to.
 * @param most of its minutiae, the most reliable ones
 */
export function pointsAt({ slots }: Gallery, index: number, most = MOST_MINUTIAE): Points {
  const start = index * SLOT;
  const count = Math.min(most, new Uint8Array(slots, start, 1)[0]!);
  const words = (field: number) => new Float32Array(slots, start + COUNT + field * WORDS, count);
  const bytes = (field: number) =>
    new Uint8Array(slots, start + COUNT + 3 * WORDS + field * MOST_MINUTIAE, count);
  return { count, x: words(0), y: words(1), angle: words(2), type: bytes(0), quality: bytes(1) };
}
