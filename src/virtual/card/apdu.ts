/** Command and answer APDUs as a card sees them: short length fields only (ISO/IEC 7816-3:2006, 12.1). */

export interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** 1–256; undefined: no answer data is expected. */
  readonly le: number | undefined;
}

/** Reads the four short cases. undefined: lengths that do not add up, or an extended length. */
export function parseCommand(apdu: Uint8Array): Command | undefined {
  const [cla, ins, p1, p2, length] = apdu;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined;
  const header = { cla, ins, p1, p2 };
  if (length === undefined) return { ...header, data: new Uint8Array(), le: undefined };
  if (apdu.length === 5) return { ...header, data: new Uint8Array(), le: length || 256 };
  if (length === 0) return undefined;
  const data = apdu.subarray(5, 5 + length);
  if (apdu.length === 5 + length) return { ...header, data, le: undefined };
  if (apdu.length === 6 + length) return { ...header, data, le: apdu[5 + length] || 256 };
  return undefined;
}

/** P1 and P2 as one number, e.g. the offset of READ BINARY. */
export function p1p2(command: Command): number {
  return (command.p1 << 8) | command.p2;
}

/** data ‖ SW1 SW2. */
export function answer(sw: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  return Buffer.concat([data, Uint8Array.of(sw >> 8, sw & 0xff)]);
}

/** Status words of ISO/IEC 7816-4:2020, tables 6 and 7, as far as the virtual chip and SAM use them. */
export const SW = {
  ok: 0x9000,
  /** End of file reached before Ne bytes were read; the rest is in the answer. */
  endOfFile: 0x6282,
  /** Authentication failed. */
  verificationFailed: 0x6300,
  wrongLength: 0x6700,
  securityStatusNotSatisfied: 0x6982,
  /** Authentication method blocked. */
  blocked: 0x6983,
  conditionsNotSatisfied: 0x6985,
  smObjectMissing: 0x6987,
  smObjectIncorrect: 0x6988,
  wrongData: 0x6a80,
  fileNotFound: 0x6a82,
  wrongParameters: 0x6b00,
  instructionNotSupported: 0x6d00,
  classNotSupported: 0x6e00,
} as const;
