/** The measured worker: extracts and compares as one worker of the kiosk does, and says what it cost. */
import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { type Extraction, extract } from '../../src/biometrics/fingerprint/extract.ts';
import { match, type Prepared, prepare } from '../../src/biometrics/fingerprint/match.ts';
import type { FingerTemplate } from '../../src/biometrics/fingerprint/template.ts';
import type { GrayImage } from '../../src/rules/gray-image.ts';

export interface Compared {
  /** Score of probe i and reference j at i × references + j; NaN where the pair was not asked for. */
  readonly scores: Float64Array;
  /** Milliseconds of each comparison. */
  readonly times: number[];
}

export type Request =
  | { readonly task: 'extract'; readonly image: GrayImage }
  | {
      readonly task: 'compare';
      readonly probes: readonly FingerTemplate[];
      readonly references: readonly FingerTemplate[];
      /** Which reference indices a probe is compared with: those above its own, or all but its own. */
      readonly pairs: 'above' | 'others';
    }
  | { readonly task: 'identify'; readonly probe: FingerTemplate; readonly gallery: readonly FingerTemplate[] }
  | { readonly task: 'memory' };

export interface Answers {
  readonly extract: { readonly extraction: Extraction; readonly ms: number };
  readonly compare: Compared;
  /** Milliseconds for the whole gallery, its preparation included. */
  readonly identify: { readonly ms: number };
  /** Heap in use and external memory, bytes. */
  readonly memory: { readonly bytes: number };
}

function timed<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const start = performance.now();
  const value = work();
  return { value, ms: performance.now() - start };
}

function compare(
  probes: readonly Prepared[],
  references: readonly Prepared[],
  pairs: 'above' | 'others',
): Compared {
  const scores = new Float64Array(probes.length * references.length).fill(Number.NaN);
  const times: number[] = [];
  for (const [i, probe] of probes.entries())
    for (let j = pairs === 'above' ? i + 1 : 0; j < references.length; j++) {
      if (j === i) continue;
      const { value, ms } = timed(() => match(probe, references[j]!));
      scores[i * references.length + j] = value;
      times.push(ms);
    }
  return { scores, times };
}

function answer(request: Request): Answers[Request['task']] {
  switch (request.task) {
    case 'extract': {
      const { value, ms } = timed(() => extract(request.image));
      return { extraction: value, ms };
    }
    case 'compare':
      return compare(request.probes.map(prepare), request.references.map(prepare), request.pairs);
    case 'identify': {
      const probe = prepare(request.probe);
      const gallery = request.gallery.map(prepare);
      return { ms: timed(() => gallery.map((reference) => match(probe, reference))).ms };
    }
    case 'memory': {
      const { used_heap_size, external_memory } = getHeapStatistics();
      return { bytes: used_heap_size + external_memory };
    }
  }
}

parentPort?.on('message', (request: Request) => parentPort?.postMessage(answer(request)));
