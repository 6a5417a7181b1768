/**
 * What a capture sees, for the screen: pictures that go from the worker to whoever watches this one capture, at most
 * ten a second, the newest winning, and are kept nowhere.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Picture } from '../biometrics/samples/pictures.ts';
import type { Result } from '../failures/failure.ts';

export type Preview = Picture;
export type PreviewListener = (preview: Preview) => void;

const BETWEEN_MS = 100;

export class PreviewChannel {
  readonly #listeners = new Set<PreviewListener>();
  #next: (() => Promise<Result<Preview>>) | undefined;
  #showing = false;

  /** @returns the function that ends it */
  subscribe(listener: PreviewListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param make is called when its turn comes, unless a newer one has come by then, or nobody watches */
  show(make: () => Promise<Result<Preview>>): void {
    if (this.#listeners.size === 0) return;
    this.#next = make;
    if (!this.#showing) void this.#showAll();
  }

  close(): void {
    this.#listeners.clear();
    this.#next = undefined;
  }

  async #showAll(): Promise<void> {
    this.#showing = true;
    while (this.#next) {
      const make = this.#next;
      this.#next = undefined;
      const made = await make();
      // A picture that could not be made is left out: the next one is on its way.
      if (made.ok) for (const listener of this.#listeners) listener(made.value);
      await delay(BETWEEN_MS, undefined, { ref: false });
    }
    this.#showing = false;
  }
}
