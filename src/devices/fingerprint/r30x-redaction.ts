/** What the flight recorder may keep of an R30x module's line: every packet, but nothing of an image or a password. */
import type { Redaction } from '../transport/trace.ts';
import { INSTRUCTION, PACKET_ID } from './r30x-packets.ts';
import { AdjustedSum, byteWise, type Step } from './redaction.ts';

const START = [0xef, 0x01, 0xff, 0xff, 0xff, 0xff];
const [ID_AT, PAYLOAD_AT] = [START.length, START.length + 3];
const LONGEST_LENGTH = 256 + 2;

export function redactR30x(): Redaction {
  return { sent: byteWise(packetwise()), received: byteWise(packetwise()) };
}

function packetwise(): Step {
  /** How many bytes of a packet have come. */
  let at = 0;
  let id = 0;
  let length = 0;
  let instruction = 0;
  let sum = new AdjustedSum();

  function record(byte: number): number {
    const inPayload = at - PAYLOAD_AT;
    if (inPayload === 0) instruction = byte;
    if (at === ID_AT) id = byte;
    if (id === PACKET_ID.ack) return byte;
    if (id !== PACKET_ID.command) return inPayload < 0 ? byte : 0;
    return inPayload <= 0 || instruction !== INSTRUCTION.vfyPwd ? byte : 0;
  }

  return function step(byte) {
    if (at < START.length) {
      if (byte === START[at]) {
        at++;
        return byte;
      }
      const begins = at > 0 && byte === START[0];
      at = begins ? 1 : 0;
      return begins ? byte : 0;
    }
    const sumAt = PAYLOAD_AT + length - 2;
    if (at >= PAYLOAD_AT && at >= sumAt) {
      const adjusted = sum.adjust(byte, at === sumAt ? 8 : 0);
      at++;
      if (at === PAYLOAD_AT + length) at = 0;
      return adjusted;
    }
    if (at === ID_AT) sum = new AdjustedSum();
    if (at === ID_AT + 1) length = byte << 8;
    if (at === ID_AT + 2) length += byte;
    const recorded = record(byte);
    sum.add(byte, recorded);
    at++;
    const impossible = at === PAYLOAD_AT && (length <= 2 || length > LONGEST_LENGTH);
    if (impossible) at = 0;
    return recorded;
  };
}
