/** The codes that a scanner types as a keyboard with the US layout (key codes: linux/input-event-codes.h). Pure. */
import { EV_KEY, EventParser, type InputEvent } from '../transport/evdev.ts';
import { CodeText } from './code-text.ts';

const KEY_ENTER = 28;
const KEY_KPENTER = 96;
const SHIFTS: readonly number[] = [42, 54];

/** First key code of a row, what its keys give, and what they give with shift. */
const ROWS: readonly (readonly [number, string, string])[] = [
  [2, '1234567890-=', '!@#$%^&*()_+'],
  [16, 'qwertyuiop[]', 'QWERTYUIOP{}'],
  [30, "asdfghjkl;'`", 'ASDFGHJKL:"~'],
  [43, '\\zxcvbnm,./', '|ZXCVBNM<>?'],
  [57, ' ', ' '],
];
const plain = new Map<number, string>();
const shifted = new Map<number, string>();
for (const [first, without, withShift] of ROWS) {
  for (let i = 0; i < without.length; i++) {
    plain.set(first + i, without[i]!);
    shifted.set(first + i, withShift[i]!);
  }
}

const RELEASED = 0;
const PRESSED = 1;
/** A scanner types a key every few milliseconds: after such a pause another code begins, and the last was torn. */
const PAUSE_MS = 500;

/** Enter ends a code. Any key that is not in the map (Ctrl, Alt, an arrow, Caps Lock) spoils it. */
export class TypedCodes {
  readonly #parser = new EventParser();
  readonly #text = new CodeText();
  readonly #shifts = new Set<number>();
  #lastAt = 0;

  push(bytes: Uint8Array): string[] {
    return this.#parser
      .push(bytes)
      .filter(({ type }) => type === EV_KEY)
      .flatMap((event) => this.#take(event));
  }

  #take({ code, value, time }: InputEvent): string[] {
    if (SHIFTS.includes(code)) {
      if (value === RELEASED) this.#shifts.delete(code);
      else this.#shifts.add(code);
      return [];
    }
    // Held keys repeat; a scanner holds none.
    if (value !== PRESSED) return [];
    if (time - this.#lastAt > PAUSE_MS) this.#text.forget();
    this.#lastAt = time;
    if (code === KEY_ENTER || code === KEY_KPENTER) return this.#text.end();
    this.#text.add((this.#shifts.size > 0 ? shifted : plain).get(code));
    return [];
  }
}
