/** A wire between a virtual device and the host on which things can go wrong on purpose. */
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultExtent, VirtualDevice, WireFault } from './device.ts';
import type { Send } from './pace.ts';

const SLOW_MS = 25;
const SLOW_PIECE = 256;
const MOST_NOISE = 40;
/** A tear takes at most so many bytes. */
const MOST_TORN = 100;

export class FaultyLine {
  readonly #write: Send;
  readonly #random: () => number;
  #fault: { readonly kind: WireFault; readonly rate: number; left: number } | null = null;
  #powered = true;
  #device: VirtualDevice | undefined;
  /** Slow frames and those behind them, which leave one after the other. */
  #backlog: { last: Promise<void>; frames: number } = { last: Promise.resolve(), frames: 0 };

  /** @param random Uniform in [0, 1); seeded where a run is to repeat. */
  constructor(write: Send, random: () => number) {
    this.#write = write;
    this.#random = random;
  }

  attach(device: VirtualDevice): void {
    this.#device = device;
  }

  get fault(): WireFault | null {
    return this.#fault?.kind ?? null;
  }

  disturb(kind: WireFault | null, extent: FaultExtent = {}): void {
    const { frames = Number.POSITIVE_INFINITY, rate = 1 } = extent;
    this.#fault = kind && { kind, rate, left: frames };
  }

  /** What has not left yet is lost. */
  cut(): void {
    this.#backlog = { last: Promise.resolve(), frames: 0 };
  }

  power(on: boolean): void {
    this.#powered = on;
    if (!on) this.cut();
    if (on && this.#fault?.kind === 'hung') this.#fault = null;
    if (on) this.#device?.restart();
  }

  /** From the host. */
  receive(bytes: Uint8Array): void {
    if (this.#powered && this.#fault?.kind !== 'hung') this.#device?.receive(bytes);
  }

  /** One frame from the device. */
  readonly send: Send = (frame, received) => {
    if (!this.#powered) return;
    const fault = this.#strike();
    if (fault === 'silent' || fault === 'hung') return;
    if (fault === 'noise')
      this.#write(
        Uint8Array.from({ length: this.#below(MOST_NOISE) + 1 }, () => this.#below(256)),
        0,
      );
    const spoilt = fault === 'torn' ? this.#tear(frame) : fault === 'checksum' ? this.#flip(frame) : frame;
    const backlog = this.#backlog;
    if (fault !== 'slow' && backlog.frames === 0) return this.#write(spoilt, received);
    backlog.frames++;
    const isCut = () => this.#backlog !== backlog;
    backlog.last = backlog.last.then(async () => {
      if (fault === 'slow') await this.#trickle(frame, received, isCut);
      else if (!isCut()) this.#write(spoilt, received);
      backlog.frames--;
    });
  };

  #strike(): WireFault | null {
    const fault = this.#fault;
    if (!fault || this.#random() >= fault.rate) return null;
    // A hung device stays so until its power was cut.
    if (fault.kind !== 'hung' && --fault.left <= 0) this.#fault = null;
    return fault.kind;
  }

  #tear(frame: Uint8Array): Uint8Array {
    const length = Math.min(this.#below(frame.length) + 1, MOST_TORN);
    const from = this.#below(frame.length - length + 1);
    return Buffer.concat([frame.subarray(0, from), frame.subarray(from + length)]);
  }

  #flip(frame: Uint8Array): Uint8Array {
    const flipped = Uint8Array.from(frame);
    flipped[this.#below(frame.length)]! ^= 1 << this.#below(8);
    return flipped;
  }

  async #trickle(frame: Uint8Array, received: number, isCut: () => boolean): Promise<void> {
    for (let at = 0; at < frame.length; at += SLOW_PIECE) {
      await delay(SLOW_MS);
      if (isCut()) return;
      this.#write(frame.subarray(at, at + SLOW_PIECE), at === 0 ? received : 0);
    }
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}
