import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Collection } from '../../src/capture/collection.ts';
import type { CaptureEvent, Place } from '../../src/capture/events.ts';
import { fail, ok } from '../../src/failures/failure.ts';

function collecting(threshold = 60) {
  const events: CaptureEvent[] = [];
  const of = { kind: 'finger', device: 'finger', threshold } as const;
  const collection = new Collection(of, { tell: (event) => events.push(event) });
  let made = 0;
  const offer = (place: Place, quality: number, captures?: number) =>
    collection.offer(
      place,
      {
        quality,
        reasons: quality < threshold ? ['FINGER-TOO-DRY'] : [],
        async make() {
          made++;
          return ok({ record: Uint8Array.of(quality) });
        },
      },
      captures,
    );
  return { collection, events, offer, made: () => made };
}
const place = fc.oneof(
  fc.constantFrom(1, 2, 10).map((position): Place => ({ position }) as Place),
  fc.constantFrom('left', 'right').map((eye): Place => ({ eye }) as Place),
  fc.constant<Place>({}),
);

test('the best of each place is kept, every other one thrown away and counted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(place, fc.nat(100)), { minLength: 1 }), async (offers) => {
      const { collection, events, offer, made } = collecting();
      const best = new Map<string, number>();
      let improved = 0;
      for (const [where, quality] of offers) {
        await offer(where, quality);
        const key = JSON.stringify(where);
        if (quality > (best.get(key) ?? -1)) {
          best.set(key, quality);
          improved++;
        }
      }
      const captured = collection.captured('FINGER-NONE');
      if (!captured.ok) throw new Error(captured.failure.code);
      const { samples, tries, discarded } = captured.value;
      expect(
        samples.map(({ position, eye, quality, record }) => [
          JSON.stringify({ ...(position && { position }), ...(eye && { eye }) }),
          quality,
          record[0],
        ]),
      ).toEqual([...best].map(([key, quality]) => [key, quality, quality]));
      expect({ tries, discarded }).toEqual({ tries: offers.length, discarded: offers.length - best.size });
      // What is worse is never made into a record, nor told as kept.
      expect(made()).toBe(improved);
      expect(events.filter(({ type }) => type === 'kept')).toHaveLength(improved);
    }),
  );
});

test('events hold no bytes; what is not good comes with advice', async () => {
  const { events, offer, collection } = collecting();
  await offer({ position: 2 }, 40);
  expect(collection.isGood([{ position: 2 }])).toBe(false);
  await offer({ position: 2 }, 80, 3);
  expect(collection.isGood([{ position: 2 }])).toBe(true);
  expect(collection.isGood([{ position: 2 }, { position: 3 }])).toBe(false);
  const kept = { type: 'kept', sample: { id: expect.any(String), kind: 'finger', position: 2 } };
  expect(events).toEqual([
    { type: 'feedback', reason: 'FINGER-TOO-DRY', position: 2 },
    { ...kept, sample: { ...kept.sample, quality: 40, reasons: ['FINGER-TOO-DRY'], good: false } },
    { ...kept, sample: { ...kept.sample, quality: 80, reasons: [], good: true } },
  ]);
  expect(collection.captured('FINGER-NONE')).toMatchObject({ value: { tries: 4, discarded: 3 } });
});

test('nothing captured is a failure, and so is what cannot be made', async () => {
  const { collection } = collecting();
  expect(collection.captured('FINGER-NONE')).toEqual(fail('FINGER-NONE'));
  const broken = { quality: 90, reasons: [], make: async () => fail('BIOMETRICS-WORKER-DIED') };
  expect(await collection.offer({}, broken)).toEqual(fail('BIOMETRICS-WORKER-DIED'));
  expect(collection.holds([{}])).toBe(false);
});
