/** The line to the store's worker thread: typed calls over its message port, and what becomes of them if it dies. */
import { tracingChannel } from 'node:diagnostics_channel';
import { Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { EngineOptions, Operations } from './engine.ts';

export interface Request {
  readonly id: number;
  readonly operation: keyof Operations;
  readonly args: readonly unknown[];
}

/** `id` 0 answers the opening itself. */
export interface Answer {
  readonly id: number;
  readonly result: Result<unknown>;
}

export type Returned<N extends keyof Operations> = Awaited<ReturnType<Operations[N]>>;

/** Whoever measures hears of each call here, with its name; nobody listens in the kiosk. */
const tracing = tracingChannel('anjungan:store');

export interface Line {
  /** Fails with STORE-STOPPED when the thread ends before it answers, or has ended. */
  call<N extends keyof Operations>(operation: N, ...args: Parameters<Operations[N]>): Promise<Returned<N>>;
  isAlive(): boolean;
  /** Resolves when the thread is gone, and with it the lock. */
  readonly ended: Promise<void>;
}

export async function openLine(options: EngineOptions): Promise<Result<Line>> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: options });
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  let calls = 0;
  let crash = 'the store is closed';
  let running = true;

  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      running = false;
      for (const answer of waiting.values()) answer(fail('STORE-STOPPED', crash));
      waiting.clear();
      resolve();
    });
  });
  worker.on('error', (error) => {
    crash = placeOf(error);
  });
  worker.on('message', ({ id, result }: Answer) => {
    waiting.get(id)?.(result);
    waiting.delete(id);
  });

  const opening = Promise.withResolvers<Result<unknown>>();
  waiting.set(0, opening.resolve);
  const opened = await opening.promise;
  if (!opened.ok) {
    await ended;
    return opened;
  }

  function call<N extends keyof Operations>(
    operation: N,
    ...args: Parameters<Operations[N]>
  ): Promise<Returned<N>> {
    const { promise, resolve } = Promise.withResolvers<Result<unknown>>();
    if (running) {
      calls += 1;
      worker.postMessage({ id: calls, operation, args } satisfies Request);
      waiting.set(calls, resolve);
    } else {
      resolve(fail('STORE-STOPPED', crash));
    }
    const name = operation === 'rooms.call' ? args.slice(0, 2).join('.') : operation;
    // The worker answers with what that operation returns: both sides are typed by Operations.
    return tracing.tracePromise(() => promise, { name }) as Promise<Returned<N>>;
  }

  return ok({ call, isAlive: () => running, ended });
}

/** Kind and place of a bug; its message is left out, since it may quote what was being stored. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'a value was thrown';
  const frame = error.stack?.split('\n').find((text) => /^ +at .*:\d+:\d+\)?$/.test(text));
  return `${error.name} ${frame?.trim() ?? ''}`;
}
