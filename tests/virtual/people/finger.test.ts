import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { match, prepare } from '../../../src/biometrics/fingerprint/match.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import { crowdImpressions } from '../../../src/virtual/people/crowd.ts';
import { growFinger, PAD_HEIGHT, PAD_WIDTH } from '../../../src/virtual/people/finger.ts';
import { Random } from '../../../src/virtual/people/random.ts';
import { type Pattern, type RidgeFlow, ridgeFlow } from '../../../src/virtual/people/ridge-flow.ts';

const digest = (image: GrayImage) => createHash('sha256').update(image.data).digest('hex');

/** How often the orientation turns by +π (a core) and by −π (a delta) on the way round the squares of a grid. */
function singularities(flow: RidgeFlow): { cores: number; deltas: number } {
  const step = 4;
  const size = 150;
  const angles = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => flow((column - size / 2) * step, (row - size / 2) * step)),
  );
  const turn = (from: number, to: number) => {
    const difference = to - from;
    return difference - Math.PI * Math.round(difference / Math.PI);
  };
  const found = { cores: 0, deltas: 0 };
  for (let y = 0; y + 1 < size; y++) {
    for (let x = 0; x + 1 < size; x++) {
      const around = [angles[y]![x]!, angles[y + 1]![x]!, angles[y + 1]![x + 1]!, angles[y]![x + 1]!];
      const total = around.reduce((sum, angle, i) => sum + turn(angle, around[(i + 1) % 4]!), 0);
      // Anticlockwise as seen on the screen is this way round, with y down; angles have y down too.
      if (Math.round(total / Math.PI) === -1) found.cores++;
      if (Math.round(total / Math.PI) === 1) found.deltas++;
    }
  }
  return found;
}

describe('the ridge flow', () => {
  it.each<[Pattern, number]>([
    ['arch', 0],
    ['tented-arch', 1],
    ['left-loop', 1],
    ['right-loop', 1],
    ['whorl', 2],
  ])('of a %s has %i cores and as many deltas', (pattern, count) => {
    for (let seed = 0; seed < 10; seed++) {
      const found = singularities(ridgeFlow(pattern, new Random(`${pattern} ${seed}`)));
      expect(found).toEqual({ cores: count, deltas: count });
    }
  });

  it('is an orientation everywhere', () => {
    const flow = ridgeFlow('whorl', new Random('anywhere'));
    const anywhere = fc.double({ min: -400, max: 400, noNaN: true });
    fc.assert(
      fc.property(anywhere, anywhere, (x, y) => {
        const angle = flow(x, y);
        expect(angle).toBeGreaterThanOrEqual(0);
        expect(angle).toBeLessThan(Math.PI);
      }),
    );
  });
});

describe('a grown finger', () => {
  it('has ridges everywhere but on the rim of the pad', () => {
    for (let seed = 0; seed < 5; seed++) {
      const { ridges } = growFinger(new Random(`bare ${seed}`), { wear: 0 });
      const bare: string[] = [];
      for (let top = 24; top < PAD_HEIGHT - 40; top += 16) {
        for (let left = 24; left < PAD_WIDTH - 40; left += 16) {
          let highest = 0;
          for (let i = 0; i < 256; i++) {
            highest = Math.max(highest, ridges[(top + (i >> 4)) * PAD_WIDTH + left + (i & 15)]!);
          }
          if (highest < 0.4) bare.push(`${seed}: ${left}, ${top}`);
        }
      }
      expect(bare).toEqual([]);
    }
  });

  it('is worn with creases', () => {
    const creases = (wear: number) => growFinger(new Random('worn'), { wear }).creases.length;
    expect(creases(1)).toBeGreaterThan(creases(0));
  });
});

describe('impressions of a crowd', () => {
  it('are the same each time, whatever else was made', () => {
    const [first, second] = crowdImpressions(7, 2);
    expect(digest(crowdImpressions(7, 1)[0]!)).toBe(digest(first!));
    expect(digest(second!)).not.toBe(digest(first!));
    expect(digest(crowdImpressions(8, 1)[0]!)).not.toBe(digest(first!));
  });

  it('match the worse the less care is taken', () => {
    const score = (difficulty: number) => {
      let sum = 0;
      for (let finger = 0; finger < 4; finger++) {
        const [a, b] = crowdImpressions(finger, 2, difficulty).map((image) =>
          prepare(extract(image).template),
        );
        sum += match(a!, b!);
      }
      return sum;
    };
    const [easy, middling, hard] = [score(0), score(0.6), score(2)];
    expect(easy).toBeGreaterThan(middling);
    expect(middling).toBeGreaterThan(hard);
  });
});
