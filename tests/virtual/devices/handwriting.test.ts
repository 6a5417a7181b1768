import { describe, expect, it } from 'vitest';
import { signOn } from '../../../src/virtual/devices/handwriting.ts';
import { Random } from '../../../src/virtual/people/random.ts';

const area = { width: 96, height: 60 };
const RATE = 133;
const signed = (seed: string) => signOn(area, RATE, new Random(seed));

describe('a signature', () => {
  it('is the same for the same dice, another for others', () => {
    expect(signed('Endah')).toEqual(signed('Endah'));
    expect(signed('Endah')).not.toEqual(signed('Karto'));
  });

  it('is as a hand writes: on the pad, in two strokes, within seconds, no faster than a hand', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e']) {
      const points = signed(seed);
      const seconds = points.reduce((sum, { afterMs }) => sum + afterMs, 0) / 1000;
      expect(seconds).toBeGreaterThan(1);
      expect(seconds).toBeLessThan(10);
      const lifts = points.filter(({ down }, i) => !down && points[i - 1]?.down);
      expect(lifts).toHaveLength(1);
      for (const { x, y, pressure, down } of points) {
        expect(x > 0 && x < area.width && y > 0 && y < area.height).toBe(true);
        expect(pressure >= 0 && pressure <= 1).toBe(true);
        expect(down || pressure === 0).toBe(true);
      }
      for (const [i, point] of points.entries()) {
        const before = points[i - 1];
        if (!before?.down || !point.down) continue;
        expect(Math.hypot(point.x - before.x, point.y - before.y)).toBeLessThan(2.5);
      }
    }
  });

  it('presses lightly where it begins and ends', () => {
    const down = signed('Endah').filter((point) => point.down);
    const most = Math.max(...down.map(({ pressure }) => pressure));
    expect(down[0]!.pressure).toBeLessThan(most / 2);
    expect(down.at(-1)!.pressure).toBeLessThan(most / 1.5);
  });
});
