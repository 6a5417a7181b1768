/**
 * The parent's handle on the child process (child.ts): starts it, asks it, watches each answer. Nothing here waits on
 * PC/SC itself, so nothing here can block.
 */
import { spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createSplitter } from './frame.ts';
import {
  type Answer,
  type Call,
  decodeMessage,
  encodeOrder,
  type Order,
  type ServiceMessage,
} from './messages.ts';

/** Why a call was not answered: a PC/SC return value, no answer in time, or the child ended before. */
export type Trouble =
  | { readonly type: 'failed'; readonly error: number }
  | { readonly type: 'timeout' }
  | { readonly type: 'ended' };

/** What came of a run: the answers as far as it went, and what befell the call after them. */
export interface Run {
  readonly answers: readonly Uint8Array[];
  /** How long each of them took, ms. */
  readonly took: readonly number[];
  readonly trouble?: Trouble;
}

export type HelperEvent =
  | ServiceMessage
  /** No answer in time: the child was killed; `ended` follows. */
  | { readonly type: 'stuck'; readonly op: Call['op'] | 'start' }
  | { readonly type: 'ended'; readonly detail: string };

export interface Helper {
  /**
   * Makes the calls, one after the other. After `timeoutMs` without an answer to one of them the child is killed: a
   * hanging APDU cannot be called back. `signal` ends the run before its next call.
   */
  run(calls: readonly Call[], timeoutMs: number, signal?: AbortSignal): Promise<Run>;
  kill(): void;
  /** Resolves when the child has ended. */
  readonly ended: Promise<void>;
}

/** A child that has not even said whether there is a service; a Pi under load takes a second or two. */
const START_TIMEOUT_MS = 10_000;
const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/**
 * `ended` is the last event, and comes exactly once. The child is on a leash: the kernel kills it when this process
 * ends, however that ends (PR_SET_PDEATHSIG, by util-linux's `setpriv`), also while it hangs in pcsclite.
 */
export function startHelper(onEvent: (event: HelperEvent) => void): Helper {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, CHILD], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    // The same thread for every command: a seventh faster than whichever of four wakes first.
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
  });
  const line = child.stdio[3] as Duplex;
  const running = new Map<number, (answer: Answer | Trouble) => void>();
  const over = Promise.withResolvers<void>();
  let lastId = 0;
  let ended = false;

  const send = (order: Order) => line.write(encodeOrder(order));
  const stuck = (op: Call['op'] | 'start') => {
    onEvent({ type: 'stuck', op });
    child.kill('SIGKILL');
  };
  const starting = setTimeout(stuck, START_TIMEOUT_MS, 'start');
  const end = (detail: string) => {
    if (ended) return;
    ended = true;
    clearTimeout(starting);
    for (const tell of [...running.values()]) tell({ type: 'ended' });
    onEvent({ type: 'ended', detail });
    over.resolve();
  };

  line.on(
    'data',
    createSplitter((body) => {
      const message = decodeMessage(body);
      if ('id' in message) running.get(message.id)?.(message);
      else {
        if (message.type === 'service') clearTimeout(starting);
        onEvent(message);
      }
    }),
  );
  line.on('error', () => {}); // the child has ended, which `close` tells
  child.on('error', (error) => end(error.message)); // could not be started
  child.on('close', (code, signal) => end(signal ?? `exit code ${code}`));

  return {
    run(calls, timeoutMs, signal) {
      if (ended) return Promise.resolve({ answers: [], took: [], trouble: { type: 'ended' } });
      lastId = (lastId + 1) >>> 0;
      const id = lastId;
      return new Promise((resolve) => {
        const answers: Uint8Array[] = [];
        const took: number[] = [];
        const halt = () => send({ type: 'halt', id });
        const settle = (trouble?: Trouble) => {
          clearTimeout(watchdog);
          signal?.removeEventListener('abort', halt);
          running.delete(id);
          resolve({ answers, took, ...(trouble ? { trouble } : {}) });
        };
        const watchdog = setTimeout(() => {
          const { op } = calls[answers.length]!;
          settle({ type: 'timeout' });
          stuck(op);
        }, timeoutMs);
        signal?.addEventListener('abort', halt);
        running.set(id, (answer) => {
          if (answer.type !== 'answers') return settle(answer);
          for (const { data, us } of answer.answers) {
            answers.push(data);
            took.push(us / 1000);
          }
          if (answer.last) settle();
          else watchdog.refresh();
        });
        send({ type: 'run', id, calls });
      });
    },
    kill: () => child.kill('SIGKILL'),
    ended: over.promise,
  };
}
