/**
 * Mutual authentication as in ICAO Doc 9303-11, 4.3 (Basic Access Control): each side proves the card keys with
 * 40 bytes, a cryptogram of 32 and a MAC of 8, and both agree on session keys.
 */
import { timingSafeEqual } from 'node:crypto';
import { SecureMessaging } from './secure-messaging.ts';
import { decrypt, deriveKeys, encrypt, type KeyPair, mac, pad } from './triple-des.ts';

/** What one side brings: a nonce of 8 bytes and 16 bytes of key material. */
export interface Share {
  readonly nonce: Uint8Array;
  readonly key: Uint8Array;
}

export const NONCE = 8;
export const KEY_MATERIAL = 16;
export const PROOF = 40;

/** own nonce ‖ the other's nonce ‖ own key material, enciphered, with its MAC. */
export function prove(keys: KeyPair, own: Share, otherNonce: Uint8Array): Uint8Array {
  const cryptogram = encrypt(keys.encryption, Buffer.concat([own.nonce, otherNonce, own.key]));
  return Buffer.concat([cryptogram, mac(keys.mac, pad(cryptogram))]);
}

/** Opens the other side's 40 bytes; undefined: made with other keys, or not for this challenge. */
export function check(
  keys: KeyPair,
  proof: Uint8Array,
  ownNonce: Uint8Array,
  otherNonce?: Uint8Array,
): Share | undefined {
  if (proof.length !== PROOF) return undefined;
  const cryptogram = proof.subarray(0, 32);
  if (!timingSafeEqual(proof.subarray(32), mac(keys.mac, pad(cryptogram)))) return undefined;
  const plain = decrypt(keys.encryption, cryptogram);
  const nonce = plain.subarray(0, NONCE);
  if (!timingSafeEqual(plain.subarray(NONCE, 2 * NONCE), ownNonce)) return undefined;
  if (otherNonce && !timingSafeEqual(nonce, otherNonce)) return undefined;
  return { nonce, key: plain.subarray(2 * NONCE) };
}

/** The session: keys from both key materials, counter from the low halves of both nonces (9.8.6).*/
export function openSession(chip: Share, terminal: Share): SecureMessaging {
  const seed = chip.key.map((byte, index) => byte ^ terminal.key[index]!);
  return new SecureMessaging(
    deriveKeys(seed),
    Buffer.concat([chip.nonce.subarray(4), terminal.nonce.subarray(4)]),
  );
}
