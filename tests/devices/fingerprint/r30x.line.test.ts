/** The driver against the virtual module, each in its own process, over a real pseudo-terminal. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createR30x } from '../../../src/devices/fingerprint/r30x.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import type { FaultExtent, WireFault } from '../../../src/virtual/device.ts';
import { capture as captureFrom, expectEndAtOnce, never, picture as pictureOf } from './bench-sensors.ts';
import { testAskedModule } from './module-behaviour.ts';

const picture = (shade: number) => pictureOf(shade, { width: 256, height: 288, dpi: 500 });
/** As the module's 4 bits have it. */
const seen = (image: GrayImage) => ({ ...image, data: image.data.map((grey) => (grey >> 4) * 17) });
const create = (port: string) => createR30x({ id: 'finger', port, baudRate: 57_600 });

const bed = testAskedModule({
  driver: 'r30x',
  ids: ['main', 'hung'],
  create,
  identity: 'R30x, system 0009, room for 162 templates, packets of 128 bytes',
  geometry: { width: 256, height: 288, dpi: 500 },
  picture,
  seen: (shade) => seen(picture(shade)),
  shades: [1, 2],
});
const { capture, press, expectPicture } = bed;

/** A capture whose finger comes after the fault has begun; it rests, since a look may be lost on the way. */
async function captureWith(as: WireFault, shade: number, extent?: FaultExtent) {
  const captured = capture();
  await bed.far.untilFingerAwaited();
  await bed.far.disturb(as, extent);
  await bed.far.press(picture(shade), true);
  return { captured };
}

describe('cancelling', () => {
  it('ends it in the middle of an image; the next capture waits until the line is drained', async () => {
    const stop = new AbortController();
    const captured = capture(stop.signal);
    await bed.far.untilFingerAwaited();
    await bed.far.disturb('slow', { frames: 40 });
    await press(4);
    await delay(300);
    await expectEndAtOnce(stop, captured, () => bed.far.awaitsFinger());
    const next = capture();
    await press(5);
    await expectPicture(next, 5);
  });
});

describe('a fault of the line', () => {
  it.each(['torn', 'checksum'] as const)('%s packets, one in twenty, are made up for', async (fault) => {
    const { captured } = await captureWith(fault, 11, { rate: 0.05 });
    await expectPicture(captured, 11);
  });

  it('a lost ack is asked for again', async () => {
    await bed.far.disturb('silent', { frames: 1 });
    expect(await bed.sensor.heartbeat!(never)).toMatchObject({ ok: true });
  });

  it('packets that always come spoilt end in a code; afterwards all is well', async () => {
    await bed.far.disturb('checksum');
    expect(await capture()).toBe('SENSOR-GARBLED');
    await bed.far.disturb(null);
    await press(12);
    await expectPicture(capture(), 12);
  });

  it('silence ends in a code, and a hung module comes back after its power was cut', async () => {
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
});

describe('an unplugged module', () => {
  it('is also told in the middle of an image', async () => {
    const { captured } = await captureWith('slow', 21);
    await delay(300);
    await bed.far.plug(false);
    expect(await captured).toBe('SENSOR-LOST');
    await bed.far.plug(true);
  });
});
