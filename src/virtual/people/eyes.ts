/**
 * The people's eyes, as cameras see them. A look takes a tenth of a second to draw, and several on a busy machine: it
 * is drawn in a thread of its own, for the bench's cameras must not stall meanwhile. Each is drawn once.
 */
import { Piscina } from 'piscina';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Look } from './eye-look.ts';

/** A guided adult. */
export const GUIDED = 0.3;

const looks = new Map<string, Promise<GrayImage>>();
let drawer: Piscina<Look, GrayImage> | undefined;

/** @param number of the look, from 1; the same number and difficulty give the same image */
export function eyeOf(
  person: string,
  side: 'left' | 'right',
  number: number,
  difficulty = GUIDED,
): Promise<GrayImage> {
  drawer ??= new Piscina({ filename: new URL('./eye-look.ts', import.meta.url).href, maxThreads: 1 });
  const look = { eye: `${person}/iris ${side}`, number, difficulty };
  const key = JSON.stringify(look);
  const drawn = looks.get(key) ?? drawer.run(look);
  looks.set(key, drawn);
  return drawn;
}
