/** From what a pad reports, in its counts, to samples. Pure, and the same for every pad. */
import type { PadTraits, PenSample } from './port.ts';

/** One report of a pad, in its own counts. */
export interface PenReport {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  /** The pen is near enough to be seen. */
  readonly near: boolean;
  readonly down: boolean;
  /** Milliseconds on any clock that does not fall. */
  readonly at: number;
}

export class PenTrack {
  readonly #traits: PadTraits;
  #first: number | undefined;
  #last: PenSample | undefined;

  constructor(traits: PadTraits) {
    this.#traits = traits;
  }

  /** No sample comes of a pen that is away, but for the one with which a stroke ends. */
  push(report: PenReport): PenSample[] {
    const last = this.#last;
    if (!report.near && !report.down) {
      if (!last?.down) return [];
      // Away, the place it tells is none.
      return [this.#keep({ ...last, pressure: 0, down: false, time: this.#time(report.at) })];
    }
    const { x, y } = this.#traits;
    return [
      this.#keep({
        x: within(report.x, x.max) / x.perMm,
        y: within(report.y, y.max) / y.perMm,
        pressure: report.down ? this.#pressure(report.pressure) : 0,
        time: this.#time(report.at),
        down: report.down,
      }),
    ];
  }

  #keep(sample: PenSample): PenSample {
    this.#last = sample;
    return sample;
  }

  #pressure(counts: number): number {
    const { maxPressure } = this.#traits;
    return maxPressure === null ? 1 : within(counts, maxPressure) / maxPressure;
  }

  #time(at: number): number {
    this.#first ??= at;
    return Math.max(at - this.#first, this.#last?.time ?? 0);
  }
}

const within = (value: number, max: number) => Math.min(Math.max(value, 0), max);
