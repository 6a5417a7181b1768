/** A Wacom STU pad as hidraw shows it (facts: github.com/netas-ch/Wacom-STU-WebHID): reports of its pen, big-endian. */
import type { Send } from '../pace.ts';
import { type Moment, PenPad } from './pen.ts';
import { type PadRanges, toCounts } from './ranges.ts';

export class StuPad extends PenPad {
  readonly #send: Send;
  readonly #ranges: PadRanges;
  #last = { x: 0, y: 0 };

  constructor(send: Send, pace: number, ranges: PadRanges) {
    const { x, y } = ranges;
    super({ width: x.max / x.perMm, height: y.max / y.perMm }, pace);
    this.#send = send;
    this.#ranges = ranges;
  }

  protected override show({ point }: Moment): void {
    if (point) this.#last = toCounts(point, this.#ranges);
    const pressure = Math.round((point?.pressure ?? 0) * (this.#ranges.maxPressure ?? 0));
    const report = Buffer.alloc(7);
    report[0] = 0x01;
    report.writeUInt16BE((point ? 0x8000 : 0) | (point?.down ? 0x1000 : 0) | pressure, 1);
    report.writeUInt16BE(this.#last.x, 3);
    report.writeUInt16BE(this.#last.y, 5);
    this.#send(report, 0);
  }
}
