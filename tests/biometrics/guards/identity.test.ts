import { describe, expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { type Prepared, prepare } from '../../../src/biometrics/fingerprint/match.ts';
import { FOREIGN } from '../../../src/biometrics/fingerprint/thresholds.ts';
import {
  type Finger,
  refuseOtherPeople,
  refuseRepeats,
  refuseSwappedHands,
} from '../../../src/biometrics/guards/identity.ts';
import type { Failure, Result } from '../../../src/failures/failure.ts';
import type { FingerPosition } from '../../../src/rules/finger-position.ts';
import { crowdImpressions } from '../../../src/virtual/people/crowd.ts';

/** Ten virtual fingers, touched twice. */
const touches = Array.from({ length: 10 }, (_, finger) =>
  crowdImpressions(finger, 2).map((image) => prepare(extract(image).template)),
);
const first = touches.map(([print]) => print!);
const second = touches.map(([, print]) => print!);

/** The prints as positions 1, 2, 3 … */
const given = (prints: readonly Prepared[], from = 1): Finger[] =>
  prints.map((print, i) => ({ position: (from + i) as FingerPosition, print }));
const failure = (result: Result<unknown>): Failure | undefined => (result.ok ? undefined : result.failure);

describe('one finger under two positions', () => {
  test('ten different fingers pass', () => {
    expect(refuseRepeats(given(first)).ok).toBe(true);
    expect(refuseRepeats([]).ok).toBe(true);
  });

  test('another touch of the right index as left middle finger is told with both positions', () => {
    const result = refuseRepeats(given(first.with(7, second[1]!)));
    expect(failure(result)).toEqual({ code: 'GUARD-FINGER-REPEATED', detail: 'positions 2 and 8' });
  });

  test('two fingers of one hand exchanged for two others of it are no repeated hand', () => {
    const result = refuseRepeats(given([...first.slice(0, 3), second[0]!, second[1]!]));
    expect(failure(result)?.code).toBe('GUARD-FINGER-REPEATED');
  });

  test.each([
    ['in its order', second.slice(0, 5)],
    ['from the other end', second.slice(0, 5).reverse()],
  ])('the right hand given as left, %s', (_, left) => {
    const result = refuseRepeats(given([...first.slice(0, 5), ...left]));
    expect(failure(result)?.code).toBe('GUARD-HAND-REPEATED');
  });
});

describe('left and right', () => {
  const known = [given(second)[1]!, given(second)[6]!];

  test('fingers that fit the known ones are as given', () => {
    expect(refuseSwappedHands(given(first), known)).toEqual({ ok: true, value: 'as given' });
    expect(refuseSwappedHands(given(first), known, FOREIGN)).toEqual({ ok: true, value: 'as given' });
  });

  test('swapped hands are told', () => {
    const swapped = given([...first.slice(5), ...first.slice(0, 5)]);
    expect(failure(refuseSwappedHands(swapped, known))?.code).toBe('GUARD-HANDS-SWAPPED');
  });

  test('without fingers whose hand is known, or with those of a stranger, nothing can be known', () => {
    const swapped = given([...first.slice(5), ...first.slice(0, 5)]);
    expect(refuseSwappedHands(swapped, [])).toEqual({ ok: true, value: 'unknown' });
    const stranger: Finger[] = [{ position: 7, print: second[0]! }];
    expect(refuseSwappedHands(given(first.slice(1, 5), 2), stranger)).toEqual({ ok: true, value: 'unknown' });
  });
});

describe('other people', () => {
  const resident = given(first.slice(0, 5));
  const strangers = { role: 'recent' as const, fingers: given(second.slice(5)) };

  test('strangers pass', () => {
    expect(refuseOtherPeople(resident, [strangers, { ...strangers, role: 'operator' }]).ok).toBe(true);
    expect(refuseOtherPeople(resident, []).ok).toBe(true);
  });

  test.each([
    ['operator', 'GUARD-OPERATOR-FINGER'],
    ['recent', 'GUARD-RECENT-FINGER'],
  ] as const)('one finger of an %s person is found under another position', (role, code) => {
    const person = { role, fingers: given([second[7]!, second[3]!, second[8]!]) };
    const result = refuseOtherPeople(resident, [strangers, person]);
    expect(failure(result)).toEqual({ code, detail: '1 fingers alike, entry 2 of 2' });
  });
});
