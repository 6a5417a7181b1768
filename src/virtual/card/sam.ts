/** The virtual SAM (reference: ktp-el-card.md, "The exchange", the lines marked S). */
import { randomBytes } from 'node:crypto';
import { answer, type Command, p1p2, parseCommand, SW } from './apdu.ts';
import { CARD_CONTROL_LENGTH, EF, SIGNATURE_LENGTH } from './files.ts';
import { cardKeys, type Issuer, named, TEST_ISSUER } from './issuer.ts';
import {
  check,
  KEY_MATERIAL,
  NONCE,
  openSession,
  PROOF,
  prove,
  type Share,
} from './mutual-authentication.ts';
import type { SecureMessaging } from './secure-messaging.ts';
import { SignatureCheck } from './signature-check.ts';
import type { KeyPair } from './triple-des.ts';
import { type Random, t1Atr, type VirtualCard } from './virtual-card.ts';

/** What is issued with the test SAM and opens it (`samOpen` of the bench's configuration). */
export const TEST_PCID = named('TEST_PCID', 16);
export const TEST_CONF = named('TEST_CONF', 32);

export interface SamOptions {
  readonly issuer?: Issuer;
  /** What F7 answers, 8 bytes. */
  readonly uid?: Uint8Array;
  readonly random?: Random;
}

const UID8 = 8;
const OPEN_TRIES = 3;
/** Room for a protected command: 255 bytes less MAC, Le, cryptogram header and padding. */
const LONGEST_WRAPPED = 220;

/** F1 has been answered, F2 is awaited. */
interface Challenged {
  readonly keys: KeyPair;
  readonly cardNonce: Uint8Array;
  readonly own: Share;
  readonly cardControlLength: number;
}

interface Session {
  readonly messaging: SecureMessaging;
  readonly cardControlLength: number;
  /** The file that the card confirmed as selected. */
  selected: number | null;
  /** The wrapped command whose answer F4 has not seen yet. */
  pending: Command | null;
}

