/**
 * The packets of a Wacom ISDV4 pen digitiser on a serial line (xf86-input-wacom include/isdv4.h; Linux
 * drivers/input/touchscreen/wacom_w8001.c). Only the first byte of a packet has bit 7 set; there is no checksum.
 * The pen: 9 bytes. The answer to a query: 11 bytes, bit 6 of the first set.
 *
 *     b0  1 0 near 0 · eraser side tip | b1 x 15…9 | b2 x 8…2 | b3 y 15…9 | b4 y 8…2
 *     b5  pressure 6…0 | b6 · x 1…0 y 1…0 pressure 9…7 | b7, b8 tilt | in an answer b9, b10 version
 */
import type { Redaction } from '../transport/trace.ts';
import { MarkedPackets, redactMarked } from './marked-packets.ts';

export const ISDV4 = { query: 0x2a, start: 0x31, stop: 0x30 } as const;
/** wacom_w8001.c: 2540 lines an inch. */
export const ISDV4_PER_MM = 100;

export type Isdv4Event =
  | {
      readonly type: 'pen';
      readonly near: boolean;
      readonly tip: boolean;
      readonly x: number;
      readonly y: number;
      readonly pressure: number;
    }
  | {
      readonly type: 'answer';
      readonly maxX: number;
      readonly maxY: number;
      readonly maxPressure: number;
      readonly version: number;
    };

const ANSWER = 0x40;
/** Bit 4 marks packets of touch panels, which are passed over. */
const TOUCH = 0x10;
const NEAR = 0x20;
const TIP = 0x01;
export const PEN_LENGTH = 9;
const ANSWER_LENGTH = 11;

/** Finds pen packets and answers however they are cut and joined. */
export class Isdv4Parser {
  readonly #packets = new MarkedPackets((first) => (first & ANSWER ? ANSWER_LENGTH : PEN_LENGTH));

  push(bytes: Uint8Array): Isdv4Event[] {
    return this.#packets.push(bytes).flatMap((packet) => decode(packet) ?? []);
  }
}

export function redactIsdv4(): Redaction {
  return redactMarked((first) => (first & ANSWER) !== 0);
}

function decode(packet: Uint8Array): Isdv4Event | undefined {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0, , , b9 = 0, b10 = 0] = packet;
  if (b0 & TOUCH) return undefined;
  const x = (b1 << 9) | (b2 << 2) | ((b6 >> 5) & 3);
  const y = (b3 << 9) | (b4 << 2) | ((b6 >> 3) & 3);
  const pressure = ((b6 & 7) << 7) | b5;
  if (b0 & ANSWER)
    return { type: 'answer', maxX: x, maxY: y, maxPressure: pressure, version: (b9 << 7) | b10 };
  return { type: 'pen', near: (b0 & NEAR) !== 0, tip: (b0 & TIP) !== 0, x, y, pressure };
}
