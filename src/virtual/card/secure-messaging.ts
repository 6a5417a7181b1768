/**
 * Secure messaging of ISO/IEC 7816-4 clause 10 in the profile of ICAO Doc 9303-11, 9.8: DO'87' (cryptogram),
 * DO'97' (Le), DO'99' (status), DO'8E' (MAC) and a send sequence counter that every message moves on by one.
 */
import { timingSafeEqual } from 'node:crypto';
import { type Command, SW } from './apdu.ts';
import { BLOCK, decrypt, encrypt, type KeyPair, mac, pad, unpad } from './triple-des.ts';

/** Either end of one session; chip and SAM hold one each. */
export class SecureMessaging {
  readonly #keys: KeyPair;
  #counter: bigint;

  /** `counter`: the starting value of the send sequence counter, 8 bytes. */
  constructor(keys: KeyPair, counter: Uint8Array) {
    this.#keys = keys;
    this.#counter = Buffer.from(counter).readBigUInt64BE();
  }

  /** The SAM's way out: a plain command → the protected one. */
  protectCommand(command: Command): Uint8Array {
    const header = Uint8Array.of(command.cla | 0x0c, command.ins, command.p1, command.p2);
    const objects = Buffer.concat([
      command.data.length > 0 ? this.#cryptogram(command.data) : new Uint8Array(),
      command.le === undefined ? new Uint8Array() : tlv(0x97, Uint8Array.of(command.le & 0xff)),
    ]);
    const body = Buffer.concat([objects, tlv(0x8e, this.#nextMac(pad(header), objects))]);
    return Buffer.concat([header, Uint8Array.of(body.length), body, Uint8Array.of(0)]);
  }

  /** The chip's way in. A number is the status word to refuse with; the session is void then. */
  unprotectCommand(command: Command): Command | number {
    const objects = parseTlv(command.data);
    if (!objects) return SW.smObjectIncorrect;
    const code = objects.get(0x8e);
    if (!code) return SW.smObjectMissing;
    const header = Uint8Array.of(command.cla, command.ins, command.p1, command.p2);
    const covered = command.data.subarray(0, -(code.length + 2));
    if (!same(code, this.#nextMac(pad(header), covered))) return SW.smObjectIncorrect;
    const data = this.#plain(objects.get(0x87));
    if (!data) return SW.smObjectIncorrect;
    const le = objects.get(0x97);
    return { ...command, cla: command.cla & ~0x0c, data, le: le && (le[0] || 256) };
  }

  /** The chip's way out: DO'87' (when there is data) ‖ DO'99' ‖ DO'8E', without the trailing status word. */
  protectAnswer(sw: number, data: Uint8Array): Uint8Array {
    const objects = Buffer.concat([
      data.length > 0 ? this.#cryptogram(data) : new Uint8Array(),
      tlv(0x99, Uint8Array.of(sw >> 8, sw & 0xff)),
    ]);
    return Buffer.concat([objects, tlv(0x8e, this.#nextMac(objects))]);
  }

  /** The SAM's way in; undefined: not the answer that this session expects. */
  unprotectAnswer(body: Uint8Array): { readonly sw: number; readonly data: Uint8Array } | undefined {
    const objects = parseTlv(body);
    const code = objects?.get(0x8e);
    const status = objects?.get(0x99);
    if (!objects || !code || status?.length !== 2) return undefined;
    if (!same(code, this.#nextMac(body.subarray(0, -(code.length + 2))))) return undefined;
    const data = this.#plain(objects.get(0x87));
    return data && { sw: Buffer.from(status).readUInt16BE(), data };
  }

  /** DO'87': padding indicator 01, then the enciphered, padded data. */
  #cryptogram(data: Uint8Array): Uint8Array {
    return tlv(0x87, Buffer.concat([Uint8Array.of(1), encrypt(this.#keys.encryption, pad(data))]));
  }

  #plain(cryptogram: Uint8Array | undefined): Uint8Array | undefined {
    if (!cryptogram) return new Uint8Array();
    if (cryptogram[0] !== 1 || cryptogram.length % BLOCK !== 1 || cryptogram.length === 1) return undefined;
    return unpad(decrypt(this.#keys.encryption, cryptogram.subarray(1)));
  }

  #nextMac(...parts: Uint8Array[]): Uint8Array {
    this.#counter = BigInt.asUintN(64, this.#counter + 1n);
    const counter = Buffer.alloc(BLOCK);
    counter.writeBigUInt64BE(this.#counter);
    return mac(this.#keys.mac, pad(Buffer.concat([counter, ...parts])));
  }
}

/** The most plain data that a protected short answer (256 bytes) can carry: 28 blocks less one byte of padding. */
export const MAX_PROTECTED = 231;

/** One data object, length field of ISO/IEC 8825-1: 00–7F as it is, 80–FF after `81`. */
function tlv(tag: number, value: Uint8Array): Uint8Array {
  const length = value.length < 0x80 ? [value.length] : [0x81, value.length];
  return Buffer.concat([Uint8Array.of(tag, ...length), value]);
}

/** Data objects by tag, one-byte tags only; undefined: torn, a tag twice, or DO'8E' not at the end. */
function parseTlv(bytes: Uint8Array): Map<number, Uint8Array> | undefined {
  const objects = new Map<number, Uint8Array>();
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at]!;
    const long = bytes[at + 1] === 0x81;
    const length = bytes[at + (long ? 2 : 1)];
    const start = at + (long ? 3 : 2);
    if (length === undefined || (!long && length >= 0x80)) return undefined;
    if (start + length > bytes.length || objects.has(tag) || objects.has(0x8e)) return undefined;
    objects.set(tag, bytes.subarray(start, start + length));
    at = start + length;
  }
  return objects;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
