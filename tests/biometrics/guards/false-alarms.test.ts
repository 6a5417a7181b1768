import { describe, expect, test } from 'vitest';
import { FOREIGN, OWN } from '../../../src/biometrics/fingerprint/thresholds.ts';
import {
  climbed,
  ladder,
  scoreReachedBy,
  verificationFalseAccepts,
} from '../../../src/biometrics/guards/false-alarms.ts';
import { Random } from '../../../src/virtual/people/random.ts';

describe('scores by rarity', () => {
  test('are those of the thresholds, and go on in a line', () => {
    for (const scale of [OWN, FOREIGN]) {
      const decade = scale.far1in10000 - scale.far1in1000;
      expect(scoreReachedBy(1e-3, scale)).toBeCloseTo(scale.far1in1000);
      expect(scoreReachedBy(1e-4, scale)).toBeCloseTo(scale.far1in10000);
      expect(scoreReachedBy(1e-6, scale)).toBeCloseTo(scale.far1in1000 + 3 * decade);
    }
  });
});

describe('ladder', () => {
  test('one finger alone must be rarer than one false alarm among all comparisons of the session', () => {
    const [single] = ladder({ pairs: 100, groups: 22, allowance: 1e-3 });
    expect(single).toBeGreaterThan(scoreReachedBy(1 / (2200 * 1000)));
  });

  test('asks less of each finger the more there are, and never less than screening', () => {
    const steps = ladder({ pairs: 100, groups: 22, allowance: 1e-3 });
    expect(steps).toEqual(steps.toSorted((a, b) => b - a));
    expect(Math.min(...ladder({ pairs: 5, groups: 1, allowance: 0.1 }))).toBe(OWN.far1in1000);
  });

  test('holds its allowance among strangers drawn by the model', () => {
    const scale = { far1in1000: 0, far1in10000: 10 };
    const search = { pairs: 100, groups: 20, allowance: 0.2 };
    const steps = ladder(search, scale);
    const random = new Random('ladder');
    const sessions = 600;
    let alarms = 0;
    const alarmed = () => {
      const scores = Array.from({ length: search.pairs }, () => scoreReachedBy(1 - random.next(), scale));
      return (
        climbed(
          scores.toSorted((a, b) => b - a),
          steps,
        ) > 0
      );
    };
    for (let session = 0; session < sessions; session++)
      if (Array.from({ length: search.groups }, alarmed).includes(true)) alarms++;
    expect(alarms / sessions).toBeLessThan(search.allowance);
    // One pair alone has a quarter of it: far fewer alarms would mean thresholds that miss for nothing.
    expect(alarms / sessions).toBeGreaterThan(search.allowance / 8);
  });

  test('is climbed by one high score, by several middling ones, not by one of these', () => {
    const steps = [70, 50, 40, 30];
    expect(climbed([71, 2], steps)).toBe(1);
    expect(climbed([51, 50, 3], steps)).toBe(2);
    expect(climbed([45, 42, 35, 31], steps)).toBe(4);
    expect(climbed([69, 49, 39, 29], steps)).toBe(0);
    expect(climbed([], steps)).toBe(0);
  });
});

describe('verification', () => {
  test('eight comparisons at 1 in 10,000 make 8 in 10,000 at most', () => {
    expect(verificationFalseAccepts(1e-4)).toBeCloseTo(8e-4, 6);
    expect(verificationFalseAccepts(1e-4, { tries: 1, fingers: 1 })).toBeCloseTo(1e-4, 9);
  });
});
