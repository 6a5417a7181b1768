/** A device's own calls, noted by the supervisor and the flight recorder as uses of the device. */
import { type Failure, ok, type Result } from '../../failures/failure.ts';

/** What came of a use: something, nothing (nobody came, or it was cancelled), or a failure. */
export type Outcome = 'done' | 'nothing' | Failure;

/**
 * Begins a use, unless a technician has switched the device off; what comes back ends it. A test under way is broken
 * off, and heard out first: a driver may refuse whoever comes before it has let go of its line.
 */
export type BeginUse = (what: string) => Promise<Result<(outcome: Outcome) => void>>;

/** Where nobody supervises. */
export const unwatched: BeginUse = async () => ok(() => {});

/** For `acquire` and `scan`: one use from the first frame that is asked for to the last. */
export function watchedStream<A extends unknown[], F>(
  begin: BeginUse,
  what: string,
  stream: (...args: A) => AsyncGenerator<F, Result<void>>,
): (...args: A) => AsyncGenerator<F, Result<void>> {
  return async function* (...args) {
    const use = await begin(what);
    if (!use.ok) return use;
    let outcome: Outcome = 'nothing';
    try {
      const frames = stream(...args);
      for (;;) {
        const next = await frames.next();
        if (next.done) {
          if (!next.value.ok) outcome = next.value.failure;
          return next.value;
        }
        outcome = 'done';
        let handedOut = false;
        try {
          yield next.value;
          handedOut = true;
        } finally {
          // Whoever has enough leaves here: the driver is told.
          if (!handedOut) await frames.return(ok());
        }
      }
    } finally {
      use.value(outcome);
    }
  };
}

/** For calls that answer once, such as `print`. */
export function watchedCall<A extends unknown[], T>(
  begin: BeginUse,
  what: string,
  call: (...args: A) => Promise<Result<T>>,
): (...args: A) => Promise<Result<T>> {
  return async (...args) => {
    const use = await begin(what);
    if (!use.ok) return use;
    const result = await call(...args);
    use.value(result.ok ? 'done' : result.failure);
    return result;
  };
}
