/**
 * Signature/sign time series, ISO/IEC 19794-7:2014, full format: what a pen did, sample by sample. The edition of 2014
 * and not that of 2007, for it tells when, with which device and how well the signature was captured, in the same
 * header as the packet's other records. All numbers are big-endian.
 */
import type { Result } from '../../failures/failure.ts';
import type { CaptureHeader } from './capture-header.ts';
import { HEADER_DOES_NOT_FIT, type RecordFormat, readRecord, writeRecord } from './record-frame.ts';

const FORMAT: RecordFormat = {
  name: 'SDI',
  version: '020',
  header: 15,
  invalid: 'SIGNATURE-RECORD-INVALID',
};

type Kind = 'signed' | 'unsigned' | 'byte';

/** In the order of their bits, from the highest, and of their values in a sample. */
const channelKinds = {
  x: 'signed',
  y: 'signed',
  z: 'unsigned',
  vx: 'signed',
  vy: 'signed',
  ax: 'signed',
  ay: 'signed',
  t: 'unsigned',
  dt: 'unsigned',
  f: 'unsigned',
  s: 'byte',
  tx: 'signed',
  ty: 'signed',
  azimuth: 'unsigned',
  elevation: 'unsigned',
  rotation: 'unsigned',
} as const satisfies Readonly<Record<string, Kind>>;
const channelNames = Object.keys(channelKinds) as ChannelName[];

/**
 * x to the right and y away from the signer; v speed, a acceleration; t time since the first sample, dt since the one
 * before; f force; s pen state, 0 up, any other down; tx, ty tilt.
 */
export type ChannelName = keyof typeof channelKinds;

/** Signed channels −32,768–32,767, unsigned 0–65,535, s 0–255. */
export interface SignatureChannel {
  readonly name: ChannelName;
  /**
   * Values a unit: of x and y the metre, of t and dt the second, of v m/s, of a m/s², of f the newton. Above 0, at most
   * 65,520; a record keeps 12 significant bits of it. null: the values have no unit.
   */
  readonly scaling: number | null;
  /** What the device can give at least and at most; null: not told. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** Over `values`; null: not told. */
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly values: readonly number[];
}

export interface SignatureRepresentation extends CaptureHeader {
  /** In the order of ChannelName; x and y are among them. All have equally many values, at most 16,777,215. */
  readonly channels: readonly SignatureChannel[];
  /** The maker's own; mostly empty. At most 65,535 bytes. */
  readonly extended: Uint8Array;
}

/** Bits of a channel's preamble. */
const HAS = { scaling: 0x80, minimum: 0x40, maximum: 0x20, mean: 0x10, deviation: 0x08 } as const;
/** Constant, linear component removed, reserved. */
const REST = 0x07;
/** Which channels there are. */
const INCLUSION = 2;
const COUNT = 3;
const EXTENDED = 2;
const MOST_SAMPLES = 0xffffff;

/** Signed values are written from 0: −32,768 is 0. */
const OFFSET: Readonly<Record<Kind, number>> = { signed: 0x8000, unsigned: 0, byte: 0 };
const SIZE: Readonly<Record<Kind, number>> = { signed: 2, unsigned: 2, byte: 1 };

/**
 * Bytes after the record are ignored.
 * @returns SIGNATURE-RECORD-INVALID for anything torn or of another edition, and for channels that are told to be
 *   constant or without their linear component: no public sample shows how those are written
 */
export function decodeSignatures(bytes: Uint8Array): Result<readonly SignatureRepresentation[]> {
  return readRecord(FORMAT, bytes, (view, capture, at, end) => readSeries(bytes, view, capture, at, end));
}

type Description = Omit<SignatureChannel, 'values'>;

/** @returns what is wrong, where something is */
function readSeries(
  bytes: Uint8Array,
  view: DataView,
  capture: CaptureHeader,
  start: number,
  end: number,
): SignatureRepresentation | string {
  if (start + INCLUSION > end) return HEADER_DOES_NOT_FIT;
  const inclusion = view.getUint16(start);
  const names = channelNames.filter((_, bit) => (inclusion & (0x8000 >> bit)) !== 0);
  if (names[0] !== 'x' || names[1] !== 'y') return 'it has no x or no y';
  let at = start + INCLUSION;
  const descriptions: Description[] = [];
  for (const name of names) {
    const read = readDescription(view, at, end, name);
    if (typeof read === 'string') return `channel ${name}: ${read}`;
    descriptions.push(read.description);
    at = read.end;
  }
  if (at + COUNT > end) return 'its count of samples does not fit';
  const count = (view.getUint8(at) << 16) | view.getUint16(at + 1);
  const samplesAt = at + COUNT;
  const extendedAt = samplesAt + count * sampleSize(names) + EXTENDED;
  if (extendedAt > end) return 'its samples do not fit';
  if (extendedAt + view.getUint16(extendedAt - EXTENDED) !== end)
    return 'its extended data is not what is left of it';
  return {
    ...capture,
    channels: readSamples(view, samplesAt, count, descriptions),
    extended: bytes.subarray(extendedAt, end),
  };
}

function sampleSize(names: readonly ChannelName[]): number {
  return names.reduce((sum, name) => sum + SIZE[channelKinds[name]], 0);
}

