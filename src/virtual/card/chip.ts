/** The virtual chip of a KTP-el (reference: ktp-el-card.md). Crypto inside is ours, the outside is the document's. */
import { randomBytes } from 'node:crypto';
import { answer, type Command, p1p2, parseCommand, SW } from './apdu.ts';
import { DF_KTP, EF, FREE_FILES } from './files.ts';
import { check, KEY_MATERIAL, NONCE, openSession, PROOF, prove } from './mutual-authentication.ts';
import { MAX_PROTECTED, type SecureMessaging } from './secure-messaging.ts';
import type { KeyPair } from './triple-des.ts';
import { type Random, t1Atr, type VirtualCard } from './virtual-card.ts';

/** A chip as it leaves personalisation. */
export interface ChipContent {
  readonly type: 'A' | 'B';
  /** 7 bytes for type A, 8 for type B. */
  readonly uid: Uint8Array;
  /** File id → bytes as stored, length field included. Card control's last byte is the activation state. */
  readonly files: ReadonlyMap<number, Uint8Array>;
  /** `clone`: no keys, answers external authenticate with random bytes; `refusing`: no keys, refuses it. */
  readonly keys: KeyPair | 'clone' | 'refusing';
}

export interface Chip extends VirtualCard {
  readonly activated: boolean;
  /** Makes the length field of a file lie from now on; null: tells the truth again. */
  lie(file: number, length: number | null): void;
}

export function isChip(card: VirtualCard): card is Chip {
  return 'lie' in card;
}

export interface ChipOptions {
  readonly random?: Random;
  /** Activated since it was personalised. */
  readonly activated?: boolean;
  /** Called once, when the activation state has been written. */
  readonly onActivated?: () => void;
}

const ACTIVATED = 1;
/** SELECT, READ BINARY, UPDATE BINARY. */
const PROTECTED_INSTRUCTIONS: ReadonlySet<number> = new Set([0xa4, 0xb0, 0xd6]);

