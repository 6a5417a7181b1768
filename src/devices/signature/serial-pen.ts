/** A serial line with a pad at its other end, for the two serial protocols. */
import { ok, type Result } from '../../failures/failure.ts';
import { HEAR_MS } from '../transport/listening.ts';
import { openSerial, type SerialLine, type SerialSettings } from '../transport/serial.ts';
import type { WireTrace } from '../transport/trace.ts';
import { padLost, padRefused } from './pad.ts';

export interface PenLine {
  readonly alive: boolean;
  /** What came, perhaps nothing within `timeoutMs` (default: HEAR_MS). */
  read(timeoutMs?: number): Promise<Result<Uint8Array>>;
  write(bytes: Uint8Array): Promise<Result>;
  discard(): void;
  close(): Promise<void>;
}

const NOTHING = new Uint8Array();

export async function openPenLine(settings: SerialSettings, wire?: WireTrace): Promise<Result<PenLine>> {
  const opened = await openSerial(settings, wire);
  return opened.ok ? ok(around(opened.value)) : padRefused(opened.failure);
}

function around(line: SerialLine): PenLine {
  let alive = true;
  void line.ended.then(() => {
    alive = false;
  });
  return {
    get alive() {
      return alive;
    },
    async read(timeoutMs = HEAR_MS) {
      const received = await line.read(timeoutMs);
      if (received.ok) return received;
      return received.failure.code === 'SERIAL-SILENT' ? ok(NOTHING) : padLost(received.failure);
    },
    async write(bytes) {
      const written = await line.write(bytes);
      return written.ok ? written : padLost(written.failure);
    },
    discard: () => line.discard(),
    close: () => line.close(),
  };
}

/**
 * When each of `count` packets that came in one piece was sent: counted back from now by the time a packet takes on the
 * line, since USB adapters pass on several at once. Never before `after`.
 */
export function* sentAt(count: number, packetMs: number, after: number): Generator<number> {
  const now = performance.now();
  for (let left = count - 1; left >= 0; left--) yield Math.max(now - left * packetMs, after);
}
