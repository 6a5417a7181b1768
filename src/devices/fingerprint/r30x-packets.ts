/**
 * The packets of the R30x, ZFM-20 and AS608 modules (ZhianTec ZFM-20 user manual; the same in Adafruit's library):
 * `EF 01 | address u32 | packet id | length u16 | payload | sum u16`, big-endian; the length counts payload and sum,
 * the sum is that of packet id, length and payload. Pure: bytes in, packets out.
 */
import type { GrayImage } from '../../rules/gray-image.ts';
import type { PacketParser } from './packet-line.ts';

export const PACKET_ID = { command: 0x01, data: 0x02, ack: 0x07, lastData: 0x08 } as const;

export const INSTRUCTION = {
  /** Looks once for a finger, and keeps what it sees in the image buffer. */
  getImage: 0x01,
  /** The image buffer, as data packets behind the ack. */
  upImage: 0x0a,
  /** 16 bytes: status, system id, capacity, security level, address, packet size code, baud rate / 9600. */
  readSysPara: 0x0f,
  /** With the password as u32; 0 when none was ever set. */
  vfyPwd: 0x13,
} as const;

/** The first byte of an ack. */
export const CONFIRMATION = { ok: 0x00, receiveError: 0x01, noFinger: 0x02, captureFailed: 0x03 } as const;

/** Every module leaves the factory with it. */
const ADDRESS = [0xff, 0xff, 0xff, 0xff];
const START = [0xef, 0x01, ...ADDRESS];
const HEADER_LENGTH = START.length + 3;
const SUM_LENGTH = 2;
/** Data packets carry 32, 64, 128 or 256 bytes. */
const LONGEST_PAYLOAD = 256;

export const IMAGE_WIDTH = 256;
export const IMAGE_HEIGHT = 288;
/** Two pixels a byte. */
export const IMAGE_BYTES = (IMAGE_WIDTH * IMAGE_HEIGHT) / 2;
/**
 * As the data sheets have it. It agrees with their window: 256 × 288 pixels are 13.0 × 14.6 mm at 500 dpi, within
 * the 14 × 18 mm of a ZFM-20 and the 15.3 × 18.2 mm of an AS608. Modules differ, and none was measured here.
 */
export const DPI = 500;

export interface R30xPacket {
  readonly type: 'packet';
  readonly id: number;
  readonly payload: Uint8Array;
  /** How many bytes before it were no packet. */
  readonly skipped: number;
}

export function encodeCommand(instruction: number, parameters: readonly number[] = []): Uint8Array {
  return encodePacket(PACKET_ID.command, Uint8Array.of(instruction, ...parameters));
}

export function encodePacket(id: number, payload: Uint8Array): Uint8Array {
  const length = payload.length + SUM_LENGTH;
  const summed = [id, length >> 8, length & 0xff, ...payload];
  const sum = sumOf(summed);
  return Uint8Array.from([...START, ...summed, sum >> 8, sum & 0xff]);
}

/** A packet, or that so many bytes came after the last one and were none. */
export type R30xEvent = R30xPacket | { readonly type: 'tail'; readonly skipped: number };

/** Whatever is no packet is passed over byte by byte, so that a packet behind noise is never missed. */
export class R30xParser implements PacketParser<R30xEvent> {
  #held: Uint8Array = new Uint8Array();
  #skipped = 0;
  /** Its packets are short: none is waited for longer than the line's patience. */
  readonly awaitsData = false;
  readonly longest = HEADER_LENGTH + LONGEST_PAYLOAD + SUM_LENGTH;

  push(bytes: Uint8Array): R30xEvent[] {
    this.#held = Buffer.concat([this.#held, bytes]);
    return this.#scan(false);
  }

  /** What a packet that is too short seemed to swallow is looked through. */
  giveUp(): R30xEvent[] {
    const events = this.#scan(true);
    if (this.#skipped > 0) events.push({ type: 'tail', skipped: this.#skipped });
    this.#skipped = 0;
    return events;
  }

  #scan(final: boolean): R30xEvent[] {
    const packets: R30xEvent[] = [];
    let at = 0;
    while (at < this.#held.length) {
      const found = this.#packetAt(at);
      if (found === 'unfinished' && !final) break;
      if (found && found !== 'unfinished') {
        packets.push(found);
        at += HEADER_LENGTH + found.payload.length + SUM_LENGTH;
        this.#skipped = 0;
      } else {
        at++;
        this.#skipped++;
      }
    }
    this.#held = this.#held.subarray(at);
    return packets;
  }

  /** undefined: none begins there. */
  #packetAt(at: number): R30xPacket | 'unfinished' | undefined {
    const held = this.#held;
    for (let i = 0; i < START.length; i++) {
      if (at + i >= held.length) return 'unfinished';
      if (held[at + i] !== START[i]) return undefined;
    }
    if (at + HEADER_LENGTH > held.length) return 'unfinished';
    const length = (held[at + 7]! << 8) | held[at + 8]!;
    if (length <= SUM_LENGTH || length > LONGEST_PAYLOAD + SUM_LENGTH) return undefined;
    const end = at + HEADER_LENGTH + length;
    if (end > held.length) return 'unfinished';
    const sumAt = end - SUM_LENGTH;
    if (sumOf(held.subarray(at + START.length, sumAt)) !== ((held[sumAt]! << 8) | held[sumAt + 1]!)) {
      return undefined;
    }
    const payload = Uint8Array.from(held.subarray(at + HEADER_LENGTH, sumAt));
    return { type: 'packet', id: held[at + START.length]!, payload, skipped: this.#skipped };
  }
}

function sumOf(bytes: Iterable<number>): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum & 0xffff;
}

/** 256 × 288 pixels of 4 bits, the left one in the high nibble; 0–15 become 0–255. */
export function decodeImage(packed: Uint8Array): GrayImage {
  const data = new Uint8Array(IMAGE_WIDTH * IMAGE_HEIGHT);
  for (let i = 0; i < packed.length; i++) {
    data[2 * i] = (packed[i]! >> 4) * 17;
    data[2 * i + 1] = (packed[i]! & 0x0f) * 17;
  }
  return { width: IMAGE_WIDTH, height: IMAGE_HEIGHT, dpi: DPI, data };
}
