import { describe, expect, test } from 'vitest';
import { growIris } from '../../../src/virtual/people/iris.ts';
import { takeView, throwView } from '../../../src/virtual/people/iris-view.ts';
import { Random } from '../../../src/virtual/people/random.ts';

const grown = (name: string) => growIris(new Random(name));

/** Of the textures: 1 the same, 0 nothing in common. */
function correlation(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0) / a.length;
}

describe('virtual irises', () => {
  test('the same seed grows the same iris, another one another', () => {
    expect(grown('a').texture).toEqual(grown('a').texture);
    const textures = ['a', 'b', 'c', 'd'].map((name) => grown(name).texture);
    for (let i = 0; i < textures.length; i++)
      for (let j = 0; j < i; j++) expect(Math.abs(correlation(textures[i]!, textures[j]!))).toBeLessThan(0.2);
  });

  test('the texture has mean 0 and deviation 1', () => {
    const { texture } = grown('a');
    expect(texture.reduce((sum, value) => sum + value, 0) / texture.length).toBeCloseTo(0, 4);
    expect(correlation(texture, texture)).toBeCloseTo(1, 4);
  });

  test('a look is seeded too, and two looks differ', () => {
    const iris = grown('a');
    const look = (n: number) => {
      const random = new Random(`look ${n}`);
      return takeView(iris, throwView(random, iris, 0.5), random);
    };
    expect(look(1)).toEqual(look(1));
    expect(look(1).data).not.toEqual(look(2).data);
    expect(look(1)).toMatchObject({ width: 640, height: 480 });
  });

  test('careless looks differ more', () => {
    const iris = grown('a');
    const spread = (difficulty: number) => {
      const lids = Array.from(
        { length: 60 },
        (_, n) => throwView(new Random(`${n}`), iris, difficulty).upperLid,
      );
      return Math.max(...lids) - Math.min(...lids);
    };
    expect(spread(0)).toBe(0);
    expect(spread(1)).toBeGreaterThan(spread(0.3));
  });
});
