/**
 * The packets of a Topaz signature pad on a serial line (github.com/l1n/topaz-dext, README "Protocol", format 0).
 * 8 data bits, **odd** parity. Five bytes, of which only the first has bit 7 set; there is no checksum.
 *
 *     b0  1 near · type(3) · down | b1 x 6…0 | b2 · · · x 11…7 | b3 y 6…0 | b4 · · · y 11…7
 *     type 0, 1, 4: the pen; type 7: pressure 6…0 in b3, 9…7 in b4; type 2: b1…b4 model and serial number
 */
import type { Redaction } from '../transport/trace.ts';
import { MarkedPackets, redactMarked } from './marked-packets.ts';
import type { TopazSettings } from './settings.ts';

export interface TopazModel {
  readonly baudRate: number;
  /** Counts of the active area's edges. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly perMm: number;
}

const DPI_410 = 410 / 25.4;

/** README "Model Calibration Parameters" and "Supported Models", where it takes them from the maker's SDK. */
export const TOPAZ_MODELS: Readonly<Record<TopazSettings['model'], TopazModel>> = {
  SignatureGem1X5: { baudRate: 19_200, left: 400, right: 2_400, top: 350, bottom: 950, perMm: DPI_410 },
  SignatureGem4X5: { baudRate: 19_200, left: 500, right: 2_650, top: 700, bottom: 2_100, perMm: DPI_410 },
  SigLite1X5: { baudRate: 19_200, left: 500, right: 2_650, top: 700, bottom: 2_100, perMm: DPI_410 },
  SigLiteLCD4X5: { baudRate: 38_400, left: 500, right: 2_600, top: 500, bottom: 2_100, perMm: DPI_410 },
};

export const TOPAZ_MAX_PRESSURE = 1_023;

export type TopazEvent =
  | {
      readonly type: 'pen';
      readonly near: boolean;
      readonly down: boolean;
      readonly x: number;
      readonly y: number;
    }
  /** Of the pen packets that follow. */
  | { readonly type: 'pressure'; readonly pressure: number };

export const PACKET_LENGTH = 5;
/** x and y all ones: the pad saw no pen. */
const NOWHERE = 0xfff;

/** Finds packets however they are cut and joined. */
export class TopazParser {
  readonly #packets = new MarkedPackets(() => PACKET_LENGTH);

  push(bytes: Uint8Array): TopazEvent[] {
    return this.#packets.push(bytes).flatMap((packet) => decode(packet) ?? []);
  }
}

export function redactTopaz(): Redaction {
  return redactMarked(() => false);
}

function decode(packet: Uint8Array): TopazEvent | undefined {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0] = packet;
  const type = (b0 >> 2) & 7;
  if (type === 7) return { type: 'pressure', pressure: ((b4 & 0x07) << 7) | b3 };
  if (type !== 0 && type !== 1 && type !== 4) return undefined;
  const x = ((b2 & 0x1f) << 7) | b1;
  const y = ((b4 & 0x1f) << 7) | b3;
  if (x === NOWHERE && y === NOWHERE) return undefined;
  return { type: 'pen', near: (b0 & 0x40) !== 0, down: (b0 & 0x01) !== 0, x, y };
}
