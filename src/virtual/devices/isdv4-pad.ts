/**
 * A Wacom ISDV4 pen digitiser on its serial line (facts: xf86-input-wacom include/isdv4.h): `*` asks for its size,
 * `1` starts and `0` stops the pen packets. Chosen here: it starts stopped, and drops what else it hears.
 */
import type { Send } from '../pace.ts';
import { type Moment, PenPad } from './pen.ts';

const QUERY = 0x2a;
const START = 0x31;
const STOP = 0x30;

/** 96 × 60 mm at 2540 lines an inch. */
const MAX_X = 9_600;
const MAX_Y = 6_000;
const PER_MM = 100;
const MAX_PRESSURE = 511;
const VERSION = 0x0102;

export class Isdv4Pad extends PenPad {
  readonly #send: Send;
  #started = false;
  #last = { x: 0, y: 0 };

  constructor(send: Send, pace: number) {
    super({ width: MAX_X / PER_MM, height: MAX_Y / PER_MM }, pace);
    this.#send = send;
  }

  get awaitsPen(): boolean {
    return this.#started;
  }

  override receive(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === START) this.#started = true;
      if (byte === STOP) this.#started = false;
      if (byte === QUERY) this.#answer();
    }
  }

  override restart(): void {
    super.restart();
    this.#started = false;
  }

  #answer(): void {
    const body = place(0xc0, MAX_X, MAX_Y, MAX_PRESSURE);
    this.#send(Uint8Array.of(...body, VERSION >> 7, VERSION & 0x7f), 1);
  }

  protected override show({ point }: Moment): void {
    if (!this.#started) return;
    if (point) this.#last = { x: Math.round(point.x * PER_MM), y: Math.round(point.y * PER_MM) };
    const { x, y } = this.#last;
    const status = 0x80 | (point ? 0x20 : 0) | (point?.down ? 0x01 : 0);
    this.#send(place(status, x, y, Math.round((point?.pressure ?? 0) * MAX_PRESSURE)), 0);
  }
}

/** Nine bytes, of which only the first has bit 7 set: the low bits of all three numbers share the seventh. */
function place(first: number, x: number, y: number, pressure: number): Uint8Array {
  const low = ((x & 3) << 5) | ((y & 3) << 3) | (pressure >> 7);
  return Uint8Array.of(first, x >> 9, (x >> 2) & 0x7f, y >> 9, (y >> 2) & 0x7f, pressure & 0x7f, low, 0, 0);
}
