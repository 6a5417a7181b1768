/** What the redactions of all modules are made of: they go through a stream byte by byte, and keep what they know. */
import type { Redact } from '../transport/trace.ts';

/** Takes a byte and gives the one that is recorded. */
export type Step = (byte: number) => number;

export function byteWise(step: Step): Redact {
  return (bytes) => Uint8Array.from(bytes, step);
}

/**
 * A sum at the end of a packet of which something was overwritten. Byte by byte what differs is the same, so a good
 * sum becomes the good sum of what is recorded, and a spoilt one stays spoilt.
 */
export class AdjustedSum {
  #original = 0;
  #recorded = 0;

  add(original: number, recorded: number): void {
    this.#original += original;
    this.#recorded += recorded;
  }

  /** @param shift 8 for the high byte of a sum of 16 bits, 0 for the low one. */
  adjust(byte: number, shift: 0 | 8): number {
    return (byte ^ (this.#original >> shift) ^ (this.#recorded >> shift)) & 0xff;
  }
}
