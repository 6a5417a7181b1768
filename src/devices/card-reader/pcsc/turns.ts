/** One at a time, in the order of asking. */

/** Resolves to the function that ends the turn, or to null when the signal is aborted before the turn came. */
export type TakeTurn = (signal: AbortSignal) => Promise<(() => void) | null>;

export function createTurns(): TakeTurn {
  let last: Promise<unknown> = Promise.resolve();

  return async (signal) => {
    const before = last;
    const own = Promise.withResolvers<void>();
    last = before.then(() => own.promise);
    const aborted = Promise.withResolvers<void>();
    const abort = () => aborted.resolve();
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    await Promise.race([before, aborted.promise]);
    signal.removeEventListener('abort', abort);
    if (!signal.aborted) return () => own.resolve();
    own.resolve();
    return null;
  };
}
