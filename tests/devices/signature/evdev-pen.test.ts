import { describe, expect, it } from 'vitest';
import { EvdevPen } from '../../../src/devices/signature/evdev-pen.ts';

const [SYN, KEY, ABS] = [0, 1, 3];
const X = [ABS, 0x00] as const;
const Y = [ABS, 0x01] as const;
const PRESSURE = [ABS, 0x18] as const;
const PEN = [KEY, 0x140] as const;
const TOUCH = [KEY, 0x14a] as const;
const REPORT = [SYN, 0, 0] as const;
const DROPPED = [SYN, 3, 0] as const;

type Event = readonly [type: number, code: number, value: number];
function bytesOf(second: number, ...events: Event[]): Uint8Array {
  const bytes = Buffer.alloc(24 * events.length);
  for (const [i, [type, code, value]] of events.entries()) {
    bytes.writeUInt32LE(second, 24 * i);
    bytes.writeUInt32LE(500_000, 24 * i + 8);
    bytes.writeUInt16LE(type, 24 * i + 16);
    bytes.writeUInt16LE(code, 24 * i + 18);
    bytes.writeInt32LE(value, 24 * i + 20);
  }
  return bytes;
}
const lowest = { x: 100, y: 50, pressure: 10 };

describe('a pen', () => {
  it('is reported once for each moment, counted from the lowest, with what has not changed', () => {
    const pen = new EvdevPen(lowest);
    const hovering = bytesOf(1, [...PEN, 1], [...X, 1_100], [...Y, 550], REPORT);
    const touching = bytesOf(1, [...TOUCH, 1], [...PRESSURE, 210], REPORT);
    expect([hovering, touching].flatMap((bytes) => pen.push(bytes))).toEqual([
      { x: 1_000, y: 500, pressure: 0, near: true, down: false, at: 1_500 },
      { x: 1_000, y: 500, pressure: 200, near: true, down: true, at: 1_500 },
    ]);
    expect(pen.push(bytesOf(2, [...X, 1_200], REPORT))).toEqual([
      { x: 1_100, y: 500, pressure: 200, near: true, down: true, at: 2_500 },
    ]);
    expect(pen.push(bytesOf(3, [...TOUCH, 0], [...PEN, 0], REPORT))).toMatchObject([
      { near: false, down: false },
    ]);
  });

  it('is not reported before both coordinates are known', () => {
    const pen = new EvdevPen(lowest);
    expect(pen.push(bytesOf(1, [...PEN, 1], [...X, 1_100], REPORT))).toEqual([]);
    expect(pen.push(bytesOf(1, [...Y, 550], REPORT))).toHaveLength(1);
  });

  it('is near when it was so before anybody listened, until it leaves', () => {
    const pen = new EvdevPen(lowest);
    expect(pen.push(bytesOf(1, [...X, 200], [...Y, 200], REPORT))).toMatchObject([
      { near: true, down: false },
    ]);
    expect(pen.push(bytesOf(2, [...PEN, 0], REPORT))).toMatchObject([{ near: false }]);
    expect(pen.push(bytesOf(3, [...X, 201], REPORT))).toMatchObject([{ near: false }]);
  });

  it('is near when it touches, on a tablet that tells no tool', () => {
    const reports = new EvdevPen(lowest).push(bytesOf(1, [...X, 200], [...Y, 200], [...TOUCH, 1], REPORT));
    expect(reports).toMatchObject([{ near: true, down: true }]);
  });

  it('is not believed from an overrun of the buffer to the end of that moment', () => {
    const pen = new EvdevPen(lowest);
    pen.push(bytesOf(1, [...PEN, 1], [...X, 200], [...Y, 200], REPORT));
    expect(pen.push(bytesOf(2, DROPPED, [...X, 9_999], REPORT))).toEqual([]);
    expect(pen.push(bytesOf(3, [...Y, 250], REPORT))).toMatchObject([{ x: 100, y: 200 }]);
  });
});
