import { expect, test } from 'vitest';
import { leaveOneOut } from './leave-one-out.ts';

test('each set is judged by a threshold from the others alone', () => {
  const sets = [
    { name: 'a', below: [1, 2], reaching: [4, 9] },
    { name: 'b', below: [5], reaching: [3, 6] },
  ];
  expect(leaveOneOut(sets, (below) => Math.max(...below) + 1)).toEqual([
    { name: 'a', threshold: 6, wrong: 0, right: 1 },
    { name: 'b', threshold: 3, wrong: 1, right: 2 },
  ]);
});
