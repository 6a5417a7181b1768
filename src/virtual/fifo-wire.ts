/**
 * Named pipes in place of device files (evdev, hidraw): development machines have neither the files nor a way to make
 * them. As with the real ones, what nobody has open to read is lost.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { BenchDevice, BenchSide, VirtualDevice } from './device.ts';
import type { Send } from './pace.ts';
import { putOnWire, type WireEnd } from './wires.ts';

/** How often it is looked whether somebody reads. */
const LOOK_MS = 20;
/** A reader that is slower than the device is given time… */
const FULL_MS = 5;
/** …and so many frames; then the oldest are lost, as in the kernel. */
const MOST_WAITING = 4_096;

/** Puts a device that only talks on a named pipe of its own, which appears at `path`. */
export function fifoWire(
  path: string | undefined,
  bench: Pick<BenchSide, 'random'>,
  make: (send: Send) => VirtualDevice,
): Promise<Result<BenchDevice>> {
  return putOnWire(path, bench, { open: openFifo }, make);
}

async function openFifo(path: string): Promise<Result<WireEnd>> {
  try {
    return ok(new Fifo(path));
  } catch (error) {
    return fail('BENCH-FIFO', `${path}: ${(error as Error).message}`);
  }
}

class Fifo implements WireEnd {
  readonly #path: string;
  readonly #looking: NodeJS.Timeout;
  #descriptor: number | undefined;
  #waiting: Uint8Array[] = [];
  #retry: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true }); // one that a killed bench left behind
    execFileSync('mkfifo', ['--', path], { stdio: 'pipe' });
    this.#looking = setInterval(() => this.#look(), LOOK_MS);
  }

  write(bytes: Uint8Array): void {
    if (this.#descriptor === undefined) return;
    this.#waiting.push(bytes);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    if (!this.#retry) this.#flush();
  }

  close(): void {
    clearInterval(this.#looking);
    this.#letGo();
    rmSync(this.#path, { force: true });
  }

  /** Opening it to write fails as long as nobody reads. */
  #look(): void {
    if (this.#descriptor !== undefined) return;
    try {
      this.#descriptor = openSync(this.#path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    }
  }

  /** A frame is shorter than PIPE_BUF: it is taken whole or not at all. */
  #flush(): void {
    this.#retry = undefined;
    try {
      for (let next = this.#waiting[0]; next && this.#descriptor !== undefined; next = this.#waiting[0]) {
        writeSync(this.#descriptor, next);
        this.#waiting.shift();
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN')
        this.#retry = setTimeout(() => this.#flush(), FULL_MS);
      else this.#letGo(); // EPIPE: the reader is gone
    }
  }

  #letGo(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#waiting = [];
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
