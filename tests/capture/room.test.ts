import { afterAll, expect, test } from 'vitest';
import { createBiometrics } from '../../src/biometrics/pool.ts';
import type { CaptureEvent } from '../../src/capture/events.ts';
import { createCaptureRoom } from '../../src/capture/room.ts';
import type { PhotoCamera } from '../../src/devices/photo-camera/port.ts';
import { fail, ok } from '../../src/failures/failure.ts';
import { defaults, never } from './recording.ts';

const biometrics = createBiometrics({ threads: 1 });
afterAll(() => biometrics.close());

/** A camera that sees a bright sheet; says when it is looked through. */
function sheet(looking: () => void = () => {}) {
  const image = { width: 160, height: 160, data: new Uint8Array(160 * 160 * 3).fill(220) };
  const camera: Partial<PhotoCamera> = {
    id: 'photo',
    traits: { live: true },
    async *acquire(_, signal) {
      while (!signal.aborted) {
        looking();
        yield { image };
      }
      return ok();
    },
  };
  return { kind: 'document', camera: camera as PhotoCamera } as const;
}
const policy = { ...defaults, document: { frames: 2 } };
function starting() {
  const room = createCaptureRoom(biometrics, () => new Date());
  const events: CaptureEvent[] = [];
  return {
    room,
    id: room.open(),
    events,
    options: { policy, signal: never, onEvent: (event: CaptureEvent) => events.push(event) },
  };
}

test('what a capture left is there until it is closed; one once more takes its place, and all are counted', async () => {
  const { room, id, options } = starting();
  expect(await room.run(id, sheet(), options)).toMatchObject({ ok: true, value: { tries: 2, discarded: 1 } });
  const [first] = room.samples(id);
  expect(await room.run(id, sheet(), options)).toMatchObject({ ok: true, value: { tries: 4, discarded: 3 } });
  const [second, ...others] = room.samples(id);
  expect(others).toEqual([]);
  expect(second!.id).not.toBe(first!.id);
  room.close(id);
  expect(room.samples(id)).toEqual([]);
});

test('a capture that is closed, or cancelled, under way leaves nothing', async () => {
  const { room, id, events, options } = starting();
  const cancelled = fail('CAPTURE-CANCELLED');
  expect(
    await room.run(
      id,
      sheet(() => room.close(id)),
      options,
    ),
  ).toEqual(cancelled);
  const stop = new AbortController();
  const other = room.open();
  const stopped = await room.run(
    other,
    sheet(() => stop.abort()),
    { ...options, signal: stop.signal },
  );
  expect(stopped).toEqual(cancelled);
  expect(room.samples(other)).toEqual([]);
  expect(events.filter(({ type }) => type === 'failed')).toHaveLength(2);
});

test('nothing runs under an id that is not open', async () => {
  const { room, options } = starting();
  expect(await room.run('nobody', sheet(), options)).toMatchObject(fail('CAPTURE-CANCELLED'));
  expect(() => room.subscribePreview('nobody', () => {})()).not.toThrow();
});
