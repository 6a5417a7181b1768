/** How a script of the port goes on from one step to the next: pure, and the same wherever scripts are run. */
import type { Apdu, Expected, Step } from './port.ts';

/** A follow-up is a command in short form (ISO/IEC 7816-3, 12.1.3): a header at least, 255 bytes of data at most. */
const SHORTEST_COMMAND = 4;
const LONGEST_COMMAND = 261;
const LONGEST_DATA = 255;

/** The APDU of the step after those that were answered. undefined: there the script ends. */
export function nextApdu(script: readonly Step[], answers: readonly Uint8Array[]): Uint8Array | undefined {
  const step = script[answers.length];
  if (!step) return undefined;
  const last = answers.at(-1);
  if (last && !isExpected(script[answers.length - 1]!.goOn, last)) return undefined;
  return buildApdu(step.apdu, answers);
}

export function isExpected(goOn: readonly Expected[], answer: Uint8Array): boolean {
  const { length } = answer;
  return goOn.some(({ ending, least, most }) => length >= least && length <= most && endsIn(answer, ending));
}

/** undefined: with the answer that it carries on this would be no command in short form. */
export function buildApdu(apdu: Apdu, answers: readonly Uint8Array[]): Uint8Array | undefined {
  if (apdu instanceof Uint8Array) return apdu;
  const { header, data, back, drop } = apdu;
  const given = answers.at(-back)?.subarray(0, -drop);
  if (!given) return undefined;
  if (header.length === 0)
    return given.length >= SHORTEST_COMMAND && given.length <= LONGEST_COMMAND ? given : undefined;
  const lc = data.length + given.length;
  if (given.length === 0 || lc > LONGEST_DATA) return undefined;
  const built = new Uint8Array(header.length + 1 + lc);
  built.set(header);
  built[header.length] = lc;
  built.set(data, header.length + 1);
  built.set(given, built.length - given.length);
  return built;
}

function endsIn(answer: Uint8Array, ending: Uint8Array): boolean {
  const start = answer.length - ending.length;
  return start >= 0 && ending.every((byte, index) => answer[start + index] === byte);
}
