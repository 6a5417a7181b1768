/**
 * A Topaz signature pad on its serial line (facts: github.com/l1n/topaz-dext): it hears nothing, and sends five bytes for
 * each place of the pen, before them the pressure where it measures it.
 */
import type { Send } from '../pace.ts';
import { type Moment, PenPad } from './pen.ts';

/** Counts of the active area's edges. */
const AREAS = {
  SignatureGem1X5: { left: 400, right: 2_400, top: 350, bottom: 950 },
  SignatureGem4X5: { left: 500, right: 2_650, top: 700, bottom: 2_100 },
  SigLite1X5: { left: 500, right: 2_650, top: 700, bottom: 2_100 },
  SigLiteLCD4X5: { left: 500, right: 2_600, top: 500, bottom: 2_100 },
} as const;
const PER_MM = 410 / 25.4;
const MAX_PRESSURE = 1_023;
const PRESSURE_TYPE = 7 << 2;

export type TopazModel = keyof typeof AREAS;
export const isTopazModel = (name: unknown): name is TopazModel => typeof name === 'string' && name in AREAS;

export class TopazPad extends PenPad {
  readonly #send: Send;
  readonly #area: (typeof AREAS)[TopazModel];
  readonly #measuresPressure: boolean;
  #last = { x: 0, y: 0 };

  constructor(send: Send, pace: number, model: TopazModel, measuresPressure: boolean) {
    const area = AREAS[model];
    const { left, right, top, bottom } = area;
    super({ width: (right - left) / PER_MM, height: (bottom - top) / PER_MM }, pace);
    this.#send = send;
    this.#area = area;
    this.#measuresPressure = measuresPressure;
  }

  protected override show({ point }: Moment): void {
    if (point) {
      const { left, top } = this.#area;
      this.#last = { x: left + Math.round(point.x * PER_MM), y: top + Math.round(point.y * PER_MM) };
      if (this.#measuresPressure) {
        const pressure = Math.round(point.pressure * MAX_PRESSURE);
        this.#send(packet(0x80 | PRESSURE_TYPE, 0, pressure), 0);
      }
    }
    this.#send(packet(0x80 | (point ? 0x40 : 0) | (point?.down ? 0x01 : 0), this.#last.x, this.#last.y), 0);
  }
}

function packet(first: number, x: number, y: number): Uint8Array {
  return Uint8Array.of(first, x & 0x7f, x >> 7, y & 0x7f, y >> 7);
}
