/** What fingerprint modules on a serial line do alike: their drivers' common tests. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FingerSensor } from '../../../src/devices/fingerprint/port.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import {
  type BenchSensors,
  capture as captureFrom,
  expectEndAtOnce,
  expectPicture as expectImage,
  never,
  startSensors,
} from './bench-sensors.ts';

export interface ModuleUnderTest {
  readonly driver: string;
  /** One virtual module for each; the common tests use `main`. */
  readonly ids: readonly ['main', ...string[]];
  create(port: string): FingerSensor;
  readonly identity: string;
  /** What the bench lays on the glass, and what the driver is to give of it. */
  picture(shade: number): GrayImage;
  seen(shade: number): GrayImage;
  /** Of the fingers that come one after the other. */
  readonly shades: readonly number[];
}

/** One that is asked again and again for a finger, has a size of its own, and sees what lies on its glass. */
export interface AskedModule extends ModuleUnderTest {
  readonly geometry: Omit<GrayImage, 'data'>;
}

export interface ModuleBed {
  readonly bench: BenchSensors;
  /** The virtual module `main`. */
  readonly far: ReturnType<BenchSensors['on']>;
  /** Its driver, a new one for each test. */
  readonly sensor: FingerSensor;
  capture(signal?: AbortSignal): Promise<GrayImage | string>;
  press(shade: number): Promise<void>;
  expectPicture(captured: Promise<GrayImage | string>, shade: number): Promise<void>;
}

/** Sets the bed up for the whole file, and tests what all modules do. */
export function testModule(module: ModuleUnderTest): ModuleBed {
  const { identity } = module;
  let bench: BenchSensors;
  let far: ReturnType<BenchSensors['on']>;
  let sensor: FingerSensor;
  const bed: ModuleBed = {
    get bench() {
      return bench;
    },
    get far() {
      return far;
    },
    get sensor() {
      return sensor;
    },
    capture: (signal = never) => captureFrom(sensor, signal),
    press: (shade) => far.press(module.picture(shade)),
    expectPicture: (captured, shade) => expectImage(captured, module.seen(shade)),
  };
  const { capture, press, expectPicture } = bed;

  beforeAll(async () => {
    bench = await startSensors(module.driver, module.ids);
    far = bench.on('main');
  });
  afterAll(() => bench?.stop());
  beforeEach(() => {
    sensor = module.create(bench.port('main'));
  });
  afterEach(async () => {
    await sensor.close();
    await far.disturb(null);
    await far.lift();
  });

  describe('a capture', () => {
    it('waits for a finger, and takes one after the other', async () => {
      for (const shade of module.shades) {
        const captured = capture();
        await far.untilFingerAwaited();
        await press(shade);
        await expectPicture(captured, shade);
      }
    });

    it('is one at a time', async () => {
      const stop = new AbortController();
      const first = capture(stop.signal);
      await far.untilFingerAwaited();
      expect(await capture()).toBe('SENSOR-BUSY');
      expect(await sensor.check(never)).toMatchObject({ failure: { code: 'SENSOR-BUSY' } });
      expect(await sensor.heartbeat!(never)).toMatchObject({ failure: { code: 'SENSOR-BUSY' } });
      stop.abort();
      expect(await first).toBe('none');
    });

    it('ends when the driver is closed, and there is none after that', async () => {
      const captured = capture();
      await far.untilFingerAwaited();
      await sensor.close();
      expect(await captured).toBe('none');
      expect(await capture()).toBe('SENSOR-LOST');
    });

    it('takes no harm from noise before every packet', async () => {
      await far.disturb('noise');
      await press(10);
      await expectPicture(capture(), 10);
    });

    it('tells of an unplug, and finds the module again at the next use', async () => {
      const captured = capture();
      await far.untilFingerAwaited();
      await far.plug(false);
      expect(await captured).toBe('SENSOR-LOST');
      expect(await capture()).toBe('SENSOR-ABSENT');
      await far.plug(true);
      await press(20);
      await expectPicture(capture(), 20);
    });
  });

  describe('a check', () => {
    it('tells who is there, and a heartbeat that it is', async () => {
      expect(await sensor.heartbeat!(never)).toEqual({ ok: true, value: undefined });
      expect(await sensor.check(never)).toEqual({ ok: true, value: { identity } });
    });

    it('tells that nobody is', async () => {
      const nowhere = module.create(bench.port('nowhere'));
      expect(await nowhere.check(never)).toMatchObject({ failure: { code: 'SENSOR-ABSENT' } });
      expect(await captureFrom(nowhere)).toBe('SENSOR-ABSENT');
      await nowhere.close();
    });
  });

  return bed;
}

/** The same, and what modules that are asked again and again (R30x, GT-511C3) do. */
export function testAskedModule(module: AskedModule): ModuleBed {
  const { identity, geometry } = module;
  const bed = testModule(module);
  const { capture, press, expectPicture } = bed;

  describe('a capture of one that is asked again and again', () => {
    it("takes a person's finger, at the module's size and below enrolment grade", async () => {
      await bed.far.pressFinger('endah-2');
      expect(await capture()).toMatchObject(geometry);
      const { dpi } = geometry;
      expect(bed.sensor.traits).toEqual({ slap: false, live: false, enrolmentGrade: false, dpi });
    });

    it('ends at once when it is cancelled; the next one works', async () => {
      const stop = new AbortController();
      const captured = capture(stop.signal);
      await bed.far.untilFingerAwaited();
      await expectEndAtOnce(stop, captured, () => bed.far.awaitsFinger());
      await press(3);
      await expectPicture(capture(), 3);
    });
  });

  describe('a check of its glass', () => {
    it('tells of a dirty glass', async () => {
      await bed.far.act({ glass: 'dirty' });
      const complaint = { code: 'SENSOR-GLASS-COVERED' };
      expect(await bed.sensor.check(never)).toEqual({ ok: true, value: { identity, complaint } });
      await bed.far.act({ glass: 'clean' });
    });
  });

  return bed;
}
