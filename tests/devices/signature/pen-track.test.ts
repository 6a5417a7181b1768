import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PenTrack } from '../../../src/devices/signature/pen-track.ts';

const traits = { x: { max: 1_000, perMm: 10 }, y: { max: 500, perMm: 10 }, maxPressure: 200 };
const report = { x: 100, y: 50, pressure: 100, near: true, down: true, at: 1_000 };

describe('a track', () => {
  it('is in millimetres, shares of the highest pressure, and time from its first sample', () => {
    const track = new PenTrack(traits);
    expect(track.push(report)).toEqual([{ x: 10, y: 5, pressure: 0.5, time: 0, down: true }]);
    expect(track.push({ ...report, x: 101, at: 1_007.5 })).toMatchObject([{ x: 10.1, time: 7.5 }]);
  });

  it('has no pressure while the pen hovers, and all of it on a pad that measures none', () => {
    expect(new PenTrack(traits).push({ ...report, down: false })).toMatchObject([
      { pressure: 0, down: false },
    ]);
    const [touch] = new PenTrack({ ...traits, maxPressure: null }).push({ ...report, pressure: 0 });
    expect(touch?.pressure).toBe(1);
  });

  it('ends a stroke where it was last seen when the pen leaves, and says nothing of a pen that is away', () => {
    const track = new PenTrack(traits);
    track.push(report);
    const away = { x: 0, y: 0, pressure: 0, near: false, down: false, at: 1_010 };
    expect(track.push(away)).toEqual([{ x: 10, y: 5, pressure: 0, time: 10, down: false }]);
    expect(track.push({ ...away, at: 1_020 })).toEqual([]);
  });

  it('stays on the pad, and its time never falls', () => {
    const any = fc.record({
      x: fc.integer({ min: -5_000, max: 5_000 }),
      y: fc.integer({ min: -5_000, max: 5_000 }),
      pressure: fc.integer({ min: -500, max: 500 }),
      near: fc.boolean(),
      down: fc.boolean(),
      at: fc.integer({ min: 0, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (reports) => {
        const track = new PenTrack(traits);
        let last = 0;
        for (const { x, y, pressure, time } of reports.flatMap((one) => track.push(one))) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(100);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(50);
          expect(pressure).toBeGreaterThanOrEqual(0);
          expect(pressure).toBeLessThanOrEqual(1);
          expect(time).toBeGreaterThanOrEqual(last);
          last = time;
        }
      }),
    );
  });
});
