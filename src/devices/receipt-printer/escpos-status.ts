/**
 * What an ESC/POS printer can be asked, and what its answers mean (Epson's ESC/POS command reference: DLE EOT, DLE DC4
 * fn 8, GS r, GS I). An answer is a single byte; some of its bits are fixed, and that is all there is against noise.
 */
import type { FailureCode } from '../../failures/catalogue.ts';

/** Answered on arrival, also when the printer cannot print. */
export const REAL_TIME = {
  printer: Uint8Array.of(0x10, 0x04, 1),
  offlineCause: Uint8Array.of(0x10, 0x04, 2),
  paper: Uint8Array.of(0x10, 0x04, 4),
} as const;

/** Answered when everything before it is on paper: the paper sensors once more. */
export const TELL_WHEN_PRINTED = Uint8Array.of(0x1d, 0x72, 1);

/** Drops what has not been printed yet, on arrival. */
export const CLEAR = Uint8Array.of(0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8);

/** Answered with `5F`, text and `00`, in its turn. */
export const TELL_MAKER = Uint8Array.of(0x1d, 0x49, 66);
export const TELL_MODEL = Uint8Array.of(0x1d, 0x49, 67);
export const TELL_FIRMWARE = Uint8Array.of(0x1d, 0x49, 65);

/** Bits 1 and 4 of an answer to DLE EOT are set, 0 and 7 are not. */
export const isRealTime = (byte: number) => (byte & 0x93) === 0x12;
/** Bits 4 and 7 of an answer to GS r are not set. */
export const isPrinted = (byte: number) => (byte & 0x90) === 0x00;

export type Paper = 'enough' | 'low' | 'out';

/** Each sensor has two bits, which agree. undefined: they do not, so it came spoilt. */
export function paperOf(answer: number): Paper | undefined {
  const [low, out] = [answer & 0x0c, answer & 0x60];
  if ((low !== 0 && low !== 0x0c) || (out !== 0 && out !== 0x60)) return undefined;
  if (out !== 0) return 'out';
  return low === 0 ? 'enough' : 'low';
}

/** Why it does not print, by its answer about being off-line. */
export function troubleOf(answer: number): FailureCode | undefined {
  if (answer & 0x04) return 'PRINTER-COVER-OPEN';
  if (answer & 0x20) return 'PRINTER-PAPER-OUT';
  if (answer & 0x40) return 'PRINTER-FAULT';
  return undefined;
}

/** The text of an answer to GS I; undefined: it is none. */
export function textOf(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  return /^_([\x20-\x7e]+)\0$/.exec(text)?.[1]?.trim();
}
