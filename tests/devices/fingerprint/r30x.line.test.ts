/** The driver against the virtual module, each in its own process, over a real pseudo-terminal. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createR30x } from '../../../src/devices/fingerprint/r30x.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import type { FaultExtent, WireFault } from '../../../src/virtual/device.ts';
import {
  type BenchSensors,
  capture as captureFrom,
  expectEndAtOnce,
  expectPicture as expectImage,
  never,
  picture as pictureOf,
  startSensors,
} from './bench-sensors.ts';

const picture = (shade: number) => pictureOf(shade, { width: 256, height: 288, dpi: 500 });
/** As the module's 4 bits have it. */
const seen = (image: GrayImage) => ({ ...image, data: image.data.map((grey) => (grey >> 4) * 17) });
const create = (port: string) => createR30x({ id: 'finger', port, baudRate: 57_600 });

let bench: BenchSensors;
let far: ReturnType<BenchSensors['on']>;
let sensor: ReturnType<typeof create>;
const capture = (signal = never) => captureFrom(sensor, signal);
const press = (shade: number) => far.press(picture(shade));
const expectPicture = (captured: ReturnType<typeof capture>, shade: number) =>
  expectImage(captured, seen(picture(shade)));

/** A capture whose finger comes after the fault has begun; it rests, since a look may be lost on the way. */
async function captureWith(as: WireFault, shade: number, extent?: FaultExtent) {
  const captured = capture();
  await far.untilFingerAwaited();
  await far.disturb(as, extent);
  await far.press(picture(shade), true);
  return { captured };
}

beforeAll(async () => {
  bench = await startSensors('r30x', ['main', 'hung']);
  far = bench.on('main');
});
afterAll(() => bench?.stop());
beforeEach(() => {
  sensor = create(bench.port('main'));
});
afterEach(async () => {
  await sensor.close();
  await far.disturb(null);
  await far.lift();
});

describe('a capture', () => {
  it('waits for a finger, and takes one after the other', async () => {
    for (const shade of [1, 2]) {
      const captured = capture();
      await far.untilFingerAwaited();
      await press(shade);
      await expectPicture(captured, shade);
    }
  });

  it("takes a person's finger, at the module's size and below enrolment grade", async () => {
    await far.pressFinger('endah-2');
    expect(await capture()).toMatchObject({ width: 256, height: 288, dpi: 500 });
    expect(sensor.traits).toEqual({ slap: false, live: false, enrolmentGrade: false, dpi: 500 });
  });

  it('is one at a time', async () => {
    const stop = new AbortController();
    const first = capture(stop.signal);
    await far.untilFingerAwaited();
    expect(await capture()).toBe('SENSOR-BUSY');
    expect(await sensor.check(never)).toMatchObject({ failure: { code: 'SENSOR-BUSY' } });
    stop.abort();
    expect(await first).toBe('none');
  });
});

describe('a check', () => {
  const identity = 'R30x, system 0009, room for 162 templates, packets of 128 bytes';

  it('tells who is there, and a heartbeat that it is', async () => {
    expect(await sensor.heartbeat!(never)).toEqual({ ok: true, value: undefined });
    expect(await sensor.check(never)).toEqual({ ok: true, value: { identity } });
  });

  it('tells of a dirty glass', async () => {
    await far.act({ glass: 'dirty' });
    const complaint = { code: 'SENSOR-GLASS-COVERED' };
    expect(await sensor.check(never)).toEqual({ ok: true, value: { identity, complaint } });
    await far.act({ glass: 'clean' });
  });

  it('tells that nobody is', async () => {
    const nowhere = create(bench.port('nowhere'));
    expect(await nowhere.check(never)).toMatchObject({ failure: { code: 'SENSOR-ABSENT' } });
    await nowhere.close();
  });
});

describe('cancelling', () => {
  it('ends the wait at once; the next capture works', async () => {
    const stop = new AbortController();
    const captured = capture(stop.signal);
    await far.untilFingerAwaited();
    await expectEndAtOnce(stop, captured, () => far.awaitsFinger());
    await press(3);
    await expectPicture(capture(), 3);
  });

  it('ends it in the middle of an image; the next capture waits until the line is drained', async () => {
    const stop = new AbortController();
    const captured = capture(stop.signal);
    await far.untilFingerAwaited();
    await far.disturb('slow', { frames: 40 });
    await press(4);
    await delay(300);
    await expectEndAtOnce(stop, captured, () => far.awaitsFinger());
    const next = capture();
    await press(5);
    await expectPicture(next, 5);
  });

  it('ends everything at close', async () => {
    const captured = capture();
    await far.untilFingerAwaited();
    await sensor.close();
    expect(await captured).toBe('none');
    expect(await capture()).toBe('SENSOR-LOST');
  });
});

describe('a fault of the line', () => {
  it('noise before every packet changes nothing', async () => {
    await far.disturb('noise');
    await press(10);
    await expectPicture(capture(), 10);
  });

  it.each(['torn', 'checksum'] as const)('%s packets, one in twenty, are made up for', async (fault) => {
    const { captured } = await captureWith(fault, 11, { rate: 0.05 });
    await expectPicture(captured, 11);
  });

  it('a lost ack is asked for again', async () => {
    await far.disturb('silent', { frames: 1 });
    expect(await sensor.heartbeat!(never)).toMatchObject({ ok: true });
  });

  it('packets that always come spoilt end in a code; afterwards all is well', async () => {
    await far.disturb('checksum');
    expect(await capture()).toBe('SENSOR-GARBLED');
    await far.disturb(null);
    await press(12);
    await expectPicture(capture(), 12);
  });

  it('silence ends in a code, and a hung module comes back after its power was cut', async () => {
    const hung = create(bench.port('hung'));
    const captured = captureFrom(hung);
    await bench.on('hung').untilFingerAwaited();
    await bench.on('hung').disturb('hung');
    expect(await captured).toBe('SENSOR-SILENT');
    await bench.on('hung').power(false);
    await bench.on('hung').power(true);
    expect(await hung.check(never)).toMatchObject({ ok: true });
    await hung.close();
  });
});

describe('an unplugged module', () => {
  it('is told, and found again at the next use', async () => {
    const captured = capture();
    await far.untilFingerAwaited();
    await far.plug(false);
    expect(await captured).toBe('SENSOR-LOST');
    expect(await capture()).toBe('SENSOR-ABSENT');
    await far.plug(true);
    await press(20);
    await expectPicture(capture(), 20);
  });

  it('is also told in the middle of an image', async () => {
    const { captured } = await captureWith('slow', 21);
    await delay(300);
    await far.plug(false);
    expect(await captured).toBe('SENSOR-LOST');
    await far.plug(true);
  });
});
