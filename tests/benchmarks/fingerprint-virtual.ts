/** The fingerprint engine on virtual people: are their impressions as hard as real ones? */
import { availableParallelism } from 'node:os';
import type { FingerTemplate } from '../../src/biometrics/fingerprint/template.ts';
import { type ErrorRates, errorRates } from './error-rates.ts';
import { MeasuredWorker } from './fingerprint-asking.ts';
import { OURS, throughRecord } from './fingerprint-set.ts';
import type { Half, Scored, Scores } from './fingerprint-thresholds.ts';
import type { Pair } from './fingerprint-worker.ts';

const FINGERS = 100;
const TOUCHES = 5;

export interface VirtualReport {
  readonly fingers: number;
  readonly touches: number;
  /** Impostors: the same touch (the first, the second …) of every two fingers. */
  readonly rates: ErrorRates;
}

export async function measureVirtual(): Promise<{
  readonly report: VirtualReport;
  readonly scores: readonly Scores[];
}> {
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
    const records = templates.map(throughRecord);
    const compare = async (probes: readonly FingerTemplate[], references: readonly FingerTemplate[]) => ({
      genuine: await scoresOf(workers, probes, references, GENUINE),
      strangers: await scoresOf(workers, probes, references, IMPOSTORS),
    });
    const prints = await compare(templates, templates);
    const set = 'virtual people';
    const rates = errorRates(
      Float64Array.from(prints.genuine, ({ score }) => score),
      Float64Array.from(prints.strangers, ({ score }) => score),
    );
    return {
      report: { fingers: FINGERS, touches: TOUCHES, rates },
      scores: [
        { set, kind: 'two prints', maker: 'ours', ...prints },
        { set, kind: 'a print and a record', maker: OURS, ...(await compare(templates, records)) },
        { set, kind: 'two records', maker: OURS, ...(await compare(records, records)) },
      ],
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
  }
}

/** Shared out among the workers. */
async function scoresOf(
  workers: readonly MeasuredWorker[],
  probes: readonly FingerTemplate[],
  references: readonly FingerTemplate[],
  pairs: readonly Pair[],
): Promise<Scored[]> {
  const scored = workers.map(async (worker, share): Promise<Scored[]> => {
    const own = pairs.filter((_, n) => n % workers.length === share);
    const { scores } = await worker.ask({ task: 'compare', probes, references, pairs: own });
    return own.map(([i, j], n) => ({
      score: scores[n]!,
      half: halfOf(i) === halfOf(j) ? halfOf(i) : undefined,
    }));
  });
  return (await Promise.all(scored)).flat();
}

const placeOf = (finger: number, touch: number) => finger * TOUCHES + touch;
const halfOf = (place: number): Half => (place < (FINGERS * TOUCHES) / 2 ? 'first' : 'second');

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

const GENUINE = genuinePairs();
const IMPOSTORS = impostorPairs();
