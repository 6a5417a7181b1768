/** Biometric computations, off the main thread: worker threads that answer in values, also when one of them dies. */
import { tracingChannel } from 'node:diagnostics_channel';
import { Piscina } from 'piscina';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { GrayImage } from '../rules/gray-image.ts';
import type { PhotoBackground } from '../rules/photo-background.ts';
import type { Eye } from '../rules/recording.ts';
import type { RgbImage } from '../rules/rgb-image.ts';
import type { Extraction } from './fingerprint/extract.ts';
import type { Gallery } from './fingerprint/gallery.ts';
import { bestOf, type Candidate } from './fingerprint/identify.ts';
import type { FingerTemplate } from './fingerprint/template.ts';
import type { Thresholds } from './fingerprint/thresholds.ts';
import type { DuplicateHint } from './iris/compare.ts';
import type { IrisExtraction } from './iris/extract.ts';
import type { IrisTemplate } from './iris/template.ts';
import type { PhotoAssessment } from './photo/assess.ts';
import type { Region } from './photo/sharpness.ts';
import type { WholeAssessment } from './photo/whole.ts';
import type { FingerRecord, KeptFinger } from './samples/finger-sample.ts';
import type { FingerSample, KnownPerson } from './samples/guard-samples.ts';
import type { IrisRecord, KeptIris } from './samples/iris-sample.ts';
import type { FaceRecord } from './samples/photo-sample.ts';
import type { Picture } from './samples/pictures.ts';
import type { Proof, ToProve } from './samples/prove.ts';
import type { PadScale } from './samples/signature-sample.ts';
import type { PenPoint } from './signature/track.ts';

/**
 * Each answers what the function of worker.ts answers, or BIOMETRICS-WORKER-DIED. Images stay usable: one on a
 * SharedArrayBuffer is shared with the worker, any other is copied (150 kB, some 20 µs), for the preview may still be
 * drawing it.
 */
export interface Biometrics {
  /** Minutiae, quality and its reasons. */
  extract(image: GrayImage): Promise<Result<Extraction>>;
  /** @returns similarity of two prints, to be compared with fingerprint/thresholds.ts */
  match(probe: FingerTemplate, reference: FingerTemplate): Promise<Result<number>>;
  /**
   * One print against many (1:N; fingerprint/gallery.ts), shared out among all workers in small batches: what else is
   * asked meanwhile waits for one batch, not for the search.
   * @returns the best of the gallery, the most alike first, at most `most`
   */
  identify(probe: FingerTemplate, gallery: Gallery, most: number): Promise<Result<readonly Candidate[]>>;
  /** How far a finger moved from one frame to the next (fingerprint/slide.ts), pixels at 500 dpi. */
  slide(before: FingerTemplate, after: FingerTemplate): Promise<Result<number | undefined>>;
  /** samples/finger-sample.ts */
  readFinger(record: Uint8Array): Promise<Result<FingerRecord>>;
  keepFinger(
    image: GrayImage,
    template: FingerTemplate,
    position: FingerPosition,
    at: Date,
  ): Promise<Result<KeptFinger>>;

  /** iris/extract.ts */
  extractIris(image: GrayImage): Promise<Result<IrisExtraction>>;
  /** Of two eyes, 0–0.5 (iris/compare.ts). */
  irisDistance(a: IrisTemplate, b: IrisTemplate): Promise<Result<number>>;
  /** samples/iris-sample.ts */
  readIris(record: Uint8Array): Promise<Result<IrisRecord>>;
  keepIris(image: GrayImage, extraction: IrisExtraction, eye: Eye, at: Date): Promise<Result<KeptIris>>;

  /** photo/assess.ts */
  assessPhoto(image: RgbImage, background: PhotoBackground | null): Promise<Result<PhotoAssessment>>;
  /** photo/whole.ts */
  assessWhole(image: RgbImage): Promise<Result<WholeAssessment>>;
  /** samples/photo-sample.ts */
  readFace(record: Uint8Array, background: PhotoBackground | null): Promise<Result<FaceRecord>>;
  keepPhoto(image: RgbImage, region: Region, score: number, at: Date): Promise<Result<Uint8Array>>;
  keepPicture(image: RgbImage): Promise<Result<Uint8Array>>;

  /** signature/track.ts */
  signatureIn(points: readonly PenPoint[], least: number): Promise<Result<readonly PenPoint[]>>;
  /** samples/signature-sample.ts */
  keepSignature(points: readonly PenPoint[], scale: PadScale, at: Date): Promise<Result<Uint8Array>>;

  /** samples/pictures.ts */
  preview(image: GrayImage | RgbImage): Promise<Result<Picture>>;
  pictureOfSample(sample: Pick<ToProve, 'kind' | 'record'>): Promise<Result<Picture>>;
  /** samples/prove.ts */
  proveSample(sample: ToProve): Promise<Result<Proof>>;

