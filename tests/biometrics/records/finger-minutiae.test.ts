import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FingerTemplate, Minutia } from '../../../src/biometrics/fingerprint/template.ts';
import {
  decodeFingerMinutiae,
  encodeFingerMinutiae,
} from '../../../src/biometrics/records/finger-minutiae.ts';

const SAMPLES = '../shared/data/iso-records/19794-2';

const minutia: fc.Arbitrary<Minutia> = fc.record({
  x: fc.nat(0x3fff),
  y: fc.nat(0x3fff),
  angle: fc.nat(255).map((steps) => (steps * 2 * Math.PI) / 256),
  type: fc.constantFrom('ending', 'bifurcation', 'other'),
  quality: fc.nat(100),
});

/** Templates that share one size and resolution, as one record demands. */
const record: fc.Arbitrary<readonly FingerTemplate[]> = fc
  .record({ width: fc.nat(0xffff), height: fc.nat(0xffff), dpi: fc.constantFrom(300, 500, 1000) })
  .chain((image) => {
    const view = fc.record({
      width: fc.constant(image.width),
      height: fc.constant(image.height),
      dpi: fc.constant(image.dpi),
      position: fc.integer({ min: 0, max: 10 }) as fc.Arbitrary<FingerTemplate['position']>,
      quality: fc.nat(100),
      minutiae: fc.array(minutia, { maxLength: 255 }),
    });
    return fc.array(view, { minLength: 1, maxLength: 4 });
  });

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

describe('19794-2:2005 records', () => {
  test('golden bytes: one view, an ending and a bifurcation', () => {
    const template: FingerTemplate = {
      width: 388,
      height: 374,
      dpi: 500,
      position: 7,
      quality: 80,
      minutiae: [
        { x: 216, y: 168, angle: Math.PI / 2, type: 'ending', quality: 90 },
        { x: 10, y: 11, angle: (3 * Math.PI) / 2, type: 'bifurcation', quality: 0 },
      ],
    };
    const bytes = bytesOf(`
      464d5200 20323000 0000002a 0000 0184 0176 00c5 00c5 01 00
      07 00 50 02  40d8 00a8 40 5a  800a 000b c0 00  0000`);
    expect(encodeFingerMinutiae([template])).toEqual(bytes);
    expect(decodeFingerMinutiae(bytes)).toEqual({ ok: true, value: [template] });
  });

  test('the device that made a record is its maker, its certifications are not', () => {
    const bytes = encodeFingerMinutiae([
      { width: 388, height: 374, dpi: 500, position: 7, quality: 80, minutiae: [] },
    ]);
    bytes.set([0xc0, 0xa1], 12);
    expect(decodeFingerMinutiae(bytes)).toMatchObject({ value: [{ maker: 'device:0a1' }] });
    bytes.set([0xc0, 0x00], 12);
    expect(decodeFingerMinutiae(bytes)).toMatchObject({ ok: true, value: [{ position: 7 }] });
    expect(decodeFingerMinutiae(bytes)).not.toHaveProperty('value.0.maker');
  });

  test('what was written is read again', () => {
    fc.assert(
      fc.property(record, (templates) => {
        const decoded = decodeFingerMinutiae(encodeFingerMinutiae(templates));
        expect(decoded.ok).toBe(true);
        if (!decoded.ok) return;
        // Resolutions are stored in whole pixels a centimetre.
        expect(decoded.value.map((view) => ({ ...view, dpi: templates[0]!.dpi }))).toEqual(templates);
        expect(Math.abs(decoded.value[0]!.dpi - templates[0]!.dpi)).toBeLessThanOrEqual(2);
      }),
      { numRuns: 50 },
    );
  });

  test('a torn record is refused at whatever byte it is torn', () => {
    fc.assert(
      fc.property(record, fc.nat(), (templates, where) => {
        const bytes = encodeFingerMinutiae(templates);
        const torn = decodeFingerMinutiae(bytes.subarray(0, where % bytes.length));
        expect(torn).toMatchObject({ ok: false, failure: { code: 'FINGER-RECORD-INVALID' } });
      }),
      { numRuns: 50 },
    );
  });

  test('hostile bytes give a value or a code, never an exception', () => {
    const header = Array.from(bytesOf('464d5200 20323000 0000'));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        for (const bytes of [noise, Uint8Array.from([...header, ...noise])]) {
          const decoded = decodeFingerMinutiae(bytes);
          if (!decoded.ok) expect(decoded.failure.code).toBe('FINGER-RECORD-INVALID');
        }
      }),
    );
  });

  test('the padding of a chip file is ignored, a wrong position or resolution is not', () => {
    const bytes = bytesOf('464d5200 20323000 0000001e 0000 0184 0176 00c5 00c5 01 00 00 00 50 00 0000');
    expect(decodeFingerMinutiae(Uint8Array.from([...bytes, 0, 0, 0xff])).ok).toBe(true);
    expect(decodeFingerMinutiae(bytes.with(24, 11)).ok).toBe(false);
    expect(decodeFingerMinutiae(bytes.with(19, 0)).ok).toBe(false);
  });

  test('unequal resolutions are brought to that of x', () => {
    const bytes = bytesOf(`
      464d5200 20323000 00000024 0000 0064 0064 00c8 0064 01 00
      01 00 50 01  4020 0010 00 00  0000`);
    const decoded = decodeFingerMinutiae(bytes);
    expect(decoded).toMatchObject({ value: [{ dpi: 508, height: 200, minutiae: [{ x: 32, y: 32 }] }] });
  });
});

describe.skipIf(!existsSync(SAMPLES))('19794-2 samples (skipped where ../shared/data is absent)', () => {
  const read = (name: string) => Uint8Array.from(readFileSync(`${SAMPLES}/${name}`));

  test('fingerprintio: all minutiae as its JSON tells', () => {
    const name = 'fingerprintio_iso19794p2v2005-sample';
    const told = JSON.parse(readFileSync(`${SAMPLES}/${name}.json`, 'utf8'));
    const decoded = decodeFingerMinutiae(read(`${name}.dat`));
    expect(decoded.ok).toBe(true);
    if (!decoded.ok) return;
    expect(decoded.value).toHaveLength(told.fingerprints.length);
    expect(decoded.value[0]).toMatchObject({ width: 512, height: 512, dpi: 500, position: 7, quality: 90 });
    expect(decoded.value[0]!.minutiae).toEqual(
      told.fingerprints[0].minutiae.map(
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

  test('torn records and records of other standards are refused', () => {
    const others = readdirSync(SAMPLES).filter(
      (name) => !name.includes('19794p2v2005') && !name.endsWith('.json'),
    );
    expect(others.length).toBeGreaterThan(5);
    for (const name of others)
      expect(decodeFingerMinutiae(read(name)), name).toMatchObject({
        ok: false,
        failure: { code: 'FINGER-RECORD-INVALID' },
      });
  });
});
