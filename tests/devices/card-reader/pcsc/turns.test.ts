import { expect, test } from 'vitest';
import { createTurns } from '../../../../src/devices/card-reader/pcsc/turns.ts';

const never = new AbortController().signal;

test('one at a time, in the order of asking', async () => {
  const takeTurn = createTurns();
  const log: string[] = [];
  const work = async (name: string) => {
    const end = await takeTurn(never);
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    end?.();
  };
  await Promise.all([work('a'), work('b'), work('c')]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('who is aborted while waiting gets no turn, at once, and holds nobody up', async () => {
  const takeTurn = createTurns();
  const abort = new AbortController();
  const endFirst = await takeTurn(never);
  const aborted = takeTurn(abort.signal);
  let third = false;
  const next = takeTurn(never).then((end) => {
    third = true;
    return end;
  });
  abort.abort();
  expect(await aborted).toBeNull();
  expect(third).toBe(false);
  endFirst?.();
  expect(await next).toBeTypeOf('function');
});

test('who was aborted before asking gets no turn', async () => {
  expect(await createTurns()(AbortSignal.abort())).toBeNull();
});
