/**
 * Another secure messaging than the bench's: AES-128-CTR under a message counter and AES-CMAC. A protected command
 * is `84 INS P1 P2 Lc | D1 ⟨enciphered Lc, data, Le⟩ | D2 ⟨8 bytes of MAC⟩`, its answer `D3 ⟨enciphered data, SW⟩ |
 * D4 ⟨MAC⟩` and always 9000.
 */
import { createCipheriv } from 'node:crypto';
import { cmac } from './cmac.ts';

export class OtherMessaging {
  readonly #key: Uint8Array;
  #counter = 0;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  protectCommand(plain: Uint8Array): Uint8Array {
    const header = Uint8Array.of(0x84, ...plain.subarray(1, 4));
    return Buffer.concat([header, counted(this.#seal(header, 0xd1, plain.subarray(4)))]);
  }

  /** undefined: not made by the other end, or not now. */
  unprotectCommand(apdu: Uint8Array): Uint8Array | undefined {
    const header = apdu.subarray(0, 4);
    const tail = this.#open(header, 0xd1, apdu.subarray(5));
    return tail && Buffer.concat([Uint8Array.of(0, ...header.subarray(1)), tail]);
  }

  protectAnswer(answer: Uint8Array): Uint8Array {
    return this.#seal(new Uint8Array(), 0xd3, answer);
  }

  unprotectAnswer(body: Uint8Array): Uint8Array | undefined {
    return this.#open(new Uint8Array(), 0xd3, body);
  }

  #seal(header: Uint8Array, tag: number, plain: Uint8Array): Uint8Array {
    const object = Buffer.concat([Uint8Array.of(tag), counted(this.#cipher(++this.#counter, plain))]);
    return Buffer.concat([object, Uint8Array.of(tag + 1), counted(this.#mac(header, object))]);
  }

  #open(header: Uint8Array, tag: number, body: Uint8Array): Uint8Array | undefined {
    this.#counter++;
    const object = body.subarray(0, -10);
    const mac = Buffer.concat([Uint8Array.of(tag + 1), counted(this.#mac(header, object))]);
    if (object[0] !== tag || !mac.equals(body.subarray(-10))) return undefined;
    return this.#cipher(this.#counter, object.subarray(2));
  }

  #cipher(counter: number, bytes: Uint8Array): Uint8Array {
    const iv = Buffer.alloc(16);
    iv.writeUInt32BE(counter, 0);
    return createCipheriv('aes-128-ctr', this.#key, iv).update(bytes);
  }

  #mac(header: Uint8Array, object: Uint8Array): Uint8Array {
    const message = Buffer.concat([Uint8Array.of(this.#counter), header, object]);
    return cmac(this.#key, message).subarray(0, 8);
  }
}

function counted(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(bytes.length, ...bytes);
}
