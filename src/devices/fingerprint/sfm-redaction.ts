/** What the flight recorder may keep of a Suprema SFM's line: every packet, the sizes of an image, none of its pixels. */
import type { Redaction } from '../transport/trace.ts';
import { byteWise, type Step } from './redaction.ts';
import { COMMAND, FLAG, IMAGE_HEADER_LENGTH, LONGEST_DATA } from './sfm-packets.ts';

const PACKET_LENGTH = 13;
const START = 0x40;
const END = 0x0a;
const [COMMAND_AT, SIZE_AT, FLAG_AT] = [1, 6, 10];
const commands: ReadonlySet<number> = new Set(Object.values(COMMAND));

export function redactSupremaSfm(): Redaction {
  return { sent: byteWise(packetwise(false)), received: byteWise(packetwise(true)) };
}

/** @param bringsImages An image may follow a packet: of the module's, not of ours. */
function packetwise(bringsImages: boolean): Step {
  const packet = new Uint8Array(PACKET_LENGTH);
  /** How many bytes of a packet have come. */
  let at = 0;
  /** Bytes of an image that are still to come, with the end code. */
  let due = 0;
  let passed = 0;

  return function step(byte) {
    if (due > 0) {
      due--;
      const kept = due === 0 ? byte === END : passed++ < IMAGE_HEADER_LENGTH;
      return kept ? byte : 0;
    }
    if (at === 0 && byte !== START) return 0;
    if (at === COMMAND_AT && !commands.has(byte)) {
      at = byte === START ? 1 : 0;
      return at * START;
    }
    packet[at++] = byte;
    if (at < PACKET_LENGTH) return byte;
    at = 0;
    const size = new DataView(packet.buffer).getUint32(SIZE_AT, true);
    const image = packet[COMMAND_AT] === COMMAND.scanImage || packet[COMMAND_AT] === COMMAND.readImage;
    const announced = bringsImages && image && packet[FLAG_AT] === FLAG.success && size > 0;
    if (announced && size <= LONGEST_DATA) {
      due = size + 1;
      passed = 0;
    }
    return byte;
  };
}
