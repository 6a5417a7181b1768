/**
 * Every finger of the virtual people, pressed as often as one likes: those on the chips are there from the start, the
 * others grow when they are first looked at (a third of a second each).
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { FingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Person } from './people.ts';
import { growPersonFinger } from './person-finger.ts';
import { residents } from './residents.ts';

const fingers = new Map<string, (impression: number) => GrayImage>();
const touches = new Map<string, Promise<GrayImage>>();

/** @param impression from 1; the same number gives the same image, 320 × 400 pixels at 500 dpi */
export function touchOf(person: Person, position: FingerPosition, impression = 1): Promise<GrayImage> {
  const onChip = person.fingers.find((finger) => finger.position === position)?.impressions[impression - 1];
  if (onChip) return Promise.resolve(onChip);
  const key = `${person.id} ${position} ${impression}`;
  const touch = touches.get(key) ?? breathe().then(() => fingerOf(person, position)(impression));
  touches.set(key, touch);
  return touch;
}

function fingerOf({ id }: Person, position: FingerPosition): (impression: number) => GrayImage {
  const key = `${id} ${position}`;
  const wear = residents.find((resident) => resident.id === id)?.wear ?? 0;
  const finger = fingers.get(key) ?? growPersonFinger({ id, wear }, position);
  fingers.set(key, finger);
  return finger;
}
