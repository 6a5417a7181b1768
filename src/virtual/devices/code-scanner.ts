/** Code scanners: `{"scan": "text"}` holds a code before one. */
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { VirtualDevice } from '../device.ts';
import type { Send } from '../pace.ts';
import { eventsAt } from './input-events.ts';

const scanAct = z.strictObject({ scan: z.string().min(1).max(10_000) });

/** Sends the code as bytes, then a line end, or none. */
export class SerialCodeScanner implements VirtualDevice {
  readonly #send: Send;
  readonly #lineEnd: string;

  constructor(send: Send, lineEnd: '\r' | '') {
    this.#send = send;
    this.#lineEnd = lineEnd;
  }

  receive(): void {}

  act(raw: unknown): Result {
    const act = scanAct.safeParse(raw);
    if (!act.success) return fail('BENCH-COMMAND-INVALID', z.prettifyError(act.error));
    this.#send(Buffer.from(act.data.scan + this.#lineEnd), 0);
    return ok();
  }

  restart(): void {}
  close(): void {}
}

const ENTER = 28;
const LEFT_SHIFT = 42;
const DOWN = 1;
const UP = 0;
const KEY = 1;
/** A scanner types so fast. */
const KEY_MS = 4;

/** Types the code as a keyboard with the US layout does, and Enter. */
export class KeyboardWedge implements VirtualDevice {
  readonly #send: Send;
  #at = 0;

  constructor(send: Send) {
    this.#send = send;
  }

  receive(): void {}

  act(raw: unknown): Result {
    const act = scanAct.safeParse(raw);
    if (!act.success) return fail('BENCH-COMMAND-INVALID', z.prettifyError(act.error));
    const strokes = [...act.data.scan].map(strokeOf);
    if (strokes.includes(undefined)) return fail('BENCH-COMMAND-INVALID', 'a US keyboard has no such key');
    // Whoever holds a code before the scanner takes a second for it.
    this.#at += 1_000;
    for (const stroke of strokes) this.#type(stroke!.key, stroke!.shift);
    this.#type(ENTER, false);
    return ok();
  }

  restart(): void {}
  close(): void {}

  #type(key: number, shift: boolean): void {
    if (shift) this.#key(LEFT_SHIFT, DOWN);
    this.#key(key, DOWN);
    this.#key(key, UP);
    if (shift) this.#key(LEFT_SHIFT, UP);
  }

  #key(code: number, value: number): void {
    this.#at += KEY_MS;
    this.#send(eventsAt(this.#at, [[KEY, code, value]]), 0);
  }
}

/** Keys by their place on the keyboard, from linux/input-event-codes.h. */
function strokeOf(character: string): { readonly key: number; readonly shift: boolean } | undefined {
  const rows = [
    { first: 2, plain: '1234567890-=', shift: '!@#$%^&*()_+' },
    { first: 16, plain: 'qwertyuiop[]', shift: 'QWERTYUIOP{}' },
    { first: 30, plain: "asdfghjkl;'`", shift: 'ASDFGHJKL:"~' },
    { first: 43, plain: '\\zxcvbnm,./', shift: '|ZXCVBNM<>?' },
    { first: 57, plain: ' ', shift: '' },
  ];
  for (const { first, plain, shift } of rows) {
    if (plain.includes(character)) return { key: first + plain.indexOf(character), shift: false };
    if (shift.includes(character)) return { key: first + shift.indexOf(character), shift: true };
  }
  return undefined;
}
