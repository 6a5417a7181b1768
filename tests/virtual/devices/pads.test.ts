import { describe, expect, it } from 'vitest';
import { EvdevPad } from '../../../src/virtual/devices/evdev-pad.ts';
import { Isdv4Pad } from '../../../src/virtual/devices/isdv4-pad.ts';
import { StuPad } from '../../../src/virtual/devices/stu-pad.ts';
import { TopazPad } from '../../../src/virtual/devices/topaz-pad.ts';
import { bytes } from '../hex.ts';

const ranges = { x: { max: 10_800, perMm: 100 }, y: { max: 6_480, perMm: 100 }, maxPressure: 1_023 };

/** What a device sends, each frame for itself. */
function recorded() {
  const frames: Buffer[] = [];
  return { frames, send: (frame: Uint8Array) => void frames.push(Buffer.from(frame)) };
}

describe('an ISDV4 pad', () => {
  // Golden bytes as isdv4ParseCoordinateData and isdv4ParseQuery of xf86-input-wacom's isdv4.h unpack them.
  it('tells its size when asked', () => {
    const { frames, send } = recorded();
    new Isdv4Pad(send, 0).receive(bytes('30 2A'));
    expect(frames).toEqual([bytes('C0 12 60 0B 5C 7F 03 00 00 02 02')]);
  });

  it('tells the pen from start to stop: hovering, down, up, and gone', () => {
    const { frames, send } = recorded();
    const pad = new Isdv4Pad(send, 0);
    pad.act({ hover: [1, 1] });
    expect(frames).toEqual([]);
    pad.receive(bytes('31'));
    // x 4660, y 2749, pressure 350 of 511.
    pad.act({ stroke: [[46.6, 27.49, 350 / 511]] });
    pad.act({ away: true });
    expect(frames).toEqual([
      bytes('A1 09 0D 05 2F 5E 0A 00 00'),
      bytes('A0 09 0D 05 2F 00 08 00 00'),
      bytes('80 09 0D 05 2F 00 08 00 00'),
    ]);
    pad.receive(bytes('30'));
    pad.act({ hover: [1, 1] });
    expect(frames).toHaveLength(3);
  });

  it('has forgotten that it was started when it restarts', () => {
    const { frames, send } = recorded();
    const pad = new Isdv4Pad(send, 0);
    pad.receive(bytes('31'));
    pad.restart();
    pad.act({ hover: [1, 1] });
    expect(frames).toEqual([]);
  });
});

describe('a Topaz pad', () => {
  it('tells pressure, then place, counted from the edge of its area', () => {
    const { frames, send } = recorded();
    const pad = new TopazPad(send, 0, 'SignatureGem1X5', true);
    // x 400 + 600 = 1000, y 350 + 250 = 600 at 410 dpi; pressure 700 of 1023 (README of l1n/topaz-dext).
    pad.act({ stroke: [[(600 * 25.4) / 410, (250 * 25.4) / 410, 700 / 1_023]] });
    expect(frames.slice(0, 2)).toEqual([bytes('9C 00 00 3C 05'), bytes('C1 68 07 58 04')]);
    expect(frames.at(-1)).toEqual(bytes('C0 68 07 58 04'));
  });

  it('tells no pressure where it measures none, and where the pen was when it has left', () => {
    const { frames, send } = recorded();
    const pad = new TopazPad(send, 0, 'SigLite1X5', false);
    pad.act({ hover: [0, 0] });
    pad.act({ away: true });
    expect(frames).toEqual([bytes('C0 74 03 3C 05'), bytes('80 74 03 3C 05')]);
  });
});

describe('an STU pad', () => {
  it('reports state, pressure and place, big-endian', () => {
    const { frames, send } = recorded();
    const pad = new StuPad(send, 0, ranges);
    pad.act({ stroke: [[46.6, 27.49, 700 / 1_023]] });
    pad.act({ away: true });
    // As netas-ch/Wacom-STU-WebHID unpacks them, the report's number first.
    expect(frames).toEqual(['01 92BC 1234 0ABD', '01 8000 1234 0ABD', '01 0000 1234 0ABD'].map(bytes));
  });
});

describe('an evdev pad', () => {
  it('tells what has changed, and a report at the end of each moment', () => {
    const { frames, send } = recorded();
    const pad = new EvdevPad(send, 0, ranges);
    pad.act({ stroke: [[46.6, 27.49, 700 / 1_023]] });
    // linux/input-event-codes.h: BTN_TOOL_PEN 140, BTN_TOUCH 14A, ABS_X 0, ABS_Y 1, ABS_PRESSURE 18.
    const events = (frame: Buffer) =>
      Array.from({ length: frame.length / 24 }, (_, i) => frame.subarray(24 * i + 16, 24 * i + 24));
    expect(frames.map(events)).toEqual([
      [
        '0100 4001 01000000',
        '0100 4A01 01000000',
        '0300 0000 34120000',
        '0300 0100 BD0A0000',
        '0300 1800 BC020000',
        '0000 0000 00000000',
      ].map(bytes),
      ['0100 4A01 00000000', '0300 1800 00000000', '0000 0000 00000000'].map(bytes),
    ]);
    expect(frames.every((frame) => frame.readUInt32LE(8) < 1_000_000)).toBe(true);
  });
});

describe('every pad', () => {
  it.each([
    {},
    { sign: {} },
    { stroke: [] },
    { stroke: [[1, 2]] },
    { hover: [-1, 0] },
    { away: false },
    7,
    null,
  ])('refuses %j', (act) => {
    const { frames, send } = recorded();
    expect(new StuPad(send, 0, ranges).act(act)).toMatchObject({
      failure: { code: 'BENCH-COMMAND-INVALID' },
    });
    expect(frames).toEqual([]);
  });
});
