/** What the tests of all parsers need: bytes, and lines that cut them anywhere. */
import fc from 'fast-check';

export const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
export const join = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
export const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });

/** The bytes in pieces of these lengths, used round and round. */
export function* pieces(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length]!;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
