/**
 * Worker thread of child.ts: ends the process when the parent does, also after a SIGKILL of the parent. A thread of
 * its own, because the main thread may hang in pcsclite; SIGKILL, because an orderly exit waits for a hanging APDU.
 */
import { readSync } from 'node:fs';
import { flushCompileCache } from 'node:module';

flushCompileCache(); // as in child.ts
try {
  readSync(0, Buffer.alloc(1)); // nothing is ever written: returns when the parent's end of the pipe is closed
} finally {
  process.kill(process.pid, 'SIGKILL');
}
