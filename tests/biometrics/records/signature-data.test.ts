import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeSignatures,
  encodeSignatures,
  type SignatureChannel,
  type SignatureRepresentation,
} from '../../../src/biometrics/records/signature-data.ts';
import { signatureData } from './arbitraries.ts';
import { expectValueOrRefused, expectWholeOrRefused } from './spoilt.ts';

const refused = { ok: false, failure: { code: 'SIGNATURE-RECORD-INVALID' } };
const record = fc.array(signatureData, { minLength: 1, maxLength: 2 });

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

function channel(
  name: SignatureChannel['name'],
  values: readonly number[],
  told: Partial<SignatureChannel> = {},
): SignatureChannel {
  return { name, scaling: null, minimum: null, maximum: null, mean: null, deviation: null, ...told, values };
}

/** Two samples of a pad of 300 dots per inch: 11,812 a metre, as near as a record can say. */
const golden: SignatureRepresentation = {
  time: { year: 2026, month: 11, day: 24, hour: 8, minute: 5, second: 59, millisecond: 250 },
  device: { technology: 1, vendor: 0x0102, type: 0x0304 },
  qualities: [],
  certifications: [],
  channels: [
    channel('x', [1200, -3], { scaling: 11_812, minimum: -4000, maximum: 4000 }),
    channel('y', [2100, 0], { scaling: 11_812 }),
    channel('t', [0, 12], { scaling: 1000 }),
    channel('f', [1, 1023], { maximum: 1023 }),
    channel('s', [1, 0]),
  ],
  extended: new Uint8Array(0),
};
const goldenBytes = bytesOf(`
  53444900 30323000 0000004c 0001 00
  0000003d 07ea0b1808053b00fa 01 0102 0304 00
  c160 e0 eb89 7060 8fa0 80 eb89 80 cfa0 20 03ff 00
  000002 84b0 8834 0000 0001 01 7ffd 8000 000c 03ff 00 0000`);

describe('19794-7:2014 records', () => {
  test('golden bytes', () => {
    expect(encodeSignatures([golden])).toEqual(goldenBytes);
    expect(decodeSignatures(goldenBytes)).toEqual({ ok: true, value: [golden] });
  });

  // The representation that the unit tests of a public signing applet of the Spanish administration describe:
  // X and Y (minimum, maximum), T, F (minimum, maximum), one sample: 50 bytes, the samples' count at 37.
  test('the layout is that of another implementation', () => {
    const limits = { minimum: 0, maximum: 4000 };
    const bytes = encodeSignatures([
      {
        ...golden,
        channels: [
          channel('x', [1200], limits),
          channel('y', [2100], limits),
          channel('t', [12]),
          channel('f', [1], { minimum: 0, maximum: 1 }),
        ],
      },
    ]);
    const view = new DataView(bytes.buffer, 15);
    expect(view.getUint32(0)).toBe(50);
    expect(view.getUint16(19).toString(2)).toBe('1100000101000000');
    expect(view.getUint8(21).toString(2)).toBe('1100000');
    expect([view.getUint8(37), view.getUint16(38)]).toEqual([0, 1]);
    expect([40, 42, 44, 46].map((at) => view.getUint16(at))).toEqual([33_968, 34_868, 12, 1]);
  });

  test('what was written is read again', () => {
    fc.assert(
      fc.property(record, (representations) => {
        expect(decodeSignatures(encodeSignatures(representations))).toEqual({
          ok: true,
          value: representations,
        });
      }),
    );
  });

  test('a scaling is kept to one part in 4,096', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -16, max: 65_520, noNaN: true }), (scaling) => {
        const channels = [channel('x', [], { scaling }), channel('y', [])];
        const decoded = decodeSignatures(encodeSignatures([{ ...golden, channels }]));
        if (!decoded.ok) throw new Error(decoded.failure.detail);
        const kept = decoded.value[0]!.channels[0]!.scaling!;
        expect(Math.abs(kept / scaling - 1)).toBeLessThanOrEqual(1 / 4096);
      }),
    );
  });

  test('a torn record is refused at whatever byte it is torn; bytes after it are ignored', () => {
    expectWholeOrRefused(record, encodeSignatures, decodeSignatures, refused);
  });

  test('other editions, missing x or y, unknown preambles, and lengths that lie are refused', () => {
    const at = { version: 5, total: 8, count: 13, length: 18, inclusion: 34, preamble: 36, samples: 53 };
    for (const [place, value] of [
      [at.version, 0x31],
      [at.total, 1],
      [at.count, 2],
      [at.length, 3],
      [at.inclusion, 0x41],
      [at.inclusion, 0x81],
      [at.preamble, 0xe4],
      [at.preamble, 0xe1],
      // 16 million samples are claimed: nothing is set aside for them.
      [at.samples, 0xff],
      [at.samples + 2, 1],
      [at.samples + 2, 3],
    ] as const)
      expect(decodeSignatures(goldenBytes.with(place, value)), `byte ${place}`).toMatchObject(refused);
  });

  test('hostile bytes give a value or a code, never an exception', () => {
    expectValueOrRefused(goldenBytes, decodeSignatures, refused);
  });

  test('what cannot be written is a bug of the caller', () => {
    const x = channel('x', [0]);
    const y = channel('y', [0]);
    for (const channels of [
      [],
      [x],
      [y, x],
      [x, y, y],
      [x, y, channel('s', [1]), channel('f', [1])],
      [x, channel('y', [0, 1])],
      [x, channel('y', [0x8000])],
      [x, channel('y', [0.5])],
      [x, y, channel('s', [256])],
      [x, y, channel('t', [-1])],
      [x, channel('y', [0], { scaling: 0 })],
      [x, channel('y', [0], { scaling: 66_000 })],
      [x, channel('y', [0], { mean: 40_000 })],
    ])
      expect(() => encodeSignatures([{ ...golden, channels }])).toThrow(RangeError);
    expect(() => encodeSignatures([])).toThrow(RangeError);
    expect(() => encodeSignatures([{ ...golden, extended: new Uint8Array(0x10000) }])).toThrow(RangeError);
  });
});
