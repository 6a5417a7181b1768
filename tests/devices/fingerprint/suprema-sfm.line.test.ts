/** The driver against the virtual sensor, each in its own process, over a real pseudo-terminal. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSupremaSfm } from '../../../src/devices/fingerprint/suprema-sfm.ts';
import type { FaultExtent, WireFault } from '../../../src/virtual/device.ts';
import { SupremaSfm } from '../../../src/virtual/devices/suprema-sfm.ts';
import {
  capture as captureFrom,
  expectEndAtOnce,
  expectPicture as expectImage,
  never,
  picture as pictureOf,
} from './bench-sensors.ts';
import { testModule } from './module-behaviour.ts';
import { onPty } from './near-module.ts';

/** Small, so that it also crosses a slow line in a moment. */
const picture = (shade: number) => pictureOf(shade, { width: 96, height: 64, dpi: 500 });
const create = (port: string) => createSupremaSfm({ id: 'finger', port, baudRate: 115_200 });

const bed = testModule({
  driver: 'suprema-sfm',
  ids: ['main', 'patient', 'silent', 'mute'],
  create,
  identity: 'Suprema SFM, firmware V1.7, serial number 20160712',
  picture,
  seen: picture,
  shades: [2, 3, 4],
});
const { capture, press, expectPicture } = bed;

it('the finger that lies there is taken', async () => {
  await press(1);
  await expectPicture(capture(), 1);
});

describe('cancelling', () => {
  const abortAtOnce = (stop: AbortController, captured: ReturnType<typeof capture>) =>
    expectEndAtOnce(stop, captured, () => bed.far.awaitsFinger());

  it('ends the wait at once, that of the module soon; the next capture works', async () => {
    const stop = new AbortController();
    const captured = capture(stop.signal);
    await bed.far.untilFingerAwaited();
    await abortAtOnce(stop, captured);
    // Before the module's own patience ends.
    for (let polls = 0; await bed.far.awaitsFinger(); polls++) {
      expect(polls).toBeLessThan(100);
      await delay(10);
    }
    await press(6);
    await expectPicture(capture(), 6);
  });

  it('ends it in the middle of an image; the next capture waits until the line is drained', async () => {
    await bed.far.disturb('slow');
    const stop = new AbortController();
    const captured = capture(stop.signal);
    await bed.far.untilFingerAwaited();
    await press(7);
    await delay(200);
    await abortAtOnce(stop, captured);
    await bed.far.disturb(null);
    const next = capture();
    await bed.far.untilFingerAwaited();
    await press(8);
    await expectPicture(next, 8);
  });

  it('ends a capture that has not begun', async () => {
    expect(await capture(AbortSignal.abort())).toBe('none');
  });
});

describe('a fault of the line', () => {
  /** A capture whose finger comes after the fault has begun. */
  async function captureWith(as: WireFault, shade: number, extent?: FaultExtent) {
    const captured = capture();
    await bed.far.untilFingerAwaited();
    await bed.far.disturb(as, extent);
    await press(shade);
    return captured;
  }

  it('slow pieces change nothing', async () => {
    await bed.far.disturb('slow');
    await press(11);
    await expectPicture(capture(), 11);
  });

  it('a torn image is read once more, without another press', async () => {
    // SCAN SUCCESS, and the image in its middle: without the image's packet the driver would rightly want another press.
    let torn = 0;
    const near = await onPty((send) => new SupremaSfm(send), create, {
      change(frame) {
        const isScanned = frame.length === 13 && frame[10] === 0x62;
        if (isScanned) return frame.subarray(0, -5);
        if (frame.length < 1_000 || torn++ > 0) return frame;
        return Buffer.concat([frame.subarray(0, 1_000), frame.subarray(1_100)]);
      },
    });
    near.module.press(picture(12), false);
    await expectImage(captureFrom(near.sensor), picture(12));
    expect(torn).toBe(2);
    await near.close();
  });

  it('a spoilt announcement of the image changes nothing', async () => {
    await expectPicture(captureWith('checksum', 13, { frames: 1 }), 13);
  });

  it('a lost answer is asked for again', async () => {
    await bed.far.disturb('silent', { frames: 1 });
    expect(await bed.sensor.heartbeat!(never)).toMatchObject({ ok: true });
  });

  it('images that always come torn end in a code; afterwards all is well', async () => {
    expect(await captureWith('torn', 14)).toBe('SENSOR-GARBLED');
    await bed.far.disturb(null);
    await press(15);
    await expectPicture(capture(), 15);
  });

  it('wrong checksums throughout end in a code; afterwards all is well', async () => {
    await bed.far.disturb('checksum');
    expect(await capture()).toBe('SENSOR-GARBLED');
    await bed.far.disturb(null);
    await press(16);
    await expectPicture(capture(), 16);
  });
});

describe('an unplugged sensor', () => {
  it('is also told in the middle of an image', async () => {
    await bed.far.disturb('slow');
    const captured = capture();
    await bed.far.untilFingerAwaited();
    await press(21);
    await delay(200);
    await bed.far.plug(false);
    expect(await captured).toBe('SENSOR-LOST');
    await bed.far.disturb(null);
    await bed.far.plug(true);
    await press(22);
    await expectPicture(capture(), 22);
  });
});

/** Each takes the module's or the driver's patience: on sensors of their own, at the same time. */
describe.concurrent('patience', () => {
  it('of the module is renewed: it is asked anew when nobody came', async ({ expect }) => {
    const patient = create(bed.bench.port('patient'));
    const captured = captureFrom(patient);
    await bed.bench.on('patient').untilFingerAwaited();
    await delay(3_300);
    await bed.bench.on('patient').untilFingerAwaited();
    await bed.bench.on('patient').press(picture(5));
    expect(await captured).toMatchObject({ width: 96, height: 64 });
    await patient.close();
  });

  it('with one that hangs ends in a code, until its power was cut', async ({ expect }) => {
    const silent = create(bed.bench.port('silent'));
    await bed.bench.on('silent').disturb('hung');
    expect(await captureFrom(silent)).toBe('SENSOR-SILENT');
    await bed.bench.on('silent').power(false);
    await bed.bench.on('silent').power(true);
    await bed.bench.on('silent').press(picture(17));
    expect(await captureFrom(silent)).toMatchObject({ width: 96 });
    await silent.close();
  });

  it('with one that falls silent while it waits ends in a code', async ({ expect }) => {
    const mute = create(bed.bench.port('mute'));
    const captured = captureFrom(mute);
    await bed.bench.on('mute').untilFingerAwaited();
    await bed.bench.on('mute').disturb('silent');
    expect(await captured).toBe('SENSOR-SILENT');
    await bed.bench.on('mute').disturb(null);
    expect(await mute.check(never)).toMatchObject({ ok: true });
    await mute.close();
  });
});
