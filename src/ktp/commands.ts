/**
 * Every command of the relay, named as in the exchange table of ktp-el-card.md. The name stands in a failure's
 * detail: `card SW 6A82 at SELECT 6FF1`, `SAM SW 6985 at F1`.
 */
import type { Apdu, FollowUp } from '../devices/card-reader/port.ts';
import { encodeCommand } from './apdu.ts';
import { type FileId, fileName } from './files.ts';

/** `A`: a command that carries on the answer to the one before it is a FollowUp. */
export interface Command<A extends Apdu = Apdu> {
  readonly to: 'card' | 'sam';
  readonly name: string;
  readonly apdu: A;
}

type Whole = Command<Uint8Array>;
type Following = Command<FollowUp>;

/** Bytes of the cryptogram that chip and SAM exchange, each way. */
export const TOKEN_LENGTH = 40;
export const CHALLENGE_LENGTH = 8;

// To the card.

export const selectApplication: Whole = {
  to: 'card',
  name: 'SELECT 7F0A',
  apdu: encodeCommand([0x00, 0xa4, 0x00, 0x00], Uint8Array.of(0x7f, 0x0a)),
};

export const typeBUid: Readonly<Record<'DD' | 'DF', Whole>> = {
  DD: { to: 'card', name: 'GET UID B', apdu: encodeCommand([0x00, 0xdd, 0x00, 0x00], undefined, 8) },
  DF: { to: 'card', name: 'GET UID B (DF)', apdu: encodeCommand([0x00, 0xdf, 0x00, 0x00], undefined, 256) },
};

/** Answered by the reader itself (PC/SC part 3, 3.2.2.1.3). */
export const typeAUid: Whole = {
  to: 'card',
  name: 'GET UID A',
  apdu: encodeCommand([0xff, 0xca, 0x00, 0x00], undefined, 256),
};

export function selectFile(file: FileId): Whole {
  return {
    to: 'card',
    name: `SELECT ${fileName(file)}`,
    apdu: encodeCommand([0x00, 0xa4, 0x00, 0x00], Uint8Array.of(file >> 8, file & 0xff)),
  };
}

/** `offset`: bytes from the start of the file, 0–32767; `length`: bytes, 1–256. */
export function readBinary(file: FileId, offset: number, length: number): Whole {
  return {
    to: 'card',
    name: `READ ${fileName(file)} at ${offset}`,
    apdu: encodeCommand([0x00, 0xb0, offset >> 8, offset & 0xff], undefined, length),
  };
}

export const getChallenge: Whole = {
  to: 'card',
  name: 'GET CHALLENGE',
  apdu: encodeCommand([0x00, 0x84, 0x00, 0x00], undefined, CHALLENGE_LENGTH),
};

/** Carries the SAM's cryptogram on; the chip answers with its own, without being asked by an Le. */
export const externalAuthenticate: Following = {
  to: 'card',
  name: 'EXTERNAL AUTHENTICATE',
  apdu: carriedOn([0x00, 0x82, 0x00, 0x00]),
};

/** The protected form of the command named `name`, which the SAM has just answered. */
export function protectedForm(name: string): Following {
  return { to: 'card', name, apdu: { header: null } };
}

// To the SAM.

/** `key`: PCID xor each half of CONF, 32 bytes. A secret, as is this APDU. */
export function openSam(key: Uint8Array): Whole {
  return { to: 'sam', name: 'F0', apdu: encodeCommand([0x00, 0xf0, 0x00, 0x00], key) };
}

export const samUid = toSam('F7', 0xf7, 0x00);
export const resetSam = toSam('FF', 0xff, 0x00);

/** Carries the chip's challenge on, which the SAM answers. P2: 01 for the new generation of cards, 00 for the old. */
export function computeToken(generation: 'old' | 'new', cardControl: Uint8Array, uid: Uint8Array): Following {
  const data = Uint8Array.of(...cardControl, ...uid);
  return {
    to: 'sam',
    name: 'F1',
    apdu: carriedOn([0x00, 0xf1, 0x00, generation === 'new' ? 0x01 : 0x00], data),
  };
}

/** Carries the chip's cryptogram on to the SAM, which thereby verifies the chip. */
export const verifyToken: Following = {
  to: 'sam',
  name: 'F2',
  apdu: carriedOn([0x00, 0xf2, 0x00, 0x00]),
};

export function wrap(plain: Whole): Whole {
  return {
    to: 'sam',
    name: `F3 of ${plain.name}`,
    apdu: encodeCommand([0x00, 0xf3, 0x00, 0x00], plain.apdu),
  };
}

/** Carries on what the card returned to the protected command named `of`. */
export function unwrap(of: string): Following {
  return { to: 'sam', name: `F4 of ${of}`, apdu: carriedOn([0x00, 0xf4, 0x00, 0x00]) };
}

export const startSignatureCheck = toSam('FA00', 0xfa, 0x00);
export const stopSignatureCheck = toSam('FA02', 0xfa, 0x02);
export const verdict = toSam('FA04', 0xfa, 0x04);
export const autoDecipher = toSam('FA05', 0xfa, 0x05);

export function givePhoto(block: Uint8Array): Whole {
  return { to: 'sam', name: 'FA03', apdu: encodeCommand([0x00, 0xfa, 0x03, 0x00], block) };
}

export function giveSignature(signature: Uint8Array): Whole {
  return { to: 'sam', name: 'FA06', apdu: encodeCommand([0x00, 0xfa, 0x06, 0x00], signature) };
}

/** The SAM answers with a protected command for the card. */
export const activate = toSam('F8', 0xf8, 0x00);

function toSam(name: string, ins: number, p1: number): Whole {
  return { to: 'sam', name, apdu: encodeCommand([0x00, ins, p1, 0x00], undefined, 256) };
}

/** `data`: what stands before the data that are carried on. */
function carriedOn(header: readonly number[], data = new Uint8Array()): FollowUp {
  return { header: Uint8Array.from(header), data };
}
