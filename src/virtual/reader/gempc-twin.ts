/**
 * A GemPC Twin serial reader, the device that Debian's libccidtwin.so drives: CCID messages (USB CCID 1.1) in the
 * frames of the GemCore serial protocol, `03 06 ⟨message⟩ LRC`, every command echoed before it is answered.
 * The card behind it speaks T=1, block by block.
 */
import type { VirtualCard } from '../card/virtual-card.ts';
import type { Send } from '../pace.ts';
import type { CardSlot } from './slot.ts';
import { lrc, T1Card } from './t1-card.ts';

const EMPTY = new Uint8Array();
const SYNC = 0x03;
const ACK = 0x06;
const NAK = 0x15;
const SLOT_CHANGE = { removed: Uint8Array.of(0x50, 0x02), inserted: Uint8Array.of(0x50, 0x03) };
/** 03 06, then ten bytes of CCID header; the data length is at 3, the LRC behind the data. */
const OVERHEAD = 13;
const LONGEST_DATA = 261;

const REQUEST = {
  setParameters: 0x61,
  powerOn: 0x62,
  powerOff: 0x63,
  slotStatus: 0x65,
  escape: 0x6b,
  getParameters: 0x6c,
  resetParameters: 0x6d,
  transfer: 0x6f,
} as const;
const ANSWER = { data: 0x80, slotStatus: 0x81, parameters: 0x82, escape: 0x83 } as const;
const COMMAND_FAILED = 0x40;
const TIME_EXTENSION = 0x80;
/** bError, CCID 6.2.6. */
const ICC_MUTE = 0xfe;
const NOT_SUPPORTED = 0x00;

const FIRMWARE = Buffer.from('GemTwin-V2.00-GM00');
/** T=1: F/D, TCCKS (LRC), guard time, BWI/CWI, clock stop, IFSC, NAD (CCID 6.1.7). */
const DEFAULT_PARAMETERS = Uint8Array.of(0x11, 0x10, 0x00, 0x45, 0x00, 0xfe, 0x00);

/** How often a reader whose card stays silent asks its host for more time. */
const EXTENSION_MS = 1_000;

interface Request {
  readonly type: number;
  readonly slot: number;
  readonly sequence: number;
  readonly data: Uint8Array;
}

export class GemPcTwin {
  readonly #slot: CardSlot;
  readonly #send: Send;
  readonly #card: T1Card;
  #input: Uint8Array = EMPTY;
  #parameters: Uint8Array = DEFAULT_PARAMETERS;
  #powered = false;
  /** The card that the host knows of. A swap between two of its polls is shown to it as absence first. */
  #known: VirtualCard | null = null;
  /** The host waits for a card that stays silent. */
  #hanging: { readonly request: Request; readonly timer: NodeJS.Timeout } | null = null;

  /** `send` takes one whole frame, echo and answer, at a time. */
  constructor(slot: CardSlot, send: Send) {
    this.#slot = slot;
    this.#send = send;
    this.#card = new T1Card((apdu) => slot.transmit(apdu));
    slot.onChange(() => this.#releaseHost());
  }

  /** Bytes from the host, in any pieces. */
  receive(bytes: Uint8Array): void {
    this.#input = this.#input.length > 0 ? Buffer.concat([this.#input, bytes]) : bytes;
    while (this.#input.length >= OVERHEAD) {
      const input = this.#input;
      const view = new DataView(input.buffer, input.byteOffset);
      const length = view.getUint32(3, true);
      if (input[0] !== SYNC || input[1] !== ACK || length > LONGEST_DATA) {
        this.#input = input.subarray(1); // not a frame: look for the next
        continue;
      }
      if (input.length < OVERHEAD + length) return;
      this.#input = input.subarray(OVERHEAD + length);
      this.#frame(Uint8Array.from(input.subarray(0, OVERHEAD + length)));
    }
  }

  #frame(frame: Uint8Array): void {
    if (lrc(frame) !== 0) {
      this.#send(Uint8Array.of(SYNC, NAK, SYNC ^ NAK), frame.length);
      return;
    }
    this.#endHanging();
    const request = { type: frame[2]!, slot: frame[7]!, sequence: frame[8]!, data: frame.subarray(12, -1) };
    // libccid asks for synchronous notification: a change is told after the echo and before the answer.
    const change = request.type === REQUEST.slotStatus ? this.#noticeChange() : EMPTY;
    const message = this.#execute(request);
    this.#send(Buffer.concat([frame, change, encloseFrame(message)]), frame.length);
  }

