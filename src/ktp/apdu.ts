/** APDUs as bytes (ISO/IEC 7816-4:2020 clause 5): commands in short form are built, answers are taken apart. */

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

const words: Readonly<Record<number, string>> = {
  [SW.done]: 'done',
  [SW.endOfFile]: 'end of file before the bytes asked for',
  25344: 'verification failed',
  25985: 'memory failure',
  26368: 'wrong length',
  27009: 'command incompatible with the file',
  27010: 'security status not satisfied',
  27011: 'authentication blocked',
  27012: 'reference data not usable',
  27013: 'conditions of use not satisfied',
  27014: 'no file selected',
  [SW.channelMissing]: 'secure messaging objects missing',
  [SW.channelWrong]: 'secure messaging objects incorrect',
  27264: 'wrong data',
  [SW.functionUnknown]: 'function not supported',
  [SW.fileNotFound]: 'file or application not found',
  [SW.parametersWrong]: 'wrong P1 P2',
  27272: 'referenced data not found',
  [SW.offsetWrong]: 'offset outside the file',
  [SW.instructionUnknown]: 'instruction not supported',
  [SW.classUnknown]: 'class not supported',
  28416: 'no precise diagnosis',
};

/** `['6A82', 'file or application not found']`; the meaning only where the standard names it. */
export function describeStatus(sw: number): readonly [hex: string, meaning: string | undefined] {
  const hex = sw.toString(16).toUpperCase().padStart(4, '0');
  const isCounter = (sw & 0xfff0) === 0x63c0;
  return [hex, isCounter ? `verification failed, counter ${sw & 0x0f}` : words[sw]];
}
