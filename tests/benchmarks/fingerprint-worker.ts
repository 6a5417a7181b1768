/** The measured worker: extracts and compares as one worker of the kiosk does, and says what it cost. */
import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { type Extraction, extract } from '../../src/biometrics/fingerprint/extract.ts';
import type { Gallery } from '../../src/biometrics/fingerprint/gallery.ts';
import { type Candidate, identify } from '../../src/biometrics/fingerprint/identify.ts';
import { match, prepare } from '../../src/biometrics/fingerprint/match.ts';
import type { FingerTemplate } from '../../src/biometrics/fingerprint/template.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';
import { crowdImpressions } from '../../src/virtual/people/crowd.ts';

// All that a worker of the kiosk has loaded counts in its memory.
import '../../src/biometrics/worker.ts';

/** Places of a probe and of a reference. */
export type Pair = readonly [probe: number, reference: number];

export interface Compared {
  /** In the order of the pairs. */
  readonly scores: Float64Array;
  /** Milliseconds of each comparison. */
  readonly times: Float64Array;
}

export type Request =
  | { readonly task: 'extract'; readonly image: GrayImage }
  | { readonly task: 'touches'; readonly finger: number; readonly touches: number }
  | {
      readonly task: 'compare';
      readonly probes: readonly FingerTemplate[];
      readonly references: readonly FingerTemplate[];
      readonly pairs: readonly Pair[];
    }
  | {
      readonly task: 'identify';
      readonly probe: FingerTemplate;
      readonly gallery: Gallery;
    }
  | { readonly task: 'memory' };

export interface Answers {
  readonly extract: { readonly extraction: Extraction; readonly ms: number };
  /** Of a virtual finger. */
  readonly touches: readonly FingerTemplate[];
  readonly compare: Compared;
  readonly identify: readonly Candidate[];
  /** Heap in use and external memory, bytes. */
  readonly memory: { readonly bytes: number };
}

function timed<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const start = performance.now();
  const value = work();
  return { value, ms: performance.now() - start };
}

function compare({ probes, references, pairs }: Extract<Request, { task: 'compare' }>): Compared {
  const as = probes.map(prepare);
  const bs = references === probes ? as : references.map(prepare);
  const scores = new Float64Array(pairs.length);
  const times = new Float64Array(pairs.length);
  for (const [n, [i, j]] of pairs.entries()) {
    const { value, ms } = timed(() => match(as[i]!, bs[j]!));
    scores[n] = value;
    times[n] = ms;
  }
  return { scores, times };
}

function answer(request: Request): Answers[Request['task']] {
  switch (request.task) {
    case 'extract': {
      const { value, ms } = timed(() => extract(request.image));
      return { extraction: value, ms };
    }
    case 'touches':
      return crowdImpressions(request.finger, request.touches).map((image) => extract(image).template);
    case 'compare':
      return compare(request);
    case 'identify':
      return identify(request.probe, request.gallery, 0, request.gallery.count, 1);
    case 'memory': {
      const { used_heap_size, external_memory } = getHeapStatistics();
      return { bytes: used_heap_size + external_memory };
    }
  }
}

parentPort?.on('message', (request: Request) => parentPort?.postMessage(answer(request)));
