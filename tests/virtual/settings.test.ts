import { expect, it } from 'vitest';
import { benchPlan, benchSettings } from '../../src/virtual/settings.ts';

it('needs nothing to be set', () => {
  expect(benchSettings.parse(undefined)).toEqual({
    folder: 'data/bench',
    firmware: 'old',
    cardTypes: 'both',
    pace: 0,
    lay: {},
    sams: {},
  });
});

it.each([
  { pace: 2 },
  { firmware: 'new' },
  { cardTypes: 'C' },
  { sams: { new: 'stolen' } },
  { lay: { new: 1 } },
  { speed: 1 },
])('refuses %o', (settings) => {
  expect(benchSettings.safeParse(settings).success).toBe(false);
});

it('plans readers and sensors', () => {
  const plan = {
    readers: [
      { driver: 'pcsc', id: 'new' },
      { driver: 'len', id: 'old', port: '/tmp/old' },
    ],
    devices: [{ id: 'finger', driver: 'suprema-sfm', port: '/tmp/finger' }],
  };
  expect(benchPlan.parse(plan)).toMatchObject(plan);
  expect(benchPlan.safeParse({ ...plan, readers: [{ driver: 'len', id: 'old' }] }).success).toBe(false);
});
