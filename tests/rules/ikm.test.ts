import { describe, expect, it } from 'vitest';
import { ikmIndex, ikmMark } from '../../src/rules/ikm.ts';

describe('the satisfaction index', () => {
  it('is the mean of all answers × 25', () => {
    expect(ikmIndex([Array(9).fill(4)])).toBe(100);
    expect(ikmIndex([Array(9).fill(1)])).toBe(25);
    expect(ikmIndex([[3, 3, 3, 3, 3, 3, 3, 3, 3], Array(9).fill(4)])).toBe(87.5);
    expect(ikmIndex([])).toBeUndefined();
  });

  it.each([
    [88.31, 'A'],
    [88.3, 'B'],
    [76.61, 'B'],
    [76.6, 'C'],
    [65, 'C'],
    [64.99, 'D'],
  ])('%d is marked %s', (index, mark) => expect(ikmMark(index)).toBe(mark));
});
