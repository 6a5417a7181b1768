/** Streams for parsers: bytes in pieces, noise between frames. */
import fc from 'fast-check';
import type { PacketParser } from '../../../src/devices/fingerprint/packet-line.ts';

export const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
export const join = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
export const cuts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 });
/** Without these bytes, of which one begins each packet. */
export const noiseWithout = (...starts: number[]) =>
  fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.map((byte) => (starts.includes(byte) ? 0x41 : byte)));

/** The bytes in pieces of these lengths, used round and round. */
export function* pieces(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length]!;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

export function pushed<E>(parser: PacketParser<E>, bytes: Uint8Array, lengths: readonly number[]): E[] {
  return [...pieces(bytes, lengths)].flatMap((piece) => parser.push(piece)).concat(parser.giveUp());
}
