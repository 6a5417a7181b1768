import { describe, expect, test } from 'vitest';
import { type PenPoint, signatureIn, signaturePicture } from '../../../src/biometrics/signature/track.ts';
import { signOn } from '../../../src/virtual/devices/handwriting.ts';
import { Random } from '../../../src/virtual/people/random.ts';

const least = 15;
const area = { width: 100, height: 50 };

/** Places 10 ms apart; null lifts the pen where it was. */
function pen(...places: (readonly [number, number] | null)[]): PenPoint[] {
  let [x, y] = [0, 0];
  return places.map((place, n) => {
    [x, y] = place ?? [x, y];
    return { x, y, pressure: place ? 0.5 : 0, time: 10 * n, down: place !== null };
  });
}
const line = (from: number, to: number, steps: number) =>
  Array.from({ length: steps + 1 }, (_, n) => [from + ((to - from) * n) / steps, 10] as const);
const codeOf = (points: readonly PenPoint[]) => {
  const found = signatureIn(points, least);
  return found.ok ? 'ok' : found.failure.code;
};

describe('what counts as a signature', () => {
  test('hands in a hurry', () => {
    for (let seed = 0; seed < 20; seed++) {
      let time = 0;
      const points = signOn(area, 133, new Random(`sign ${seed}`)).map(({ afterMs, ...point }) => {
        time += afterMs;
        return { ...point, time };
      });
      expect(codeOf(points), `seed ${seed}`).toBe('ok');
    }
  });

  test('nothing, and a pen that only hovers', () => {
    expect(codeOf([])).toBe('SIGNATURE-EMPTY');
    expect(codeOf(pen(null, null))).toBe('SIGNATURE-EMPTY');
  });

  test('a dot that lasts, a dash, a long way above the pad', () => {
    expect(codeOf(pen(...Array<[number, number]>(50).fill([10, 10])))).toBe('SIGNATURE-TOO-SHORT');
    expect(codeOf(pen(...line(10, 24, 5)))).toBe('SIGNATURE-TOO-SHORT');
    const dots = pen([0, 0], null, [90, 0], ...Array<null>(40).fill(null), [0, 0]);
    expect(codeOf(dots)).toBe('SIGNATURE-TOO-SHORT');
    expect(codeOf(pen(...line(10, 40, 35)))).toBe('ok');
  });

  test('begins with the first touch and ends with the last', () => {
    const found = signatureIn(pen(null, ...line(10, 40, 35), null, [41, 10], null, null), least);
    if (!found.ok) throw new Error(found.failure.code);
    expect(found.value).toHaveLength(38);
    expect([found.value[0]!.x, found.value.at(-1)!.x]).toEqual([10, 41]);
  });
});

test('a picture has a line a stroke, as large as the pad; a dot is one, too', () => {
  const svg = signaturePicture(pen([1, 2], [3.004, 4], null, [5, 5]), area);
  expect(svg).toContain('viewBox="0 0 100 50"');
  expect(svg.match(/<polyline points="[^"]*"/g)).toEqual([
    '<polyline points="1,2 3,4"',
    '<polyline points="5,5 5,5"',
  ]);
});
