/**
 * The primitives of ICAO Doc 9303-11 in their three-key form (3K3DES). A two-key ICAO key Ka ‖ Kb is the
 * three-key key Ka ‖ Kb ‖ Ka, so the worked examples of Doc 9303-11 appendix D hold here too.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

export const BLOCK = 8;
const ZERO_IV = new Uint8Array(BLOCK);

/** ISO/IEC 9797-1 padding method 2: `80`, then zeros up to a whole block. */
export function pad(data: Uint8Array): Uint8Array {
  const padded = new Uint8Array((Math.floor(data.length / BLOCK) + 1) * BLOCK);
  padded.set(data);
  padded[data.length] = 0x80;
  return padded;
}

/** undefined: not padded by method 2. */
export function unpad(data: Uint8Array): Uint8Array | undefined {
  const end = data.findLastIndex((byte) => byte !== 0);
  return data[end] === 0x80 ? data.subarray(0, end) : undefined;
}

/** CBC with a zero IV; `key` 24 bytes, `data` whole blocks. */
export function encrypt(key: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createCipheriv('des-ede3-cbc', key, ZERO_IV).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

export function decrypt(key: Uint8Array, data: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('des-ede3-cbc', key, ZERO_IV).setAutoPadding(false);
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

/**
 * ISO/IEC 9797-1 MAC algorithm 3 over whole blocks: single DES under K1 up to the last block, which goes through
 * all of K1, K2, K3. `key` 24 bytes; the MAC has 8 bytes.
 */
export function mac(key: Uint8Array, data: Uint8Array): Uint8Array {
  const head = data.subarray(0, -BLOCK);
  const first = key.subarray(0, 8);
  // OpenSSL 3 keeps single DES in its legacy provider; E(K1, D(K1, E(K1, x))) is the same.
  const single = Buffer.concat([first, first, first]);
  const chained = head.length > 0 ? encrypt(single, head).subarray(-BLOCK) : ZERO_IV;
  const last = data.subarray(-BLOCK).map((byte, index) => byte ^ chained[index]!);
  return encrypt(key, last);
}

/**
 * Doc 9303-11, 9.7.1 with SHA-256 and three keys: the first 24 bytes of SHA-256(seed ‖ counter); counter 1 gives
 * the encryption key, 2 the MAC key. Parity bits are left as they fall, DES ignores them.
 */
export function deriveKeys(seed: Uint8Array): KeyPair {
  const derive = (counter: number) =>
    createHash('sha256')
      .update(seed)
      .update(Uint8Array.of(0, 0, 0, counter))
      .digest()
      .subarray(0, 24);
  return { encryption: derive(1), mac: derive(2) };
}

export interface KeyPair {
  /** 24 bytes each. */
  readonly encryption: Uint8Array;
  readonly mac: Uint8Array;
}
