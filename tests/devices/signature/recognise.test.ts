/** What input-line.py tells of real devices, which named pipes cannot: as the kernel's structures say it. */
import { describe, expect, it } from 'vitest';
import { recogniseTablet } from '../../../src/devices/signature/evdev-pad.ts';
import { signaturePadSettings } from '../../../src/devices/signature/settings.ts';
import { recogniseStu } from '../../../src/devices/signature/wacom-stu.ts';
import { codeOf, value } from '../../support/bench-kiosk.ts';
import { hex } from './pieces.ts';

const axis = (min: number, max: number, perMm: number) => ({ min, max, perMm });
const configured = { x: { max: 100, perMm: 10 }, y: { max: 50, perMm: 10 }, maxPressure: null };

describe('a tablet', () => {
  it('is as large and fine as the kernel says', () => {
    const axes = { x: axis(10, 21_610, 200), y: axis(0, 13_500, 200), pressure: axis(0, 2_047, 0) };
    const { identity, traits } = value(recogniseTablet({ name: 'Wacom Intuos S Pen', axes }, undefined));
    expect(identity).toBe('Wacom Intuos S Pen');
    expect(traits).toEqual({
      x: { max: 21_600, perMm: 200 },
      y: { max: 13_500, perMm: 200 },
      maxPressure: 2_047,
    });
  });

  it('is counted from its lowest place', () => {
    const axes = { x: axis(10, 21_610, 200), y: axis(20, 13_520, 200) };
    const read = value(recogniseTablet({ name: 'Pen', axes }, undefined)).reader();
    const time = 'E803000000000000 90D0030000000000';
    const report = hex(`${time} 03000000 6E000000 ${time} 03000100 DC000000 ${time} 00000000 00000000`);
    expect(read(report)).toMatchObject([{ x: 100, y: 200 }]);
  });

  it('may tell its size in the configuration where the kernel does not know it', () => {
    const axes = { x: axis(0, 100, 0), y: axis(0, 50, 0) };
    expect(codeOf(recogniseTablet({ name: 'Pen', axes }, undefined))).toBe('PAD-SCALE-UNKNOWN');
    expect(value(recogniseTablet({ name: 'Pen', axes }, configured)).traits).toEqual(configured);
  });

  it('is none when it has no axes', () => {
    expect(codeOf(recogniseTablet({ name: 'Keyboard', axes: {} }, undefined))).toBe('PAD-SCALE-UNKNOWN');
  });
});

describe('an STU pad', () => {
  it('is as its feature reports say', () => {
    const features = {
      8: `085354552d35343001000005${'00'.repeat(52)}`,
      9: `092a30195003ff032001e0c8${'00'.repeat(52)}`,
    };
    const { identity, traits } = value(recogniseStu({ name: 'Wacom', features }, undefined));
    expect(identity).toBe('Wacom STU-540, firmware 1.0.0.5');
    expect(traits).toEqual({
      x: { max: 10_800, perMm: 100 },
      y: { max: 6_480, perMm: 100 },
      maxPressure: 1_023,
    });
  });

  it('is none without them', () => {
    expect(codeOf(recogniseStu({ name: 'Mouse', features: {} }, undefined))).toBe('PAD-SCALE-UNKNOWN');
  });
});

describe('the settings', () => {
  it('of every driver take what docs/devices/signature.md shows, and nothing else', () => {
    const shown = [
      { driver: 'evdev', port: '/dev/input/by-id/usb-x-event-mouse', ranges: configured },
      { driver: 'wacom-isdv4', port: '/dev/ttyS0', baudRate: 38_400 },
      { driver: 'topaz', port: '/dev/serial/by-id/usb-x', model: 'SignatureGem1X5', pressure: true },
      { driver: 'wacom-stu', port: '/dev/stu' },
    ];
    for (const [i, entry] of shown.entries()) {
      const schema = signaturePadSettings[i]!;
      const whole = { id: 'pad', kind: 'signature-pad', virtual: true, relay: 'pad-power', ...entry };
      expect(schema.safeParse(whole).success).toBe(true);
      expect(schema.safeParse({ ...whole, colour: 'red' }).success).toBe(false);
      expect(schema.safeParse({ ...whole, id: '12345' }).success).toBe(false);
    }
  });
});
