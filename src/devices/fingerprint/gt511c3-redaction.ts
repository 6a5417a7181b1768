/** What the flight recorder may keep of a GT-511C3's line: commands, responses, who it is; nothing of an image. */
import type { Redaction } from '../transport/trace.ts';
import { COMMAND, IDENTITY_LENGTH, IMAGE_LENGTH } from './gt511c3-packets.ts';
import { AdjustedSum, byteWise, type Step } from './redaction.ts';

const COMMAND_START = [0x55, 0xaa, 0x01, 0x00];
const DATA_START = [0x5a, 0xa5, 0x01, 0x00];
const SHORT_LENGTH = 12;
const CODE_AT = 8;

/** The command that was sent last tells how much data follows, so both directions know of each other. */
export function redactGt511c3(): Redaction {
  let command = 0;
  return {
    sent: byteWise(
      packetwise((sent) => {
        command = sent;
      }),
    ),
    received: byteWise(
      packetwise(undefined, () => {
        if (command === COMMAND.open) return { length: IDENTITY_LENGTH, personal: false };
        return { length: command === COMMAND.getImage ? IMAGE_LENGTH : 0, personal: true };
      }),
    ),
  };
}

function packetwise(
  onCode?: (code: number) => void,
  dataDue: () => { readonly length: number; readonly personal: boolean } = () => ({
    length: 0,
    personal: true,
  }),
): Step {
  let at = 0;
  let start: readonly number[] = COMMAND_START;
  let length = 0;
  let personal = false;
  let sum = new AdjustedSum();

  /** undefined: nothing begins with it. */
  function begin(byte: number): number | undefined {
    const due = dataDue();
    start = byte === DATA_START[0] && due.length > 0 ? DATA_START : COMMAND_START;
    if (byte !== start[0]) return undefined;
    length = start === DATA_START ? DATA_START.length + due.length + 2 : SHORT_LENGTH;
    personal = start === DATA_START && due.personal;
    sum = new AdjustedSum();
    sum.add(byte, byte);
    at = 1;
    return byte;
  }

  return function step(byte) {
    if (at === 0) return begin(byte) ?? 0;
    if (at < start.length && byte !== start[at]) {
      at = 0;
      return begin(byte) ?? 0;
    }
    if (at >= length - 2) {
      const adjusted = sum.adjust(byte, at === length - 2 ? 0 : 8);
      at = at + 1 === length ? 0 : at + 1;
      return adjusted;
    }
    if (at === CODE_AT && start === COMMAND_START) onCode?.(byte);
    const recorded = personal && at >= start.length ? 0 : byte;
    sum.add(byte, recorded);
    at++;
    return recorded;
  };
}
