/**
 * The packets of an ADH-Tech GT-511C3 (its data sheet, and jtorniainen/pyGT511C3): commands and responses are 12 bytes
 * `55 AA | device u16 | parameter u32 | command or response u16 | sum u16`; data follows a response as
 * `5A A5 | device u16 | data | sum u16`, of a length that only the command tells. Little-endian; the sum is that of
 * all bytes before it. Pure: bytes in, packets out.
 */
import type { GrayImage } from '../../rules/gray-image.ts';
import type { PacketParser } from './packet-line.ts';

export const COMMAND = {
  /** With the parameter 1 data follows: who it is. */
  open: 0x01,
  /** The parameter is the new rate; the response still comes at the old one. */
  changeBaudRate: 0x04,
  /** 1: on. Without light it sees no finger. */
  cmosLed: 0x12,
  /** Answers 0 when a finger is pressed. */
  isPressFinger: 0x26,
  /** 0: fast; 1: best image. Keeps it in the module. */
  captureFinger: 0x60,
  /** The captured image, as data. */
  getImage: 0x62,
} as const;

export const RESPONSE = { ack: 0x30, nack: 0x31 } as const;

/** The parameter of a Nack. */
export const NACK = {
  communication: 0x1006,
  badFinger: 0x100c,
  fingerIsNotPressed: 0x1012,
} as const;

const RESPONSE_LENGTH = 12;
const DEVICE = [0x01, 0x00];
const RESPONSE_START = [0x55, 0xaa, ...DEVICE];
const DATA_START = [0x5a, 0xa5, ...DEVICE];
const SUM_LENGTH = 2;

/** Firmware u32 (a date, one decimal digit a nibble), most ISO bytes u32, 16 bytes of serial number. */
export const IDENTITY_LENGTH = 24;
/**
 * The maker's own program takes 258 rows of 202 pixels and turns the picture by a quarter for its window. They are
 * left as they come: upright or not, they are not mirrored.
 */
export const IMAGE_WIDTH = 202;
export const IMAGE_HEIGHT = 258;
export const IMAGE_LENGTH = IMAGE_WIDTH * IMAGE_HEIGHT;
/** By the data sheet. */
export const DPI = 450;

export type Gt511c3Event =
  | { readonly type: 'response'; readonly response: number; readonly parameter: number }
  | { readonly type: 'data'; readonly data: Uint8Array };

export function encodeCommand(command: number, parameter = 0): Uint8Array {
  const packet = new Uint8Array(RESPONSE_LENGTH);
  packet.set(RESPONSE_START);
  const view = new DataView(packet.buffer);
  view.setUint32(4, parameter, true);
  view.setUint16(8, command, true);
  view.setUint16(10, sumOf(packet), true);
  return packet;
}

/**
 * Whatever is no packet is passed over byte by byte, so that a packet behind noise is never missed. It holds at most
 * one image.
 */
export class Gt511c3Parser implements PacketParser<Gt511c3Event> {
  readonly longest = DATA_START.length + IMAGE_LENGTH + SUM_LENGTH;
  readonly #held = new Uint8Array(this.longest);
  #length = 0;
  #awaitsData = false;
  /** Bytes of data that the last command brings. */
  #dataLength = 0;

  get awaitsData(): boolean {
    return this.#awaitsData;
  }

  /** From now on data packets have so many bytes of data, at most those of an image; 0: there are none. */
  expect(dataLength: number): void {
    this.#dataLength = dataLength;
  }

  push(bytes: Uint8Array): Gt511c3Event[] {
    const events: Gt511c3Event[] = [];
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + this.#held.length - this.#length);
      this.#held.set(piece, this.#length);
      this.#length += piece.length;
      at += piece.length;
      this.#scan(events, false);
    }
    return events;
  }

  /** A packet that is too short is none; what it seemed to swallow is looked through. */
  giveUp(): Gt511c3Event[] {
    const events: Gt511c3Event[] = [];
    this.#scan(events, true);
    this.#length = 0;
    return events;
  }

  #scan(events: Gt511c3Event[], final: boolean): void {
    let at = 0;
    this.#awaitsData = false;
    while (at < this.#length) {
      const length = this.#lengthOfPacketAt(at);
      if (length > this.#length - at && !final) {
        this.#awaitsData = this.#held[at] === DATA_START[0];
        break;
      }
      const packet = this.#held.subarray(at, Math.min(at + length, this.#length));
      if (length === 0 || packet.length < length || !sumAgrees(packet)) {
        at++;
        continue;
      }
      events.push(decode(packet));
      at += length;
    }
    this.#held.copyWithin(0, at, this.#length);
    this.#length -= at;
  }

  /** 0: none begins there. */
  #lengthOfPacketAt(at: number): number {
    const begins = (start: readonly number[]) =>
      start.every((byte, i) => at + i >= this.#length || this.#held[at + i] === byte);
    if (begins(RESPONSE_START)) return RESPONSE_LENGTH;
    if (this.#dataLength > 0 && begins(DATA_START)) return DATA_START.length + this.#dataLength + SUM_LENGTH;
    return 0;
  }
}

function decode(packet: Uint8Array): Gt511c3Event {
  if (packet[0] === DATA_START[0]) {
    return { type: 'data', data: packet.slice(DATA_START.length, -SUM_LENGTH) };
  }
  const view = new DataView(packet.buffer, packet.byteOffset);
  return { type: 'response', response: view.getUint16(8, true), parameter: view.getUint32(4, true) };
}

function sumAgrees(packet: Uint8Array): boolean {
  const end = packet.length - SUM_LENGTH;
  return sumOf(packet.subarray(0, end)) === (packet[end]! | (packet[end + 1]! << 8));
}

function sumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + byte, 0) & 0xffff;
}

export function decodeImage(data: Uint8Array): GrayImage {
  return { width: IMAGE_WIDTH, height: IMAGE_HEIGHT, dpi: DPI, data };
}
