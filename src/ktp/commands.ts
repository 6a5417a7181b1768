/**
 * Every command of the relay, named as in the exchange table of ktp-el-card.md. The name stands in a failure's
 * detail: `card SW 6A82 at SELECT 6FF1`, `SAM SW 6985 at F1`.
 */
import type { Apdu, FollowUp } from '../devices/card-reader/port.ts';
import { encodeCommand } from './apdu.ts';
import { FILE, type FileId, fileName } from './files.ts';

/** The parts of an exchange, in the order of a read. */
export type Phase =
  /** SELECT DF and the free photo: what shows the person on the screen. */
  | 'photo'
  /** UID and card control. */
  | 'identity'
  /** Opening the SAM, once while it is powered. */
  | 'sam'
  | 'authentication'
  /** The digital signature, read and handed to the SAM. */
  | 'digital-signature'
  | 'biodata'
  /** The photo, handed to the SAM. */
  | 'photo-check'
  | 'signature'
  | 'minutiae'
  | 'verdict'
  | 'activation';

/** `A`: a command that carries on what was answered before is a FollowUp. */
export interface Command<A extends Apdu = Apdu> {
  readonly to: 'card' | 'sam';
  readonly phase: Phase;
  readonly name: string;
  readonly apdu: A;
}

/** Bytes of SW1 SW2. */
const STATUS_WORD = 2;

const PHASE_OF_FILE: Readonly<Record<FileId, Phase>> = {
  [FILE.cardControl]: 'identity',
  [FILE.biodata]: 'biodata',
  [FILE.photo]: 'photo',
  [FILE.signatureImage]: 'signature',
  [FILE.minutiae1]: 'minutiae',
  [FILE.minutiae2]: 'minutiae',
  [FILE.digitalSignature]: 'digital-signature',
};

type Whole = Command<Uint8Array>;
type Following = Command<FollowUp>;

/** Bytes of the cryptogram that chip and SAM exchange, each way. */
export const TOKEN_LENGTH = 40;
export const CHALLENGE_LENGTH = 8;

// To the card.

export const selectApplication: Whole = {
  to: 'card',
  phase: 'photo',
  name: 'SELECT 7F0A',
  apdu: encodeCommand([0x00, 0xa4, 0x00, 0x00], Uint8Array.of(0x7f, 0x0a)),
};

export const typeBUid: Readonly<Record<'DD' | 'DF', Whole>> = {
  DD: uidCommand('GET UID B', [0x00, 0xdd, 0x00, 0x00], 8),
  DF: uidCommand('GET UID B (DF)', [0x00, 0xdf, 0x00, 0x00], 256),
};

/** Answered by the reader itself (PC/SC part 3, 3.2.2.1.3). */
export const typeAUid: Whole = uidCommand('GET UID A', [0xff, 0xca, 0x00, 0x00], 256);

export function selectFile(file: FileId): Whole {
  return {
    to: 'card',
    phase: PHASE_OF_FILE[file],
    name: `SELECT ${fileName(file)}`,
    apdu: encodeCommand([0x00, 0xa4, 0x00, 0x00], Uint8Array.of(file >> 8, file & 0xff)),
  };
}

/** `offset`: bytes from the start of the file, 0–32767; `length`: bytes, 1–256. */
export function readBinary(file: FileId, offset: number, length: number): Whole {
  return {
    to: 'card',
    phase: PHASE_OF_FILE[file],
    name: `READ ${fileName(file)} at ${offset}`,
    apdu: encodeCommand([0x00, 0xb0, offset >> 8, offset & 0xff], undefined, length),
  };
}

export const getChallenge: Whole = {
  to: 'card',
  phase: 'authentication',
  name: 'GET CHALLENGE',
  apdu: encodeCommand([0x00, 0x84, 0x00, 0x00], undefined, CHALLENGE_LENGTH),
};

/** Carries the SAM's cryptogram on; the chip answers with its own, without being asked by an Le. */
export const externalAuthenticate: Following = {
  to: 'card',
  phase: 'authentication',
  name: 'EXTERNAL AUTHENTICATE',
  apdu: carriedOn([0x00, 0x82, 0x00, 0x00]),
};

