/**
 * Devices that talk by themselves once they are listened to (signature pads, code scanners): one listener at a time,
 * the line opened when it is needed and anew after a loss. What each says and how is its driver's.
 */
import type { FailureCode } from '../../failures/catalogue.ts';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { Findings } from '../device.ts';
import { orAborted } from './or-aborted.ts';

/** An open line to such a device. Its failures end the line: the next use opens a new one. */
export interface Talker<T> {
  readonly alive: boolean;
  /** Maker, model and firmware, as far as the device tells them. */
  readonly identity: string;
  /** From now on it is listened to; what came before is forgotten. */
  start(): Promise<Result>;
  /** What it said next, perhaps nothing yet. Ends within `HEAR_MS`. */
  hear(): Promise<Result<readonly T[]>>;
  /** Nobody listens any more. */
  stop?(): Promise<Result>;
  /** Asks for a sign of life; absent where the protocol has none, where an open line must do. */
  ping?(): Promise<Result>;
  close(): Promise<void>;
}

/** How long a talker waits for bytes before it says that there are none yet. */
export const HEAR_MS = 100;

/** What a driver calls its failures. */
export interface ListenerCodes {
  readonly lost: FailureCode;
  readonly busy: FailureCode;
}

export interface Listener<T> {
  /** Yields until `signal` aborts, then ok; a failure when the device could not be reached or was lost. */
  listen(signal: AbortSignal): AsyncGenerator<T, Result<void>>;
  check(signal: AbortSignal): Promise<Result<Findings>>;
  heartbeat(signal: AbortSignal): Promise<Result<void>>;
  close(): Promise<void>;
}

/** Somebody listens. */
interface Session<T> {
  /** undefined: aborted before it began. */
  readonly starting: Promise<Result<Talker<T>> | undefined>;
  /** Outlives an abort: the line is not touched before it has ended. */
  hearing: Promise<unknown>;
}

export function createListener<T>(open: () => Promise<Result<Talker<T>>>, codes: ListenerCodes): Listener<T> {
  let talker: Talker<T> | undefined;
  let session: Session<T> | undefined;
  /** The work on the line, one after the other; it never rejects. */
  let work: Promise<unknown> = Promise.resolve();
  const closing = new AbortController();

  /** Runs after all work before it. */
  function queue<R>(job: () => Promise<R>): Promise<R> {
    const turn = work.then(job);
    work = turn.catch(() => {});
    return turn;
  }

  async function connect(): Promise<Result<Talker<T>>> {
    if (talker?.alive) return ok(talker);
    await talker?.close();
    talker = undefined;
    const opened = await open();
    if (opened.ok) talker = opened.value;
    return opened;
  }

  /** Does it on the line; a line on which that fails is closed. */
  async function attempt(what: (talker: Talker<T>) => Promise<Result>): Promise<Result<Talker<T>>> {
    const connected = await connect();
    if (!connected.ok) return connected;
    const done = await what(connected.value);
    if (done.ok) return connected;
    await connected.value.close();
    return done;
  }

  /** Nobody listens any more: the line is let go when what is under way on it has ended. */
  function leave(left: Session<T>): void {
    if (session !== left) return;
    session = undefined;
    void queue(async () => {
      const [started] = await Promise.all([left.starting, left.hearing]);
      if (!started?.ok || !started.value.alive) return;
      const stopped = await started.value.stop?.();
      if (stopped?.ok === false) await started.value.close();
    });
  }

  const ping = (signal: AbortSignal) =>
    queue(async () =>
      signal.aborted ? undefined : attempt(async (found) => (await found.ping?.()) ?? ok()),
    );

  return {
    async *listen(signal) {
      if (closing.signal.aborted) return fail(codes.lost, 'closed');
      if (session) return fail(codes.busy);
      const either = AbortSignal.any([signal, closing.signal]);
      const mine: Session<T> = {
        starting: queue(async () => (either.aborted ? undefined : attempt((found) => found.start()))),
        hearing: Promise.resolve(),
      };
      session = mine;
      try {
        const started = await orAborted(mine.starting, either);
        if (!started?.ok) return started ?? ok();
        for (;;) {
          const next = started.value.hear();
          mine.hearing = next;
          const heard = await orAborted(next, either);
          if (!heard?.ok) return heard ?? ok();
          for (const one of heard.value) {
            yield one;
            if (either.aborted) return ok();
          }
        }
      } finally {
        leave(mine);
      }
    },

    async check(signal) {
      if (closing.signal.aborted) return fail(codes.lost, 'closed');
      if (session) return fail(codes.busy);
      const either = AbortSignal.any([signal, closing.signal]);
      const found = await orAborted(ping(either), either);
      if (!found) return fail(codes.busy, 'no time left for the check');
      return found.ok ? ok({ identity: found.value.identity }) : found;
    },

    async heartbeat(signal) {
      if (session) return ok();
      if (!talker?.alive) return fail(codes.lost, 'the line is not open');
      const either = AbortSignal.any([signal, closing.signal]);
      const alive = await orAborted(ping(either), either);
      return !alive || alive.ok ? ok() : alive;
    },

    async close() {
      closing.abort();
      // Whoever listens may be at something else: that is not waited for.
      if (session) leave(session);
      await work;
      await talker?.close();
    },
  };
}
