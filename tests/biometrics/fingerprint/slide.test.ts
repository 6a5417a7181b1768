import { expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { STILL, slide } from '../../../src/biometrics/fingerprint/slide.ts';
import type { FingerTemplate } from '../../../src/biometrics/fingerprint/template.ts';
import type { Touch } from '../../../src/virtual/people/impression.ts';
import { touchOf } from '../fingers.ts';

/** A frame of one touch. */
function frame(person: number, n: number, moved: Pick<Touch, 'dx' | 'dy' | 'turn'>): FingerTemplate {
  const lying = ({ dx, dy, turn }: Touch) => ({
    dx: dx + moved.dx,
    dy: dy + moved.dy,
    turn: turn + moved.turn,
  });
  return extract(touchOf(`slide ${person}`, lying, `frame ${n}`)).template;
}

const still = { dx: 0, dy: 0, turn: 0 };

test.each([0, 1, 2])('person %i: a still finger, a shift and a turn', (person) => {
  const first = frame(person, 1, still);
  expect(slide(first, frame(person, 2, still))).toBeLessThan(STILL / 2);
  const shift = slide(first, frame(person, 2, { dx: 12, dy: -16, turn: 0 }))!;
  expect(Math.abs(shift - 20)).toBeLessThan(4);
  expect(slide(first, frame(person, 2, { dx: 0, dy: 0, turn: 0.15 }))).toBeGreaterThan(STILL);
});

test('another finger is not this one moved; nor is bare glass', () => {
  const empty = extract({ width: 320, height: 400, dpi: 500, data: new Uint8Array(320 * 400).fill(240) });
  const first = frame(0, 1, still);
  expect(slide(first, frame(3, 1, still))).toBeUndefined();
  expect(slide(first, empty.template)).toBeUndefined();
});
