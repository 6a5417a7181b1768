/** APDUs as bytes (ISO/IEC 7816-4:2020 clause 5): commands in short form are built, answers are taken apart. */

/** A header. */
export const SHORTEST_COMMAND = 4;
/** Bytes of a short command: 4 header, 1 Lc, 255 data, 1 Le. */
export const LONGEST_COMMAND = 261;
/** Data bytes that Lc can count in short form. */
export const LONGEST_DATA = 255;

/**
 * A command in short form. `data`: 0–255 bytes, sent with its Lc unless empty. `le`: 1–256 bytes expected, absent
 * when no answer data are asked for; 256 is written 00.
 */
export function encodeCommand(
  header: readonly [cla: number, ins: number, p1: number, p2: number],
  data: Uint8Array = new Uint8Array(),
  le?: number,
): Uint8Array {
  const lc = data.length > 0 ? [data.length] : [];
  return Uint8Array.of(...header, ...lc, ...data, ...(le === undefined ? [] : [le & 0xff]));
}

export interface Answer {
  readonly data: Uint8Array;
  /** SW1 SW2 as one number. */
  readonly sw: number;
}

/** data ‖ SW1 SW2. undefined: shorter than a status word. */
export function decodeAnswer(bytes: Uint8Array): Answer | undefined {
  if (bytes.length < 2) return undefined;
  const split = bytes.length - 2;
  return { data: bytes.subarray(0, split), sw: bytes[split]! * 256 + bytes[split + 1]! };
}

/** The status words that the relay decides by (ISO/IEC 7816-4:2020 tables 5 and 6). */
export const SW = {
  done: 0x9000,
  endOfFile: 0x6282,
  channelMissing: 0x6987,
  channelWrong: 0x6988,
  functionUnknown: 0x6a81,
  fileNotFound: 0x6a82,
  parametersWrong: 0x6a86,
  offsetWrong: 0x6b00,
  instructionUnknown: 0x6d00,
  classUnknown: 0x6e00,
} as const;

const words = new Map<number, string>([
  [SW.done, 'done'],
  [SW.endOfFile, 'end of file before the bytes asked for'],
  [0x6300, 'verification failed'],
  [0x6581, 'memory failure'],
  [0x6700, 'wrong length'],
  [0x6981, 'command incompatible with the file'],
  [0x6982, 'security status not satisfied'],
  [0x6983, 'authentication blocked'],
  [0x6984, 'reference data not usable'],
  [0x6985, 'conditions of use not satisfied'],
  [0x6986, 'no file selected'],
  [SW.channelMissing, 'secure messaging objects missing'],
  [SW.channelWrong, 'secure messaging objects incorrect'],
  [0x6a80, 'wrong data'],
  [SW.functionUnknown, 'function not supported'],
  [SW.fileNotFound, 'file or application not found'],
  [SW.parametersWrong, 'wrong P1 P2'],
  [0x6a88, 'referenced data not found'],
  [SW.offsetWrong, 'offset outside the file'],
  [SW.instructionUnknown, 'instruction not supported'],
  [SW.classUnknown, 'class not supported'],
  [0x6f00, 'no precise diagnosis'],
]);

/** `['6A82', 'file or application not found']`; the meaning only where the standard names it. */
export function describeStatus(sw: number): readonly [hex: string, meaning: string | undefined] {
  const hex = sw.toString(16).toUpperCase().padStart(4, '0');
  const isCounter = (sw & 0xfff0) === 0x63c0;
  return [hex, isCounter ? `verification failed, counter ${sw & 0x0f}` : words.get(sw)];
}

/** Does this answer to a READ say that the file is shorter than its length field? */
export function endsTooSoon(sw: number): boolean {
  return sw === SW.endOfFile || sw === SW.offsetWrong;
}
