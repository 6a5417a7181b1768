/** The driver against the virtual module, each in its own process, over a real pseudo-terminal. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGt511c3 } from '../../../src/devices/fingerprint/gt511c3.ts';
import type { WireFault } from '../../../src/virtual/device.ts';
import { Gt511c3 } from '../../../src/virtual/devices/gt511c3.ts';
import { openPty } from '../../../src/virtual/pty.ts';
import {
  type BenchSensors,
  capture as captureFrom,
  expectEndAtOnce,
  expectPicture as expectImage,
  never,
  picture as pictureOf,
  startSensors,
} from './bench-sensors.ts';

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

let bench: BenchSensors;
let far: ReturnType<BenchSensors['on']>;
let sensor: ReturnType<typeof create>;
const capture = (signal = never) => captureFrom(sensor, signal);
const press = (shade: number) => far.press(picture(shade));
const expectPicture = (captured: ReturnType<typeof capture>, shade: number) =>
  expectImage(captured, seen(shade));

/** A capture whose finger comes after the fault has begun. */
async function captureWith(as: WireFault, shade: number) {
  const captured = capture();
  await far.untilFingerAwaited();
  await far.disturb(as);
  await press(shade);
  return captured;
}

beforeAll(async () => {
  bench = await startSensors('gt511c3', ['main', 'hung', 'slow']);
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
    for (const shade of [0x55, 0x5a]) {
      const captured = capture();
      await far.untilFingerAwaited();
      await press(shade);
      await expectPicture(captured, shade);
    }
  });

  it("takes a person's finger, at the module's size and below enrolment grade", async () => {
    await far.pressFinger('endah-2');
    expect(await capture()).toMatchObject({ width: 202, height: 258, dpi: 450 });
    expect(sensor.traits).toEqual({ slap: false, live: false, enrolmentGrade: false, dpi: 450 });
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
  const identity = 'GT-511C3, firmware 20140312, serial number 0123456789abcdef0123456789abcdef';

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
});

describe('a fault of the line', () => {
  it('noise before every packet changes nothing', async () => {
    await far.disturb('noise');
    await press(10);
    await expectPicture(capture(), 10);
  });

  it('a torn image is fetched once more', async () => {
    let torn = 0;
    const near = await onPty((bytes) => {
      return bytes.length > 1_000 && torn++ === 0 ? bytes.subarray(0, -50) : bytes;
    });
    near.module.press(picture(11));
    await expectImage(captureFrom(near.sensor), seen(11));
    expect(torn).toBe(2);
    await near.close();
  });

  it('a lost response is asked for again', async () => {
    await sensor.heartbeat!(never);
    await far.disturb('silent', { frames: 1 });
    expect(await sensor.heartbeat!(never)).toMatchObject({ ok: true });
  });

  it('packets that always come spoilt end in a code; afterwards all is well', async () => {
    expect(await captureWith('checksum', 12)).toBe('SENSOR-GARBLED');
    await far.disturb(null);
    await press(12);
    await expectPicture(capture(), 12);
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
    const captured = capture();
    await far.untilFingerAwaited();
    await far.disturb('slow');
    await press(21);
    await delay(500);
    await far.plug(false);
    expect(await captured).toBe('SENSOR-LOST');
    await far.plug(true);
  });
});

/** Each takes the driver's patience: on modules of their own, at the same time. */
describe.concurrent('patience', () => {
  it('of whoever comes after an image that was cancelled lasts until the line is drained', async ({
    expect,
  }) => {
    const slow = bench.on('slow');
    const first = create(bench.port('slow'));
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
    const second = create(bench.port('slow'));
    await slow.press(picture(5));
    await expectImage(captureFrom(second), seen(5));
    await second.close();
  });

  it('silence ends in a code, and a hung module comes back after its power was cut', async ({ expect }) => {
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

  it('a module that has just been switched on is found at 9600 baud and brought to its rate', async ({
    expect,
  }) => {
    const rates: number[] = [];
    const near = await onPty(
      (bytes) => bytes,
      (rate, module) => {
        rates.push(rate);
        return rate === module.baudRate;
      },
    );
    expect(await near.sensor.check(never)).toMatchObject({ ok: true });
    expect(near.module.baudRate).toBe(115_200);
    expect(rates).toContain(9_600);
    await near.close();
  });
});

/** A module in this process; `change` sees its frames, `hears` the rate that the terminal is set to. */
async function onPty(
  change: (frame: Uint8Array) => Uint8Array,
  hears?: (rate: number, module: Gt511c3) => boolean,
) {
  const folder = mkdtempSync(join(tmpdir(), 'gt511c3-'));
  const path = join(folder, 'tty');
  let terminal = -1;
  const rate = () =>
    Number(execFileSync('stty', ['speed'], { stdio: [terminal, 'pipe', 'inherit'] }).toString());
  const pty = await openPty(path, (bytes) => {
    if (!hears || hears(rate(), module)) module.receive(bytes);
  });
  if (!pty.ok) throw new Error(pty.failure.detail);
  const module = new Gt511c3((bytes) => pty.value.write(change(bytes)));
  terminal = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  const sensor = create(path);
  return {
    module,
    sensor,
    async close() {
      await sensor.close();
      closeSync(terminal);
      await pty.value.close();
      rmSync(folder, { recursive: true });
    },
  };
}
