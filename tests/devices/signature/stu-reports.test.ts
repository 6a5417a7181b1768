import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PenReport } from '../../../src/devices/signature/pen-track.ts';
import { readCapability, readInformation, StuParser } from '../../../src/devices/signature/stu-reports.ts';
import { cuts, hex, join, pieces } from './pieces.ts';

const traits = { x: { max: 10_800, perMm: 100 }, y: { max: 6_480, perMm: 100 }, maxPressure: 1_023 };

describe('the parser', () => {
  it('reads golden bytes', () => {
    // Packed by hand as onHidInputReport of netas-ch/Wacom-STU-WebHID unpacks them, the report's number first.
    expect(new StuParser(traits).push(hex('01 92BC 1234 0ABD'), 5)).toEqual([
      { x: 4_660, y: 2_749, pressure: 700, near: true, down: true, at: 5 },
    ]);
  });

  it('passes over other reports and places outside the pad', () => {
    const others = ['10 92BC 1234 0ABD', '01 92BC 2A31 0ABD', '01 92BC 1234 1951', '01 D2BC 1234 0ABD'];
    for (const other of others) expect(new StuParser(traits).push(hex(other), 0)).toEqual([]);
  });

  it('finds every report, however the line joins them', () => {
    fc.assert(
      fc.property(
        fc.array(report, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (reports, together) => {
          const parser = new StuParser(traits);
          const bytes = join(...reports.map(pack));
          const found = [...pieces(bytes, [7 * together])].flatMap((piece) => parser.push(piece, 1));
          expect(found).toEqual(reports);
        },
      ),
    );
  });

  it('finds the reports behind torn ones and noise, and nothing else', () => {
    // Without 01, a report cannot begin by chance.
    const spoilt = fc.uint8Array({ maxLength: 20 }).map((bytes) => bytes.filter((byte) => byte !== 1));
    const torn = fc
      .tuple(report, fc.integer({ min: 0, max: 6 }))
      .map(([one, kept]) => pack(one).subarray(0, kept));
    fc.assert(
      fc.property(fc.array(fc.tuple(spoilt, torn, report), { maxLength: 8 }), (parts) => {
        const parser = new StuParser(traits);
        // hidraw gives at most what came since the last read: no noise follows a report in one piece.
        const found = parts.flatMap(([noise, rest, good]) => parser.push(join(noise, rest, pack(good)), 1));
        expect(found).toEqual(parts.map(([, , good]) => good));
      }),
    );
  });

  it('survives anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), cuts, (bytes, lengths) => {
        const parser = new StuParser(traits);
        for (const piece of pieces(bytes, lengths)) {
          for (const { x, y } of parser.push(piece, 0)) {
            expect(x).toBeLessThanOrEqual(traits.x.max);
            expect(y).toBeLessThanOrEqual(traits.y.max);
          }
        }
        parser.push(new Uint8Array(7), 0);
        const good = { x: 4_660, y: 2_749, pressure: 700, near: true, down: true, at: 1 };
        expect(parser.push(pack(good), 1)).toContainEqual(good);
      }),
    );
  });
});

describe('the feature reports', () => {
  it('tell size and name', () => {
    expect(readCapability(hex('09 2A30 1950 03FF 0320 01E0 C8'))).toEqual(traits);
    expect(readInformation(hex('08 5354552D353430 01 00 00 05'))).toBe('Wacom STU-540, firmware 1.0.0.5');
  });

  it('of another device are none', () => {
    for (const other of [
      undefined,
      hex(''),
      hex('09 2A30'),
      hex('08 2A30 1950 03FF'),
      hex('09 0000 1950 03FF'),
    ])
      expect(readCapability(other)).toBeUndefined();
    expect(readInformation(hex('09 5354552D353430 01 00 00 05'))).toBeUndefined();
  });
});

const place = (max: number) =>
  fc.integer({ min: 0, max }).filter((value) => value % 256 !== 1 && value >> 8 !== 1);
const report = fc.record({
  x: place(traits.x.max),
  y: place(traits.y.max),
  pressure: place(1_023),
  near: fc.boolean(),
  down: fc.boolean(),
  at: fc.constant(1),
});
function pack({ x, y, pressure, near, down }: PenReport): Uint8Array {
  const bytes = Buffer.alloc(7, 1);
  bytes.writeUInt16BE((near ? 0x8000 : 0) + (down ? 0x1000 : 0) + pressure, 1);
  bytes.writeUInt16BE(x, 3);
  bytes.writeUInt16BE(y, 5);
  return bytes;
}