export function createChip(content: ChipContent, options: ChipOptions = {}): Chip {
  const random = options.random ?? randomBytes;
  const files = new Map([...content.files].map(([id, bytes]) => [id, Uint8Array.from(bytes)]));
  const lies = new Map<number, number>();
  let selectedDf = false;
  let selectedEf: number | null = null;
  let challenge: Uint8Array | null = null;
  let session: SecureMessaging | null = null;

  const cardControl = files.get(EF.cardControl)!;
  const activationByte = cardControl.length - 1;
  if (options.activated) cardControl[activationByte] = ACTIVATED;
  const isActivated = () => cardControl[activationByte] === ACTIVATED;

  /** A file as it reads, its length field perhaps a lie. */
  function read(id: number): Uint8Array | undefined {
    const bytes = files.get(id);
    const length = lies.get(id);
    return bytes && length !== undefined
      ? Uint8Array.of(length >> 8, length & 0xff, ...bytes.subarray(2))
      : bytes;
  }

  function select(command: Command): Uint8Array {
    if (p1p2(command) !== 0 || command.data.length !== 2) return answer(SW.fileNotFound);
    const id = (command.data[0]! << 8) | command.data[1]!;
    if (id === DF_KTP) {
      selectedDf = true;
      selectedEf = null;
      return answer(SW.ok);
    }
    if (!selectedDf || !files.has(id)) return answer(SW.fileNotFound);
    if (!session && !FREE_FILES.has(id)) return answer(SW.securityStatusNotSatisfied);
    selectedEf = id;
    return answer(SW.ok);
  }

  function readBinary(command: Command): Uint8Array {
    if (selectedEf === null) return answer(SW.conditionsNotSatisfied);
    if (!session && !FREE_FILES.has(selectedEf)) return answer(SW.securityStatusNotSatisfied);
    if (command.data.length > 0 || command.le === undefined) return answer(SW.wrongLength);
    if (session && command.le > MAX_PROTECTED) return answer(SW.wrongLength);
    const file = read(selectedEf)!;
    const offset = p1p2(command);
    // Bit 8 of P1 would choose a file by its short identifier; the chip has none.
    if (command.p1 & 0x80 || offset >= file.length) return answer(SW.wrongParameters);
    const data = file.subarray(offset, offset + command.le);
    return answer(data.length < command.le ? SW.endOfFile : SW.ok, data);
  }

  /** Only one byte can be written, only under secure messaging, and only once: the activation state. */
  function updateBinary(command: Command): Uint8Array {
    if (!session) return answer(SW.securityStatusNotSatisfied);
    if (selectedEf !== EF.cardControl || isActivated()) return answer(SW.conditionsNotSatisfied);
    if (command.data.length !== 1) return answer(SW.wrongLength);
    if (p1p2(command) !== activationByte) return answer(SW.wrongParameters);
    if (command.data[0] !== ACTIVATED) return answer(SW.wrongData);
    cardControl[activationByte] = ACTIVATED;
    options.onActivated?.();
    return answer(SW.ok);
  }

  /** `00 DD`, in some readers' code `00 DF`: only type B knows it. */
  function typeBUid(): Uint8Array {
    if (content.type === 'A') return answer(SW.instructionNotSupported);
    if (!selectedDf) return answer(SW.conditionsNotSatisfied);
    return answer(SW.ok, content.uid);
  }

  function getChallenge(command: Command): Uint8Array {
    if (command.le !== NONCE) return answer(SW.wrongLength);
    if (!selectedDf) return answer(SW.conditionsNotSatisfied);
    challenge = random(NONCE);
    return answer(SW.ok, challenge);
  }

  function externalAuthenticate(command: Command): Uint8Array {
    const nonce = challenge;
    challenge = null;
    if (!nonce) return answer(SW.conditionsNotSatisfied);
    if (command.data.length !== PROOF) return answer(SW.wrongLength);
    if (content.keys === 'clone') return answer(SW.ok, random(PROOF));
    if (content.keys === 'refusing') return answer(SW.verificationFailed);
    const terminal = check(content.keys, command.data, nonce);
    if (!terminal) return answer(SW.verificationFailed);
    const own = { nonce, key: random(KEY_MATERIAL) };
    session = openSession(own, terminal);
    return answer(SW.ok, prove(content.keys, own, terminal.nonce));
  }

  function execute(command: Command): Uint8Array {
    switch (command.ins) {
      case 0xa4:
        return select(command);
      case 0xb0:
        return readBinary(command);
      case 0xd6:
        return updateBinary(command);
      case 0xdd:
      case 0xdf:
        return typeBUid();
      case 0x84:
        return getChallenge(command);
      case 0x82:
        return externalAuthenticate(command);
      default:
        return answer(SW.instructionNotSupported);
    }
  }

  /** The trailing status word repeats the protected one; a broken message ends the session. */
  function executeProtected(command: Command): Uint8Array {
    if (!session) return answer(SW.conditionsNotSatisfied);
    const plain = session.unprotectCommand(command);
    if (typeof plain === 'number') {
      session = null;
      return answer(plain);
    }
    // Authentication would replace the session that has to carry its answer.
    const known = PROTECTED_INSTRUCTIONS.has(plain.ins);
    const inner = Buffer.from(known ? execute(plain) : answer(SW.instructionNotSupported));
    const sw = inner.readUInt16BE(inner.length - 2);
    return answer(sw, session.protectAnswer(sw, inner.subarray(0, -2)));
  }

  return {
    atr: t1Atr(content.type === 'A' ? 'KTP-el A' : 'KTP-el B'),
    get activated() {
      return isActivated();
    },
    lie(file, length) {
      if (length === null) lies.delete(file);
      else lies.set(file, length);
    },
    reset() {
      selectedDf = false;
      selectedEf = null;
      challenge = null;
      session = null;
    },
    transmit(apdu) {
      // The reader itself answers FF CA (PC/SC part 3, 3.2.2.1.3) with what it saw at anticollision.
      if (apdu[0] === 0xff && apdu[1] === 0xca) return answer(SW.ok, anticollisionId(content));
      const command = parseCommand(apdu);
      if (!command) return answer(SW.wrongLength);
      if (command.cla === 0x0c) return executeProtected(command);
      if (command.cla !== 0x00) return answer(SW.classNotSupported);
      // As in ICAO Doc 9303-11, 9.8: a plain command ends secure messaging.
      session = null;
      return execute(command);
    },
  };
}

/** The UID of type A; of type B only a pseudo-unique identifier (PUPI), which says nothing about the type. */
function anticollisionId(content: ChipContent): Uint8Array {
  return content.type === 'A' ? content.uid : content.uid.subarray(0, 4);
}
