/** A short day; `npm run bench -- torn` is a whole one. */
import { expect, test } from 'vitest';
import { DEVICES, tornDay } from './torn-day.ts';

test('no device gets stuck while 5 % of all frames on every line are torn', async () => {
  const day = await tornDay(5);
  expect(day.map(({ device, served }) => [device, served])).toEqual(DEVICES.map((device) => [device, 5]));
});
