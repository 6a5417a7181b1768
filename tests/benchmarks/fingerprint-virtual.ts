/** The fingerprint engine on virtual people: are their impressions as hard as real ones? */
import { availableParallelism } from 'node:os';
import type { FingerTemplate } from '../../src/biometrics/fingerprint/template.ts';
import { type ErrorRates, errorRates } from './error-rates.ts';
import { MeasuredWorker } from './fingerprint-asking.ts';
import type { Pair } from './fingerprint-worker.ts';

const FINGERS = 100;
const TOUCHES = 5;

export interface VirtualReport {
  readonly fingers: number;
  readonly touches: number;
  /** Impostors: the same touch (the first, the second …) of every two fingers. */
  readonly rates: ErrorRates;
}

export async function measureVirtual(): Promise<VirtualReport> {
  const workers = Array.from({ length: availableParallelism() }, () => new MeasuredWorker());
  try {
    const fingers: (readonly FingerTemplate[])[] = [];
    let next = 0;
    await Promise.all(
      workers.map(async (worker) => {
        while (next < FINGERS) {
          const finger = next++;
          fingers[finger] = await worker.ask({ task: 'touches', finger, touches: TOUCHES });
        }
      }),
    );
    const templates = fingers.flat();
    const compare = async (pairs: readonly Pair[]) => {
      const scores = await Promise.all(
        workers.map(async (worker, share) => {
          const own = pairs.filter((_, n) => n % workers.length === share);
          const request = { task: 'compare', probes: templates, references: templates, pairs: own } as const;
          return [...(await worker.ask(request)).scores];
        }),
      );
      return Float64Array.from(scores.flat());
    };
    const rates = errorRates(await compare(genuinePairs()), await compare(impostorPairs()));
    return { fingers: FINGERS, touches: TOUCHES, rates };
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
  }
}

const placeOf = (finger: number, touch: number) => finger * TOUCHES + touch;

function genuinePairs(): Pair[] {
  const pairs: Pair[] = [];
  for (let finger = 0; finger < FINGERS; finger++)
    for (let a = 0; a < TOUCHES; a++)
      for (let b = a + 1; b < TOUCHES; b++) pairs.push([placeOf(finger, a), placeOf(finger, b)]);
  return pairs;
}

function impostorPairs(): Pair[] {
  const pairs: Pair[] = [];
  for (let touch = 0; touch < TOUCHES; touch++)
    for (let a = 0; a < FINGERS; a++)
      for (let b = a + 1; b < FINGERS; b++) pairs.push([placeOf(a, touch), placeOf(b, touch)]);
  return pairs;
}
