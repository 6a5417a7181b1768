/** The store's worker thread: opens the engine, then answers one message with one message. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Result } from '../failures/failure.ts';
import { type EngineOptions, type Operations, openEngine } from './engine.ts';
import type { Answer, Request } from './line.ts';
import { guarded, storageFailure } from './storage-failure.ts';

if (parentPort === null) throw new Error('worker.ts runs as a worker thread of the store');
const port = parentPort;

const engine = guarded(() => openEngine(workerData as EngineOptions));
if (engine.ok) port.on('message', (request: Request) => answer(engine.value, request));
port.postMessage({ id: 0, result: engine.ok ? { ok: true, value: undefined } : engine } satisfies Answer);

/** An exception that is not the disk's is a bug: it ends the thread, and line.ts tells the callers. */
async function answer(operations: Operations, { id, operation, args }: Request): Promise<void> {
  const run = operations[operation] as (
    ...args: readonly unknown[]
  ) => Result<unknown> | Promise<Result<unknown>>;
  let result: Result<unknown>;
  try {
    result = await run(...args);
  } catch (error) {
    result = storageFailure(error);
  }
  port.postMessage({ id, result } satisfies Answer);
  if (operation === 'close') port.close();
}
