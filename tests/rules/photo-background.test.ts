import { expect, test } from 'vitest';
import { photoBackground } from '../../src/rules/photo-background.ts';

test('red for odd, blue for even years of birth, orange for foreigners', () => {
  expect([1951, 1988, 2007, 2008].map((year) => photoBackground(year, false))).toEqual([
    'red',
    'blue',
    'red',
    'blue',
  ]);
  expect([1951, 1988].map((year) => photoBackground(year, true))).toEqual(['orange', 'orange']);
});
