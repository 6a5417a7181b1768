/**
 * The events of an input device (linux/input.h, linux/input-event-codes.h): on 64-bit Linux 24 bytes,
 * `seconds u64 | microseconds u64 | type u16 | code u16 | value i32`, little-endian on every machine a kiosk runs on.
 */

export const EV_SYN = 0;
export const EV_KEY = 1;
export const EV_ABS = 3;
export const SYN_REPORT = 0;
/** The kernel's buffer ran over: everything up to the next SYN_REPORT is to be ignored. */
export const SYN_DROPPED = 3;

export interface InputEvent {
  /** Milliseconds; monotonic, from the boot of the machine. */
  readonly time: number;
  readonly type: number;
  readonly code: number;
  readonly value: number;
}

const LENGTH = 24;
/** Highest code of each type that a pen or a keyboard sends: SYN, KEY, REL, ABS, MSC, LED, REP. */
const HIGHEST_CODE: ReadonlyMap<number, number> = new Map([
  [EV_SYN, 0x0f],
  [EV_KEY, 0x2ff],
  [2, 0x0f],
  [EV_ABS, 0x3f],
  [4, 0x07],
  [0x11, 0x0f],
  [0x14, 0x01],
]);

/**
 * Finds events in what the line brings, however it is cut. The kernel gives whole events only; still, bytes that
 * cannot be one (a torn event on the bench) are passed over one by one, so that the events behind them are found.
 */
export class EventParser {
  #rest: Uint8Array = new Uint8Array();

  push(bytes: Uint8Array): InputEvent[] {
    const held = Buffer.concat([this.#rest, bytes]);
    const events: InputEvent[] = [];
    let at = 0;
    while (held.length - at >= LENGTH) {
      const event = decode(held, at);
      if (event) events.push(event);
      at += event ? LENGTH : 1;
    }
    this.#rest = held.subarray(at);
    return events;
  }
}

function decode(bytes: Buffer, at: number): InputEvent | undefined {
  const microseconds = bytes.readBigUInt64LE(at + 8);
  const type = bytes.readUInt16LE(at + 16);
  const code = bytes.readUInt16LE(at + 18);
  if (microseconds >= 1_000_000n || code > (HIGHEST_CODE.get(type) ?? -1)) return undefined;
  // 2^40 seconds are 35,000 years: more are no time.
  const seconds = bytes.readBigUInt64LE(at);
  if (seconds >= 1n << 40n) return undefined;
  return {
    time: Number(seconds) * 1000 + Number(microseconds) / 1000,
    type,
    code,
    value: bytes.readInt32LE(at + 20),
  };
}
