/** Where a card or a SAM lies: what is in it, the APDUs that pass, and the faults that a test puts on them. */
import { answer } from '../card/apdu.ts';
import type { VirtualCard } from '../card/virtual-card.ts';

/** What shall go wrong with one APDU. */
export interface ApduFault {
  /** How many APDUs pass before it, counted from when the fault was put on. */
  readonly after: number;
  /** `pull`: card and answer are gone; `silence`: no answer until the card is pulled; a number: that status word. */
  readonly effect: 'pull' | 'silence' | { readonly sw: number };
  /** Has the card carried the command out, so that only its answer is lost or false? */
  readonly carriedOut: boolean;
}

/** `answer` null: never answered. */
type ApduListener = (command: Uint8Array, answer: Uint8Array | null) => void;

export class CardSlot {
  #card: VirtualCard | null = null;
  #faults: { fault: ApduFault; left: number }[] = [];
  readonly #onApdu: ApduListener;
  readonly #listeners = new Set<() => void>();

  constructor(onApdu: ApduListener = () => {}) {
    this.#onApdu = onApdu;
  }

  get card(): VirtualCard | null {
    return this.#card;
  }

  /** Also replaces what is there. null: pulls it. */
  put(card: VirtualCard | null): void {
    if (card === this.#card) return;
    this.#card?.reset();
    this.#card = card;
    for (const listener of this.#listeners) listener();
  }

  /** Calls back whenever the content changed. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  addFault(fault: ApduFault): void {
    this.#faults.push({ fault, left: fault.after });
  }

  get faults(): readonly ApduFault[] {
    return this.#faults.map(({ fault }) => fault);
  }

  clearFaults(): void {
    this.#faults = [];
  }

  /** The answer; null: there is none (no card, the card was pulled meanwhile, or it stays silent). */
  transmit(command: Uint8Array): Uint8Array | null {
    const card = this.#card;
    if (!card) return null;
    const fault = this.#nextFault();
    const answered = fault === undefined ? card.transmit(command) : this.#disturbed(card, command, fault);
    this.#onApdu(command, answered);
    return answered;
  }

  #disturbed(card: VirtualCard, command: Uint8Array, fault: ApduFault): Uint8Array | null {
    if (fault.carriedOut) card.transmit(command);
    if (fault.effect === 'pull') this.put(null);
    return typeof fault.effect === 'object' ? answer(fault.effect.sw) : null;
  }

  /** Counts every fault down by one APDU; the one that is due is used up. */
  #nextFault(): ApduFault | undefined {
    const due = this.#faults.find(({ left }) => left === 0);
    this.#faults = this.#faults.filter((each) => each !== due);
    for (const each of this.#faults) each.left = Math.max(0, each.left - 1);
    return due?.fault;
  }
}
