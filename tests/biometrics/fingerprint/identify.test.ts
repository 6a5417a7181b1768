import { expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { galleryOf, pointsAt } from '../../../src/biometrics/fingerprint/gallery.ts';
import { identify } from '../../../src/biometrics/fingerprint/identify.ts';
import { match, prepare } from '../../../src/biometrics/fingerprint/match.ts';
import { pointsOf } from '../../../src/biometrics/fingerprint/prepared.ts';
import type { FingerTemplate } from '../../../src/biometrics/fingerprint/template.ts';
import { dislocations, drawnPrint } from '../prints.ts';

const FINGERS = [0, 1, 2, 3, 4, 5, 6];
/** Of each finger a record, and another print: a part of it, turned. */
const records = FINGERS.map((finger) => {
  const { ridges: _, ...record } = extract(drawnPrint({ dislocations: dislocations(finger + 1) })).template;
  return record;
});
const part = { halfWidth: 95, halfHeight: 120, turn: 0.3 };
const again = (finger: number) =>
  extract(drawnPrint({ ...part, dislocations: dislocations(finger + 1) })).template;
const search = (probe: FingerTemplate, gallery: readonly FingerTemplate[], most: number) =>
  identify(probe, galleryOf(gallery), 0, gallery.length, most);

test('finds each finger, with the score of a full comparison', () => {
  for (const finger of [1, 4]) {
    const probe = again(finger);
    const score = match(prepare(probe), prepare(records[finger]!));
    expect(search(probe, records, 1)).toEqual([{ index: finger, score }]);
  }
});

test('as many as are asked for, the most alike first, strangers that are not alike left out', () => {
  const probe = again(3);
  expect(search(probe, [...records, ...records], 2).map(({ index }) => index)).toEqual([3, 10]);
  expect(search(probe, records, records.length).every(({ score }) => score > 0)).toBe(true);
  expect(search(probe, [], 3)).toEqual([]);
});

test('looks at a part of the gallery only, and names its places', () => {
  const gallery = galleryOf([...records, ...records]);
  expect(identify(again(3), gallery, 4, 14, 3)[0]?.index).toBe(10);
  expect(identify(again(3), gallery, 4, 10, 3).every(({ index }) => index >= 4 && index < 10)).toBe(true);
});

test('a gallery holds what is compared of each template, and no more is looked at than is asked for', () => {
  const many = { ...records[0]!, dpi: 250, minutiae: [...records[0]!.minutiae, ...records[1]!.minutiae] };
  const none = { ...records[0]!, minutiae: [] };
  const gallery = galleryOf([records[2]!, many, none]);
  for (const [index, template] of [records[2]!, many, none].entries())
    expect(pointsAt(gallery, index)).toEqual(pointsOf(template));
  const { count, x, quality } = pointsAt(gallery, 1, 10);
  expect(count).toBe(10);
  expect([...x]).toEqual([...pointsOf(many).x.subarray(0, 10)]);
  expect([...quality]).toEqual([...quality].sort((a, b) => b - a));
});
