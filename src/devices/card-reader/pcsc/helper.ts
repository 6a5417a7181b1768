/**
 * The parent's handle on the child process (child.ts): starts it, asks it, watches each answer. Nothing here waits on
 * PC/SC itself, so nothing here can block.
 */
import { spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createSplitter, decodeMessage, encodeRequest, type HelperMessage, type Op } from './frame.ts';

/** What came of a request: data, a PC/SC return value, no answer in time, or the child ended before it answered. */
export type Answer =
  | { readonly type: 'done'; readonly data: Uint8Array }
  | { readonly type: 'failed'; readonly error: number }
  | { readonly type: 'timeout' }
  | { readonly type: 'ended' };

export type HelperEvent =
  | Exclude<HelperMessage, { readonly type: 'done' | 'failed' }>
  /** No answer in time: the child was killed; `ended` follows. */
  | { readonly type: 'stuck'; readonly op: Op | 'start' }
  | { readonly type: 'ended'; readonly detail: string };

export interface Helper {
  /** After `timeoutMs` without an answer the child is killed: a hanging APDU cannot be called back. */
  request(op: Op, reader: number, data: Uint8Array, timeoutMs: number): Promise<Answer>;
  kill(): void;
  /** Resolves when the child has ended. */
  readonly ended: Promise<void>;
}

/** A child that has not even said whether there is a service; a Pi under load takes a second or two. */
const START_TIMEOUT_MS = 10_000;
const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/** `ended` is the last event, and comes exactly once. */
export function startHelper(onEvent: (event: HelperEvent) => void): Helper {
  const child = spawn(process.execPath, [CHILD], {
    stdio: ['pipe', 'ignore', 'inherit', 'pipe'],
    // The same thread for every command: a seventh faster than whichever of four wakes first.
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
  });
  const line = child.stdio[3] as Duplex;
  const waiting = new Map<number, (answer: Answer) => void>();
  const over = Promise.withResolvers<void>();
  let lastId = 0;
  let ended = false;

  const settle = (id: number, answer: Answer) => {
    const resolve = waiting.get(id);
    waiting.delete(id);
    resolve?.(answer);
  };
  const stuck = (op: Op | 'start') => {
    onEvent({ type: 'stuck', op });
    child.kill('SIGKILL');
  };
  const starting = setTimeout(stuck, START_TIMEOUT_MS, 'start');
  const end = (detail: string) => {
    if (ended) return;
    ended = true;
    clearTimeout(starting);
    for (const id of [...waiting.keys()]) settle(id, { type: 'ended' });
    onEvent({ type: 'ended', detail });
    over.resolve();
  };

  line.on(
    'data',
    createSplitter((body) => {
      const message = decodeMessage(body);
      if (message.type === 'done' || message.type === 'failed') settle(message.id, message);
      else {
        if (message.type === 'service') clearTimeout(starting);
        onEvent(message);
      }
    }),
  );
  // Both streams break when the child ends, which `close` tells.
  line.on('error', () => {});
  child.stdin?.on('error', () => {});
  child.on('error', (error) => end(error.message)); // could not be started
  child.on('close', (code, signal) => end(signal ?? `exit code ${code}`));

  return {
    request(op, reader, data, timeoutMs) {
      if (ended) return Promise.resolve({ type: 'ended' });
      lastId = (lastId + 1) & 0xffff;
      const id = lastId;
      return new Promise((resolve) => {
        const watchdog = setTimeout(() => {
          settle(id, { type: 'timeout' });
          stuck(op);
        }, timeoutMs);
        waiting.set(id, (answer) => {
          clearTimeout(watchdog);
          resolve(answer);
        });
        line.write(encodeRequest({ op, id, reader, data }));
      });
    },
    kill: () => child.kill('SIGKILL'),
    ended: over.promise,
  };
}