export function createSam(options: SamOptions = {}): VirtualCard {
  const issuer = options.issuer ?? TEST_ISSUER;
  const uid = options.uid ?? named('TEST_SAM_UID', 8);
  const random = options.random ?? randomBytes;
  let openTriesLeft = OPEN_TRIES;
  let opened = false;
  let challenged: Challenged | null = null;
  let session: Session | null = null;
  let signatureCheck: SignatureCheck | null = null;

  function endSession(): void {
    challenged = null;
    session = null;
    signatureCheck = null;
  }

  /** F0: PCID xor each half of CONF. Three refusals lock the SAM for good. */
  function open(command: Command): Uint8Array {
    if (command.data.length !== TEST_CONF.length) return answer(SW.wrongLength);
    if (openTriesLeft === 0) return answer(SW.blocked);
    opened = command.data.every((byte, index) => byte === (TEST_PCID[index % 16]! ^ TEST_CONF[index]!));
    openTriesLeft = opened ? OPEN_TRIES : openTriesLeft - 1;
    endSession();
    if (opened) return answer(SW.ok);
    return answer(openTriesLeft > 0 ? 0x63c0 | openTriesLeft : SW.blocked);
  }

  /** F1: card control ‖ UID8 ‖ challenge → 40 bytes for external authenticate. P2 chooses the master key. */
  function computeResponse({ p1, p2, data }: Command): Uint8Array {
    if (p1 !== 0 || p2 > 1) return answer(SW.wrongParameters);
    const cardControlLength = data.length - UID8 - NONCE;
    const lengths: readonly number[] = Object.values(CARD_CONTROL_LENGTH);
    if (!lengths.includes(cardControlLength)) return answer(SW.wrongLength);
    endSession();
    const cardControl = data.subarray(0, cardControlLength);
    const uid8 = data.subarray(cardControlLength, -NONCE);
    const cardNonce = Uint8Array.from(data.subarray(-NONCE));
    const keys = cardKeys(issuer, p2 === 1 ? 'new' : 'old', uid8, cardControl);
    const own = { nonce: random(NONCE), key: random(KEY_MATERIAL) };
    challenged = { keys, cardNonce, own, cardControlLength };
    return answer(SW.ok, prove(keys, own, cardNonce));
  }

  /** F2: the card's 40 bytes. */
  function verifyCard({ data }: Command): Uint8Array {
    if (!challenged) return answer(SW.conditionsNotSatisfied);
    if (data.length !== PROOF) return answer(SW.wrongLength);
    const { keys, own, cardNonce, cardControlLength } = challenged;
    challenged = null;
    const card = check(keys, data, own.nonce, cardNonce);
    if (!card) return answer(SW.smObjectIncorrect);
    session = { messaging: openSession(card, own), cardControlLength, selected: null, pending: null };
    return answer(SW.ok);
  }

  function protect(current: Session, command: Command): Uint8Array {
    current.pending = command;
    return answer(SW.ok, current.messaging.protectCommand(command));
  }

  /** F3 */
  function wrap({ data }: Command): Uint8Array {
    if (!session || session.pending) return answer(SW.conditionsNotSatisfied);
    const command = parseCommand(Uint8Array.from(data));
    if (!command || command.data.length > LONGEST_WRAPPED) return answer(SW.wrongLength);
    if (command.cla !== 0) return answer(SW.wrongData);
    return protect(session, command);
  }

  /** F4: the answer ends in the card's status word and then ours. */
  function unwrap({ data }: Command): Uint8Array {
    if (!session?.pending) return answer(SW.conditionsNotSatisfied);
    const plain = session.messaging.unprotectAnswer(data);
    if (!plain) {
      endSession();
      return answer(SW.smObjectIncorrect);
    }
    note(session, session.pending, plain.sw, plain.data);
    session.pending = null;
    return answer(SW.ok, answer(plain.sw, plain.data));
  }

  /** Follows what was selected and read, as the signature check needs it. */
  function note(current: Session, command: Command, sw: number, data: Uint8Array): void {
    if (command.ins === 0xa4 && sw === SW.ok) {
      current.selected = (command.data[0]! << 8) | command.data[1]!;
    }
    if (command.ins === 0xb0 && current.selected !== null && (sw === SW.ok || sw === SW.endOfFile)) {
      signatureCheck?.takeFile(current.selected, p1p2(command), data);
    }
  }

  /** F8: writes 01 over the last byte of card control; the file must be selected under secure messaging. */
  function activate(): Uint8Array {
    if (session?.selected !== EF.cardControl || session.pending) return answer(SW.conditionsNotSatisfied);
    const offset = 2 + session.cardControlLength - 1;
    const update = { cla: 0, ins: 0xd6, p1: 0, p2: offset, data: Uint8Array.of(1), le: undefined };
    return protect(session, update);
  }

  /** FA: the signature check, step by step. */
  function signature(command: Command): Uint8Array {
    if (!session) return answer(SW.conditionsNotSatisfied);
    if (p1p2(command) === 0x0000) {
      signatureCheck = new SignatureCheck(issuer.signingKey);
      return answer(SW.ok);
    }
    if (!signatureCheck) return answer(SW.conditionsNotSatisfied);
    switch (p1p2(command)) {
      case 0x0600:
        return giveSignature(signatureCheck, command.data);
      case 0x0300:
        return givePhoto(signatureCheck, command.data);
      case 0x0500:
        if (!signatureCheck.hasSignature) return answer(SW.conditionsNotSatisfied);
        signatureCheck.countAutomatically();
        return answer(SW.ok);
      case 0x0200:
        if (!signatureCheck.automatic || signatureCheck.ended) return answer(SW.conditionsNotSatisfied);
        signatureCheck.announceLast();
        return answer(SW.ok);
      case 0x0400: {
        if (!signatureCheck.ended) return answer(SW.conditionsNotSatisfied);
        const genuine = signatureCheck.verdict();
        signatureCheck = null;
        return answer(genuine ? SW.ok : SW.verificationFailed);
      }
      default:
        return answer(SW.wrongParameters);
    }
  }

  function execute(command: Command): Uint8Array {
    if (command.ins === 0xf0) return open(command);
    if (!INSTRUCTIONS.has(command.ins)) return answer(SW.instructionNotSupported);
    if (!opened) return answer(SW.conditionsNotSatisfied);
    switch (command.ins) {
      case 0xff:
        endSession();
        return answer(SW.ok);
      case 0xf1:
        return computeResponse(command);
      case 0xf2:
        return verifyCard(command);
      case 0xf3:
        return wrap(command);
      case 0xf4:
        return unwrap(command);
      case 0xf8:
        return activate();
      case 0xfa:
        return signature(command);
      default:
        return answer(SW.ok, uid);
    }
  }

  return {
    atr: t1Atr('KTP-el SAM'),
    reset() {
      opened = false;
      endSession();
    },
    transmit(apdu) {
      const command = parseCommand(apdu);
      if (!command) return answer(SW.wrongLength);
      if (command.cla !== 0) return answer(SW.classNotSupported);
      return execute(command);
    },
  };
}

/** Known after opening; F7, the UID, is the one without a function of its own. */
const INSTRUCTIONS: ReadonlySet<number> = new Set([0xff, 0xf1, 0xf2, 0xf3, 0xf4, 0xf7, 0xf8, 0xfa]);

function giveSignature(signatureCheck: SignatureCheck, data: Uint8Array): Uint8Array {
  if (data.length !== SIGNATURE_LENGTH) return answer(SW.wrongLength);
  if (signatureCheck.hasSignature) return answer(SW.conditionsNotSatisfied);
  signatureCheck.takeSignature(data);
  return answer(SW.ok);
}

function givePhoto(signatureCheck: SignatureCheck, chunk: Uint8Array): Uint8Array {
  if (!signatureCheck.hasSignature || signatureCheck.automatic) return answer(SW.conditionsNotSatisfied);
  if (chunk.length === 0) return answer(SW.wrongLength);
  signatureCheck.takePhoto(chunk);
  return answer(SW.ok);
}
