/**
 * An R30x, ZFM-20 or AS608 fingerprint module on its serial line, from ZhianTec's ZFM-20 user manual: packets
 * `EF 01 | address FFFFFFFF | packet id | length u16 | payload | sum u16`, big-endian.
 *
 * Not told there, and chosen here: a spoilt command is answered with 01 when its start was heard, a command of another
 * address with nothing; a finger is looked at in an instant.
 */
import type { Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { VirtualDevice } from '../device.ts';
import type { Send } from '../pace.ts';
import { Glass } from './glass.ts';

const START = Buffer.from('ef01ffffffff', 'hex');
/** Start, packet id, length. */
const HEAD = 9;
const PACKET = { command: 0x01, data: 0x02, ack: 0x07, lastData: 0x08 };
const COMMAND = { getImage: 0x01, upImage: 0x0a, readSysPara: 0x0f, vfyPwd: 0x13 };
const OK = 0x00;
const SPOILT = 0x01;
const NO_FINGER = 0x02;
const WRONG_PASSWORD = 0x13;
const NO_IMAGE = 0x15;
const LONGEST_COMMAND = 64;

const GEOMETRY = { width: 256, height: 288, dpi: 500 };
const DATA_LENGTH = 128;
/** Status 0, system id 0009, room for 162, security 3, address, packets of 128 bytes (2), 57600 baud (6). */
const SYSTEM_PARAMETERS = Buffer.from('0000000900a20003ffffffff00020006', 'hex');
/** As long after a look that saw none it counts as waiting for a finger. */
const WAITING_MS = 1_000;

export class R30x implements VirtualDevice {
  readonly #send: Send;
  readonly #glass = new Glass(GEOMETRY);
  #input: Uint8Array = new Uint8Array();
  #image: GrayImage | null = null;
  #lookedInVain = Number.NEGATIVE_INFINITY;

  constructor(send: Send) {
    this.#send = send;
  }

  get awaitsFinger(): boolean {
    return performance.now() - this.#lookedInVain < WAITING_MS;
  }

  press(image: GrayImage | null, rests = false): void {
    this.#glass.lay(image, rests);
  }

  act(act: unknown): Result<unknown> {
    return this.#glass.act(act, this.awaitsFinger);
  }

  restart(): void {
    this.#input = new Uint8Array();
    this.#image = null;
    this.#lookedInVain = Number.NEGATIVE_INFINITY;
  }

  close(): void {}

  receive(bytes: Uint8Array): void {
    this.#input = Buffer.concat([this.#input, bytes]);
    for (;;) {
      const start = Buffer.from(this.#input).indexOf(START);
      // Perhaps the beginning of a start is at the end.
      this.#input = this.#input.subarray(start < 0 ? -START.length : start);
      if (start < 0 || this.#input.length < HEAD) return;
      const length = (this.#input[7]! << 8) | this.#input[8]!;
      if (length > LONGEST_COMMAND) {
        this.#input = this.#input.subarray(1);
        continue;
      }
      if (this.#input.length < HEAD + length) return;
      const packet = this.#input.subarray(0, HEAD + length);
      this.#input = this.#input.subarray(packet.length);
      if (packet[6] === PACKET.command) this.#obey(packet);
    }
  }

  #obey(packet: Uint8Array): void {
    const [command, ...parameters] = packet.subarray(HEAD, -2);
    const received = packet.length;
    if (!Buffer.from(packet.subarray(-2)).equals(sum(packet.subarray(6, -2)))) this.#ack(received, SPOILT);
    else if (command === COMMAND.vfyPwd)
      this.#ack(received, parameters.every((byte) => byte === 0) ? OK : WRONG_PASSWORD);
    else if (command === COMMAND.readSysPara) this.#ack(received, OK, SYSTEM_PARAMETERS);
    else if (command === COMMAND.getImage) this.#look(received);
    else if (command === COMMAND.upImage) this.#upload(received);
    else this.#ack(received, SPOILT);
  }

  #look(received: number): void {
    const seen = this.#glass.scan();
    this.#lookedInVain = seen ? Number.NEGATIVE_INFINITY : performance.now();
    this.#image = seen ?? this.#image;
    this.#ack(received, seen ? OK : NO_FINGER);
  }

  #upload(received: number): void {
    this.#ack(received, this.#image ? OK : NO_IMAGE);
    if (!this.#image) return;
    const { data } = this.#image;
    // Four bits a pixel, the first in the high nibble.
    const packed = Uint8Array.from({ length: data.length / 2 }, (_, i) => {
      return (data[2 * i]! & 0xf0) | (data[2 * i + 1]! >> 4);
    });
    for (let at = 0; at < packed.length; at += DATA_LENGTH) {
      const last = at + DATA_LENGTH === packed.length;
      this.#packet(last ? PACKET.lastData : PACKET.data, packed.subarray(at, at + DATA_LENGTH), 0);
    }
  }

  #ack(received: number, confirmation: number, more: Uint8Array = new Uint8Array()): void {
    this.#packet(PACKET.ack, Uint8Array.of(confirmation, ...more), received);
  }

  #packet(id: number, payload: Uint8Array, received: number): void {
    const length = payload.length + 2;
    const body = Buffer.concat([Uint8Array.of(id, length >> 8, length & 0xff), payload]);
    this.#send(Buffer.concat([START, body, sum(body)]), received);
  }
}

function sum(bytes: Uint8Array): Buffer {
  const result = Buffer.alloc(2);
  result.writeUInt16BE(bytes.reduce((total, byte) => total + byte, 0) & 0xffff);
  return result;
}
