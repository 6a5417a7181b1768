/** From the events of a pen tablet to reports (Linux Documentation/input/event-codes.rst). Pure. */
import {
  EV_ABS,
  EV_KEY,
  EV_SYN,
  EventParser,
  type InputEvent,
  SYN_DROPPED,
  SYN_REPORT,
} from '../transport/evdev.ts';
import type { PenReport } from './pen-track.ts';

const ABS_X = 0x00;
const ABS_Y = 0x01;
const ABS_PRESSURE = 0x18;
const BTN_TOOL_PEN = 0x140;
const BTN_TOUCH = 0x14a;

/** The lowest counts of the axes: reports are counted from there. */
export interface Lowest {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/**
 * A tablet tells only what has changed, and a SYN_REPORT when it has told all of a moment. So nothing is reported
 * before both coordinates are known, and a pen that is down from before counts from when it is set down anew.
 */
export class EvdevPen {
  readonly #lowest: Lowest;
  readonly #parser = new EventParser();
  #x: number | undefined;
  #y: number | undefined;
  #pressure = 0;
  /** undefined: it was near or away before anybody listened; a pen that has a place is near. */
  #near: boolean | undefined;
  #down = false;
  #dropping = false;

  constructor(lowest: Lowest) {
    this.#lowest = lowest;
  }

  push(bytes: Uint8Array): PenReport[] {
    return this.#parser.push(bytes).flatMap((event) => this.#take(event) ?? []);
  }

  #take({ type, code, value, time }: InputEvent): PenReport | undefined {
    if (type === EV_SYN && code === SYN_DROPPED) this.#dropping = true;
    else if (type === EV_SYN && code === SYN_REPORT) return this.#report(time);
    else if (this.#dropping) return undefined;
    else if (type === EV_KEY && code === BTN_TOOL_PEN) this.#near = value !== 0;
    else if (type === EV_KEY && code === BTN_TOUCH) this.#down = value !== 0;
    else if (type === EV_ABS && code === ABS_X) this.#x = value - this.#lowest.x;
    else if (type === EV_ABS && code === ABS_Y) this.#y = value - this.#lowest.y;
    else if (type === EV_ABS && code === ABS_PRESSURE) this.#pressure = value - this.#lowest.pressure;
    return undefined;
  }

  #report(at: number): PenReport | undefined {
    const dropped = this.#dropping;
    this.#dropping = false;
    if (dropped || this.#x === undefined || this.#y === undefined) return undefined;
    return {
      x: this.#x,
      y: this.#y,
      pressure: this.#pressure,
      near: (this.#near ?? true) || this.#down,
      down: this.#down,
      at,
    };
  }
}
