/** The driver against the virtual module, each in its own process, over a real pseudo-terminal. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createGt511c3 } from '../../../src/devices/fingerprint/gt511c3.ts';
import type { WireFault } from '../../../src/virtual/device.ts';
import { Gt511c3 } from '../../../src/virtual/devices/gt511c3.ts';
import type { Send } from '../../../src/virtual/pace.ts';
import {
  capture as captureFrom,
  expectEndAtOnce,
  expectPicture as expectImage,
  never,
  picture as pictureOf,
} from './bench-sensors.ts';
import { testAskedModule } from './module-behaviour.ts';
import { onPty } from './near-module.ts';

/** The bench takes it at 500 dpi, the module sees it at 450: a plain one is the same in both. */
const picture = (shade: number) => ({
  ...pictureOf(0, { width: 320, height: 400, dpi: 500 }),
  data: new Uint8Array(320 * 400).fill(shade),
});
const seen = (shade: number) => ({
  width: 202,
  height: 258,
  dpi: 450,
  data: new Uint8Array(202 * 258).fill(shade),
});
const create = (port: string) => createGt511c3({ id: 'finger', port, baudRate: 115_200 });

const make = (send: Send) => new Gt511c3(send);

const bed = testAskedModule({
  driver: 'gt511c3',
  ids: ['main', 'hung', 'slow'],
  create,
  identity: 'GT-511C3, firmware 20140312, serial number 0123456789abcdef0123456789abcdef',
  geometry: { width: 202, height: 258, dpi: 450 },
  picture,
  seen,
  shades: [0x55, 0x5a],
});
const { capture, press, expectPicture } = bed;

/** A capture whose finger comes after the fault has begun. */
async function captureWith(as: WireFault, shade: number) {
  const captured = capture();
  await bed.far.untilFingerAwaited();
  await bed.far.disturb(as);
  await press(shade);
  return captured;
}

describe('a fault of the line', () => {
  it('a torn image is fetched once more', async () => {
    let torn = 0;
    const near = await onPty(make, create, {
      change: (bytes) => (bytes.length > 1_000 && torn++ === 0 ? bytes.subarray(0, -50) : bytes),
    });
    near.module.press(picture(11));
    await expectImage(captureFrom(near.sensor), seen(11));
    expect(torn).toBe(2);
    await near.close();
  });

  it('a lost response is asked for again', async () => {
    await bed.sensor.heartbeat!(never);
    await bed.far.disturb('silent', { frames: 1 });
    expect(await bed.sensor.heartbeat!(never)).toMatchObject({ ok: true });
  });

  it('packets that always come spoilt end in a code; afterwards all is well', async () => {
    expect(await captureWith('checksum', 12)).toBe('SENSOR-GARBLED');
    await bed.far.disturb(null);
    await press(12);
    await expectPicture(capture(), 12);
  });
});

describe('an unplugged module', () => {
  it('is also told in the middle of an image', async () => {
    const captured = capture();
    await bed.far.untilFingerAwaited();
    await bed.far.disturb('slow');
    await press(21);
    await delay(500);
    await bed.far.plug(false);
    expect(await captured).toBe('SENSOR-LOST');
    await bed.far.plug(true);
  });
});

/** Each takes the driver's patience: on modules of their own, at the same time. */
describe.concurrent('patience', () => {
  it('of whoever comes after an image that was cancelled lasts until the line is drained', async ({
    expect,
  }) => {
    const slow = bed.bench.on('slow');
    const first = create(bed.bench.port('slow'));
    const stop = new AbortController();
    const captured = captureFrom(first, stop.signal);
    await slow.untilFingerAwaited();
    // As slow as that its image takes 5 s.
    await slow.disturb('slow');
    await slow.press(picture(4));
    await delay(800);
    await expectEndAtOnce(stop, captured, () => slow.awaitsFinger());
    await slow.disturb(null);
    // The line is let go in time even so, and the next to open it hears the rest of the image.
    const from = performance.now();
    await first.close();
    expect(performance.now() - from).toBeLessThan(2_000);
    const second = create(bed.bench.port('slow'));
    await slow.press(picture(5));
    await expectImage(captureFrom(second), seen(5));
    await second.close();
  });

  it('silence ends in a code, and a hung module comes back after its power was cut', async ({ expect }) => {
    const hung = create(bed.bench.port('hung'));
    const captured = captureFrom(hung);
    await bed.bench.on('hung').untilFingerAwaited();
    await bed.bench.on('hung').disturb('hung');
    expect(await captured).toBe('SENSOR-SILENT');
    await bed.bench.on('hung').power(false);
    await bed.bench.on('hung').power(true);
    expect(await hung.check(never)).toMatchObject({ ok: true });
    await hung.close();
  });

  it('a module that has just been switched on is found at 9600 baud and brought to its rate', async ({
    expect,
  }) => {
    const rates: number[] = [];
    const near = await onPty(make, create, {
      hears(rate, module) {
        rates.push(rate);
        return rate === module.baudRate;
      },
    });
    expect(await near.sensor.check(never)).toMatchObject({ ok: true });
    expect(near.module.baudRate).toBe(115_200);
    expect(rates).toContain(9_600);
    await near.close();
  });
});
