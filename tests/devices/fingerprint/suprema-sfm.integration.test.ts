/** The driver against the virtual sensor, each in its own process, over a real pseudo-terminal. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FingerSensor } from '../../../src/devices/fingerprint/port.ts';
import { createSupremaSfm } from '../../../src/devices/fingerprint/suprema-sfm.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import type { SensorFault } from '../../../src/virtual/finger-sensor.ts';
import { type Order, picture } from './sensor-process.ts';

const never = new AbortController().signal;
const want = { positions: [2] } as const;
let folder: string;
let path: string;
let far: ChildProcess;
let sensor: FingerSensor;

async function order(order: Order): Promise<unknown> {
  far.send(order);
  const [{ answer }] = await once(far, 'message');
  return answer;
}
const press = (grey: number, rests = false) => order({ do: 'press', grey, rests });
const disturb = (as: SensorFault | null, answers?: number) => order({ do: 'disturb', as, answers });

/** The first frame, or the code of the failure, or `none`. */
async function capture(signal = never, from = sensor): Promise<GrayImage | string> {
  const frames = from.acquire(want, signal);
  const first = await frames.next();
  if (first.done) return first.value.ok ? 'none' : first.value.failure.code;
  const last = await frames.next();
  expect(last).toEqual({ done: true, value: { ok: true, value: undefined } });
  if (!('image' in first.value)) throw new Error('a module yields images');
  return first.value.image;
}
async function expectPicture(captured: Promise<GrayImage | string>, grey: number): Promise<void> {
  const image = await captured;
  if (typeof image === 'string') throw new Error(image);
  const expected = picture(grey);
  expect([image.width, image.height, image.dpi]).toEqual([expected.width, expected.height, expected.dpi]);
  expect(Buffer.compare(image.data, expected.data)).toBe(0);
}
async function awaitsFinger(): Promise<void> {
  while (!(await order({ do: 'awaits-finger' }))) await delay(10);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensor-'));
  path = join(folder, 'sfm');
  far = fork(join(import.meta.dirname, 'sensor-process.ts'), { execArgv: [] });
});
afterAll(async () => {
  far.disconnect();
  if (far.exitCode === null) await once(far, 'exit');
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  expect(await order({ do: 'plug', path })).toBe('ok');
  sensor = createSupremaSfm({ id: 'finger', port: path, baudRate: 115_200 });
});
afterEach(async () => {
  await sensor.close();
  await order({ do: 'unplug' });
});

describe('a capture', () => {
  it('takes the finger that lies there', async () => {
    await press(1);
    await expectPicture(capture(), 1);
  });

  it('waits for a finger, and takes one after the other', async () => {
    for (const grey of [2, 3, 4]) {
      const captured = capture();
      await awaitsFinger();
      await press(grey);
      await expectPicture(captured, grey);
    }
  });

  it('asks anew when the module has lost its patience', async () => {
    // The module, switched off and on, has forgotten its settings; the driver sets them before each scan.
    const captured = capture();
    await awaitsFinger();
    await delay(10_500);
    await awaitsFinger();
    await press(5);
    await expectPicture(captured, 5);
  });

  it('is one at a time', async () => {
    const stop = new AbortController();
    const first = capture(stop.signal);
    await awaitsFinger();
    expect(await capture()).toBe('SENSOR-BUSY');
    expect(await sensor.check(never)).toMatchObject({ failure: { code: 'SENSOR-BUSY' } });
    stop.abort();
    expect(await first).toBe('none');
  });
});

describe('a check', () => {
  it('tells who is there', async () => {
    expect(await sensor.check(never)).toEqual({
      ok: true,
      value: { identity: 'Suprema SFM, firmware V1.7, serial number 20160712' },
    });
  });

  it('tells that nobody is', async () => {
    const nowhere = createSupremaSfm({
      id: 'finger',

      port: join(folder, 'nowhere'),
      baudRate: 115_200,
    });
    expect(await nowhere.check(never)).toMatchObject({ failure: { code: 'SENSOR-ABSENT' } });
    expect(await capture(never, nowhere)).toBe('SENSOR-ABSENT');
    await nowhere.close();
  });
});

