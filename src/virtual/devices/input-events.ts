/**
 * Events as Linux gives them on a 64-bit machine (linux/input.h):
 * `seconds u64 | microseconds u64 | type u16 | code u16 | value i32`, little-endian.
 */
export type RawEvent = readonly [type: number, code: number, value: number];

/** All that happened at a moment, with the report that ends it. @param at Milliseconds since the boot. */
export function eventsAt(at: number, events: readonly RawEvent[]): Uint8Array {
  const all = [...events, [0, 0, 0] as const];
  const bytes = Buffer.alloc(24 * all.length);
  const micros = Math.round(at * 1000);
  for (const [i, [type, code, value]] of all.entries()) {
    bytes.writeBigUInt64LE(BigInt(Math.floor(micros / 1_000_000)), 24 * i);
    bytes.writeBigUInt64LE(BigInt(micros % 1_000_000), 24 * i + 8);
    bytes.writeUInt16LE(type, 24 * i + 16);
    bytes.writeUInt16LE(code, 24 * i + 18);
    bytes.writeInt32LE(value, 24 * i + 20);
  }
  return bytes;
}
