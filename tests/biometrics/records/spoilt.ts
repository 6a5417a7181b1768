/** What every record's reader must bear: bytes that were torn off, and bytes that somebody made up. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Result } from '../../../src/failures/failure.ts';

type Decode = (bytes: Uint8Array) => Result<unknown>;

/** Torn at whatever byte it is refused; bytes after it are ignored. */
export function expectWholeOrRefused<R>(
  record: fc.Arbitrary<R>,
  encode: (record: R) => Uint8Array,
  decode: Decode,
  refused: object,
): void {
  fc.assert(
    fc.property(record, fc.nat(), (written, where) => {
      const bytes = encode(written);
      expect(decode(bytes.subarray(0, where % bytes.length))).toMatchObject(refused);
      expect(decode(Uint8Array.from([...bytes, 0, 0xff])).ok).toBe(true);
    }),
  );
}

/** Changed bytes, noise, and noise behind a good beginning give a value or the code, never an exception. */
export function expectValueOrRefused(golden: Uint8Array, decode: Decode, refused: object): void {
  const changes = fc.array(fc.tuple(fc.nat(golden.length - 1), fc.nat(255)), { maxLength: 5 });
  fc.assert(
    fc.property(changes, fc.uint8Array({ maxLength: 200 }), (places, noise) => {
      const changed = golden.slice();
      for (const [place, value] of places) changed[place] = value;
      for (const bytes of [changed, noise, Uint8Array.from([...golden.subarray(0, 8), ...noise])]) {
        const decoded = decode(bytes);
        if (!decoded.ok) expect(decoded).toMatchObject(refused);
      }
    }),
    { numRuns: 300 },
  );
}
