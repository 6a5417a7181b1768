/** A serial line on which a module sends packets: what is heard, each time within a patience. Nothing is sent again here. */
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import { orAborted } from '../transport/or-aborted.ts';
import { openSerial, type SerialLine, type SerialSettings } from '../transport/serial.ts';
import type { WireTrace } from '../transport/trace.ts';

/** Finds packets in what a line brings, however it is cut, joined and spoilt; its memory is bounded. */
export interface PacketParser<E> {
  push(bytes: Uint8Array): E[];
  /** No more is to come of what has begun: it is told as far as it can be, and forgotten. */
  giveUp(): E[];
  /** A packet has begun of which up to `longest` bytes are due. */
  readonly awaitsData: boolean;
  /** Bytes of the longest packet. */
  readonly longest: number;
}

/** noise: bytes that were no packet, and then quiet. silence: nothing within the patience. */
export type Heard<E> = E | { readonly type: 'noise' } | { readonly type: 'silence' };

export interface PacketLine<E> {
  /** The line is still there. */
  readonly alive: boolean;
  send(bytes: Uint8Array): Promise<Result>;
  /**
   * The next that is heard. `silence` when nothing came within `patienceMs`; a long packet under way is waited for as
   * long as its bytes keep coming. undefined: aborted.
   */
  hear(patienceMs: number, signal?: AbortSignal): Promise<Result<Heard<E>> | undefined>;
  /** Forgets what has come and was not heard. */
  forget(): void;
  /** Listens until the module is quiet, and forgets what it said: for as long as its longest transfer takes. */
  drain(longestMs: number): Promise<Result>;
  close(): Promise<void>;
}

/** Bytes of one packet do not pause for longer (USB adapters wait up to 16 ms). */
const QUIET_MS = 300;
const BITS_PER_BYTE = 10;

/** Fails with SENSOR-ABSENT, or as openSerial does. */
export async function openPacketLine<E>(
  settings: SerialSettings,
  parser: PacketParser<E>,
  wire?: WireTrace,
): Promise<Result<PacketLine<E>>> {
  const opened = await openSerial(settings, wire);
  if (opened.ok) return ok(createPacketLine(opened.value, settings.baudRate, parser));
  const { code, detail } = opened.failure;
  return code === 'SERIAL-ABSENT' ? fail('SENSOR-ABSENT', detail) : opened;
}

function createPacketLine<E>(line: SerialLine, baudRate: number, parser: PacketParser<E>): PacketLine<E> {
  const longestTransferMs = (parser.longest * BITS_PER_BYTE * 1000) / baudRate;
  let events: E[] = [];
  let alive = true;
  void line.ended.then(() => {
    alive = false;
  });
  /** A read outlives the abort of whoever wanted its bytes; the next one takes it over. */
  let reading: Promise<Result<Uint8Array>> | undefined;
  function read(): Promise<Result<Uint8Array>> {
    reading ??= line.read(QUIET_MS).finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function hear(patienceMs: number, signal?: AbortSignal): Promise<Result<Heard<E>> | undefined> {
    const deadline = performance.now() + patienceMs;
    /** Bytes came that have not become an event yet. */
    let unclear = false;
    for (;;) {
      const event = events.shift();
      if (event) return ok(event);
      if (signal?.aborted) return undefined;
      const received = await orAborted(read(), signal);
      if (!received) return undefined;
      const over = performance.now() > deadline + (parser.awaitsData ? longestTransferMs : 0);
      if (received.ok) {
        events = parser.push(received.value);
        unclear = true;
      } else if (received.failure.code !== 'SERIAL-SILENT') {
        return lost(received.failure);
      }
      if (events.length > 0) continue;
      if (unclear && (!received.ok || over)) {
        events = parser.giveUp();
        if (events.length === 0) return ok({ type: 'noise' });
      } else if (over) {
        return ok({ type: 'silence' });
      }
    }
  }

  function forget(): void {
    line.discard();
    parser.giveUp();
    events = [];
  }

  return {
    get alive() {
      return alive;
    },
    async send(bytes) {
      const written = await line.write(bytes);
      return written.ok ? written : lost(written.failure);
    },
    hear,
    forget,
    async drain(longestMs) {
      const deadline = performance.now() + longestMs;
      while (performance.now() < deadline) {
        const received = await read();
        if (!received.ok && received.failure.code !== 'SERIAL-SILENT') return lost(received.failure);
        if (!received.ok) break;
      }
      forget();
      return ok();
    },
    close: () => line.close(),
  };
}

function lost({ code, detail }: Failure) {
  return fail('SENSOR-LOST', `${code} ${detail ?? ''}`.trimEnd());
}
