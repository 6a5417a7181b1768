import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reason } from '../../src/capture/events.ts';
import { type Judged, watch } from '../../src/capture/watch.ts';
import { fail, ok, type Result } from '../../src/failures/failure.ts';

type Picture = Judged<number>;
const never = new AbortController().signal;
const many = { threshold: 60, bestOf: 3, frames: 100 };

/** A camera that shows these and then what it says last. */
function showing(pictures: readonly Picture[], last: Result<void> = ok()) {
  const seen = { taken: 0, closed: false };
  async function* acquire(): AsyncGenerator<Picture, Result<void>> {
    try {
      for (const picture of pictures) {
        seen.taken++;
        yield picture;
      }
      return last;
    } finally {
      seen.closed = true;
    }
  }
  return { acquire, seen };
}

async function watched(
  pictures: readonly Picture[],
  {
    wants = many,
    last,
    signal = never,
    enough = never,
  }: Partial<{
    wants: typeof many;
    last: Result<void>;
    signal: AbortSignal;
    enough: AbortSignal;
  }> = {},
) {
  const { acquire, seen } = showing(pictures, last);
  const advice: Reason[] = [];
  const judge = async (picture: Picture) => ok(picture);
  const result = await watch(acquire, judge, wants, { signal, enough }, (reason) => advice.push(reason));
  return { result, advice, ...seen };
}

const good = (quality: number): Picture => ({ quality, reasons: [], value: quality });
const poor = (quality: number, reason: Reason = 'IRIS-BLUR'): Picture => ({
  quality,
  reasons: [reason],
  value: quality,
});
const nothing: Picture = { quality: 0, reasons: ['IRIS-NONE'], value: undefined };

const anyPicture = fc.record({
  quality: fc.nat(100),
  reasons: fc.constant<Reason[]>(['IRIS-BLUR']),
  value: fc.option(fc.nat(), { nil: undefined }),
});

test('the best of what was seen until there was enough, and the camera is let go of', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyPicture, { maxLength: 30 }),
      fc.record({
        threshold: fc.nat(100),
        bestOf: fc.integer({ min: 1, max: 4 }),
        frames: fc.integer({ min: 1, max: 25 }),
      }),
      async (pictures, wants) => {
        const { result, taken, closed } = await watched(pictures, { wants });
        const seen = pictures.slice(0, taken);
        const kept = seen.filter(({ value }) => value !== undefined);
        const goods = kept.filter(({ quality }) => quality >= wants.threshold);
        expect(closed).toBe(true);
        expect(taken).toBeLessThanOrEqual(wants.frames);
        expect(goods.length).toBeLessThanOrEqual(wants.bestOf);
        // It ends for a reason.
        expect(taken === pictures.length || taken === wants.frames || goods.length === wants.bestOf).toBe(
          true,
        );
        if (!result.ok) expect(kept).toEqual([]);
        else {
          expect(result.value.best.quality).toBe(Math.max(...kept.map(({ quality }) => quality)));
          expect(result.value.captures).toBe(kept.length);
        }
      },
    ),
    { numRuns: 150 },
  );
});

describe('what it tells', () => {
  test('advice when it changes, none for good pictures', async () => {
    const { advice } = await watched([
      nothing,
      nothing,
      poor(20),
      poor(30),
      good(70),
      poor(20),
      poor(20, 'IRIS-GAZE'),
    ]);
    expect(advice).toEqual(['IRIS-NONE', 'IRIS-BLUR', 'IRIS-BLUR', 'IRIS-GAZE']);
  });

  test('what to mend, when nothing was ever to be kept', async () => {
    expect((await watched([nothing, nothing])).result).toEqual(fail('IRIS-NONE'));
  });
});

describe('ends', () => {
  test('with nothing when it is cancelled, though there was something', async () => {
    const stop = new AbortController();
    const { acquire } = showing([good(80), good(90)]);
    const judge = async (picture: Picture) => {
      stop.abort();
      return ok(picture);
    };
    const ended = await watch(acquire, judge, many, { signal: stop.signal, enough: never }, () => {});
    expect(ended).toEqual(fail('CAPTURE-CANCELLED'));
  });

  test('with the camera let go of, though it is cancelled just when a picture comes', async () => {
    const stop = new AbortController();
    let closed = false;
    async function* acquire(): AsyncGenerator<Picture, Result<void>> {
      try {
        stop.abort();
        yield good(80);
        return ok();
      } finally {
        closed = true;
      }
    }
    const judge = async (picture: Picture) => ok(picture);
    const ended = await watch(acquire, judge, many, { signal: stop.signal, enough: never }, () => {});
    expect(ended).toEqual(fail('CAPTURE-CANCELLED'));
    expect(closed).toBe(true);
  });

  test('with the best so far when patience has run out', async () => {
    const patience = new AbortController();
    /** A camera as drivers are: it ends when it is aborted. */
    async function* acquire(signal: AbortSignal): AsyncGenerator<Picture, Result<void>> {
      for (const picture of [poor(20), poor(40), poor(30)]) {
        if (signal.aborted) return ok();
        yield picture;
        if (picture.quality === 40) patience.abort();
      }
      return ok();
    }
    const ended = await watch(
      acquire,
      async (picture) => ok(picture),
      many,
      { signal: never, enough: patience.signal },
      () => {},
    );
    expect(ended).toMatchObject({ ok: true, value: { captures: 2, best: { quality: 40 } } });
  });

  test('with why the camera broke, and with why a picture could not be judged', async () => {
    expect((await watched([good(80)], { last: fail('CAMERA-LOST') })).result).toEqual(fail('CAMERA-LOST'));
    const { acquire, seen } = showing([good(80)]);
    const died = await watch(
      acquire,
      async () => fail('BIOMETRICS-WORKER-DIED'),
      many,
      { signal: never, enough: never },
      () => {},
    );
    expect(died).toEqual(fail('BIOMETRICS-WORKER-DIED'));
    expect(seen.closed).toBe(true);
  });
});
