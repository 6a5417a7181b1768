import { describe, expect, test } from 'vitest';
import { align } from '../../../src/biometrics/fingerprint/alignment.ts';
import { grow } from '../../../src/biometrics/fingerprint/correspondence.ts';
import { type Evidence, evidence } from '../../../src/biometrics/fingerprint/evidence.ts';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { hypotheses } from '../../../src/biometrics/fingerprint/hypotheses.ts';
import { match, prepare } from '../../../src/biometrics/fingerprint/match.ts';
import type { FingerTemplate, Minutia } from '../../../src/biometrics/fingerprint/template.ts';
import { FOREIGN } from '../../../src/biometrics/fingerprint/thresholds.ts';
import { dislocations, drawnPrint } from '../prints.ts';

/** A part of a finger, and records of the whole and of another one. */
const live = extract(drawnPrint({ halfWidth: 90, halfHeight: 120, turn: 0.1 })).template;
const { ridges: _, ...own } = extract(drawnPrint()).template;
const { ridges: __, ...stranger } = extract(drawnPrint({ dislocations: dislocations(7) })).template;

const score = (record: FingerTemplate) => match(prepare(live), prepare(record));

/** Of the most promising correspondence. */
function weigh(minutiae: readonly Minutia[], ofPrint = live.minutiae): Evidence {
  const print = prepare({ ...live, minutiae: ofPrint });
  const record = prepare({ ...own, minutiae });
  const pairs = grow(print, record, hypotheses(print, record).pair[0]!);
  return { ...evidence(print, record, pairs, align(print, record, pairs)) };
}

/** Minutiae that no finger has, on the print of `live` or beside it. */
function invented(left: number, quality: number): Minutia[] {
  return Array.from({ length: 8 }, (_, n) => ({
    x: left + 30 * (n % 2),
    y: 130 + 24 * n,
    angle: (2.4 * n) % 6,
    type: 'ending',
    quality,
  }));
}

describe('a fresh print against a record', () => {
  test('is the same question the other way round', () => {
    expect(match(prepare(own), prepare(live))).toBe(score(own));
    expect(match(prepare(stranger), prepare(live))).toBe(score(stranger));
  });

  test('tells the finger from a stranger', () => {
    expect(score(own)).toBeGreaterThan(FOREIGN.far1in10000);
    expect(score(stranger)).toBeLessThan(FOREIGN.far1in1000);
  });

  test('minutiae of the record that the print should show speak against it, others do not', () => {
    const clean = weigh(own.minutiae);
    const onPrint = weigh([...own.minutiae, ...invented(145, 1)]);
    const besidePrint = weigh([...own.minutiae, ...invented(-80, 1)]);
    expect(onPrint.likelihood).toBeLessThan(clean.likelihood - 1);
    expect(onPrint.share).toBeLessThan(clean.share);
    expect(besidePrint).toEqual(clean);
  });

  test('those that the maker itself doubts speak less', () => {
    const trusted = own.minutiae.map((minutia) => ({ ...minutia, quality: 50 }));
    const doubted = weigh([...trusted, ...invented(145, 1)]);
    const untold = weigh([...trusted, ...invented(145, 50)]);
    expect(doubted.share).toBeGreaterThan(untold.share);
    expect(doubted.likelihood).toBeGreaterThan(untold.likelihood);
  });

  test('minutiae of the print that the record lacks speak against it', () => {
    const clean = weigh(own.minutiae);
    const lacking = weigh(own.minutiae, [...live.minutiae, ...invented(145, 1)]);
    expect(lacking.likelihood).toBeLessThan(clean.likelihood - 1);
    expect(lacking.share).toBeLessThan(clean.share);
  });

  test('skin that bends as a whole is forgiven', () => {
    const bent = own.minutiae.map((m) => ({
      ...m,
      x: m.x + 10 * Math.sin(m.y / 70),
      y: m.y + 10 * Math.sin(m.x / 70),
    }));
    const scattered = own.minutiae.map((m, n) => ({
      ...m,
      x: m.x + 10 * Math.sin(5 * n),
      y: m.y + 10 * Math.cos(3 * n),
    }));
    expect(weigh(bent).likelihood).toBeGreaterThan(0.8 * weigh(own.minutiae).likelihood);
    expect(weigh(scattered).likelihood).toBeLessThan(0.6 * weigh(own.minutiae).likelihood);
  });
});
