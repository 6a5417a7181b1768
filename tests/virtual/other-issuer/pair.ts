/**
 * A chip and a SAM that speak the outer APDUs of ktp-el-card.md and share nothing inside with the bench's pair: other
 * keys, another mutual authentication, another secure messaging, another signature. What reads both knows neither.
 * Ends of files come as 9000 with zeros behind them, as from a file that is larger than its content.
 */
import { createHmac } from 'node:crypto';
import { answer, parseCommand } from '../../../src/virtual/card/apdu.ts';
import { t1Atr, type VirtualCard } from '../../../src/virtual/card/virtual-card.ts';
import { cmac } from './cmac.ts';
import { OtherMessaging } from './messaging.ts';

const TEST_KEY = Buffer.from('other issuer, not a real key');
export const OTHER_PCID = keyed('pcid').subarray(0, 16);
export const OTHER_CONF = keyed('conf');

export interface OtherContent {
  readonly generation: 'old' | 'new';
  /** Without length fields, 6FF1 to 6FF5. */
  readonly contents: readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  /** Changes a byte of this file after signing. */
  readonly tampered?: 1 | 2 | 3 | 4 | 5;
}

const UID = Buffer.from('04A1B2C3D4E5F6', 'hex');
const FREE = [0x6ff0, 0x6ff2];

/** Type A. */
export function createOtherChip({ generation, contents, tampered }: OtherContent): VirtualCard {
  const cardControl = new Uint8Array(generation === 'old' ? 29 : 51).fill(0xcc);
  cardControl[cardControl.length - 1] = 0;
  const files = new Map<number, Uint8Array>([[0x6ff0, file(cardControl)]]);
  contents.forEach((content, index) => void files.set(0x6ff1 + index, file(content)));
  files.set(0x6ff6, Buffer.concat([keyed(...contents.map(file)), new Uint8Array(48)]));
  if (tampered) files.get(0x6ff0 + tampered)![9]! ^= 1;

  let selected = 0;
  let challenge: Uint8Array | undefined;
  let messaging: OtherMessaging | undefined;

  function execute(apdu: Uint8Array): Uint8Array {
    const command = parseCommand(apdu);
    if (!command) return answer(0x6700);
    const { ins, p1, p2, data, le = 0 } = command;
    const closed = (id: number) => !messaging && !FREE.includes(id) && id !== 0x7f0a;
    if (ins === 0xa4) {
      const id = Buffer.from(data).readUInt16BE();
      if (id !== 0x7f0a && !files.has(id)) return answer(0x6a82);
      if (closed(id)) return answer(0x6982);
      selected = id;
      return answer(0x9000);
    }
    const content = files.get(selected);
    if (ins === 0xb0 && content) {
      if (closed(selected)) return answer(0x6982);
      const offset = (p1 << 8) | p2;
      const block = Buffer.alloc(le);
      block.set(content.subarray(offset, offset + le));
      return offset < content.length ? answer(0x9000, block) : answer(0x6b00);
    }
    if (ins === 0xd6 && messaging && selected === 0x6ff0 && p2 === content!.length - 1) {
      content!.set(data, p2);
      return answer(0x9000);
    }
    if (ins === 0x84) {
      challenge = keyed('challenge').subarray(0, 8);
      return answer(0x9000, challenge);
    }
    if (ins === 0x82 && challenge) return authenticate(data);
    return answer(0x6d00);
  }

  /** salt (8) ‖ MAC of the SAM (16) ‖ zeros, answered by salt ‖ MAC of the chip ‖ zeros. */
  function authenticate(proof: Uint8Array): Uint8Array {
    const salt = proof.subarray(0, 8);
    const key = sessionKey(generation, `80${UID.toString('hex')}`, challenge!, salt);
    const expected = Buffer.concat([salt, cmac(key, Buffer.from('sam')), new Uint8Array(16)]);
    if (!expected.equals(proof)) return answer(0x6988);
    messaging = new OtherMessaging(key);
    return answer(0x9000, Buffer.concat([salt, cmac(key, Buffer.from('chip')), new Uint8Array(16)]));
  }

  return {
    atr: t1Atr('other'),
    reset() {
      messaging = undefined;
      selected = 0;
    },
    transmit(apdu) {
      if (apdu[0] === 0xff && apdu[1] === 0xca) return answer(0x9000, UID);
      if (apdu[0] === 0x84) {
        const plain = messaging?.unprotectCommand(apdu);
        return plain ? answer(0x9000, messaging!.protectAnswer(execute(plain))) : answer(0x6988);
      }
      messaging = undefined;
      return execute(apdu);
    },
  };
}

