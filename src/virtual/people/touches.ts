/**
 * Every finger of the virtual people, pressed as often as one likes: those on the chips are there from the start, the
 * others grow when they are first looked at (a third of a second each).
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { FingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import { type Finger, growFinger } from './finger.ts';
import { takeImpression, throwTouch } from './impression.ts';
import type { Person } from './people.ts';
import { Random } from './random.ts';
import { residents } from './residents.ts';

/** A guided adult. */
const DIFFICULTY = 0.35;

const fingers = new Map<string, Finger>();
const touches = new Map<string, Promise<GrayImage>>();

/** @param impression from 1; the same number gives the same image, 320 × 400 pixels at 500 dpi */
export function touchOf(person: Person, position: FingerPosition, impression = 1): Promise<GrayImage> {
  const onChip = person.fingers.find((finger) => finger.position === position)?.impressions[impression - 1];
  if (onChip) return Promise.resolve(onChip);
  const name = `${person.id}/finger ${position}`;
  const touch = touches.get(`${name} ${impression}`) ?? breathe().then(() => press(name, person, impression));
  touches.set(`${name} ${impression}`, touch);
  return touch;
}

function press(name: string, person: Person, impression: number): GrayImage {
  const random = new Random(name);
  const wear = residents.find(({ id }) => id === person.id)?.wear ?? 0;
  const finger = fingers.get(name) ?? growFinger(random.for('ridges'), { wear });
  fingers.set(name, finger);
  const touch = random.for(`touch ${impression}`);
  return takeImpression(finger, throwTouch(touch, finger, DIFFICULTY), touch);
}
