/** A pen tablet as the kernel shows it: only what has changed is told, and a report ends each moment. */
import type { Send } from '../pace.ts';
import { eventsAt, type RawEvent } from './input-events.ts';
import { type Moment, PenPad } from './pen.ts';
import { type PadRanges, toCounts } from './ranges.ts';

const KEY = 1;
const ABS = 3;
const TOOL_PEN = 0x140;
const TOUCH = 0x14a;
const X = 0x00;
const Y = 0x01;
const PRESSURE = 0x18;

export class EvdevPad extends PenPad {
  readonly #send: Send;
  readonly #ranges: PadRanges;
  /** Value of each key and axis as last told. */
  readonly #told = new Map<string, number>();

  constructor(send: Send, pace: number, ranges: PadRanges) {
    const { x, y } = ranges;
    super({ width: x.max / x.perMm, height: y.max / y.perMm }, pace);
    this.#send = send;
    this.#ranges = ranges;
  }

  override restart(): void {
    super.restart();
    this.#told.clear();
  }

  protected override show({ at, point }: Moment): void {
    const now: RawEvent[] = [
      [KEY, TOOL_PEN, point ? 1 : 0],
      [KEY, TOUCH, point?.down ? 1 : 0],
    ];
    if (point) {
      const { x, y } = toCounts(point, this.#ranges);
      now.push([ABS, X, x], [ABS, Y, y]);
    }
    if (this.#ranges.maxPressure)
      now.push([ABS, PRESSURE, Math.round((point?.pressure ?? 0) * this.#ranges.maxPressure)]);
    const changed = now.filter(([type, code, value]) => this.#told.get(`${type}/${code}`) !== value);
    for (const [type, code, value] of changed) this.#told.set(`${type}/${code}`, value);
    if (changed.length > 0) this.#send(eventsAt(at, changed), 0);
  }
}
