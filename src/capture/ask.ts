/** Devices that take a picture when they see something, and then the next: asked again until all that is wanted is good. */
import type { FailureCode } from '../failures/catalogue.ts';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { Collection } from './collection.ts';
import type { Capturing, Place } from './events.ts';

/** What a resident can mend: the device is asked once more, the advice is shown, and it is no try. */
const MENDABLE: ReadonlySet<FailureCode> = new Set([
  'SBI-COUNT-WRONG',
  'SBI-SUBTYPE-OTHER',
  'SBI-ORIENTATION',
  'SBI-EXTRACTION-FAILED',
  'SENSOR-SCAN-FAILED',
  'FINGER-NONE',
  'FINGER-NOT-A-FINGER',
  'FINGER-GLASS-DIRTY',
  'GUARD-FINGER-REPEATED',
  'IRIS-NONE',
]);
/** How often it is asked in vain before it is given up. */
const MOST_MISSES = 20;

export interface Asking<Frame> {
  /** What is wanted at once. */
  readonly places: readonly Place[];
  readonly tries: number;
  acquire(signal: AbortSignal): AsyncGenerator<Frame, Result<void>>;
  /** What the device shows on its own screen meanwhile: JPEG. */
  readonly preview: ((signal: AbortSignal) => AsyncGenerator<Uint8Array, Result<void>>) | undefined;
  /** Offers a frame to the collection. A failure that can be mended is told and tried again. */
  take(frame: Frame): Promise<Result>;
}

/**
 * Asks until all places are good, or as often as is allowed.
 * @returns CAPTURE-CANCELLED; what could not be mended
 */
export async function askUntilGood<Frame>(
  { places, tries, acquire, preview, take }: Asking<Frame>,
  collection: Collection,
  capturing: Pick<Capturing, 'signal' | 'enough' | 'tell' | 'show'>,
): Promise<Result> {
  const { signal, enough, tell } = capturing;
  let misses = 0;
  for (let tried = 0; tried < tries && !collection.isGood(places); ) {
    tell({ type: 'awaited', places });
    const asked = new AbortController();
    const either = AbortSignal.any([signal, enough, asked.signal]);
    const shown = preview && mirror(preview(either), capturing);
    const answered = await takeAll(acquire(either), take);
    asked.abort();
    await shown;
    if (signal.aborted) return fail('CAPTURE-CANCELLED');
    if (enough.aborted) return ok();
    if (answered.ok) {
      tried++;
      continue;
    }
    const { failure } = answered;
    if (!MENDABLE.has(failure.code)) return answered;
    if (++misses === MOST_MISSES) return collection.holds(places) ? ok() : answered;
    for (const place of places) tell({ type: 'feedback', reason: failure.code, ...place });
  }
  return ok();
}

async function takeAll<Frame>(
  frames: AsyncGenerator<Frame, Result<void>>,
  take: (frame: Frame) => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const step = await frames.next();
    if (step.done) return step.value;
    const taken = await take(step.value);
    if (taken.ok) continue;
    await frames.return(ok());
    return taken;
  }
}

/** Passes pictures on until they end. That there are none is not worth a failure. */
async function mirror(
  pictures: AsyncGenerator<Uint8Array, Result<void>>,
  { show }: Pick<Capturing, 'show'>,
): Promise<void> {
  for await (const bytes of pictures) show(async () => ok({ mime: 'image/jpeg', bytes }));
}
