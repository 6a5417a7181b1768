/**
 * The flight recorder: what crossed each device's wire lately, redacted as it is recorded, in a ring that forgets the
 * oldest. When a device fails, its ring is what a technician sends home, and what becomes a failing test.
 */
import type { Redaction, WireTrace } from '../transport/trace.ts';
import { encodeBytes, type TraceEntry } from './trace-file.ts';

export interface FlightRecorder {
  /** The ear on a device's wire. Without a redaction only events are kept. */
  wire(device: string, redaction: Redaction | undefined): WireTrace;
  /** The oldest first; empty for a device that was never heard. */
  entries(device: string): readonly TraceEntry[];
}

/** Characters of encoded bytes that a ring holds: overwritten images shrink to a few of them. */
const MOST_CHARACTERS = 64 * 1024;
/** What an entry costs beside its bytes. */
const ENTRY_CHARACTERS = 32;

/** @param now Milliseconds that only grow. */
export function createFlightRecorder(now: () => number = () => performance.now()): FlightRecorder {
  const rings = new Map<string, Ring>();
  const ringOf = (device: string) => {
    const ring = rings.get(device) ?? new Ring();
    rings.set(device, ring);
    return ring;
  };

  return {
    wire(device, redaction) {
      const ring = ringOf(device);
      const at = () => Math.round(now());
      return {
        sent(bytes) {
          if (redaction) ring.add({ at: at(), sent: encodeBytes(redaction.sent(bytes)) });
        },
        received(bytes) {
          if (redaction) ring.add({ at: at(), received: encodeBytes(redaction.received(bytes)) });
        },
        event: (what) => ring.add({ at: at(), event: what }),
      };
    },
    entries: (device) => rings.get(device)?.entries ?? [],
  };
}

class Ring {
  #entries: TraceEntry[] = [];
  #characters = 0;

  add(entry: TraceEntry): void {
    this.#entries.push(entry);
    this.#characters += sizeOf(entry);
    let drop = 0;
    while (this.#characters > MOST_CHARACTERS) this.#characters -= sizeOf(this.#entries[drop++]!);
    if (drop > 0) this.#entries = this.#entries.slice(drop);
  }

  get entries(): readonly TraceEntry[] {
    return this.#entries;
  }
}

function sizeOf(entry: TraceEntry): number {
  const text = 'event' in entry ? entry.event : 'sent' in entry ? entry.sent : entry.received;
  return text.length + ENTRY_CHARACTERS;
}
