/**
 * What the server refuses goes into the audit: the first of a code at once, others of that code together, once a minute,
 * so that whoever knocks a thousand times fills neither audit nor disk.
 */
import type { FailureCode } from '../../failures/catalogue.ts';

export interface Refusals {
  note(code: FailureCode): void;
  /** Writes what was only counted. */
  close(): void;
}

const TOGETHER_MS = 60_000;

/** @param write how often a code was refused since it was last written */
export function createRefusals(write: (code: FailureCode, count: number) => void): Refusals {
  /** By code: how many were refused since it was written; there for a minute after that. */
  const counted = new Map<FailureCode, number>();
  const flush = () => {
    for (const [code, count] of counted) {
      if (count > 0) write(code, count);
      // One that went on is written once a minute; one that stopped is at once the next time.
      if (count > 0) counted.set(code, 0);
      else counted.delete(code);
    }
  };
  const timer = setInterval(flush, TOGETHER_MS);
  timer.unref();
  return {
    note(code) {
      const count = counted.get(code);
      if (count === undefined) write(code, 1);
      counted.set(code, count === undefined ? 0 : count + 1);
    },
    close() {
      clearInterval(timer);
      flush();
    },
  };
}
