import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { match, prepare } from '../../../src/biometrics/fingerprint/match.ts';
import type { FingerTemplate, Minutia } from '../../../src/biometrics/fingerprint/template.ts';
import { FOREIGN, OWN } from '../../../src/biometrics/fingerprint/thresholds.ts';
import { dislocations, drawnPrint } from '../prints.ts';

const TURN = 2 * Math.PI;
const minutia: fc.Arbitrary<Minutia> = fc.record({
  x: fc.integer({ min: 0, max: 300 }),
  y: fc.integer({ min: 0, max: 400 }),
  angle: fc.nat(999).map((steps) => (steps * TURN) / 1000),
  type: fc.constantFrom('ending', 'bifurcation'),
  quality: fc.integer({ min: 1, max: 100 }),
});
/** 35 minutiae, no two nearer than ridges are. */
const template: fc.Arbitrary<FingerTemplate> = fc
  .uniqueArray(minutia, {
    minLength: 35,
    maxLength: 35,
    comparator: (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < 12,
  })
  .map((minutiae) => ({ width: 300, height: 400, dpi: 500, position: 0, quality: 50, minutiae }));

/** The finger laid down elsewhere, turned counter-clockwise. */
function moved(finger: FingerTemplate, angle: number, dx: number, dy: number): FingerTemplate {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const minutiae = finger.minutiae.map((m) => ({
    ...m,
    x: 150 + (m.x - 150) * cos + (m.y - 200) * sin + dx,
    y: 200 - (m.x - 150) * sin + (m.y - 200) * cos + dy,
    angle: (((m.angle + angle) % TURN) + TURN) % TURN,
  }));
  return { ...finger, minutiae };
}

const score = (a: FingerTemplate, b: FingerTemplate) => match(prepare(a), prepare(b));

describe('match', () => {
  test('finds a finger again however it is turned and moved', () => {
    fc.assert(
      fc.property(
        template,
        fc.double({ min: -7, max: 7, noNaN: true }),
        fc.nat(200),
        (finger, angle, shift) => {
          expect(score(finger, moved(finger, angle, shift, -shift))).toBeGreaterThan(OWN.far1in10000);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('takes scattered minutiae of two strangers for two fingers', () => {
    fc.assert(
      fc.property(fc.noBias(template), fc.noBias(template), (a, b) => {
        expect(score(a, b)).toBeLessThan(OWN.far1in10000);
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  test('honours the resolution of each template', () => {
    fc.assert(
      fc.property(template, (finger) => {
        const fine = {
          ...finger,
          dpi: 1000,
          minutiae: finger.minutiae.map((m) => ({ ...m, x: 2 * m.x, y: 2 * m.y })),
        };
        expect(score(finger, fine)).toBeCloseTo(score(finger, finger), 3);
      }),
      { numRuns: 10 },
    );
  });

  test('a template with hardly any minutiae matches nothing', () => {
    const empty: FingerTemplate = {
      width: 300,
      height: 400,
      dpi: 500,
      position: 0,
      quality: 0,
      minutiae: [],
    };
    expect(score(empty, empty)).toBe(0);
  });

  test('ridges decide where the minutiae of a small overlap do not', () => {
    // Two ends of one finger that share a strip of 90 pixels, and the same strip of a stranger.
    const upper = extract(drawnPrint({ halfHeight: 130, centreY: 140 })).template;
    const lower = extract(drawnPrint({ halfHeight: 110, centreY: 250 })).template;
    const stranger = extract(
      drawnPrint({ halfHeight: 110, centreY: 250, dislocations: dislocations(7) }),
    ).template;
    expect(score(upper, lower)).toBeGreaterThan(score(upper, stranger));
  });

  test('finds a finger in a record whose picture was drawn out, and no stranger', () => {
    const record = ({ ridges: _, ...print }: FingerTemplate): FingerTemplate => print;
    const drawnOut = (print: FingerTemplate): FingerTemplate => ({
      ...record(print),
      minutiae: print.minutiae.map((m) => ({
        ...m,
        x: 0.78 * m.x,
        y: 1.07 * m.y,
        angle: (Math.atan2(1.07 * Math.sin(m.angle), 0.78 * Math.cos(m.angle)) + TURN) % TURN,
      })),
    });
    // A small part of the finger: a whole one, drawn as clearly, is beyond doubt however it is drawn out.
    const live = extract(drawnPrint({ turn: 0.1, halfWidth: 60, halfHeight: 70 })).template;
    const own = extract(drawnPrint()).template;
    const stranger = extract(drawnPrint({ dislocations: dislocations(7) })).template;
    expect(score(live, drawnOut(own))).toBeGreaterThan(0.8 * score(live, record(own)));
    expect(score(live, drawnOut(stranger))).toBeLessThan(FOREIGN.far1in10000);
  });
});
