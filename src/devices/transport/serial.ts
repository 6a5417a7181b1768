/**
 * Serial lines for the drivers: whatever the other end does, every call here ends, and with a coded failure.
 * A line does not reconnect: what a loss means is for the driver to say. It never touches the modem lines
 * (DTR, RTS, CTS…), which pseudo-terminals do not have.
 */
import { realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { SerialPort } from 'serialport';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import type { WireTrace } from './trace.ts';

/** 8 data bits, 1 stop bit, no flow control. */
export interface SerialSettings {
  /** E.g. `/dev/ttyUSB0`, or a link to it. */
  readonly path: string;
  /** Bits per second. */
  readonly baudRate: number;
  /** Default: none (8N1). */
  readonly parity?: 'none' | 'even' | 'odd';
}

export interface SerialLine {
  readonly path: string;
  /**
   * The next bytes, at least one, as they arrived: torn and joined at will. One read at a time.
   * SERIAL-SILENT: none in `timeoutMs`; the line stays usable. SERIAL-LOST: the device is gone.
   */
  read(timeoutMs: number): Promise<Result<Uint8Array>>;
  /**
   * Ends when the operating system has taken the bytes. A write that fails, or that is not taken in the time
   * the line needs for it plus 2 s, ends the line: how much of it was sent is unknown. SERIAL-WRITE-FAILED.
   */
  write(bytes: Uint8Array): Promise<Result<void>>;
  /** Forgets what has arrived and was not read. */
  discard(): void;
  /** Resolves when the line has ended: with the reason, or with undefined after `close`. */
  readonly ended: Promise<Failure | undefined>;
  /** Ends within a second, also when the device is gone. */
  close(): Promise<void>;
}

const OPEN_MS = 3_000;
const WRITE_MS = 2_000;
const CLOSE_MS = 1_000;
const WATCH_MS = 250;
/** Start bit, 8 data bits, parity, stop bit. */
const BITS_PER_BYTE = 11;

/** Device files that are open in this process: a second owner would steal the first one's answers. */
const owned = new Set<string>();

/**
 * Fails with SERIAL-ABSENT, SERIAL-FORBIDDEN, SERIAL-BUSY or SERIAL-OPEN-FAILED, within 3 s.
 * @param wire Hears what crosses the line.
 */
export async function openSerial(settings: SerialSettings, wire?: WireTrace): Promise<Result<SerialLine>> {
  const file = await realpath(settings.path).catch(() => undefined);
  if (file === undefined) return fail('SERIAL-ABSENT', settings.path);
  if (owned.has(file)) return fail('SERIAL-BUSY', `${settings.path} is open in this process`);
  owned.add(file);

  const port = new SerialPort({
    path: file,
    baudRate: settings.baudRate,
    parity: settings.parity ?? 'none',
    autoOpen: false,
  });
  // Every error also reaches a callback or `close`; without a listener it would end the process.
  port.on('error', () => {});
  const opening = new Promise<Error | null>((resolve) => port.open(resolve));
  const error = await within(OPEN_MS, opening);
  if (error === null) {
    wire?.event('opened');
    return ok(createLine(port, settings, () => owned.delete(file), wire));
  }

  if (error !== late) owned.delete(file);
  else void opening.then((failed) => (failed ? owned.delete(file) : port.close(() => owned.delete(file))));
  return refusal(settings.path, error === late ? 'no answer to open' : error.message);
}

/** serialport tells its reasons in words only. */
function refusal(path: string, reason: string) {
  const detail = `${path}: ${reason}`;
  if (/no such (file|device)/i.test(reason)) return fail('SERIAL-ABSENT', detail);
  if (/permission denied/i.test(reason)) return fail('SERIAL-FORBIDDEN', detail);
  if (/cannot lock|resource busy/i.test(reason)) return fail('SERIAL-BUSY', detail);
  return fail('SERIAL-OPEN-FAILED', detail);
}

function createLine(
  port: SerialPort,
  { path, baudRate }: SerialSettings,
  release: () => void,
  wire: WireTrace | undefined,
): SerialLine {
  const ended = Promise.withResolvers<Failure | undefined>();
  /** Why nothing more comes; set once. */
  let over: Failure | undefined;
  let wake: (() => void) | undefined;

  /** Ends the line once; returns why it ended. */
  function end(failure: Failure, told: Failure | undefined): Failure {
    if (over) return over;
    over = failure;
    wire?.event(told ? told.code : 'closed');
    ended.resolve(told);
    wake?.();
    return failure;
  }
  function lose(failure: Failure): Failure {
    void shut();
    return end(failure, failure);
  }
  function take(): Buffer | null {
    const bytes: Buffer | null = port.read();
    if (bytes !== null) wire?.received(bytes);
    return bytes;
  }
  let shutting: Promise<void> | undefined;
  function shut(): Promise<void> {
    shutting ??= (async () => {
      if (port.isOpen) await within(CLOSE_MS, new Promise<void>((resolve) => port.close(() => resolve())));
      release();
    })();
    return shutting;
  }

  /**
   * serialport misses an unplug that comes in the instant of a read: the operating system then has nothing to read,
   * without an error, and serialport tries again for ever, at full speed. So something harmless is asked of the
   * port; one that was hung up answers EIO.
   */
  async function watch(): Promise<void> {
    while (!over) {
      await delay(WATCH_MS, undefined, { ref: false });
      const answer = await port.port?.getBaudRate().then(
        () => '',
        (error: Error) => error.message,
      );
      if (answer?.includes('Input/output error')) lose({ code: 'SERIAL-LOST', detail: path });
    }
  }

  // Listening for `readable` keeps a read pending in the operating system, which is how an unplug is noticed.
  port.on('readable', () => wake?.());
  port.on('close', () => lose({ code: 'SERIAL-LOST', detail: path }));
  void watch();

  return {
    path,
    ended: ended.promise,
    async read(timeoutMs) {
      if (wake) throw new Error(`two reads at a time on ${path}`);
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const bytes = take();
        if (bytes !== null) return ok(bytes);
        if (over) return { ok: false, failure: over };
        const left = deadline - performance.now();
        if (left <= 0) return fail('SERIAL-SILENT', `${path}: nothing within ${timeoutMs} ms`);
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await within(left, woken);
        wake = undefined;
      }
    },
    async write(bytes) {
      if (over) return { ok: false, failure: over };
      wire?.sent(bytes);
      const allowed = WRITE_MS + (bytes.length * BITS_PER_BYTE * 1000) / baudRate;
      const taken = new Promise<Error | null>((resolve) =>
        port.write(bytes, undefined, (error) => resolve(error ?? null)),
      );
      const error = await within(allowed, taken);
      if (error === null) return ok();
      const reason = error === late ? 'not taken in time' : error.message;
      return { ok: false, failure: lose({ code: 'SERIAL-WRITE-FAILED', detail: `${path}: ${reason}` }) };
    },
    discard() {
      while (take() !== null);
    },
    close() {
      end({ code: 'SERIAL-LOST', detail: `${path} was closed` }, undefined);
      return shut();
    },
  };
}

const late = Symbol('late');

/** What `promise` resolves to, or `late` when that takes longer than `ms`. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | typeof late> {
  const { promise: expired, resolve } = Promise.withResolvers<typeof late>();
  const timer = setTimeout(() => resolve(late), ms);
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}
