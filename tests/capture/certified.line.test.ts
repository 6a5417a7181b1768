/** Captures with certified devices (SBI), which are in another process, over real sockets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBiometrics } from '../../src/biometrics/pool.ts';
import { createSbiFingerSensor } from '../../src/devices/sbi/finger-sensor.ts';
import { createSbiIrisCamera } from '../../src/devices/sbi/iris-camera.ts';
import { createSbiPhotoCamera } from '../../src/devices/sbi/photo-camera.ts';
import { sbiFingerSettings, sbiIrisSettings, sbiPhotoSettings } from '../../src/devices/sbi/settings.ts';
import { LEFT_FOUR, RIGHT_FOUR, THUMBS } from '../../src/rules/finger-position.ts';
import { type Bench, startBench } from '../../src/virtual/client.ts';
import { value } from '../support/bench-kiosk.ts';
import { advice, capture, defaults, expectProved } from './recording.ts';

/** Ports beside those of the specification, where a bench of somebody else may be; its own for each run. */
const first = 40_000 + (process.pid % 5_000) * 4;
const folder = await mkdtemp(join(tmpdir(), 'capture-sbi-'));
const settings = (id: string, subType?: string) => ({
  id,
  driver: 'sbi',
  serialNumber: `TEST-${id}-${process.pid}`,
  trust: join(folder, 'trust', 'sbi.pem'),
  ports: [first, first + 3],
  env: 'Developer',
  captureTimeout: 1_000,
  ...(subType && { subType }),
});
const entries = {
  slap: sbiFingerSettings.parse({ kind: 'finger-sensor', ...settings('slap', 'Slap') }),
  iris: sbiIrisSettings.parse({ kind: 'iris-camera', ...settings('iris', 'Double') }),
  face: sbiPhotoSettings.parse({ kind: 'photo-camera', ...settings('face') }),
};
const sensor = createSbiFingerSensor(entries.slap);
const eyes = createSbiIrisCamera(entries.iris);
const camera = createSbiPhotoCamera(entries.face);
const biometrics = createBiometrics({ threads: 1 });

let bench: Bench;
const present = async (device: string, who: Record<string, unknown> | null) =>
  value(await bench.send({ command: 'device', device, act: { present: who } }));

beforeAll(async () => {
  bench = value(await startBench({ folder, readers: [], devices: Object.values(entries), seed: 'capture' }));
});
afterAll(async () => {
  await Promise.all([sensor, eyes, camera].map((device) => device.close()));
  await biometrics.close();
  await bench?.stop();
  await rm(folder, { recursive: true });
});

