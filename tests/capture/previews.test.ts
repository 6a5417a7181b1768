import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Preview, PreviewChannel } from '../../src/capture/previews.ts';
import { fail, ok } from '../../src/failures/failure.ts';

const preview = (mark: number): Preview => ({ mime: 'image/jpeg', bytes: Uint8Array.of(mark) });

/** Notes which were made, and what a watcher saw of them. */
function watching() {
  const channel = new PreviewChannel();
  const [made, seen]: [number[], number[]] = [[], []];
  const end = channel.subscribe(({ bytes }) => seen.push(bytes[0]!));
  const show = (mark: number) =>
    channel.show(async () => {
      made.push(mark);
      return ok(preview(mark));
    });
  const until = async (mark: number) => {
    while (!seen.includes(mark)) await delay(5);
  };
  return { channel, made, seen, show, until, end };
}

test('the newest wins: what is overtaken is never made', async () => {
  const { made, seen, show, until } = watching();
  for (let mark = 1; mark <= 20; mark++) show(mark);
  await until(20);
  expect(seen).toEqual([1, 20]);
  expect(made).toEqual(seen);
});

test('no more often than ten times a second', async () => {
  const { show, until } = watching();
  const begun = performance.now();
  for (const mark of [1, 2, 3]) {
    show(mark);
    await until(mark);
  }
  // Two pauses of a tenth of a second between three pictures; timers may be a millisecond early.
  expect(performance.now() - begun).toBeGreaterThanOrEqual(198);
});

test('nothing is made when nobody watches, or any more', async () => {
  const channel = new PreviewChannel();
  channel.show(() => expect.unreachable());
  const { made, seen, show, until, end, channel: closing } = watching();
  show(1);
  await until(1);
  end();
  show(2);
  closing.close();
  await delay(150);
  expect({ made, seen }).toEqual({ made: [1], seen: [1] });
});

test('a picture that cannot be made is left out', async () => {
  const { channel, seen, show, until } = watching();
  channel.show(async () => fail('BIOMETRICS-WORKER-DIED'));
  show(2);
  await until(2);
  expect(seen).toEqual([2]);
});