describe('cancelling', () => {
  /** At once: before anything that has to cross to the other process and back. */
  async function abortAtOnce(stop: AbortController, captured: Promise<GrayImage | string>): Promise<void> {
    stop.abort();
    const roundTrip = order({ do: 'awaits-finger' }).then(() => 'late');
    expect(await Promise.race([captured, roundTrip])).toBe('none');
    await roundTrip;
  }

  it('ends the wait at once, that of the module soon; the next capture works', async () => {
    const stop = new AbortController();
    const captured = capture(stop.signal);
    await awaitsFinger();
    await abortAtOnce(stop, captured);
    // Long before the module's own patience ends.
    for (let polls = 0; await order({ do: 'awaits-finger' }); polls++) {
      expect(polls).toBeLessThan(300);
      await delay(10);
    }
    await press(6);
    await expectPicture(capture(), 6);
  });

  it('ends it in the middle of an image; the next capture waits until the line is drained', async () => {
    await disturb('slow');
    const stop = new AbortController();
    const captured = capture(stop.signal);
    await awaitsFinger();
    await press(7);
    await delay(300);
    await abortAtOnce(stop, captured);
    await disturb(null);
    const next = capture();
    await awaitsFinger();
    await press(8);
    await expectPicture(next, 8);
  });

  it('ends a capture that has not begun', async () => {
    expect(await capture(AbortSignal.abort())).toBe('none');
  });

  it('ends everything at close', async () => {
    const captured = capture();
    await awaitsFinger();
    await sensor.close();
    expect(await captured).toBe('none');
    expect(await capture()).toBe('SENSOR-LOST');
  });
});

describe('a fault of the line', () => {
  /** A capture whose finger comes after the fault has begun. */
  async function captureWith(as: SensorFault, grey: number, answers?: number, rests = false) {
    const captured = capture();
    await awaitsFinger();
    await disturb(as, answers);
    await press(grey, rests);
    return captured;
  }

  it('noise before every packet changes nothing', async () => {
    await disturb('noise');
    await press(10);
    await expectPicture(capture(), 10);
  });

  it('slow pieces change nothing', async () => {
    await disturb('slow');
    await press(11);
    await expectPicture(capture(), 11);
  });

  it('a torn image is read once more, without another press', async () => {
    // The answer SCAN SUCCESS, and the image.
    await expectPicture(captureWith('torn', 12, 2), 12);
  });

  it('a spoilt announcement of the image changes nothing', async () => {
    await expectPicture(captureWith('checksum', 13, 1), 13);
  });

  it('a finger whose scan was not told at all is scanned anew', async () => {
    await expectPicture(captureWith('checksum', 13, 2, true), 13);
    await order({ do: 'lift' });
  });

  it('images that always come torn end in a code; afterwards all is well', async () => {
    expect(await captureWith('torn', 14)).toBe('SENSOR-GARBLED');
    await disturb(null);
    await press(15);
    await expectPicture(capture(), 15);
  });

  it('wrong checksums throughout end in a code; afterwards all is well', async () => {
    await disturb('checksum');
    expect(await capture()).toBe('SENSOR-GARBLED');
    await disturb(null);
    await press(16);
    await expectPicture(capture(), 16);
  });

  it('silence ends in a code; afterwards all is well', async () => {
    await disturb('silent');
    expect(await capture()).toBe('SENSOR-SILENT');
    await disturb(null);
    await press(17);
    await expectPicture(capture(), 17);
  });

  it('silence after the scan ends in a code', async () => {
    expect(await captureWith('silent', 18)).toBe('SENSOR-SILENT');
  });
});

describe('an unplugged sensor', () => {
  it('is told, and found again at the next use', async () => {
    const captured = capture();
    await awaitsFinger();
    await order({ do: 'unplug' });
    expect(await captured).toBe('SENSOR-LOST');
    expect(await capture()).toBe('SENSOR-ABSENT');
    await order({ do: 'plug', path });
    await press(20);
    await expectPicture(capture(), 20);
  });

  it('is also told in the middle of an image', async () => {
    await disturb('slow');
    const captured = capture();
    await awaitsFinger();
    await press(21);
    await delay(300);
    await order({ do: 'unplug' });
    expect(await captured).toBe('SENSOR-LOST');
    await order({ do: 'plug', path });
    await press(22);
    await expectPicture(capture(), 22);
  });
});
