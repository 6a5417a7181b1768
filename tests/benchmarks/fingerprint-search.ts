/** One print against 10,000 templates in the kiosk's own pool of workers. */
import { loadavg } from 'node:os';
import { galleryOf } from '../../src/biometrics/fingerprint/gallery.ts';
import type { FingerTemplate } from '../../src/biometrics/fingerprint/template.ts';
import { createBiometrics } from '../../src/biometrics/pool.ts';

const GALLERY = 10_000;
const WARM_UP = 1000;

export interface Search {
  /** Seconds for the whole gallery: on one worker, and on two. */
  readonly seconds: number;
  readonly secondsOnTwo: number;
  /**
   * Processor seconds of each: the clock's where nothing else runs. Twice the rate on two needs no more of them than on
   * one.
   */
  readonly processorSeconds: number;
  readonly processorSecondsOnTwo: number;
  /** Processes that wanted to run, mean of the last minute. */
  readonly load: number;
}

/** @param templates without ridge maps, repeated until the gallery is full */
export async function search(probe: FingerTemplate, templates: readonly FingerTemplate[]): Promise<Search> {
  const gallery = Array.from({ length: GALLERY }, (_, k) => templates[k % templates.length]!);
  const one = await timed(1, probe, gallery);
  const two = await timed(2, probe, gallery);
  return {
    seconds: one.seconds,
    secondsOnTwo: two.seconds,
    processorSeconds: one.processorSeconds,
    processorSecondsOnTwo: two.processorSeconds,
    load: loadavg()[0]!,
  };
}

async function timed(threads: number, probe: FingerTemplate, templates: readonly FingerTemplate[]) {
  const biometrics = createBiometrics({ threads });
  try {
    await biometrics.identify(probe, galleryOf(templates.slice(0, threads * WARM_UP)), 1);
    const searched = galleryOf(templates);
    const processor = process.cpuUsage();
    const start = performance.now();
    const found = await biometrics.identify(probe, searched, 1);
    if (!found.ok) throw new Error(found.failure.detail);
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(processor);
    return { seconds, processorSeconds: (user + system) / 1e6 };
  } finally {
    await biometrics.close();
  }
}
