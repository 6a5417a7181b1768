import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeFingerMinutiae2011 } from '../../../src/biometrics/records/finger-minutiae-2011.ts';
import { expectValueOrRefused } from './spoilt.ts';

const SAMPLES = '../shared/data/iso-records/19794-2';
const refused = { ok: false, failure: { code: 'FINGER-RECORD-INVALID' } };

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

/** A left index with two minutiae (with quality), a certified device, no extended data. */
const golden = bytesOf(`
  464d5200 30333000 00000046 0001 01
  00000037 07ea0b1808053b00fa 00 0000 0000 01 50000f0007 01 004002
  07 00 00c5 00c5 00 0184 0176 60 02
  40d8 00a8 40 5a  800a 000b c0 fe
  0000`);

describe('19794-2:2011 records', () => {
  test('golden bytes', () => {
    expect(golden[11]).toBe(golden.length);
    expect(decodeFingerMinutiae2011(golden)).toEqual({
      ok: true,
      value: [
        {
          width: 388,
          height: 374,
          dpi: 500,
          position: 7,
          quality: 80,
          minutiae: [
            { x: 216, y: 168, angle: Math.PI / 2, type: 'ending', quality: 90 },
            { x: 10, y: 11, angle: (3 * Math.PI) / 2, type: 'bifurcation', quality: 0 },
          ],
        },
      ],
    });
  });

  test('the vendor of the device is the maker', () => {
    const bytes = golden.slice();
    bytes.set([0x00, 0x1b], 29);
    expect(decodeFingerMinutiae2011(bytes)).toMatchObject({ value: [{ maker: 'vendor:001b' }] });
  });

  test('minutiae of five bytes have no quality', () => {
    const short = bytesOf(`
      464d5200 30333000 00000036 0001 00
      00000027 ffffffffffffffffff 00 0000 0000 00
      00 00 0064 00c8 00 0064 0064 50 01  4020 0010 00  0000`);
    // Half the resolution in y: brought to that of x.
    expect(decodeFingerMinutiae2011(short)).toMatchObject({
      value: [
        { dpi: 254, height: 50, position: 0, quality: 0, minutiae: [{ x: 32, y: 8, angle: 0, quality: 0 }] },
      ],
    });
  });

  test('torn at any byte, it is refused; bytes after it are ignored', () => {
    for (let length = 0; length < golden.length; length++)
      expect(decodeFingerMinutiae2011(golden.subarray(0, length)), `${length}`).toMatchObject(refused);
    expect(decodeFingerMinutiae2011(Uint8Array.from([...golden, 0, 1])).ok).toBe(true);
  });

  test('wrong positions, resolutions, minutia lengths and counts are refused', () => {
    const position = golden.length - 2 - 12 - 13;
    expect(golden[position]).toBe(7);
    for (const [offset, value] of [
      [0, 11],
      [3, 0],
      [11, 0x40],
      [11, 0x70],
      [12, 5],
    ] as const)
      expect(decodeFingerMinutiae2011(golden.with(position + offset, value)), `${offset}`).toMatchObject(
        refused,
      );
  });

  test('hostile bytes give a value or a code, never an exception', () => {
    expectValueOrRefused(golden, decodeFingerMinutiae2011, refused);
  });
});

describe.skipIf(!existsSync(SAMPLES))('19794-2:2011 samples (skipped where ../shared/data is absent)', () => {
  const name = 'fingerprintio_iso19794p2v2011-sample';

  test('fingerprintio: all as its JSON tells', () => {
    const told = JSON.parse(readFileSync(`${SAMPLES}/${name}.json`, 'utf8'));
    const decoded = decodeFingerMinutiae2011(readFileSync(`${SAMPLES}/${name}.dat`));
    if (!decoded.ok) throw new Error(decoded.failure.detail);
    expect(decoded.value).toHaveLength(told.fingerprints.length);
    decoded.value.forEach((template, n) => {
      const finger = told.fingerprints[n];
      expect(template).toMatchObject({ width: finger.width, height: finger.height, dpi: 500 });
      expect(template.quality).toBe(finger.qrecords[0].quality);
      expect(template.minutiae).toEqual(
        finger.minutiae.map(
          (m: { type: string; positionX: number; positionY: number; angle: number; quality: number }) => ({
            x: m.positionX,
            y: m.positionY,
            angle: (m.angle * 2 * Math.PI) / 256,
            type: m.type.toLowerCase(),
            quality: m.quality,
          }),
        ),
      );
    });
    expect(decoded.value[0]!.position).toBe(7);
  });

  test('records of other standards, some of which begin alike, are refused', () => {
    const others = readdirSync(SAMPLES).filter((file) => !file.startsWith(name) && !file.endsWith('.json'));
    expect(others.length).toBeGreaterThan(5);
    for (const file of others)
      expect(decodeFingerMinutiae2011(readFileSync(`${SAMPLES}/${file}`)), file).toMatchObject(refused);
  });
});
