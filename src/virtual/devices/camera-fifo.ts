/**
 * A camera's cable: a FIFO at a path of our choice, written only while somebody reads it. Frames are far longer than
 * a pipe takes at once (those of fifo-wire.ts are not), so a reader that is behind misses frames, never parts of one.
 * Pulled out, its readers see the end of the stream and the path is gone, as a device file is.
 */
import { execFile } from 'node:child_process';
import { constants, mkdirSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '../../failures/failure.ts';

/** How often it is seen whether somebody reads. */
const LOOK_MS = 50;

export interface Fifo {
  /** Somebody reads, and has taken all that was written before. */
  readonly wants: boolean;
  /** What a reader that is not there, or that is behind, does not take is lost. */
  write(bytes: Uint8Array): void;
  close(): void;
}

export async function openFifo(path: string): Promise<Result<Fifo>> {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true }); // what a killed bench left behind
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', path]);
  } catch (error) {
    return fail('BENCH-FIFO', (error as Error).message);
  }
  let reader: Socket | undefined;
  const look = () => {
    if (reader) return;
    let fd: number;
    try {
      fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch {
      return; // ENXIO: nobody reads
    }
    const found = new Socket({ fd, readable: false, writable: true });
    found.on('error', () => {}); // EPIPE: told by `close`
    found.once('close', () => {
      if (reader === found) reader = undefined;
    });
    reader = found;
  };
  const timer = setInterval(look, LOOK_MS);
  return ok({
    get wants() {
      return reader !== undefined && reader.writableLength === 0;
    },
    write: (bytes) => void reader?.write(bytes),
    close() {
      clearInterval(timer);
      rmSync(path, { force: true });
      reader?.destroy();
    },
  });
}
