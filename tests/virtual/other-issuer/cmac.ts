/** AES-CMAC (NIST SP 800-38B, RFC 4493) with a 128-bit key; Node's crypto has none. */
import { createCipheriv } from 'node:crypto';

const BLOCK = 16;

export function cmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  const subkey1 = double(encryptBlock(key, new Uint8Array(BLOCK)));
  const whole = message.length > 0 && message.length % BLOCK === 0;
  const start = whole ? message.length - BLOCK : message.length - (message.length % BLOCK);
  const last = new Uint8Array(BLOCK);
  last.set(message.subarray(start));
  if (!whole) last[message.length - start] = 0x80;
  let state: Uint8Array = new Uint8Array(BLOCK);
  for (let at = 0; at < start; at += BLOCK) {
    state = encryptBlock(key, xor(state, message.subarray(at, at + BLOCK)));
  }
  return encryptBlock(key, xor(state, xor(last, whole ? subkey1 : double(subkey1))));
}

function encryptBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  return createCipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(block);
}

/** Multiplication by x in GF(2^128). */
function double(block: Uint8Array): Uint8Array {
  const out = block.map((byte, index) => (byte << 1) | ((block[index + 1] ?? 0) >> 7));
  if (block[0]! & 0x80) out[BLOCK - 1]! ^= 0x87;
  return out;
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, index) => byte ^ b[index]!);
}
