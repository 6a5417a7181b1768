/** Biometric computations, off the main thread: worker threads that answer in values, also when one of them dies. */
import { Piscina } from 'piscina';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { GrayImage } from '../rules/gray-image.ts';
import type { Extraction } from './fingerprint/extract.ts';
import { bestOf, type Candidate } from './fingerprint/identify.ts';
import type { FingerTemplate } from './fingerprint/template.ts';

export interface Biometrics {
  /**
   * Minutiae, quality and its reasons. The image stays usable: an image on a SharedArrayBuffer is shared with the
   * worker, any other is copied (150 kB, some 20 µs), for the preview may still be drawing it.
   */
  extract(image: GrayImage): Promise<Result<Extraction>>;
  /** @returns similarity of two prints, to be compared with fingerprint/thresholds.ts */
  match(probe: FingerTemplate, reference: FingerTemplate): Promise<Result<number>>;
  /**
   * One print against many (1:N), shared out among all workers in small batches: what else is asked meanwhile waits
   * for one batch, not for the search.
   * @returns the best of the gallery, the most alike first, at most `most`
   */
  identify(
    probe: FingerTemplate,
    gallery: readonly FingerTemplate[],
    most: number,
  ): Promise<Result<readonly Candidate[]>>;
  /** How far a finger moved from one frame to the next (fingerprint/slide.ts), pixels at 500 dpi. */
  slide(before: FingerTemplate, after: FingerTemplate): Promise<Result<number | undefined>>;
  /** Ends the workers; what still runs is answered with a failure. */
  close(): Promise<void>;
}

/** A worker that grows beyond these (MiB) ends, and is replaced, before it starves the kiosk of memory. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

/** Templates compared in one go: some 80 ms without ridge maps, 300 ms with. */
const BATCH = 250;

/** What worker.ts exports: a name, its one argument, its answer. */
type Tasks = typeof import('./worker.ts');

/** @param threads workers kept; one a processor core that may be spared */
export function createBiometrics({ threads }: { readonly threads: number }): Biometrics {
  const pool = new Piscina({
    filename: new URL('./worker.ts', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: RESOURCE_LIMITS,
  });
  const run = async <Name extends keyof Tasks>(
    name: Name,
    argument: Parameters<Tasks[Name]>[0],
  ): Promise<Result<ReturnType<Tasks[Name]>>> => {
    try {
      return ok(await pool.run(argument, { name }));
    } catch (error) {
      // The worker died or has a bug; neither may take the kiosk with it.
      return fail('FINGER-WORKER-DIED', error instanceof Error ? `${name}: ${error.message}` : name);
    }
  };
  const identify: Biometrics['identify'] = async (probe, gallery, most) => {
    const candidates: Candidate[] = [];
    let failed: Result<never> | undefined;
    let next = 0;
    const lane = async () => {
      while (next < gallery.length && !failed) {
        const from = next;
        next += BATCH;
        const found = await run('identify', { probe, gallery: gallery.slice(from, next), most });
        if (found.ok)
          candidates.push(...found.value.map(({ index, score }) => ({ index: from + index, score })));
        else failed = found;
      }
    };
    await Promise.all(Array.from({ length: threads }, lane));
    return failed ?? ok(bestOf(candidates, most));
  };
  return {
    identify,
    extract: (image) => run('extract', { ...image, data: ownBytes(image.data) }),
    match: (probe, reference) => run('match', { probe, reference }),
    slide: (before, after) => run('slide', { before, after }),
    close: () => pool.destroy(),
  };
}

/** A view on part of a larger buffer would be sent with all of it. */
function ownBytes(data: Uint8Array): Uint8Array {
  return data.byteLength === data.buffer.byteLength ? data : data.slice();
}
