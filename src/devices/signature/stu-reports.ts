/**
 * The reports of a Wacom STU pad (github.com/netas-ch/Wacom-STU-WebHID). Big-endian, the report's number first.
 * Pen data 01: `01 | state u16: near 8000, touches 1000, pressure 03ff | x u16 | y u16`.
 * Feature reports: information 08 with name (7 characters) and firmware (4 bytes), capability 09 with the maxima of x, y
 * and pressure.
 */
import type { PenReport } from './pen-track.ts';
import type { PadTraits } from './port.ts';

const PEN_DATA = 0x01;
const LENGTH = 7;
const NEAR = 0x8000;
const TOUCHES = 0x1000;
const PRESSURE = 0x03ff;
/** A screen of 800 × 480 on 108 × 65 mm has 10800 × 6480 counts (STU-530, STU-540): 2540 an inch. */
const PER_MM = 100;

/**
 * Finds pen reports in what the line brings. hidraw gives whole reports only; still, bytes that cannot be one (a torn
 * report on the bench) are passed over one by one, so that the reports behind them are found.
 */
export class StuParser {
  readonly #traits: PadTraits;
  #rest: Uint8Array = new Uint8Array();

  constructor(traits: PadTraits) {
    this.#traits = traits;
  }

  /** @param at When the bytes came, in milliseconds. */
  push(bytes: Uint8Array, at: number): PenReport[] {
    const held = Buffer.concat([this.#rest, bytes]);
    const reports: PenReport[] = [];
    let from = 0;
    while (held.length - from >= LENGTH) {
      const report = this.#decode(held, from, at);
      if (report) reports.push(report);
      from += report ? LENGTH : 1;
    }
    this.#rest = held.subarray(from);
    return reports;
  }

  #decode(bytes: Buffer, from: number, at: number): PenReport | undefined {
    const state = bytes.readUInt16BE(from + 1);
    const x = bytes.readUInt16BE(from + 3);
    const y = bytes.readUInt16BE(from + 5);
    const following = bytes[from + LENGTH];
    const possible =
      bytes[from] === PEN_DATA &&
      (following === undefined || following === PEN_DATA) &&
      (state & ~(NEAR | TOUCHES | PRESSURE)) === 0 &&
      x <= this.#traits.x.max &&
      y <= this.#traits.y.max;
    if (!possible) return undefined;
    const [near, down] = [(state & NEAR) !== 0, (state & TOUCHES) !== 0];
    return { x, y, pressure: state & PRESSURE, near, down, at };
  }
}

/** undefined: no capability report of a pad. */
export function readCapability(report: Uint8Array | undefined): PadTraits | undefined {
  if (!report || report.length < 7 || report[0] !== 0x09) return undefined;
  const view = new DataView(report.buffer, report.byteOffset, report.length);
  const [x, y, pressure] = [view.getUint16(1), view.getUint16(3), view.getUint16(5)];
  if (x === 0 || y === 0) return undefined;
  return { x: { max: x, perMm: PER_MM }, y: { max: y, perMm: PER_MM }, maxPressure: pressure || null };
}

/** E.g. `Wacom STU-540, firmware 1.0.0.5`. */
export function readInformation(report: Uint8Array | undefined): string | undefined {
  if (!report || report.length < 12 || report[0] !== 0x08) return undefined;
  const name = Buffer.from(report.subarray(1, 8))
    .toString('latin1')
    .replace(/[^\x21-\x7e]/g, '');
  return `Wacom ${name}, firmware ${report.subarray(8, 12).join('.')}`;
}
