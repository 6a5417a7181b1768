import { describe, expect, test } from 'vitest';
import { askUntilGood } from '../../src/capture/ask.ts';
import { Collection } from '../../src/capture/collection.ts';
import type { CaptureEvent } from '../../src/capture/events.ts';
import { fail, ok, type Result } from '../../src/failures/failure.ts';

/** A device that answers in turn with qualities, or failures; the last answer again and again. */
async function asked(answers: readonly (number | Result<never>)[], tries = 3) {
  const events: CaptureEvent[] = [];
  const never = new AbortController().signal;
  const tell = (event: CaptureEvent) => events.push(event);
  const capturing = { tell, show: () => {}, signal: never, enough: never };
  const collection = new Collection({ kind: 'iris', device: 'eyes', threshold: 60 }, capturing);
  let times = 0;
  const done = await askUntilGood<number>(
    {
      places: [{ eye: 'left' }],
      tries,
      async *acquire() {
        const answer = answers[Math.min(times++, answers.length - 1)]!;
        if (typeof answer !== 'number') return answer;
        yield answer;
        return ok();
      },
      preview: undefined,
      take: (quality) =>
        collection.offer(
          { eye: 'left' },
          { quality, reasons: ['IRIS-BLUR'], make: async () => ok({ record: new Uint8Array() }) },
        ),
    },
    collection,
    capturing,
  );
  const advice = events.flatMap((event) => (event.type === 'feedback' ? [event.reason] : []));
  return { done, times, advice, captured: collection.captured('IRIS-NONE') };
}
const fromBelow = fail('SBI-COUNT-WRONG');

describe('a device is asked again', () => {
  test('until it is good, or as often as is allowed', async () => {
    expect(await asked([30, 50, 70, 90])).toMatchObject({
      done: ok(),
      times: 3,
      advice: ['IRIS-BLUR', 'IRIS-BLUR'],
    });
    const worse = await asked([50, 30, 40]);
    expect(worse.captured).toMatchObject({ value: { tries: 3, discarded: 2, samples: [{ quality: 50 }] } });
  });

  test('when the resident can mend it, and that is no try', async () => {
    expect(await asked([fromBelow, fromBelow, 70], 1)).toMatchObject({
      done: ok(),
      times: 3,
      advice: ['SBI-COUNT-WRONG', 'SBI-COUNT-WRONG'],
    });
  });

  test('not for ever: with what was there before, or with why there is nothing', async () => {
    expect(await asked([fromBelow])).toMatchObject({ done: fromBelow, times: 20 });
    expect(await asked([40, fromBelow])).toMatchObject({ done: ok(), captured: { value: { tries: 1 } } });
  });

  test('never when something is wrong with it', async () => {
    const distrusted = fail('SBI-SIGNATURE-INVALID');
    expect(await asked([40, distrusted])).toMatchObject({ done: distrusted, times: 2 });
  });
});
