/**
 * An image that a module uploads in hundreds of packets without a number. On a bad line some come spoilt in every
 * upload, so what came whole is kept from one to the next: an upload repeats the same image until the next scan.
 */
import { IMAGE_BYTES } from './r30x-packets.ts';

/** What of one upload came whole, in order. */
export interface Received {
  readonly payload: Uint8Array;
  /** Bytes between it and the packet before it that were no packet. */
  readonly skipped: number;
}

const OVERHEAD = 11;

export class Upload {
  readonly #size: number;
  readonly #parts: (Uint8Array | undefined)[];

  /** @param size Payload bytes of a data packet: 32, 64, 128 or 256. */
  constructor(size: number) {
    this.#size = size;
    this.#parts = new Array<undefined>(IMAGE_BYTES / size).fill(undefined);
  }

  /**
   * Takes what came whole of one more upload. Where packets are missing, the bytes in the gap tell how many: a packet
   * that lost some of its bytes is still one. If that does not add up, this upload says nothing.
   * @param tail Bytes after the last packet that were none.
   */
  add(received: readonly Received[], tail: number): void {
    if (received.some(({ payload }) => payload.length !== this.#size)) return;
    const missing = this.#parts.length - received.length;
    const inGap = (bytes: number) => (missing === 0 ? 0 : Math.ceil(bytes / (this.#size + OVERHEAD)));
    const gaps = received.map(({ skipped }) => inGap(skipped));
    if (gaps.reduce((sum, gap) => sum + gap, inGap(tail)) !== missing) return;

    let place = 0;
    received.forEach(({ payload }, i) => {
      place += gaps[i]!;
      this.#parts[place++] = payload;
    });
  }

  /** The image as it was uploaded; undefined: parts are missing. */
  whole(): Buffer | undefined {
    const parts = this.#parts.filter((part) => part !== undefined);
    return parts.length === this.#parts.length ? Buffer.concat(parts) : undefined;
  }
}