function readDescription(
  view: DataView,
  start: number,
  end: number,
  name: ChannelName,
): { readonly description: Description; readonly end: number } | string {
  if (start >= end) return 'its description does not fit';
  const preamble = view.getUint8(start);
  if ((preamble & REST) !== 0) return `preamble ${preamble}`;
  const fields = Object.values(HAS).filter((bit) => (preamble & bit) !== 0).length;
  if (start + 1 + 2 * fields > end) return 'its description does not fit';
  let at = start + 1;
  const next = (bit: number, offset: number) => {
    if ((preamble & bit) === 0) return null;
    at += 2;
    return view.getUint16(at - 2) - offset;
  };
  const offset = OFFSET[channelKinds[name]];
  const scaling = next(HAS.scaling, 0);
  return {
    description: {
      name,
      scaling: scaling === null ? null : scalingOf(scaling),
      minimum: next(HAS.minimum, offset),
      maximum: next(HAS.maximum, offset),
      mean: next(HAS.mean, offset),
      deviation: next(HAS.deviation, 0),
    },
    end: at,
  };
}

function readSamples(
  view: DataView,
  start: number,
  count: number,
  descriptions: readonly Description[],
): SignatureChannel[] {
  const step = sampleSize(descriptions.map(({ name }) => name));
  let place = start;
  return descriptions.map((description) => {
    const kind = channelKinds[description.name];
    const first = place;
    place += SIZE[kind];
    const values = Array.from({ length: count }, (_, sample) => {
      const at = first + sample * step;
      return SIZE[kind] === 1 ? view.getUint8(at) : view.getUint16(at) - OFFSET[kind];
    });
    return { ...description, values };
  });
}

/** Five bits of exponent E and eleven of fraction F: (1 + F/2¹¹) × 2^(E − 16). */
function scalingOf(field: number): number {
  return (1 + (field & 0x7ff) / 0x800) * 2 ** ((field >> 11) - 16);
}

/** @throws RangeError where no field is near the scaling */
function fieldOf(scaling: number): number {
  // Rounding the fraction up to 2 carries into the exponent, as it should.
  const exponent = Math.floor(Math.log2(scaling));
  const field = (exponent + 16) * 0x800 + Math.round((scaling / 2 ** exponent - 1) * 0x800);
  if (!(field >= 0 && field <= 0xffff)) throw new RangeError(`scaling ${scaling}`);
  return field;
}

/**
 * Writes a record; it has certifications where any representation has.
 * @throws RangeError for no representation or more than 65,535, for channels out of their order, without x or y, of
 *   unequal lengths or with values out of their range
 */
export function encodeSignatures(representations: readonly SignatureRepresentation[]): Uint8Array {
  representations.forEach(assertWritable);
  return writeRecord(FORMAT, representations, lengthOf, writeSeries).bytes;
}

function lengthOf({ channels, extended }: SignatureRepresentation): number {
  const descriptions = channels.reduce((sum, channel) => sum + 1 + 2 * fieldsOf(channel).length, 0);
  const samples = channels[0]!.values.length * sampleSize(channels.map(({ name }) => name));
  return INCLUSION + descriptions + COUNT + samples + EXTENDED + extended.length;
}

/** The fields of a channel's description that are told: their bit in the preamble, and what is written. */
function fieldsOf(channel: SignatureChannel): { readonly bit: number; readonly field: number }[] {
  const offset = OFFSET[channelKinds[channel.name]];
  const { scaling, minimum, maximum, mean, deviation } = channel;
  const fields = [
    { bit: HAS.scaling, field: scaling === null ? null : fieldOf(scaling) },
    { bit: HAS.minimum, field: minimum === null ? null : minimum + offset },
    { bit: HAS.maximum, field: maximum === null ? null : maximum + offset },
    { bit: HAS.mean, field: mean === null ? null : mean + offset },
    { bit: HAS.deviation, field: deviation },
  ];
  return fields.flatMap(({ bit, field }) => (field === null ? [] : [{ bit, field }]));
}

function writeSeries(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  { channels, extended }: SignatureRepresentation,
): void {
  let at = start;
  const byte = (value: number) => view.setUint8(at++, value);
  const word = (value: number) => {
    view.setUint16(at, value);
    at += 2;
  };
  word(channels.reduce((mask, { name }) => mask | (0x8000 >> channelNames.indexOf(name)), 0));
  for (const channel of channels) {
    const fields = fieldsOf(channel);
    byte(fields.reduce((preamble, { bit }) => preamble | bit, 0));
    for (const { field } of fields) word(field);
  }
  const count = channels[0]!.values.length;
  byte(count >> 16);
  word(count & 0xffff);
  for (let sample = 0; sample < count; sample++)
    for (const { name, values } of channels) {
      const kind = channelKinds[name];
      if (SIZE[kind] === 1) byte(values[sample]!);
      else word(values[sample]! + OFFSET[kind]);
    }
  word(extended.length);
  bytes.set(extended, at);
}

function assertWritable({ channels, extended }: SignatureRepresentation): void {
  const places = channels.map(({ name }) => channelNames.indexOf(name));
  if (places[0] !== 0 || places[1] !== 1 || places.some((place, n) => n > 0 && place <= places[n - 1]!))
    throw new RangeError(`channels ${channels.map(({ name }) => name).join(' ')}`);
  const count = channels[0]!.values.length;
  if (count > MOST_SAMPLES || channels.some(({ values }) => values.length !== count))
    throw new RangeError('channels of unequal or too great length');
  if (extended.length > 0xffff) throw new RangeError(`${extended.length} bytes of extended data`);
  for (const channel of channels) {
    const kind = channelKinds[channel.name];
    const fits = (value: number | null, offset: number, size: number) =>
      value === null || (Number.isInteger(value) && value + offset >= 0 && value + offset < 256 ** size);
    const told = [channel.minimum, channel.maximum, channel.mean];
    if (
      !channel.values.every((value) => fits(value, OFFSET[kind], SIZE[kind])) ||
      !told.every((value) => fits(value, OFFSET[kind], 2)) ||
      !fits(channel.deviation, 0, 2)
    )
      throw new RangeError(`channel ${channel.name} has a value out of its range`);
  }
}