  #noticeChange(): Uint8Array {
    const now = this.#slot.card;
    if (now === this.#known) return EMPTY;
    this.#powered = false;
    this.#known = this.#known ? null : now;
    return this.#known ? SLOT_CHANGE.inserted : SLOT_CHANGE.removed;
  }

  /** The card, as long as it is the one that the host knows of. */
  get #present(): VirtualCard | null {
    return this.#known === this.#slot.card ? this.#known : null;
  }

  #execute(request: Request): Uint8Array {
    switch (request.type) {
      case REQUEST.powerOn:
        return this.#powerOn(request);
      case REQUEST.powerOff:
        this.#powered = false;
        return this.#message(ANSWER.slotStatus, request);
      case REQUEST.slotStatus:
        return this.#message(ANSWER.slotStatus, request);
      case REQUEST.escape:
        return this.#message(ANSWER.escape, request, request.data[0] === 0x02 ? FIRMWARE : undefined);
      case REQUEST.setParameters:
        this.#parameters = request.data;
        return this.#message(ANSWER.parameters, request, this.#parameters);
      case REQUEST.getParameters:
      case REQUEST.resetParameters:
        return this.#message(ANSWER.parameters, request, this.#parameters);
      case REQUEST.transfer:
        return this.#transfer(request);
      default:
        return this.#failed(ANSWER.slotStatus, request, NOT_SUPPORTED);
    }
  }

  #powerOn(request: Request): Uint8Array {
    const card = this.#present;
    card?.reset();
    this.#card.reset();
    this.#parameters = DEFAULT_PARAMETERS;
    this.#powered = Boolean(card?.atr);
    if (!card?.atr) return this.#failed(ANSWER.data, request, ICC_MUTE);
    return this.#message(ANSWER.data, request, card.atr);
  }

  #transfer(request: Request): Uint8Array {
    if (!this.#powered || !this.#present) return this.#failed(ANSWER.data, request, ICC_MUTE);
    // PPS (ISO/IEC 7816-3 clause 9): a card that agrees echoes it. FF is no NAD that a T=1 block could begin with.
    if (request.data[0] === 0xff) return this.#message(ANSWER.data, request, request.data);
    const reply = this.#card.receive(request.data);
    if (reply) return this.#message(ANSWER.data, request, reply);
    if (!this.#present) return this.#failed(ANSWER.data, request, ICC_MUTE);
    return this.#hang(request);
  }

  /** Like a reader whose card asks for more time without end: the host's driver waits until the card is pulled. */
  #hang(request: Request): Uint8Array {
    const extension = () => this.#message(ANSWER.data, request, undefined, TIME_EXTENSION, 1);
    const timer = setInterval(() => this.#send(encloseFrame(extension()), 0), EXTENSION_MS);
    this.#hanging = { request, timer };
    return extension();
  }

  #endHanging(): Request | null {
    const request = this.#hanging?.request ?? null;
    clearInterval(this.#hanging?.timer);
    this.#hanging = null;
    return request;
  }

  /** A host that still waits is told that the card is gone. */
  #releaseHost(): void {
    const request = this.#endHanging();
    if (request) this.#send(encloseFrame(this.#failed(ANSWER.data, request, ICC_MUTE)), 0);
  }

  #failed(type: number, request: Request, error: number): Uint8Array {
    return this.#message(type, request, undefined, COMMAND_FAILED, error);
  }

  /** A CCID message from the reader; parameters carry their protocol, T=1, where others carry nothing of use. */
  #message(type: number, request: Request, data: Uint8Array = EMPTY, status = 0, error = 0): Uint8Array {
    const message = new Uint8Array(10 + data.length);
    message[0] = type;
    new DataView(message.buffer).setUint32(1, data.length, true);
    message[5] = request.slot;
    message[6] = request.sequence;
    message[7] = status | this.#iccStatus();
    message[8] = error;
    message[9] = type === ANSWER.parameters ? 1 : 0;
    message.set(data, 10);
    return message;
  }

  /** CCID 6.2.6: 0 present and active, 1 present and inactive, 2 absent. */
  #iccStatus(): number {
    if (!this.#present) return 2;
    return this.#powered ? 0 : 1;
  }
}

function encloseFrame(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(message.length + 3);
  frame[0] = SYNC;
  frame[1] = ACK;
  frame.set(message, 2);
  frame[frame.length - 1] = lrc(frame);
  return frame;
}
