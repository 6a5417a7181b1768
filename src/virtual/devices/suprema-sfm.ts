/**
 * A Suprema SFM fingerprint module on its serial line: 13-byte packets
 * `40 | command | parameter u32 LE | size u32 LE | flag | checksum | 0A`, images as raw bytes behind an answer.
 *
 * From Suprema's public manual (UF Protocol Manual: packets, codes of commands, parameters and their defaults) and
 * the headers of its SDK: error codes, the image header, the order of a cancel's two answers. Not told there, and
 * chosen here: a request with a wrong checksum is passed over in silence; an image under way is sent to its end
 * before the next request is answered; READ IMAGE with nothing scanned answers NOT FOUND; a refused value UNSUPPORTED.
 */
import type { Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { VirtualDevice } from '../device.ts';
import type { Send } from '../pace.ts';
import { Glass } from './glass.ts';

const PACKET = 13;
const START = 0x40;
const END = 0x0a;

const COMMAND = {
  writeParameter: 0x01,
  readParameter: 0x03,
  status: 0x04,
  scanImage: 0x15,
  readImage: 0x20,
  cancel: 0x60,
} as const;
const FLAG = {
  success: 0x61,
  scanSuccess: 0x62,
  notFound: 0x69,
  timeOut: 0x6c,
  unsupported: 0x75,
  busy: 0x80,
  cancelled: 0x81,
} as const;
const PARAMETER = { timeOut: 0x62, imageFormat: 0x6c, firmware: 0x6e, serialNumber: 0x6f, scanSuccess: 0x75 };
const FORMAT = { grey: 0x30, binary: 0x31 };
const ALIVE = 0x30;
const ON = 0x31;
/** Time-out parameter: 0x30 for ever, then a second a step. */
const FOR_EVER = 0x30;
/** As ASCII in the four bytes of the size field, the first character in the lowest byte. */
const FIRMWARE = 'V1.7';
const SERIAL_NUMBER = 20_160_712;

interface Packet {
  readonly command: number;
  readonly parameter: number;
  readonly size: number;
  readonly flag: number;
}

export class SupremaSfm implements VirtualDevice {
  readonly #send: Send;
  #input: Uint8Array = new Uint8Array();
  /** After a reset the module's own defaults, binary images among them. */
  #parameters = factorySettings();
  readonly #glass = new Glass();
  #scanned: GrayImage | null = null;
  /** A scan waits for a finger. */
  #waiting: { readonly timer: NodeJS.Timeout | undefined } | null = null;

  constructor(send: Send) {
    this.#send = send;
  }

  /** A scan waits for a finger. */
  get awaitsFinger(): boolean {
    return this.#waiting !== null;
  }

  /**
   * Lays a finger on the glass for one scan, the one that waits or the next; null lifts it.
   * @param rests It stays there for every scan until it is lifted.
   */
  press(image: GrayImage | null, rests = false): void {
    this.#glass.lay(image, rests);
    if (this.#waiting) this.#scan();
  }

  act(act: unknown): Result<unknown> {
    const done = this.#glass.act(act, this.awaitsFinger);
    if (this.#waiting) this.#scan();
    return done;
  }

  /** The finger stays on the glass; what it was told and scanned is gone. */
  restart(): void {
    this.close();
    this.#input = new Uint8Array();
    this.#scanned = null;
    this.#parameters = factorySettings();
  }

  /** Ends its timers; a scan that waits is not answered any more. */
  close(): void {
    clearTimeout(this.#waiting?.timer);
    this.#waiting = null;
  }

  /** Bytes from the host, in any pieces. */
  receive(bytes: Uint8Array): void {
    this.#input = Buffer.concat([this.#input, bytes]);
    while (this.#input.length >= PACKET) {
      const candidate = this.#input.subarray(0, PACKET);
      const whole = candidate[0] === START && candidate[12] === END && candidate[11] === checksum(candidate);
      this.#input = this.#input.subarray(whole ? PACKET : 1);
      if (whole) this.#obey(parse(candidate));
    }
  }

  #obey(request: Packet): void {
    const { command } = request;
    if (command === COMMAND.cancel) this.#cancel();
    else if (this.#waiting) this.#answer(command, FLAG.busy);
    else if (command === COMMAND.status)
      this.#answer(command, FLAG.success, { parameter: ALIVE, size: ALIVE });
    else if (command === COMMAND.readParameter) this.#readParameter(request);
    else if (command === COMMAND.writeParameter) this.#writeParameter(request);
    else if (command === COMMAND.scanImage) this.#startScan();
    else if (command === COMMAND.readImage) this.#readImage();
    else this.#answer(command, FLAG.unsupported);
  }

  #readParameter({ command, flag: id }: Packet): void {
    const size = this.#parameters.get(id);
    if (size === undefined) this.#answer(command, FLAG.unsupported);
    else this.#answer(command, FLAG.success, { size });
  }

  #writeParameter({ command, flag: id, size: value }: Packet): void {
    const refused =
      !this.#parameters.has(id) ||
      id === PARAMETER.firmware ||
      id === PARAMETER.serialNumber ||
      (id === PARAMETER.imageFormat && value !== FORMAT.grey && value !== FORMAT.binary);
    if (!refused) this.#parameters.set(id, value);
    this.#answer(command, refused ? FLAG.unsupported : FLAG.success, { size: value });
  }

  #startScan(): void {
    const patience = this.#parameters.get(PARAMETER.timeOut)! - FOR_EVER;
    const giveUp = () => {
      this.#waiting = null;
      this.#answer(COMMAND.scanImage, FLAG.timeOut);
    };
    this.#waiting = { timer: patience > 0 ? setTimeout(giveUp, patience * 1000) : undefined };
    this.#scan();
  }

  #readImage(): void {
    if (this.#scanned) this.#answer(COMMAND.readImage, FLAG.success, {}, this.#encode(this.#scanned));
    else this.#answer(COMMAND.readImage, FLAG.notFound);
  }

  #scan(): void {
    const image = this.#glass.scan();
    if (!image) return;
    this.close();
    this.#scanned = image;
    if (this.#parameters.get(PARAMETER.scanSuccess) === ON) {
      this.#answer(COMMAND.scanImage, FLAG.scanSuccess);
    }
    this.#answer(COMMAND.scanImage, FLAG.success, {}, this.#encode(image));
  }

  #cancel(): void {
    if (this.#waiting) {
      this.close();
      this.#answer(COMMAND.scanImage, FLAG.cancelled);
    }
    this.#answer(COMMAND.cancel, FLAG.success);
  }

  /** Seven i32: width, height, compressed, encrypted, format, image length, template length; then the pixels. */
  #encode(image: GrayImage): Uint8Array {
    const binary = this.#parameters.get(PARAMETER.imageFormat) === FORMAT.binary;
    const pixels = binary ? toBits(image.data) : image.data;
    const header = Buffer.alloc(28);
    [image.width, image.height, 0, 0, binary ? 1 : 0, image.width * image.height, 0].forEach((value, i) => {
      header.writeInt32LE(value, 4 * i);
    });
    return Buffer.concat([header, pixels]);
  }

  /** An answer and its data are one frame. */
  #answer(command: number, flag: number, fields: Partial<Packet> = {}, data?: Uint8Array): void {
    const packet = build({ command, parameter: 0, size: data?.length ?? 0, flag, ...fields });
    this.#send(data ? Buffer.concat([packet, data, Uint8Array.of(END)]) : packet, PACKET);
  }
}

