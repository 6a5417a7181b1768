/** The panel's outputs: what each shall be, whether a board is there to show it or not. */
import type { LampState } from './port.ts';
import type { PanelSettings } from './settings.ts';

/** All lamps that blink do so together: half of the time on. */
const HALF_BLINK_MS = 500;

interface Output {
  readonly pin: number;
  readonly activeAt: 'high' | 'low';
}

export class Outputs {
  readonly #settings: PanelSettings;
  readonly #write: (pin: number, high: boolean) => void;
  /** By pin. */
  readonly #wanted = new Map<number, boolean>();
  readonly #blinking = new Set<Output>();
  readonly #pulses = new Map<Output, NodeJS.Timeout>();
  #blink: { readonly timer: NodeJS.Timeout; lit: boolean } | undefined;

  /** @param write Sets it on the board, where there is one. */
  constructor(settings: PanelSettings, write: (pin: number, high: boolean) => void) {
    this.#settings = settings;
    this.#write = write;
    const { lamps, relays, buzzer, lock } = settings;
    for (const output of [...Object.values(lamps), ...(buzzer ? [buzzer] : []), ...(lock ? [lock] : [])])
      this.#set(output, false);
    for (const relay of Object.values(relays)) this.#set(relay, relay.feeds === 'energised');
  }

  /** What each pin shall be. */
  get levels(): { readonly pin: number; readonly high: boolean }[] {
    return [...this.#wanted].map(([pin, high]) => ({ pin, high }));
  }

  lamp(name: string, state: LampState): void {
    const lamp = this.#settings.lamps[name];
    if (!lamp) return;
    if (state === 'blink') this.#blinking.add(lamp);
    else this.#blinking.delete(lamp);
    this.#set(lamp, state === 'blink' ? (this.#blink?.lit ?? true) : state === 'on');
    if (this.#blinking.size === 0) this.#stopBlinking();
    else this.#blink ??= { timer: setInterval(() => this.#nextBlink(), HALF_BLINK_MS), lit: true };
  }

  buzz(ms: number): void {
    this.#pulse(this.#settings.buzzer, ms);
  }

  unlock(ms: number): void {
    this.#pulse(this.#settings.lock, ms);
  }

  /** Switches the power of what the relay feeds. */
  feed(relay: string, on: boolean): void {
    const found = this.#settings.relays[relay];
    if (found) this.#set(found, on === (found.feeds === 'energised'));
  }

  /** Dark, silent and locked; relays stay as they are. */
  rest(): void {
    for (const name of Object.keys(this.#settings.lamps)) this.lamp(name, 'off');
    this.buzz(0);
    this.unlock(0);
  }

  #pulse(output: Output | undefined, ms: number): void {
    if (!output) return;
    clearTimeout(this.#pulses.get(output));
    this.#set(output, ms > 0);
    if (ms > 0)
      this.#pulses.set(
        output,
        setTimeout(() => this.#set(output, false), ms),
      );
  }

  #nextBlink(): void {
    const lit = !this.#blink!.lit;
    this.#blink!.lit = lit;
    for (const lamp of this.#blinking) this.#set(lamp, lit);
  }

  #stopBlinking(): void {
    clearInterval(this.#blink?.timer);
    this.#blink = undefined;
  }

  #set({ pin, activeAt }: Output, active: boolean): void {
    const high = active === (activeAt === 'high');
    if (this.#wanted.get(pin) === high) return;
    this.#wanted.set(pin, high);
    this.#write(pin, high);
  }
}
