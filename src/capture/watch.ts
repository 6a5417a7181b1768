/** A live camera, watched until it has shown enough. */
import { fail, ok, type Result } from '../failures/failure.ts';
import type { Capturing, Reason } from './events.ts';

/** What a picture is worth. */
export interface Judged<T> {
  /** 0–100. */
  readonly quality: number;
  /** What to mend first at the front. */
  readonly reasons: readonly Reason[];
  /** What would be kept; undefined: nothing on it can be. */
  readonly value: T | undefined;
}

export interface Watching {
  /** Quality from which a picture is good. */
  readonly threshold: number;
  /** So many good pictures are enough. */
  readonly bestOf: number;
  /** So many are enough, whatever they are. */
  readonly frames: number;
}

export interface Watched<T> {
  readonly best: { readonly quality: number; readonly reasons: readonly Reason[]; readonly value: T };
  /** Pictures that could have been kept. */
  readonly captures: number;
}

/**
 * Judges the newest picture as long as better ones may come. Tells what to mend, when it changes.
 * @returns the best; when there was none, what to mend last as a failure; CAPTURE-CANCELLED; why the camera broke
 */
export async function watch<Frame, T>(
  acquire: (signal: AbortSignal) => AsyncGenerator<Frame, Result<void>>,
  judge: (frame: Frame) => Promise<Result<Judged<T>>>,
  { threshold, bestOf, frames }: Watching,
  { signal, enough }: Pick<Capturing, 'signal' | 'enough'>,
  advise: (reason: Reason) => void,
): Promise<Result<Watched<T>>> {
  const pictures = acquire(AbortSignal.any([signal, enough]));
  let best: Watched<T>['best'] | undefined;
  let [seen, captures, good] = [0, 0, 0];
  let advised: Reason | undefined;
  try {
    while (seen < frames && good < bestOf) {
      const step = await pictures.next();
      if (signal.aborted) return fail('CAPTURE-CANCELLED');
      if (step.done) {
        if (!step.value.ok) return step.value;
        break;
      }
      seen++;
      const judged = await judge(step.value);
      if (!judged.ok) return judged;
      const { quality, reasons, value } = judged.value;
      if (value !== undefined) {
        captures++;
        if (quality >= threshold) good++;
        if (!best || quality > best.quality) best = { quality, reasons, value };
      }
      const reason = quality >= threshold ? undefined : reasons[0];
      if (reason && reason !== advised) advise(reason);
      advised = reason;
    }
  } finally {
    // Also with a picture in hand: a camera that is not told stays taken.
    await pictures.return(ok());
  }
  if (signal.aborted) return fail('CAPTURE-CANCELLED');
  return best ? ok({ best, captures }) : fail(advised ?? 'CAPTURE-CANCELLED');
}
