/**
 * An ADH-Tech GT-511C3 fingerprint module on its serial line, from its data sheet: 12-byte commands and responses
 * `55 AA | device 0001 | parameter u32 | code u16 | sum u16`, data as `5A A5 | device | data | sum`, little-endian.
 *
 * Not told there, and chosen here: a spoilt command is passed over in silence; without light no finger is seen; an
 * image that was never captured is white.
 */
import type { Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { VirtualDevice } from '../device.ts';
import type { Send } from '../pace.ts';
import { Glass } from './glass.ts';

const COMMAND_LENGTH = 12;
const START = Buffer.from('55aa0100', 'hex');
const DATA_START = Buffer.from('5aa50100', 'hex');
const COMMAND = {
  open: 0x01,
  changeBaudRate: 0x04,
  cmosLed: 0x12,
  isPressFinger: 0x26,
  captureFinger: 0x60,
  getImage: 0x62,
};
const ACK = 0x30;
const NACK = 0x31;
const INVALID_BAUD_RATE = 0x1002;
const NOT_SUPPORTED = 0x100e;
const FINGER_IS_NOT_PRESSED = 0x1012;
const NOT_PRESSED = 1;

const FIRST_BAUD_RATE = 9_600;
const BAUD_RATES = [9_600, 19_200, 38_400, 57_600, 115_200];
/** Sent by rows of 202. */
const GEOMETRY = { width: 202, height: 258, dpi: 450 };
/** Firmware of 2014-03-12, no ISO area, a serial number. */
const IDENTITY = Buffer.from(`12031420${'00000000'}${'0123456789abcdef'.repeat(2)}`, 'hex');
/** As long after a look that saw none it counts as waiting for a finger. */
const WAITING_MS = 1_000;

export class Gt511c3 implements VirtualDevice {
  readonly #send: Send;
  readonly #glass = new Glass(GEOMETRY);
  #input: Uint8Array = new Uint8Array();
  #lit = false;
  #baudRate = FIRST_BAUD_RATE;
  #captured: Uint8Array = white();
  #lookedInVain = Number.NEGATIVE_INFINITY;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Bits per second at which it now listens and speaks. */
  get baudRate(): number {
    return this.#baudRate;
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
    this.#lit = false;
    this.#baudRate = FIRST_BAUD_RATE;
    this.#captured = white();
    this.#lookedInVain = Number.NEGATIVE_INFINITY;
  }

  close(): void {}

  receive(bytes: Uint8Array): void {
    this.#input = Buffer.concat([this.#input, bytes]);
    while (this.#input.length >= COMMAND_LENGTH) {
      const packet = Buffer.from(this.#input.subarray(0, COMMAND_LENGTH));
      const whole =
        packet.subarray(0, 4).equals(START) && sum(packet.subarray(0, 10)) === packet.readUInt16LE(10);
      this.#input = this.#input.subarray(whole ? COMMAND_LENGTH : 1);
      if (whole) this.#obey(packet.readUInt16LE(8), packet.readUInt32LE(4));
    }
  }

  #obey(command: number, parameter: number): void {
    if (command === COMMAND.open) {
      this.#respond(ACK, 0);
      if (parameter !== 0) this.#data(IDENTITY);
    } else if (command === COMMAND.changeBaudRate) {
      const possible = BAUD_RATES.includes(parameter);
      this.#respond(possible ? ACK : NACK, possible ? 0 : INVALID_BAUD_RATE);
      if (possible) this.#baudRate = parameter;
    } else if (command === COMMAND.cmosLed) {
      this.#lit = parameter !== 0;
      this.#respond(ACK, 0);
    } else if (command === COMMAND.isPressFinger) this.#look();
    else if (command === COMMAND.captureFinger) this.#capture();
    else if (command === COMMAND.getImage) {
      this.#respond(ACK, 0);
      this.#data(this.#captured);
    } else this.#respond(NACK, NOT_SUPPORTED);
  }

  #look(): void {
    const pressed = this.#lit && this.#glass.covered;
    this.#lookedInVain = this.#lit && !pressed ? performance.now() : Number.NEGATIVE_INFINITY;
    this.#respond(ACK, pressed ? 0 : NOT_PRESSED);
  }

  #capture(): void {
    const seen = this.#lit ? this.#glass.scan() : null;
    this.#captured = seen?.data ?? this.#captured;
    if (seen) this.#respond(ACK, 0);
    else this.#respond(NACK, FINGER_IS_NOT_PRESSED);
  }

  #respond(code: number, parameter: number): void {
    const packet = Buffer.alloc(COMMAND_LENGTH);
    START.copy(packet);
    packet.writeUInt32LE(parameter, 4);
    packet.writeUInt16LE(code, 8);
    packet.writeUInt16LE(sum(packet), 10);
    this.#send(packet, COMMAND_LENGTH);
  }

  #data(data: Uint8Array): void {
    const packet = Buffer.concat([DATA_START, data, Buffer.alloc(2)]);
    packet.writeUInt16LE(sum(packet), packet.length - 2);
    this.#send(packet, 0);
  }
}

function white(): Uint8Array {
  return new Uint8Array(GEOMETRY.width * GEOMETRY.height).fill(255);
}

function sum(bytes: Uint8Array): number {
  return bytes.reduce((total, byte) => total + byte, 0) & 0xffff;
}
