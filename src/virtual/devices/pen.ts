/** The pen of a virtual pad: what a hand does with it, played as a series of moments. */
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { VirtualDevice } from '../device.ts';
import { Random } from '../people/random.ts';
import { type PenPoint, signOn } from './handwriting.ts';

const millimetres = z.number().min(0).max(1_000);

const penAct = z.union([
  /** A whole signature, then the pen leaves. */
  z.strictObject({ sign: z.strictObject({ seed: z.string().min(1) }) }),
  /** Places of the pen, pressed down; then it is lifted a little. */
  z.strictObject({
    stroke: z
      .array(z.tuple([millimetres, millimetres, z.number().min(0).max(1)]))
      .min(1)
      .max(10_000),
  }),
  z.strictObject({ hover: z.tuple([millimetres, millimetres]) }),
  z.strictObject({ away: z.literal(true) }),
]);

/** How often a pad looks at its pen, a second. */
const RATE = 133;
/** At pace 0, so many at a time. */
const AT_ONCE = 16;

export interface Moment {
  /** Milliseconds since the pen was made; it runs as fast as the hand, whatever the pace. */
  readonly at: number;
  /** null: out of the pad's sight. */
  readonly point: PenPoint | null;
}

export class Pen {
  readonly #area: { readonly width: number; readonly height: number };
  readonly #pace: number;
  readonly #show: (moment: Moment) => void;
  #waiting: (PenPoint | null)[] = [];
  #at = 0;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param area In millimetres.
   * @param pace 0 as fast as possible, 1 as slow as a hand.
   * @param show Sends what the pad sees.
   */
  constructor(area: { width: number; height: number }, pace: number, show: (moment: Moment) => void) {
    this.#area = area;
    this.#pace = pace;
    this.#show = show;
  }

  /** Answers how many moments it will show. */
  act(raw: unknown): Result<{ readonly samples: number }> {
    const act = penAct.safeParse(raw);
    if (!act.success) return fail('BENCH-COMMAND-INVALID', z.prettifyError(act.error));
    const moments = this.#momentsOf(act.data);
    this.#waiting.push(...moments);
    if (!this.#timer) this.#play();
    return ok({ samples: moments.length });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #momentsOf(act: z.infer<typeof penAct>): (PenPoint | null)[] {
    const afterMs = 1000 / RATE;
    if ('away' in act) return [null];
    if ('sign' in act) return [...signOn(this.#area, RATE, new Random(act.sign.seed)), null];
    if ('hover' in act) return [{ afterMs, x: act.hover[0], y: act.hover[1], pressure: 0, down: false }];
    const down = act.stroke.map(([x, y, pressure]) => ({ afterMs, x, y, pressure, down: true }));
    return [...down, { ...down.at(-1)!, pressure: 0, down: false }];
  }

  #play(): void {
    for (let i = 0; i < (this.#pace === 0 ? AT_ONCE : 1); i++) {
      const point = this.#waiting.shift();
      if (point === undefined) break;
      this.#at += point?.afterMs ?? 1000 / RATE;
      this.#show({ at: this.#at, point });
    }
    const wait = (this.#waiting[0]?.afterMs ?? 0) * this.#pace;
    this.#timer = this.#waiting.length > 0 ? setTimeout(() => this.#play(), wait) : undefined;
  }
}

/** What the virtual pads have in common: a pen that can be told what to do, and whose moments they send. */
export abstract class PenPad implements VirtualDevice {
  readonly #pen: Pen;

  /** As of Pen. */
  constructor(area: { width: number; height: number }, pace: number) {
    this.#pen = new Pen(area, pace, (moment) => this.show(moment));
  }

  /** Sends what the pad sees. */
  protected abstract show(moment: Moment): void;

  /** Most pads hear nothing. */
  receive(_bytes: Uint8Array): void {}

  act(act: unknown): Result<unknown> {
    return this.#pen.act(act);
  }

  restart(): void {
    this.close();
  }

  close(): void {
    this.#pen.close();
  }
}
