/**
 * Packets of which only the first byte has bit 7 set, as both serial pads speak. A torn one is noticed at the first
 * byte of the next; a spoilt bit elsewhere is not, since there is no checksum.
 */
import type { Redaction } from '../transport/trace.ts';

const FIRST = 0x80;

/** Finds packets however they are cut and joined. It holds one packet at most. */
export class MarkedPackets {
  readonly #lengthOf: (first: number) => number;
  #held: number[] = [];

  /** @param lengthOf Bytes of a packet that begins so. */
  constructor(lengthOf: (first: number) => number) {
    this.#lengthOf = lengthOf;
  }

  push(bytes: Uint8Array): Uint8Array[] {
    const packets: Uint8Array[] = [];
    for (const byte of bytes) {
      if (byte & FIRST) this.#held = [];
      else if (this.#held.length === 0) continue;
      this.#held.push(byte);
      if (this.#held.length < this.#lengthOf(this.#held[0]!)) continue;
      packets.push(Uint8Array.from(this.#held));
      this.#held = [];
    }
    return packets;
  }
}

/**
 * Overwrites where the pen was and how hard it pressed: everything but the first byte of each packet. What the kiosk
 * sends to a pad is of nobody.
 * @param isOfNobody A packet that begins so tells nothing of a person.
 */
export function redactMarked(isOfNobody: (first: number) => boolean): Redaction {
  let keep = false;
  return {
    sent: (bytes) => Uint8Array.from(bytes),
    received: (bytes) =>
      bytes.map((byte) => {
        if (byte & FIRST) keep = isOfNobody(byte);
        return byte & FIRST || keep ? byte : 0;
      }),
  };
}
