/**
 * A serial line for a virtual device: a pseudo-terminal behind a link with a path of our choice. socat holds it and
 * ends when our end of its pipe closes, so also after SIGKILL of this process. There is no baud rate: emulators
 * pace themselves.
 */
import { spawn } from 'node:child_process';
import { closeSync, constants, existsSync, mkdirSync, openSync, realpathSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fail, ok, type Result } from '../failures/failure.ts';

export interface Pty {
  /** The terminal behind the link, e.g. /dev/pts/7: a path without blanks, which reader.conf cannot quote. */
  readonly device: string;
  /** Sends to whoever has the line open. */
  write(bytes: Uint8Array): void;
  close(): Promise<void>;
}

const POLL_MS = 5;
const PATIENCE_MS = 5_000;

/** @param receive Called with what a driver wrote, in pieces as they come. */
export async function openPty(path: string, receive: (bytes: Uint8Array) => void): Promise<Result<Pty>> {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true }); // a link that a killed bench left behind
  const link = path.replace(/[\\:,!"'([{]/g, '\\$&');
  const socat = spawn('socat', ['-t0.1', '-', `PTY,raw,echo=0,link=${link}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let ended = false;
  const end = new Promise<void>((resolve) => {
    socat.once('error', () => resolve());
    socat.once('exit', () => resolve());
  }).then(() => {
    ended = true;
  });
  socat.stdin.on('error', () => {}); // EPIPE: told by `exit`
  for (let waited = 0; !existsSync(path); waited += POLL_MS) {
    if (ended || waited > PATIENCE_MS) {
      socat.kill();
      return fail('BENCH-PTY', `socat ${ended ? 'ended' : 'made nothing'} for ${path}`);
    }
    await delay(POLL_MS);
  }
  // One end stays open: without it the line would hang up whenever a driver closes it.
  const keeper = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  socat.stdout.on('data', receive);
  return ok({
    device: realpathSync(path),
    write: (bytes) => void socat.stdin.write(bytes),
    async close() {
      closeSync(keeper);
      socat.stdin.end();
      await end;
      rmSync(path, { force: true });
    },
  });
}
