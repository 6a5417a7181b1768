import { expect, test } from 'vitest';
import { extract } from '../../../src/biometrics/fingerprint/extract.ts';
import { identify } from '../../../src/biometrics/fingerprint/identify.ts';
import { match, prepare } from '../../../src/biometrics/fingerprint/match.ts';
import { crowdImpressions } from '../../../src/virtual/people/crowd.ts';

const touches = Array.from({ length: 12 }, (_, finger) =>
  crowdImpressions(finger, 2, 0.6).map((image) => extract(image).template),
);
const gallery = touches.map(([first]) => first!);

test('finds each finger, with the score of a full comparison', () => {
  for (const [finger, [, second]] of touches.entries()) {
    const score = match(prepare(second!), prepare(gallery[finger]!));
    expect(identify(second!, gallery, 1)).toEqual([{ index: finger, score }]);
  }
});

test('as many as are asked for, the most alike first, strangers that are not alike left out', () => {
  const twice = [...gallery, touches[3]![1]!, ...gallery];
  const found = identify(touches[3]![1]!, twice, 3);
  expect(found.map(({ index }) => index)).toEqual([12, 3, 16]);
  expect(identify(touches[3]![1]!, gallery, 12).every(({ score }) => score > 0)).toBe(true);
  expect(identify(touches[3]![1]!, [], 3)).toEqual([]);
});
