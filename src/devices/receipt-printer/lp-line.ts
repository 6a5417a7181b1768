/**
 * A USB printer as Linux's usblp shows it: a file that takes what is to be printed and gives the printer's answers. It
 * is never waited on in a read that cannot be ended: a printer that has nothing to say may say nothing for ever.
 */
import { constants } from 'node:fs';
import { access, type FileHandle, open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import type { SerialLine } from '../transport/serial.ts';
import type { WireTrace } from '../transport/trace.ts';

const WRITE_MS = 2_000;
/** Between two looks, only while an answer is due or the printer takes nothing. */
const LOOK_MS = 5;
const LONGEST_READ = 256;

/** Fails as openSerial does. */
export async function openLp(path: string, wire?: WireTrace): Promise<Result<SerialLine>> {
  try {
    const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
    wire?.event('opened');
    return ok(createLine(file, path, wire));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENODEV' || code === 'ENXIO') return fail('SERIAL-ABSENT', path);
    if (code === 'EACCES' || code === 'EPERM') return fail('SERIAL-FORBIDDEN', path);
    if (code === 'EBUSY') return fail('SERIAL-BUSY', path);
    return fail('SERIAL-OPEN-FAILED', message);
  }
}

function createLine(file: FileHandle, path: string, wire: WireTrace | undefined): SerialLine {
  const ended = Promise.withResolvers<Failure | undefined>();
  /** Why nothing more comes; set once. */
  let over: Failure | undefined;
  const buffer = new Uint8Array(LONGEST_READ);
  /** Node must not close a file that is being read. */
  let using: Promise<unknown> = Promise.resolve();

  async function end(failure: Failure, told: Failure | undefined): Promise<Failure> {
    if (over) return over;
    over = failure;
    wire?.event(told ? told.code : 'closed');
    ended.resolve(told);
    await using.catch(() => {});
    await file.close().catch(() => {});
    return failure;
  }

  /** undefined: nothing now. */
  async function attempt<T>(use: () => Promise<T>): Promise<T | undefined> {
    const used = use();
    using = used;
    try {
      return await used;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
      const failure: Failure = { code: 'SERIAL-LOST', detail: `${path}: ${(error as Error).message}` };
      await end(failure, failure);
      return undefined;
    }
  }

  return {
    path,
    ended: ended.promise,
    async read(timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        if (over) return { ok: false, failure: over };
        const read = await attempt(() => file.read(buffer, 0, buffer.length, null));
        // usblp gives none, without an error, where the printer answered an empty packet.
        if (read && read.bytesRead > 0) {
          const bytes = buffer.slice(0, read.bytesRead);
          wire?.received(bytes);
          return ok(bytes);
        }
        if (performance.now() < deadline) await delay(LOOK_MS);
        else if (await isThere(path)) return fail('SERIAL-SILENT', `${path}: nothing within ${timeoutMs} ms`);
        else await end({ code: 'SERIAL-LOST', detail: path }, { code: 'SERIAL-LOST', detail: path });
      }
    },
    async write(bytes) {
      let at = 0;
      let deadline = performance.now() + WRITE_MS;
      wire?.sent(bytes);
      while (at < bytes.length) {
        if (over) return { ok: false, failure: over };
        const from = at;
        const written = await attempt(() => file.write(bytes, from, bytes.length - from, null));
        if (written && written.bytesWritten > 0) {
          at += written.bytesWritten;
          deadline = performance.now() + WRITE_MS;
        } else if (performance.now() < deadline) {
          await delay(LOOK_MS);
        } else {
          const failure: Failure = { code: 'SERIAL-WRITE-FAILED', detail: `${path}: not taken in time` };
          return { ok: false, failure: await end(failure, failure) };
        }
      }
      return ok();
    },
    /** Nothing is read ahead: what has come is read by whoever asks next. */
    discard() {},
    async close() {
      await end({ code: 'SERIAL-LOST', detail: `${path} was closed` }, undefined);
    },
  };
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