  /** The guards over kept samples: samples/guard-samples.ts. */
  readonly guards: {
    refuseRepeats(fingers: readonly FingerSample[]): Promise<Result>;
    refuseSwappedHands(
      captured: readonly FingerSample[],
      known: readonly FingerSample[],
      scale?: Thresholds,
    ): Promise<Result<'as given' | 'unknown'>>;
    refuseOtherPeople(captured: readonly FingerSample[], people: readonly KnownPerson[]): Promise<Result>;
    refuseReplay(record: Uint8Array, earlier: readonly Uint8Array[]): Promise<Result>;
    irisHints(probe: Uint8Array, others: readonly Uint8Array[]): Promise<Result<readonly DuplicateHint[]>>;
  };

  /** Ends the workers; what still runs is answered with a failure. */
  close(): Promise<void>;
}

/** Whoever measures hears of each task here, with its name; nobody listens in the kiosk. */
const tracing = tracingChannel('anjungan:biometrics');

/** A worker that grows beyond these (MiB) ends, and is replaced, before it starves the kiosk of memory. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };

/** A worker that nobody asks ends, and gives back some 25 MB; the next task waits half a second for a new one. */
const IDLE_MS = 60_000;

/** Templates compared in one go: some 60 ms. */
const BATCH = 250;

/** What worker.ts exports: a name, the list of its arguments, its answer. */
type Tasks = typeof import('./worker.ts');
type Answer<Name extends keyof Tasks> = Awaited<ReturnType<Tasks[Name]>>;

/** @param threads workers at most, started when there is work; one a processor core that may be spared */
export function createBiometrics({ threads }: { readonly threads: number }): Biometrics {
  const pool = new Piscina({
    filename: new URL('./worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    resourceLimits: RESOURCE_LIMITS,
  });
  const run = async <Name extends keyof Tasks>(
    name: Name,
    ...list: Parameters<Tasks[Name]>[0]
  ): Promise<Result<Answer<Name>>> => {
    try {
      return ok(await tracing.tracePromise(() => pool.run(list, { name }), { name }));
    } catch (error) {
      // The worker died or has a bug; neither may take the kiosk with it.
      return fail('BIOMETRICS-WORKER-DIED', error instanceof Error ? `${name}: ${error.message}` : name);
    }
  };
  const identify: Biometrics['identify'] = async (probe, gallery, most) => {
    const candidates: Candidate[] = [];
    let failed: Result<never> | undefined;
    let next = 0;
    const lane = async () => {
      while (next < gallery.count && !failed) {
        const from = next;
        next = Math.min(gallery.count, from + BATCH);
        const found = await run('identify', probe, gallery, from, next, most);
        if (found.ok) candidates.push(...found.value);
        else failed = found;
      }
    };
    await Promise.all(Array.from({ length: threads }, lane));
    return failed ?? ok(bestOf(candidates, most));
  };
  return {
    identify,
    extract: (image) => run('extract', own(image)),
    match: (probe, reference) => run('match', probe, reference),
    slide: (before, after) => run('slide', before, after),
    readFinger: async (record) => flat(await run('readFinger', ownBytes(record))),
    keepFinger: (image, ...rest) => run('keepFinger', own(image), ...rest),

    extractIris: async (image) => flat(await run('extractIris', own(image))),
    irisDistance: (a, b) => run('irisDistance', a, b),
    readIris: async (record) => flat(await run('readIris', ownBytes(record))),
    keepIris: (image, ...rest) => run('keepIris', own(image), ...rest),

    assessPhoto: (image, background) => run('assessPhoto', own(image), background),
    assessWhole: (image) => run('assessWhole', own(image)),
    readFace: async (record, background) => flat(await run('readFace', ownBytes(record), background)),
    keepPhoto: async (image, ...rest) => flat(await run('keepPhoto', own(image), ...rest)),
    keepPicture: (image) => run('keepPicture', own(image)),

    signatureIn: async (points, least) => flat(await run('signatureIn', points, least)),
    keepSignature: (points, scale, at) => run('keepSignature', points, scale, at),

    preview: (image) => run('preview', own(image)),
    pictureOfSample: async (sample) => flat(await run('pictureOfSample', sample)),
    proveSample: async (sample) => flat(await run('proveSample', sample)),
    guards: {
      refuseRepeats: async (fingers) => flat(await run('refuseRepeats', fingers)),
      refuseSwappedHands: async (...list) => flat(await run('refuseSwappedHands', ...list)),
      refuseOtherPeople: async (...list) => flat(await run('refuseOtherPeople', ...list)),
      refuseReplay: async (...list) => flat(await run('refuseReplay', ...list)),
      irisHints: async (...list) => flat(await run('irisHints', ...list)),
    },
    close: () => pool.destroy(),
  };
}

/** The answer of a task that can fail by itself. */
function flat<T>(answered: Result<Result<T>>): Result<T> {
  return answered.ok ? answered.value : answered;
}

function own<T extends { readonly data: Uint8Array }>(image: T): T {
  return { ...image, data: ownBytes(image.data) };
}

/** A view on part of a larger buffer would be sent with all of it. */
function ownBytes(data: Uint8Array): Uint8Array {
  return data.byteLength === data.buffer.byteLength ? data : data.slice();
}
