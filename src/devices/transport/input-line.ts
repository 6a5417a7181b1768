/**
 * Input devices of Linux for the drivers: evdev (`/dev/input/…`) and hidraw (`/dev/hidraw…`).
 *
 * Node can neither ask such a file for its ranges nor grab it (both are ioctls), and a read of it would hold a thread
 * of Node's small pool until somebody touches the device, and could not be called back. So a child process reads it
 * (input-line.py, 9 MB, on a leash) and its bytes come through a pipe. docs/decisions/devices.md weighs the others.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import type { Redaction, WireTrace } from './trace.ts';

export interface InputSettings {
  /** E.g. `/dev/input/by-id/usb-…-event-kbd`. */
  readonly path: string;
  readonly kind: 'evdev' | 'hidraw';
}

/** What the device told of itself; of a FIFO, which stands for it on the bench, nothing is known. */
const aboutInput = z.object({
  name: z.string().optional(),
  /** evdev: the ranges of ABS_X, ABS_Y and ABS_PRESSURE; perMm is 0 where the kernel does not know it. */
  axes: z
    .partialRecord(z.enum(['x', 'y', 'pressure']), z.object({ min: z.int(), max: z.int(), perMm: z.int() }))
    .optional(),
  /** hidraw: number of a feature report → its bytes in hex, the number first. */
  features: z.record(z.string(), z.string()).optional(),
  errno: z.string().optional(),
});
export type AboutInput = z.infer<typeof aboutInput>;

export interface InputLine {
  readonly about: AboutInput;
  /** The next bytes, as they arrived; none when nothing came in `timeoutMs`. One read at a time. INPUT-LOST. */
  read(timeoutMs: number): Promise<Result<Uint8Array>>;
  /** Forgets what has arrived and was not read. */
  discard(): void;
  /** Resolves when the line has ended: with the reason, or with undefined after `close`. */
  readonly ended: Promise<Failure | undefined>;
  /** Ends within a second. */
  close(): Promise<void>;
}

/** Debian's own, which scripts/setup installs: another one on the PATH may be anything. */
const PYTHON = '/usr/bin/python3';
const READER = join(import.meta.dirname, 'input-line.py');
/** A Pi under load takes a second to start Python. */
const OPEN_MS = 5_000;
const CLOSE_MS = 500;
/** What nobody reads is forgotten from here on, as the kernel does. */
const MOST_HELD = 256 * 1024;
const LONGEST_ABOUT = 4_096;
const NOTHING: Uint8Array = new Uint8Array();

/** Files that are open in this process: a second owner would share the first one's events. */
const owned = new Set<string>();

/**
 * Opens a device, an evdev one for this process alone. INPUT-ABSENT, INPUT-FORBIDDEN, INPUT-BUSY (another process has
 * grabbed it), INPUT-OPEN-FAILED, within 5 s.
 */
export async function openInput(settings: InputSettings, wire?: WireTrace): Promise<Result<InputLine>> {
  const { path, kind } = settings;
  if (owned.has(path)) return fail('INPUT-BUSY', `${path} is open in this process`);
  owned.add(path);
  const reader = spawn(PYTHON, ['-I', '-S', READER, kind, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = Promise.withResolvers<void>();
  reader.once('error', () => gone.resolve());
  reader.once('close', () => gone.resolve());
  reader.stdin.on('error', () => {}); // told by `close`
  void gone.promise.then(() => owned.delete(path));

  const { stdout } = reader;
  let held = NOTHING;
  let about: Result<AboutInput> | undefined;
  let over: Failure | undefined;
  let wake: (() => void) | undefined;
  const ended = Promise.withResolvers<Failure | undefined>();

  function take(bytes: Uint8Array): void {
    if (about) wire?.received(bytes);
    held = held.length + bytes.length > MOST_HELD ? bytes : Buffer.concat([held, bytes]);
    if (!about) {
      const end = held.indexOf(0x0a);
      if (end === -1 && held.length < LONGEST_ABOUT) return;
      about = readAbout(path, held.subarray(0, end));
      held = held.subarray(end + 1);
      if (held.length > 0) wire?.received(held);
    }
    wake?.();
  }
  function end(failure: Failure, told: Failure | undefined): void {
    if (over) return;
    over = failure;
    wire?.event(told ? 'lost' : 'closed');
    ended.resolve(told);
    wake?.();
  }
  /** Until bytes come, the line ends, or time is up. */
  async function somethingNew(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
    wake = undefined;
  }
  async function close(): Promise<void> {
    end({ code: 'INPUT-LOST', detail: `${path} was closed` }, undefined);
    reader.stdin.end();
    const timer = setTimeout(() => reader.kill('SIGKILL'), CLOSE_MS);
    await gone.promise;
    clearTimeout(timer);
  }

  stdout.on('data', take);
  void gone.promise.then(() => {
    const lost: Failure = { code: 'INPUT-LOST', detail: path };
    end(lost, lost);
  });

  const deadline = performance.now() + OPEN_MS;
  while (!about && !over && performance.now() < deadline) await somethingNew(deadline - performance.now());
  if (!about?.ok) {
    await close();
    return about ?? fail('INPUT-OPEN-FAILED', `${path}: the reader did not start`);
  }
  wire?.event('opened');

  return ok({
    about: about.value,
    ended: ended.promise,
    async read(timeoutMs) {
      if (wake) throw new Error(`two reads at a time on ${path}`);
      if (held.length === 0 && !over) await somethingNew(timeoutMs);
      const bytes = held;
      held = NOTHING;
      return over && bytes.length === 0 ? { ok: false, failure: over } : ok(bytes);
    },
    discard() {
      held = NOTHING;
    },
    close,
  });
}

/**
 * All of what an input device says is of a person, a pen's way or a code. USB and the kernel see to it that reports
 * arrive whole, so when and how much came is all that a fault of such a line has to show.
 */
export function redactInput(): Redaction {
  const blank = (bytes: Uint8Array) => new Uint8Array(bytes.length);
  return { sent: blank, received: blank };
}

function readAbout(path: string, line: Uint8Array): Result<AboutInput> {
  const about = aboutInput.parse(JSON.parse(Buffer.from(line).toString()));
  switch (about.errno) {
    case undefined:
      return ok(about);
    case 'ENOENT':
    case 'ENODEV':
    case 'ENXIO':
      return fail('INPUT-ABSENT', path);
    case 'EACCES':
    case 'EPERM':
      return fail('INPUT-FORBIDDEN', path);
    case 'EBUSY':
      return fail('INPUT-BUSY', path);
    default:
      return fail('INPUT-OPEN-FAILED', `${path}: ${about.errno}`);
  }
}
