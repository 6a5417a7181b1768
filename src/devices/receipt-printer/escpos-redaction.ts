/**
 * What the flight recorder may keep of a receipt printer's line: every command with its parameters. Text, pictures and
 * what QR codes say are of a person, and overwritten. What printers answer is of nobody.
 */
import type { Redaction } from '../transport/trace.ts';

const [LF, CR, DLE, ESC, FS, GS] = [0x0a, 0x0d, 0x10, 0x1b, 0x1c, 0x1d];
/** Parameter bytes of the commands that the driver uses, by their two bytes. */
const PARAMETERS: ReadonlyMap<number, number> = new Map([
  [(DLE << 8) | 0x04, 1],
  [(DLE << 8) | 0x14, 8],
  [(ESC << 8) | 0x40, 0],
  [(ESC << 8) | 0x45, 1],
  [(ESC << 8) | 0x4d, 1],
  [(ESC << 8) | 0x61, 1],
  [(ESC << 8) | 0x74, 1],
  [(FS << 8) | 0x2e, 0],
  [(GS << 8) | 0x21, 1],
  [(GS << 8) | 0x49, 1],
  [(GS << 8) | 0x56, 1],
  [(GS << 8) | 0x72, 1],
]);
const GS_PAREN = (GS << 8) | 0x28;
const GS_V = (GS << 8) | 0x76;
/** `31 50 30`: store the data of a QR code. */
const QR_STORE = [0x31, 0x50, 0x30];

export function redactEscpos(): Redaction {
  const commands = recorded();
  commands.next();
  return {
    sent: (bytes) => Uint8Array.from(bytes, (byte) => commands.next(byte).value),
    received: (bytes) => Uint8Array.from(bytes),
  };
}

/** Takes byte after byte and yields, for each, what is recorded of it. */
function* recorded(): Generator<number, never, number> {
  let byte = yield 0;
  for (;;) {
    if (byte === LF || byte === CR) byte = yield byte;
    else if (byte === DLE || byte === ESC || byte === FS || byte === GS) {
      const second = yield byte;
      const command = (byte << 8) | second;
      const parameters = PARAMETERS.get(command);
      if (parameters !== undefined) byte = yield* keep(yield second, parameters);
      else if (command === GS_PAREN) byte = yield* qrCode(yield second);
      else if (command === GS_V) byte = yield* raster(yield second);
      else byte = second; // no command: looked at again, as text
    } else byte = yield 0;
  }
}

/** Keeps so many bytes, of which `byte` is the first; returns the one behind them. */
function* keep(byte: number, count: number): Generator<number, number, number> {
  let next = byte;
  for (let i = 0; i < count; i++) next = yield next;
  return next;
}

function* overwrite(byte: number, count: number): Generator<number, number, number> {
  let next = byte;
  for (let i = 0; i < count; i++) next = yield 0;
  return next;
}

/** `k pL pH`, then the function: all but one of them are about how it looks. */
function* qrCode(k: number): Generator<number, number, number> {
  const low = yield k;
  const high = yield low;
  const length = low | (high << 8);
  let byte = yield high;
  let at = 0;
  for (; at < QR_STORE.length && at < length; at++) {
    const asExpected = byte === QR_STORE[at];
    byte = yield byte;
    if (!asExpected) return yield* keep(byte, Math.min(length - at - 1, 2));
  }
  return yield* overwrite(byte, length - at);
}

/** `0 m xL xH yL yH`, then the dots, 8 a byte. */
function* raster(zero: number): Generator<number, number, number> {
  let byte = zero;
  const head: number[] = [];
  for (let i = 0; i < 6; i++) {
    head.push(byte);
    byte = yield byte;
  }
  const [, , xLow = 0, xHigh = 0, yLow = 0, yHigh = 0] = head;
  return yield* overwrite(byte, (xLow | (xHigh << 8)) * (yLow | (yHigh << 8)));
}