/** The protected form of that command, which the SAM has just answered. */
export function protectedForm({ name, phase }: Pick<Command, 'name' | 'phase'>): Following {
  return { to: 'card', phase, name, apdu: carriedOn([]) };
}

// To the SAM.

/** `key`: PCID xor each half of CONF, 32 bytes. A secret, as is this APDU. */
export function openSam(key: Uint8Array): Whole {
  return { to: 'sam', phase: 'sam', name: 'F0', apdu: encodeCommand([0x00, 0xf0, 0x00, 0x00], key) };
}

export const samUid = toSam('sam', 'F7', 0xf7, 0x00);
export const resetSam = toSam('authentication', 'FF', 0xff, 0x00);

/** Carries the chip's challenge on, which the SAM answers. P2: 01 for the new generation of cards, 00 for the old. */
export function computeToken(generation: 'old' | 'new', cardControl: Uint8Array, uid: Uint8Array): Following {
  const data = Uint8Array.of(...cardControl, ...uid);
  return {
    to: 'sam',
    phase: 'authentication',
    name: 'F1',
    apdu: carriedOn([0x00, 0xf1, 0x00, generation === 'new' ? 0x01 : 0x00], { data }),
  };
}

/** Carries the chip's cryptogram on to the SAM, which thereby verifies the chip. */
export const verifyToken: Following = {
  to: 'sam',
  phase: 'authentication',
  name: 'F2',
  apdu: carriedOn([0x00, 0xf2, 0x00, 0x00]),
};

export function wrap(plain: Whole): Whole {
  return {
    to: 'sam',
    phase: plain.phase,
    name: `F3 of ${plain.name}`,
    apdu: encodeCommand([0x00, 0xf3, 0x00, 0x00], plain.apdu),
  };
}

/** Carries on what the card returned to that protected command. */
export function unwrap({ name, phase }: Command): Following {
  return { to: 'sam', phase, name: `F4 of ${name}`, apdu: carriedOn([0x00, 0xf4, 0x00, 0x00]) };
}

export const startSignatureCheck = toSam('digital-signature', 'FA00', 0xfa, 0x00);
export const stopSignatureCheck = toSam('minutiae', 'FA02', 0xfa, 0x02);
export const verdict = toSam('verdict', 'FA04', 0xfa, 0x04);
export const autoDecipher = toSam('photo-check', 'FA05', 0xfa, 0x05);

export function givePhoto(block: Uint8Array): Whole {
  return {
    to: 'sam',
    phase: 'photo-check',
    name: 'FA03',
    apdu: encodeCommand([0x00, 0xfa, 0x03, 0x00], block),
  };
}

/** Carries on the file 6FF6, which the SAM itself unwrapped right before FA00. */
export const giveSignature: Following = {
  to: 'sam',
  phase: 'digital-signature',
  name: 'FA06',
  apdu: carriedOn([0x00, 0xfa, 0x06, 0x00], { back: 2, drop: 2 * STATUS_WORD }),
};

/** The SAM answers with a protected command for the card. */
export const activate = toSam('activation', 'F8', 0xf8, 0x00);

function toSam(phase: Phase, name: string, ins: number, p1: number): Whole {
  return { to: 'sam', phase, name, apdu: encodeCommand([0x00, ins, p1, 0x00], undefined, 256) };
}

function uidCommand(name: string, header: Parameters<typeof encodeCommand>[0], le: number): Whole {
  return { to: 'card', phase: 'identity', name, apdu: encodeCommand(header, undefined, le) };
}

/** `data`: what stands before the data that are carried on, by default those of the answer right before. */
function carriedOn(
  header: readonly number[],
  { data = new Uint8Array(), back = 1, drop = STATUS_WORD }: Partial<Omit<FollowUp, 'header'>> = {},
): FollowUp {
  return { header: Uint8Array.from(header), data, back, drop };
}
