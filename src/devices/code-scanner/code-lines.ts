/** The codes in what a scanner sends over a serial line. Pure. */
import type { Redaction } from '../transport/trace.ts';
import { CodeText } from './code-text.ts';
import type { SerialScannerSettings } from './settings.ts';

const CR = 0x0d;
const LF = 0x0a;
const isPrintable = (byte: number) => byte >= 0x20 && byte <= 0x7e;

/** Finds codes however the line cuts and joins them. It holds one code at most. */
export class CodeLines {
  readonly #ends: SerialScannerSettings['ends'];
  readonly #text = new CodeText();

  constructor(ends: SerialScannerSettings['ends']) {
    this.#ends = ends;
  }

  /** A code is under way. */
  get begun(): boolean {
    return this.#text.begun;
  }

  push(bytes: Uint8Array): string[] {
    const codes: string[] = [];
    for (const byte of bytes) {
      if (byte === CR || byte === LF) codes.push(...this.#text.end());
      else this.#text.add(isPrintable(byte) ? String.fromCharCode(byte) : undefined);
    }
    return codes;
  }

  /** Nothing has followed: a code without line end has ended, one that should have had one was torn. */
  quiet(): string[] {
    if (this.#ends === 'quiet') return this.#text.end();
    this.#text.forget();
    return [];
  }
}

/** Every character of a code becomes `0`, so that a good code stays one; line ends and what no code holds stay. */
export function redactCodes(): Redaction {
  const ZERO = 0x30;
  const overwrite = (bytes: Uint8Array) => bytes.map((byte) => (isPrintable(byte) ? ZERO : byte));
  return { sent: overwrite, received: overwrite };
}
