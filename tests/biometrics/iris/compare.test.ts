import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareAt,
  compareIris,
  DUPLICATE,
  duplicateHints,
  falseAcceptRate,
  SAME_EYE,
} from '../../../src/biometrics/iris/compare.ts';
import { CODE_WORDS, type IrisTemplate } from '../../../src/biometrics/iris/template.ts';
import { extracted, eye, hasRealEyes, mosipEye } from './eyes.ts';

const words = fc.uint32Array({ minLength: CODE_WORDS, maxLength: CODE_WORDS });
const anyTemplate: fc.Arbitrary<IrisTemplate> = fc.record({ cosine: words, sine: words, mask: words });
const all = new Uint32Array(CODE_WORDS).fill(0xffffffff);

/** The code as it is when the head is tilted: every row turned by so many directions. */
function turned(code: Uint32Array, by: number): Uint32Array {
  const out = new Uint32Array(CODE_WORDS);
  for (let row = 0; row < CODE_WORDS / 8; row++)
    for (let n = 0; n < 256; n++) {
      const from = (n - by + 256) % 256;
      if ((code[row * 8 + (from >> 5)]! >>> (from & 31)) & 1) out[row * 8 + (n >> 5)]! |= 1 << (n & 31);
    }
  return out;
}

describe('comparison of codes', () => {
  test('a code turned by up to 14 directions is the same', () => {
    fc.assert(
      fc.property(anyTemplate, fc.integer({ min: -14, max: 14 }), ({ cosine, sine }, by) => {
        const probe = { cosine, sine, mask: all };
        const other = { cosine: turned(cosine, by), sine: turned(sine, by), mask: all };
        expect(compareAt(probe, other, by)).toEqual({ differing: 0, bits: 2 * 32 * CODE_WORDS });
        expect(compareIris(probe, other).distance).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  test('the order does not matter', () => {
    fc.assert(
      fc.property(anyTemplate, anyTemplate, (a, b) => {
        expect(compareIris(a, b)).toEqual(compareIris(b, a));
      }),
      { numRuns: 30 },
    );
  });

  test('masked bits say nothing; without enough of them nothing is said', () => {
    fc.assert(
      fc.property(anyTemplate, words, (a, noise) => {
        const spoilt = a.cosine.map((word, i) => word ^ (noise[i]! & ~a.mask[i]!));
        expect(compareIris(a, { ...a, cosine: spoilt })).toEqual(compareIris(a, a));
      }),
      { numRuns: 30 },
    );
    const blind = { cosine: all, sine: all, mask: new Uint32Array(CODE_WORDS) };
    expect(compareIris(blind, blind)).toEqual({ distance: 0.5, bits: 0 });
  });

  test('chance agreement of strangers is as rare as is told', () => {
    expect(falseAcceptRate(0)).toBeLessThan(1e-40);
    expect(falseAcceptRate(0.5)).toBeCloseTo(1, 6);
    for (let distance = 0; distance < 0.5; distance += 0.01)
      expect(falseAcceptRate(distance + 0.01)).toBeGreaterThanOrEqual(falseAcceptRate(distance));
    expect(1 / falseAcceptRate(SAME_EYE)).toBeCloseTo(5600, -2);
    expect(falseAcceptRate(DUPLICATE)).toBeLessThan(1.01e-6);
  });
});

describe('comparison of virtual eyes', () => {
  const looks = [
    {},
    { roll: 0.2 },
    { roll: -0.2, limbusRadius: 85 },
    { pupil: 0.5, x: 260 },
    { upperLid: 0.6, defocus: 2.5 },
    { slope: [0.15, -0.1], noise: 6 },
  ] as const;
  const own = looks.map((changes, n) => extracted(eye('one', n, changes).image).template);
  const strangers = ['two', 'three', 'four', 'five', 'six'].map(
    (name) => extracted(eye(name, 0).image).template,
  );

  test('an eye is known again: tilted, near, far, dilated, half hidden, unevenly lit', () => {
    for (const other of own.slice(1)) expect(compareIris(own[0]!, other).distance).toBeLessThan(SAME_EYE);
  });

  test('strangers are not', () => {
    for (const stranger of strangers)
      for (const template of own) expect(compareIris(template, stranger).distance).toBeGreaterThan(SAME_EYE);
  });

  test('a duplicate is pointed out, the nearest first', () => {
    const hints = duplicateHints(own[0]!, [strangers[0]!, own[4]!, strangers[1]!, own[0]!]);
    expect(hints.map(({ index }) => index)).toEqual([3, 1]);
    expect(duplicateHints(own[0]!, strangers)).toEqual([]);
  });
});

// The eyes of MOSIP's mock person: his right eye was labelled left when he authenticated, and the other way round.
test.skipIf(!hasRealEyes)('real eyes of one person (skipped where ../shared/data is absent)', async () => {
  const [left, right, swappedLeft, swappedRight] = await Promise.all(
    ['reg_Left', 'reg_Right', 'auth_Left', 'auth_Right'].map(
      async (name) => extracted(await mosipEye(name)).template,
    ),
  );
  expect(compareIris(left!, swappedRight!).distance).toBeLessThan(0.2);
  expect(compareIris(right!, swappedLeft!).distance).toBeLessThan(0.2);
  expect(compareIris(left!, right!).distance).toBeGreaterThan(0.36);
  expect(compareIris(left!, swappedLeft!).distance).toBeGreaterThan(0.36);
  expect(compareIris(right!, swappedRight!).distance).toBeGreaterThan(0.36);
});
