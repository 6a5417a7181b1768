/** Starts a bench as a process of its own, or attaches to one that runs, and speaks to its control socket. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { BenchCommand, BenchStatus } from './commands.ts';
import type { Message } from './control.ts';
import { LineSplitter } from './line-splitter.ts';
import type { BenchPlan } from './settings.ts';

export interface Bench {
  /** The control socket, for others who want to attach. */
  readonly socket: string;
  /** As of the last change that was told. */
  status(): BenchStatus;
  /** The status is up to date when this resolves. */
  send(command: BenchCommand): Promise<Result<unknown>>;
  /** Calls the listener at every change; returns the function that ends it. */
  subscribe(listener: (status: BenchStatus) => void): () => void;
  /** Ends what startBench started; after attachBench it only lets go. */
  stop(): Promise<void>;
}

const ENTRY = join(import.meta.dirname, 'bench.ts');
/** How long a bench may take to put its devices away. */
const STOP_PATIENCE_MS = 5_000;

export function benchSocket(folder: string): string {
  return join(folder, 'control.sock');
}

/**
 * Resolves when every virtual device is up. `plan.folder` and all other paths are absolute. The bench ends with this
 * process, however that ends.
 */
export async function startBench(plan: BenchPlan & { readonly folder: string }): Promise<Result<Bench>> {
  // In a process group of its own: Ctrl-C is for the kiosk, which ends the bench last.
  const benchProcess = spawn(process.execPath, [ENTRY, JSON.stringify(plan)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const started = await firstWord(benchProcess);
  if (!started.ok) {
    await end(benchProcess);
    return started;
  }
  const attached = await attachBench(benchSocket(plan.folder));
  if (!attached.ok) {
    await end(benchProcess);
    return attached;
  }
  const bench = attached.value;
  return ok({
    ...bench,
    async stop() {
      await bench.stop();
      await end(benchProcess);
    },
  });
}

/** Its result of starting, which it prints as its only line. */
async function firstWord(benchProcess: ChildProcess): Promise<Result> {
  const lines = new LineSplitter();
  let first: Result | undefined;
  benchProcess.stdin!.on('error', () => {}); // told by the end of stdout
  try {
    for await (const bytes of benchProcess.stdout!) {
      const [line] = lines.push(bytes as Uint8Array);
      if (line === undefined) continue;
      first = JSON.parse(line) as Result;
      break;
    }
  } catch {
    // Not to be started: its end says so.
  }
  return first ?? fail('BENCH-ENDED', 'it ended before its devices were up');
}

async function end(benchProcess: ChildProcess): Promise<void> {
  if (benchProcess.exitCode !== null || benchProcess.signalCode !== null) return;
  const ended = once(benchProcess, 'exit');
  benchProcess.stdin!.end();
  const timer = setTimeout(() => benchProcess.kill('SIGKILL'), STOP_PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}

export async function attachBench(socketPath: string): Promise<Result<Bench>> {
  const socket = connect(socketPath);
  try {
    await once(socket, 'connect');
  } catch (error) {
    return fail('BENCH-ENDED', `${socketPath}: ${(error as NodeJS.ErrnoException).code}`);
  }
  const conversation = new Conversation(socket);
  const greeted = await conversation.greeted;
  if (!greeted.ok) return greeted;
  return ok({
    socket: socketPath,
    status: () => conversation.status!,
    send: (command) => conversation.ask(command),
    subscribe: (listener) => conversation.subscribe(listener),
    async stop() {
      socket.destroy();
    },
  });
}

/** One connection to a bench. */
class Conversation {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (result: Result<unknown>) => void>();
  readonly #listeners = new Set<(status: BenchStatus) => void>();
  readonly #greeted = Promise.withResolvers<Result>();
  #lastId = 0;
  status: BenchStatus | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    const lines = new LineSplitter();
    socket.on('data', (bytes) => {
      for (const line of lines.push(bytes)) this.#take(JSON.parse(line) as Message);
    });
    socket.on('error', () => {}); // told by `close`
    socket.once('close', () => this.#ended());
  }

  /** Resolves with the first status. */
  get greeted(): Promise<Result> {
    return this.#greeted.promise;
  }

  ask(command: BenchCommand): Promise<Result<unknown>> {
    if (this.#socket.destroyed) return Promise.resolve(fail('BENCH-ENDED'));
    const id = ++this.#lastId;
    this.#socket.write(`${JSON.stringify({ id, command })}\n`);
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  subscribe(listener: (status: BenchStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #take(message: Message): void {
    if ('status' in message) {
      this.status = message.status;
      this.#greeted.resolve(ok());
      for (const listener of this.#listeners) listener(message.status);
    } else {
      this.#waiting.get(message.id)?.(message.result);
      this.#waiting.delete(message.id);
    }
  }

  #ended(): void {
    const ended = fail('BENCH-ENDED');
    this.#greeted.resolve(ended);
    for (const resolve of this.#waiting.values()) resolve(ended);
    this.#waiting.clear();
  }
}