export function createOtherSam(): VirtualCard {
  let opened = false;
  let key: Uint8Array | undefined;
  let cardControlEnd = 0;
  let messaging: OtherMessaging | undefined;
  /** Everything that was given or unwrapped, file after file. */
  let gathered: { read: Map<number, Uint8Array>; signature: Uint8Array; photo: Uint8Array } | undefined;
  let selected = 0;
  let pending: Uint8Array = new Uint8Array();

  function unwrap(body: Uint8Array): Uint8Array {
    const plain = messaging?.unprotectAnswer(body);
    if (!plain) return answer(0x6988);
    const command = parseCommand(pending)!;
    if (command.ins === 0xa4) selected = Buffer.from(command.data).readUInt16BE();
    if (command.ins === 0xb0 && gathered) {
      const before = gathered.read.get(selected) ?? new Uint8Array();
      gathered.read.set(selected, Buffer.concat([before, plain.subarray(0, -2)]));
    }
    return answer(0x9000, plain);
  }

  function verdict(): boolean {
    if (!gathered) return false;
    const { read, photo, signature } = gathered;
    const parts = [0x6ff1, 0x6ff2, 0x6ff3, 0x6ff4, 0x6ff5].map((id) => {
      const bytes = id === 0x6ff2 ? photo : (read.get(id) ?? new Uint8Array(2));
      return bytes.subarray(0, 2 + Buffer.from(bytes).readUInt16BE());
    });
    return Buffer.from(keyed(...parts)).equals(signature.subarray(0, 32));
  }

  function signature(step: number, data: Uint8Array): Uint8Array {
    if (step === 0x00) gathered = { read: new Map(), signature: new Uint8Array(), photo: new Uint8Array() };
    if (!gathered) return answer(0x6985);
    if (step === 0x06) gathered.signature = Uint8Array.from(data);
    if (step === 0x03) gathered.photo = Buffer.concat([gathered.photo, data]);
    return answer(step === 0x04 && !verdict() ? 0x6a88 : 0x9000);
  }

  return {
    atr: t1Atr('other SAM'),
    reset() {
      opened = false;
      messaging = undefined;
    },
    transmit(apdu) {
      const command = parseCommand(apdu);
      if (!command) return answer(0x6700);
      const { ins, p1, p2, data } = command;
      if (ins === 0xf0) {
        opened = data.every((byte, index) => byte === (OTHER_PCID[index % 16]! ^ OTHER_CONF[index]!));
        return answer(opened ? 0x9000 : 0x6982);
      }
      if (!opened) return answer(0x6985);
      switch (ins) {
        case 0xff:
          messaging = undefined;
          gathered = undefined;
          return answer(0x9000);
        case 0xf1: {
          cardControlEnd = data.length - 16 + 1;
          const uid8 = Buffer.from(data.subarray(-16, -8)).toString('hex');
          const salt = keyed('salt').subarray(0, 8);
          key = sessionKey(p2 === 1 ? 'new' : 'old', uid8, data.subarray(-8), salt);
          return answer(0x9000, Buffer.concat([salt, cmac(key, Buffer.from('sam')), new Uint8Array(16)]));
        }
        case 0xf2: {
          const proof = key && Buffer.concat([cmac(key, Buffer.from('chip')), new Uint8Array(16)]);
          if (!key || !proof?.equals(data.subarray(8))) return answer(0x6988);
          messaging = new OtherMessaging(key);
          return answer(0x9000);
        }
        case 0xf3:
          pending = Uint8Array.from(data);
          return messaging ? answer(0x9000, messaging.protectCommand(pending)) : answer(0x6985);
        case 0xf4:
          return unwrap(data);
        case 0xf7:
          return answer(0x9000, keyed('uid').subarray(0, 4));
        case 0xf8:
          pending = Uint8Array.of(0, 0xd6, 0, cardControlEnd, 1, 1);
          if (!messaging || selected !== 0x6ff0) return answer(0x6985);
          return answer(0x9000, messaging.protectCommand(pending));
        case 0xfa:
          return signature(p1, data);
        default:
          return answer(0x6d00);
      }
    },
  };
}

function keyed(...parts: (string | Uint8Array)[]): Uint8Array {
  const hmac = createHmac('sha256', TEST_KEY);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

function sessionKey(generation: string, uid8: string, challenge: Uint8Array, salt: Uint8Array): Uint8Array {
  return keyed(generation, uid8.toLowerCase(), challenge, salt).subarray(0, 16);
}

function file(content: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(content.length >> 8, content.length & 0xff), content]);
}
