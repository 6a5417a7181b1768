/** What is kept of a signature: the pen's way as ISO/IEC 19794-7:2014, as finely as the pad measures it. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import {
  type ChannelName,
  decodeSignatures,
  encodeSignatures,
  type SignatureChannel,
} from '../records/signature-data.ts';
import type { PenPoint } from '../signature/track.ts';
import { headerOf } from './header.ts';

interface Axis {
  /** The highest count that the pad tells; the lowest is 0. */
  readonly max: number;
  readonly perMm: number;
}

/** How finely a pad measures, as it tells. */
export interface PadScale {
  readonly x: Axis;
  readonly y: Axis;
  /** Count of the highest pressure; null: it tells only whether the pen is down. */
  readonly maxPressure: number | null;
}

/** The largest scaling of a channel, values a metre; the largest value of a signed and of an unsigned channel. */
const MOST_SCALING = 65_520;
const MOST_SIGNED = 0x7fff;
const MOST_UNSIGNED = 0xffff;
/** Milliseconds. */
const PER_SECOND = 1_000;
/** A signature is nobody's to score: it is there or not. */
const QUALITY = 100;

/**
 * Counts of the pad; where they are too many for a channel, every second, third … of them. y grows away from the
 * signer, so that what is written can be read.
 */
export function keepSignature(points: readonly PenPoint[], scale: PadScale, at: Date): Uint8Array {
  const begin = points[0]!.time;
  const lasts = points.at(-1)!.time - begin;
  const perSecond = lasts > MOST_UNSIGNED ? Math.floor((MOST_UNSIGNED / lasts) * PER_SECOND) : PER_SECOND;
  const x = gridOf(scale.x);
  const y = gridOf(scale.y);
  const pressure = scale.maxPressure === null ? null : Math.min(scale.maxPressure, MOST_UNSIGNED);
  const channels: SignatureChannel[] = [
    channel(
      'x',
      points.map((point) => x.count(point.x)),
      { scaling: x.perMetre, maximum: x.max },
    ),
    channel(
      'y',
      points.map((point) => y.max - y.count(point.y)),
      { scaling: y.perMetre, maximum: y.max },
    ),
    channel(
      't',
      points.map(({ time }) => Math.round(((time - begin) * perSecond) / PER_SECOND)),
      { scaling: perSecond },
    ),
    ...(pressure === null
      ? []
      : [
          channel(
            'f',
            points.map((point) => Math.round(point.pressure * pressure)),
            { maximum: pressure },
          ),
        ]),
    channel(
      's',
      points.map(({ down }) => (down ? 1 : 0)),
      {},
    ),
  ];
  return encodeSignatures([
    { ...headerOf(at, QUALITY), certifications: [], channels, extended: new Uint8Array() },
  ]);
}

function channel(
  name: ChannelName,
  values: readonly number[],
  told: { readonly scaling?: number; readonly maximum?: number },
): SignatureChannel {
  const { scaling = null, maximum = null } = told;
  return {
    name,
    scaling,
    minimum: maximum === null ? null : 0,
    maximum,
    mean: null,
    deviation: null,
    values,
  };
}

function gridOf({ max, perMm }: Axis) {
  const step = Math.max(1, Math.ceil((perMm * 1_000) / MOST_SCALING), Math.ceil(max / MOST_SIGNED));
  const most = Math.floor(max / step);
  return {
    max: most,
    perMetre: (perMm * 1_000) / step,
    count: (millimetres: number) => Math.min(most, Math.max(0, Math.round((millimetres * perMm) / step))),
  };
}

export interface SignatureRecord {
  readonly points: readonly PenPoint[];
  /** Of the pad, millimetres. */
  readonly area: { readonly width: number; readonly height: number };
}

/**
 * The pen's way back from a record.
 * @returns SIGNATURE-RECORD-INVALID, also for a record of several or none, or without scales, time or pen state
 */
export function readSignature(record: Uint8Array): Result<SignatureRecord> {
  const invalid = (detail: string) => fail('SIGNATURE-RECORD-INVALID', detail);
  const decoded = decodeSignatures(record);
  if (!decoded.ok) return decoded;
  const [only, second] = decoded.value;
  if (!only || second) return invalid('not the record of one signature');
  const find = (name: ChannelName) => only.channels.find((each) => each.name === name);
  const [x, y, t, force, state] = [find('x'), find('y'), find('t'), find('f'), find('s')];
  const perMm = { x: (x?.scaling ?? 0) / 1_000, y: (y?.scaling ?? 0) / 1_000 };
  if (!perMm.x || !perMm.y || !x?.maximum || !y?.maximum || !t?.scaling || !state)
    return invalid('a channel or its scale is not told');
  const [right, top, perSecond] = [x.maximum, y.maximum, t.scaling];
  return ok({
    points: state.values.map((down, n) => ({
      x: x.values[n]! / perMm.x,
      y: (top - y.values[n]!) / perMm.y,
      time: (t.values[n]! * PER_SECOND) / perSecond,
      pressure: force?.maximum ? force.values[n]! / force.maximum : down === 0 ? 0 : 1,
      down: down !== 0,
    })),
    area: { width: right / perMm.x, height: top / perMm.y },
  });
}
