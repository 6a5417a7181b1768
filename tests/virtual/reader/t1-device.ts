/** The device's side of T=1 (ISO/IEC 7816-3:2006 clause 11), as a driver speaks it, over a line that may garble blocks. */

/** Carries a block to the card and its answer back. */
export type Line = (block: Uint8Array) => Uint8Array;

export class T1Device {
  readonly #line: Line;
  /** The most bytes of INF that the card takes. */
  readonly #ifsc: number;
  #sendNumber = 0;
  #expected = 0;

  constructor(line: Line, ifsc: number) {
    this.#line = line;
    this.#ifsc = ifsc;
  }

  announceIfsd(size: number): void {
    const request = block(0xc1, Uint8Array.of(size));
    const wanted = block(0xe1, Uint8Array.of(size));
    while (!Buffer.from(this.#line(request)).equals(wanted));
  }

  resynchronise(): void {
    while (!Buffer.from(this.#line(block(0xc0))).equals(block(0xe0)));
    this.#sendNumber = 0;
    this.#expected = 0;
  }

  exchange(apdu: Uint8Array): Uint8Array {
    let first: Uint8Array | undefined;
    for (let at = 0; at < apdu.length; at += this.#ifsc) {
      const more = at + this.#ifsc < apdu.length;
      first = this.#sendPiece(apdu.subarray(at, at + this.#ifsc), more);
    }
    return this.#receiveRest(first!);
  }

  /** Until the card acknowledged the piece, or answered the last one with an I-block, which is returned. */
  #sendPiece(inf: Uint8Array, more: boolean): Uint8Array | undefined {
    const piece = block((this.#sendNumber << 6) | (more ? 0x20 : 0), inf);
    let out = piece;
    for (;;) {
      const reply = this.#line(out);
      if (!valid(reply)) {
        out = this.#receiveReady(1);
        continue;
      }
      const pcb = reply[1]!;
      if ((pcb & 0xc0) === 0x80) {
        const wanted = (pcb >> 4) & 1;
        if (wanted === this.#sendNumber) {
          out = piece;
          continue;
        }
        if (!more) {
          // The card has the piece; its answer was lost on the way, and then our asking for it.
          out = this.#receiveReady(0);
          continue;
        }
        this.#sendNumber ^= 1;
        return undefined;
      }
      if (more) throw new Error('the card answered before the chain was whole');
      this.#sendNumber ^= 1;
      return reply;
    }
  }

  #receiveRest(first: Uint8Array): Uint8Array {
    const pieces: Uint8Array[] = [];
    let reply = first;
    for (;;) {
      const pcb = reply[1]!;
      if (((pcb >> 6) & 1) !== this.#expected) throw new Error('an I-block with the wrong number');
      this.#expected ^= 1;
      pieces.push(reply.subarray(3, -1));
      if ((pcb & 0x20) === 0) return Buffer.concat(pieces);
      let out = this.#receiveReady(0);
      for (;;) {
        reply = this.#line(out);
        if (valid(reply) && (reply[1]! & 0x80) === 0) break;
        out = this.#receiveReady(valid(reply) ? 0 : 1);
      }
    }
  }

  #receiveReady(error: number): Uint8Array {
    return block(0x80 | (this.#expected << 4) | error);
  }
}

export function block(pcb: number, inf: Uint8Array = new Uint8Array()): Uint8Array {
  const head = Uint8Array.of(0, pcb, inf.length, ...inf);
  return Uint8Array.of(
    ...head,
    head.reduce((sum, byte) => sum ^ byte, 0),
  );
}

function valid(reply: Uint8Array): boolean {
  return reply.length === reply[2]! + 4 && reply.reduce((sum, byte) => sum ^ byte, 0) === 0;
}