function factorySettings(): Map<number, number> {
  return new Map([
    [PARAMETER.timeOut, 0x3a],
    [PARAMETER.imageFormat, FORMAT.binary],
    [PARAMETER.firmware, Buffer.from(FIRMWARE).readUInt32LE()],
    [PARAMETER.serialNumber, SERIAL_NUMBER],
    [PARAMETER.scanSuccess, ON],
  ]);
}

/** One bit a pixel, the first in the lowest bit; white is 1. */
function toBits(pixels: Uint8Array): Uint8Array {
  const bits = new Uint8Array(Math.ceil(pixels.length / 8));
  pixels.forEach((grey, i) => {
    if (grey >= 128) bits[i >> 3]! |= 1 << (i & 7);
  });
  return bits;
}

function build({ command, parameter, size, flag }: Packet): Uint8Array {
  const packet = Buffer.alloc(PACKET);
  packet[0] = START;
  packet[1] = command;
  packet.writeUInt32LE(parameter, 2);
  packet.writeUInt32LE(size, 6);
  packet[10] = flag;
  packet[11] = checksum(packet);
  packet[12] = END;
  return packet;
}

function parse(packet: Uint8Array): Packet {
  const view = new DataView(packet.buffer, packet.byteOffset, PACKET);
  return {
    command: packet[1]!,
    parameter: view.getUint32(2, true),
    size: view.getUint32(6, true),
    flag: packet[10]!,
  };
}

/** The low byte of the sum of the ten bytes up to the flag, and of the start code. */
function checksum(packet: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < 11; i++) sum += packet[i]!;
  return sum & 0xff;
}
