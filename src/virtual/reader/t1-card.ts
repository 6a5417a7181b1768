/**
 * The card's side of T=1, ISO/IEC 7816-3:2006 clause 11: blocks of NAD ‖ PCB ‖ LEN ‖ INF ‖ LRC. A card only ever
 * answers, so this is one function from a block to a block.
 */

const CHAINED = 0x20;
const S_REQUEST = { resynch: 0xc0, ifs: 0xc1, abort: 0xc2 } as const;
const S_RESPONSE = 0x20;
/** R-block errors, 11.3.2.2. */
const ERROR = { none: 0, edc: 1, other: 2 } as const;
/** 11.4.2: IFSD until the device says otherwise. */
const DEFAULT_IFSD = 32;

interface Piece {
  readonly inf: Uint8Array;
  readonly more: boolean;
}

export class T1Card {
  readonly #transmit: (apdu: Uint8Array) => Uint8Array | null;
  #ifsd = DEFAULT_IFSD;
  /** N(S) of the I-block that we send now or next. */
  #sendNumber = 0;
  /** N(S) of the I-block that we expect. */
  #expected = 0;
  #received: Uint8Array[] = [];
  /** The answer's pieces that the device has not acknowledged, the one under way first. */
  #sending: Piece[] = [];
  #lastSent: Uint8Array;

  /** `transmit`: one whole command APDU → its answer; null: the card stays silent. */
  constructor(transmit: (apdu: Uint8Array) => Uint8Array | null) {
    this.#transmit = transmit;
    this.#lastSent = this.#receiveReady(ERROR.none);
  }

  /** Power-on. */
  reset(): void {
    this.#ifsd = DEFAULT_IFSD;
    this.#resynchronise();
  }

  /** Answers one block; null: silence. */
  receive(block: Uint8Array): Uint8Array | null {
    const reply = this.#reply(block);
    if (reply) this.#lastSent = reply;
    return reply;
  }

  #reply(block: Uint8Array): Uint8Array | null {
    if (block.length < 4 || lrc(block) !== 0) return this.#receiveReady(ERROR.edc);
    const [, pcb = 0, length = 0] = block;
    if (length === 0xff || block.length !== length + 4) return this.#receiveReady(ERROR.other);
    const inf = block.subarray(3, -1);
    if ((pcb & 0x80) === 0) return this.#information(pcb, inf);
    return (pcb & 0x40) === 0 ? this.#acknowledged(pcb) : this.#supervisory(pcb, inf);
  }

  #information(pcb: number, inf: Uint8Array): Uint8Array | null {
    // While our own chain is under way the device may only send R-blocks or S(ABORT) (11.6.2.2, rule 5).
    const interrupts = this.#sending.some(({ more }) => more);
    if (((pcb >> 6) & 1) !== this.#expected || interrupts) return this.#receiveReady(ERROR.other);
    if (this.#sending.length > 0) this.#pieceArrived(); // an I-block also acknowledges our last one
    this.#expected ^= 1;
    this.#received.push(inf);
    if (pcb & CHAINED) return this.#receiveReady(ERROR.none);
    const apdu = Buffer.concat(this.#received);
    this.#received = [];
    const answered = this.#transmit(apdu);
    if (!answered) return null;
    this.#sending = cut(answered, this.#ifsd);
    return this.#nextPiece();
  }

  /** An R-block names the N(S) that the device expects: our next piece, or what we sent last once more. */
  #acknowledged(pcb: number): Uint8Array {
    const wanted = (pcb >> 4) & 1;
    if (this.#sending.length === 0) return this.#lastSent;
    if (wanted === this.#sendNumber) return this.#nextPiece();
    if (!this.#sending[0]!.more) return this.#receiveReady(ERROR.other);
    this.#pieceArrived();
    return this.#nextPiece();
  }

  #supervisory(pcb: number, inf: Uint8Array): Uint8Array {
    if (pcb === S_REQUEST.ifs && inf.length === 1 && inf[0]! > 0 && inf[0]! < 0xff) this.#ifsd = inf[0]!;
    else if (pcb === S_REQUEST.resynch && inf.length === 0) this.#resynchronise();
    else if (pcb === S_REQUEST.abort && inf.length === 0) this.#abort();
    else return this.#receiveReady(ERROR.other);
    return makeBlock(pcb | S_RESPONSE, inf);
  }

  #resynchronise(): void {
    this.#abort();
    this.#sendNumber = 0;
    this.#expected = 0;
    this.#lastSent = this.#receiveReady(ERROR.none);
  }

  /** Both chains end; a piece under way counts as sent. */
  #abort(): void {
    if (this.#sending.length > 0) this.#sendNumber ^= 1;
    this.#sending = [];
    this.#received = [];
  }

  #pieceArrived(): void {
    this.#sending.shift();
    this.#sendNumber ^= 1;
  }

  #nextPiece(): Uint8Array {
    const { inf, more } = this.#sending[0]!;
    return makeBlock((this.#sendNumber << 6) | (more ? CHAINED : 0), inf);
  }

  #receiveReady(error: number): Uint8Array {
    return makeBlock(0x80 | (this.#expected << 4) | error, new Uint8Array());
  }
}

/** An answer in pieces of at most `size` bytes; 1 ≤ size ≤ 254. */
function cut(bytes: Uint8Array, size: number): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    pieces.push({ inf: bytes.subarray(at, at + size), more: at + size < bytes.length });
  }
  return pieces;
}

function makeBlock(pcb: number, inf: Uint8Array): Uint8Array {
  const block = new Uint8Array(inf.length + 4);
  block[1] = pcb;
  block[2] = inf.length;
  block.set(inf, 3);
  block[block.length - 1] = lrc(block);
  return block;
}

/** Longitudinal redundancy check: the exclusive or of all bytes; over a whole block it is 0. */
export function lrc(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}