describe('fingers', () => {
  it('come four at once, told apart and signed by the device; all of them different', async () => {
    // She comes when the device's picture is on the screen.
    await present('slap', null);
    const right = await capture(
      biometrics,
      { kind: 'fingers', sensor, positions: RIGHT_FOUR },
      { seen: () => void present('slap', { person: 'endah' }) },
    );
    const { samples } = right;
    expect(samples.map(({ position }) => position)).toEqual(RIGHT_FOUR);
    for (const sample of samples) {
      expect(sample.device).toEqual({
        id: 'slap',
        make: 'TEST Works',
        serial: entries.slap.serialNumber,
      });
      expect(sample.proof?.hash).toMatch(/^[0-9A-F]{64}$/);
      expect(sample.good).toBe(sample.quality >= defaults.finger.threshold);
    }
    expect(right.events[0]).toEqual({
      type: 'awaited',
      places: RIGHT_FOUR.map((position) => ({ position })),
    });
    expect(right.previews[0]?.mime).toBe('image/jpeg');
    await expectProved(biometrics, samples);

    const thumbs = await capture(biometrics, { kind: 'fingers', sensor, positions: THUMBS });
    const six = [...samples, ...thumbs.samples].map(({ position, template }) => ({
      position: position!,
      template: template!,
    }));
    expect(six).toHaveLength(6);
    expect(await biometrics.guards.refuseRepeats(six)).toEqual({ ok: true, value: undefined });
    // The same hand given as the other one.
    const again = six.slice(0, 4).map(({ position, template }) => ({ position: position + 5, template }));
    expect(await biometrics.guards.refuseRepeats([...six, ...again] as typeof six)).toMatchObject({
      failure: { code: 'GUARD-HAND-REPEATED' },
    });
  });

  it('of a hand that lacks one, and the index finger once more: neither a repeat nor a replay of the other touch', async () => {
    await present('slap', { person: 'bagus', fingers: [7, 9, 10] });
    const left = await capture(biometrics, { kind: 'fingers', sensor, positions: [7, 9, 10] });
    expect(left.samples.map(({ position }) => position)).toEqual([7, 9, 10]);

    const index = await capture(biometrics, { kind: 'fingers', sensor, positions: [7] });
    const [record, earlier] = [index.samples[0]!.record, left.samples.map((sample) => sample.record)];
    expect(await biometrics.guards.refuseReplay(record, earlier)).toMatchObject({ ok: true });
    expect(await biometrics.guards.refuseReplay(earlier[0]!, earlier)).toMatchObject({
      failure: { code: 'GUARD-REPLAY' },
    });
    const finger = ({ template }: (typeof left.samples)[number]) => ({
      position: 7 as const,
      template: template!,
    });
    // The index finger is known again; right and left are as they were given.
    expect(
      await biometrics.guards.refuseSwappedHands([finger(index.samples[0]!)], [finger(left.samples[0]!)]),
    ).toEqual({ ok: true, value: 'as given' });
    expect(
      await biometrics.guards.refuseOtherPeople(
        [finger(index.samples[0]!)],
        [{ role: 'operator', fingers: [finger(left.samples[0]!)] }],
      ),
    ).toMatchObject({ failure: { code: 'GUARD-OPERATOR-FINGER' } });
  });

  it('are tried again when they are poor, and the best is kept', async () => {
    // Worn fingers, and a policy that no finger of theirs meets.
    await present('slap', { person: 'karto' });
    const policy = { ...defaults, finger: { threshold: 100, tries: 2 } };
    const { outcome, events } = await capture(
      biometrics,
      { kind: 'fingers', sensor, positions: THUMBS },
      { policy },
    );
    expect(outcome).toMatchObject({ ok: true, value: { tries: 4, discarded: 2 } });
    expect(events.filter(({ type }) => type === 'awaited')).toHaveLength(2);
    expect(outcome.ok && outcome.value.samples.map(({ good }) => good)).toEqual([false, false]);
  });

  it('stop at once when they are cancelled, and with what there is when patience runs out', async () => {
    await present('slap', null);
    for (const how of ['signal', 'enough'] as const) {
      const stop = new AbortController();
      const { outcome, samples } = await capture(
        biometrics,
        { kind: 'fingers', sensor, positions: LEFT_FOUR },
        { [how]: stop.signal, on: () => setTimeout(() => stop.abort(), 100) },
      );
      const code = how === 'signal' ? 'CAPTURE-CANCELLED' : 'FINGER-NONE';
      expect(outcome).toMatchObject({ failure: { code } });
      expect(samples).toEqual([]);
    }
  });
});

describe('eyes', () => {
  it('come both at once, each with its side and code', async () => {
    await present('iris', { person: 'endah' });
    const { samples, outcome } = await capture(biometrics, {
      kind: 'irises',
      camera: eyes,
      eyes: ['right', 'left'],
    });
    expect(outcome).toMatchObject({ ok: true });
    expect(samples.map(({ eye }) => eye).sort()).toEqual(['left', 'right']);
    await expectProved(biometrics, samples);
    const [one, other] = samples.map(({ template }) => template!);
    expect(await biometrics.guards.irisHints(one!, [other!])).toEqual({ ok: true, value: [] });
    const same = await biometrics.guards.irisHints(one!, [other!, one!]);
    expect(same).toMatchObject({ ok: true, value: [{ index: 1 }] });
  });
});

describe('a face', () => {
  it('is kept as the device signed it; what the rule has against it is told', async () => {
    await present('face', { person: 'endah' });
    const face = await capture(biometrics, { kind: 'photo', camera, background: null });
    expect(face.samples).toMatchObject([{ kind: 'photo', device: { make: 'TEST Works' } }]);
    await expectProved(biometrics, face.samples);
    // Certified cameras are used before white, which the rule does not know.
    const red = await capture(biometrics, { kind: 'photo', camera, background: 'red' });
    expect(advice(red.events)).toContain('PHOTO-BACKGROUND-COLOUR');
    expect(red.samples[0]?.good).toBe(false);
  });

  it('goes with an exception as a whole picture; papers are for another camera', async () => {
    const exception = await capture(biometrics, { kind: 'exception-photo', camera });
    expect(exception.samples).toMatchObject([{ kind: 'exception-photo' }]);
    await expectProved(biometrics, exception.samples);
    const papers = await capture(biometrics, { kind: 'document', camera });
    expect(papers.outcome).toMatchObject({ failure: { code: 'CAPTURE-CAMERA-UNSUITABLE' } });
    expect(papers.events.at(-1)).toMatchObject({ type: 'failed' });
  });
});
