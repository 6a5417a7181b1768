/**
 * The packets of a Suprema SFM module (UF Protocol Manual, sfm.supremainc.com): 13 bytes
 * `40 | command | param u32 LE | size u32 LE | flag | checksum | 0A`, the checksum being the low byte of the sum of
 * all before it. An image follows its packet as `size` raw bytes and another 0A. Pure: bytes in, packets out.
 */
import type { GrayImage } from '../../rules/gray-image.ts';
import type { PacketParser } from './packet-line.ts';

export const COMMAND = {
  /** System parameter: flag = which, size = value. Lasts until the module is switched off. */
  writeParameter: 0x01,
  readParameter: 0x03,
  /** Answers SUCCESS when nothing is under way. */
  status: 0x04,
  /** Waits for a finger: SCAN SUCCESS, then SUCCESS with the image. */
  scanImage: 0x15,
  /** The last scanned image once more. */
  readImage: 0x20,
  /** Ends what waits for a finger: CANCELLED for that command, then SUCCESS for this one. */
  cancel: 0x60,
} as const;

/** Flag of an answer (UF_PROTOCOL_RET_CODE of the SDK). */
export const FLAG = {
  success: 0x61,
  scanSuccess: 0x62,
  scanFail: 0x63,
  notFound: 0x69,
  tryAgain: 0x6b,
  timeOut: 0x6c,
  busy: 0x80,
  cancelled: 0x81,
} as const;

export const PARAMETER = {
  /** 0x30 for ever, 0x31 one second, …; 0x3A ten. */
  timeOut: 0x62,
  /** 0x30 grey, 0x31 binary (the module's default). */
  imageFormat: 0x6c,
  /** Four characters. */
  firmwareVersion: 0x6e,
  serialNumber: 0x6f,
  /** 0x31: tell SCAN SUCCESS before the image. */
  sendScanSuccess: 0x75,
} as const;

export interface SfmPacket {
  readonly command: number;
  readonly param: number;
  readonly size: number;
  /** Of a request: its option; of an answer: how it went. */
  readonly flag: number;
}

/** What the parser finds: a packet, with its data where it has some, or one whose data did not arrive whole. */
export type SfmEvent =
  | { readonly type: 'packet'; readonly packet: SfmPacket; readonly data?: Uint8Array }
  | { readonly type: 'torn'; readonly packet: SfmPacket };

const PACKET_LENGTH = 13;
const START = 0x40;
const END = 0x0a;
export const IMAGE_HEADER_LENGTH = 28;
/** UF_MAX_IMAGE_SIZE of the SDK. */
const MOST_PIXELS = 640 * 480;
export const LONGEST_DATA = IMAGE_HEADER_LENGTH + MOST_PIXELS;

export function encodePacket({ command, param, size, flag }: SfmPacket): Uint8Array {
  const packet = new Uint8Array(PACKET_LENGTH);
  const view = new DataView(packet.buffer);
  view.setUint8(0, START);
  view.setUint8(1, command);
  view.setUint32(2, param, true);
  view.setUint32(6, size, true);
  view.setUint8(10, flag);
  view.setUint8(11, packet.reduce((sum, byte) => sum + byte, 0) & 0xff);
  view.setUint8(12, END);
  return packet;
}

/**
 * Finds packets in what a line brings, however it is cut, joined and spoilt. It holds at most one packet with the
 * longest data. Whatever is no packet is passed over byte by byte, so that a packet behind noise is never missed.
 */
export class SfmParser implements PacketParser<SfmEvent> {
  readonly #held = new Uint8Array(PACKET_LENGTH + LONGEST_DATA + 1);
  #length = 0;
  #awaitsData = false;
  readonly longest = PACKET_LENGTH + LONGEST_DATA + 1;

  /** The rest of an image is due. */
  get awaitsData(): boolean {
    return this.#awaitsData;
  }

  push(bytes: Uint8Array): SfmEvent[] {
    const events: SfmEvent[] = [];
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + this.#held.length - this.#length);
      this.#held.set(piece, this.#length);
      this.#length += piece.length;
      at += piece.length;
      this.#scan(events, false);
    }
    return events;
  }

  /** No more is to come of what has begun: a packet without all its data is torn, the rest is forgotten. */
  giveUp(): SfmEvent[] {
    const events: SfmEvent[] = [];
    this.#scan(events, true);
    this.#length = 0;
    return events;
  }

  #scan(events: SfmEvent[], final: boolean): void {
    let at = 0;
    this.#awaitsData = false;
    while (this.#length - at >= PACKET_LENGTH) {
      const packet = decodePacket(this.#held.subarray(at, at + PACKET_LENGTH));
      const dataLength = packet ? dataLengthOf(packet) : 0;
      if (!packet || dataLength > LONGEST_DATA) {
        at++;
        continue;
      }
      if (dataLength === 0) {
        events.push({ type: 'packet', packet });
        at += PACKET_LENGTH;
        continue;
      }
      const from = at + PACKET_LENGTH;
      const end = from + dataLength;
      if (end >= this.#length && !final) {
        this.#awaitsData = true;
        break;
      }
      if (end < this.#length && this.#held[end] === END) {
        events.push({ type: 'packet', packet, data: this.#held.slice(from, end) });
        at = end + 1;
      } else {
        // What was taken for its data may hold the next packet.
        events.push({ type: 'torn', packet });
        at = from;
      }
    }
    this.#held.copyWithin(0, at, this.#length);
    this.#length -= at;
  }
}

function decodePacket(bytes: Uint8Array): SfmPacket | undefined {
  if (bytes[0] !== START || bytes[12] !== END) return undefined;
  let sum = 0;
  for (let i = 0; i < 11; i++) sum += bytes[i]!;
  if (bytes[11] !== (sum & 0xff)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, PACKET_LENGTH);
  return {
    command: view.getUint8(1),
    param: view.getUint32(2, true),
    size: view.getUint32(6, true),
    flag: view.getUint8(10),
  };
}

function dataLengthOf({ command, size, flag }: SfmPacket): number {
  const brings = command === COMMAND.scanImage || command === COMMAND.readImage;
  return brings && flag === FLAG.success ? size : 0;
}

/**
 * The image that an answer brings: seven i32 LE (width, height, compressed, encrypted, format, image length,
 * template length; `UFImage` of the SDK), then the rows from the top, 8 bits a pixel.
 * The documents tell neither the resolution (500 dpi by the sensors' data sheets) nor that ridges are dark.
 * @returns undefined for any other kind of image, or one whose lengths do not agree
 */
export function decodeImage(data: Uint8Array): GrayImage | undefined {
  if (data.length < IMAGE_HEADER_LENGTH) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height, compressed, encrypted, format] = [0, 4, 8, 12, 16].map((at) =>
    view.getInt32(at, true),
  );
  if (compressed !== 0 || encrypted !== 0 || format !== 0) return undefined;
  if (width! <= 0 || height! <= 0 || data.length !== IMAGE_HEADER_LENGTH + width! * height!) return undefined;
  return { width: width!, height: height!, dpi: 500, data: data.slice(IMAGE_HEADER_LENGTH) };
}
