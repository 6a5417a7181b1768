/**
 * A contact on a wire without a checksum: it bounces, reports of it are lost, and a spoilt bit looks like somebody at
 * the door. So a change counts when it has lasted, and when the board says the same once more.
 */
import type { Result } from '../../failures/failure.ts';

export interface ContactEffects {
  /** Asks the board for the level. */
  read(): Promise<Result<boolean>>;
  /** The level has changed for good. */
  changed(high: boolean): void;
}

export class Contact {
  readonly #settleMs: number;
  readonly #effects: ContactEffects;
  #settled: boolean;
  #heard: boolean;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param high As it was found. */
  constructor(high: boolean, settleMs: number, effects: ContactEffects) {
    this.#settled = high;
    this.#heard = high;
    this.#settleMs = settleMs;
    this.#effects = effects;
  }

  get high(): boolean {
    return this.#settled;
  }

  /** What the board said. */
  hear(high: boolean): void {
    if (this.#closed || high === this.#heard) return;
    this.#heard = high;
    this.#wait();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#confirm(), this.#settleMs);
  }

  async #confirm(): Promise<void> {
    const heard = this.#heard;
    if (heard === this.#settled) return;
    const read = await this.#effects.read();
    // What was heard meanwhile has its own wait.
    if (this.#closed || this.#heard !== heard) return;
    if (read.ok && read.value === heard) {
      this.#settled = heard;
      this.#effects.changed(heard);
    } else this.#heard = this.#settled;
  }
}
