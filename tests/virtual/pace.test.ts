import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { paced } from '../../src/virtual/pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('sends at once without a pace', () => {
  const sent: number[] = [];
  paced((bytes) => sent.push(bytes.length), 0, 10)(new Uint8Array(1000), 1000);
  expect(sent).toEqual([1000]);
});

it('takes the time that question and answer take on the line, one after the other', async () => {
  const sent: [number, number][] = [];
  const start = Date.now();
  const send = paced((bytes) => sent.push([bytes.length, Date.now() - start]), 0.5, 11);
  send(new Uint8Array(576), 1728); // 2304 bytes of 11 bits: 220 ms at 115200 baud, half of it at this pace
  send(new Uint8Array(1152), 0);
  await vi.advanceTimersByTimeAsync(109);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(sent).toEqual([
    [576, 110],
    [1024, 158],
    [128, 164],
  ]);
});
