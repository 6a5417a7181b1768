/** Captures with plain devices in another process: cameras over FIFOs and ffmpeg, a sensor for one finger, a pad. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBiometrics } from '../../src/biometrics/pool.ts';
import { readSignature } from '../../src/biometrics/samples/signature-sample.ts';
import type { CaptureEvent } from '../../src/capture/events.ts';
import { createR30x } from '../../src/devices/fingerprint/r30x.ts';
import { r30xSettings, supremaSfmSettings } from '../../src/devices/fingerprint/settings.ts';
import { createSupremaSfm } from '../../src/devices/fingerprint/suprema-sfm.ts';
import { v4l2IrisSettings } from '../../src/devices/iris/settings.ts';
import { createV4l2IrisCamera } from '../../src/devices/iris/v4l2.ts';
import { v4l2PhotoSettings } from '../../src/devices/photo-camera/settings.ts';
import { createV4l2PhotoCamera } from '../../src/devices/photo-camera/v4l2.ts';
import { createWacomIsdv4 } from '../../src/devices/signature/wacom-isdv4.ts';
import type { FingerPosition } from '../../src/rules/finger-position.ts';
import { type Bench, startBench } from '../../src/virtual/client.ts';
import type { BenchCommand } from '../../src/virtual/commands.ts';
import { value } from '../support/bench-kiosk.ts';
import { advice, capture, defaults, expectProved } from './recording.ts';

const folder = await mkdtemp(join(tmpdir(), 'capture-plain-'));
const at = (id: string) => ({ id, port: join(folder, id) });
const video = { driver: 'v4l2', input: 'file', framesPerSecond: 10 } as const;
const photo = v4l2PhotoSettings.parse({
  ...{ ...at('photo'), ...video, kind: 'photo-camera' },
  ...{ format: 'MJPG', width: 960, height: 540 },
});
const nir = v4l2IrisSettings.parse({
  ...{ ...at('iris'), ...video, kind: 'iris-camera' },
  ...{ format: 'GREY', width: 640, height: 480 },
});
const finger = supremaSfmSettings.parse({ ...at('finger'), kind: 'finger-sensor', driver: 'suprema-sfm' });
const low = r30xSettings.parse({ ...at('low'), kind: 'finger-sensor', driver: 'r30x' });
const pen = { ...at('pad'), kind: 'signature-pad', driver: 'wacom-isdv4', baudRate: 19_200 } as const;

const camera = createV4l2PhotoCamera(photo);
const eyes = createV4l2IrisCamera(nir);
const sensor = createSupremaSfm(finger);
const pad = createWacomIsdv4(pen);
const biometrics = createBiometrics({ threads: 1 });

let bench: Bench;
beforeAll(async () => {
  const devices = [photo, nir, finger, low, pen];
  bench = value(await startBench({ folder, readers: [], devices, seed: 'capture' }));
});
afterAll(async () => {
  await Promise.all([camera, eyes, sensor, pad].map((device) => device.close()));
  await biometrics.close();
  await bench?.stop();
  await rm(folder, { recursive: true });
});
const send = async (command: BenchCommand) => value(await bench.send(command));
const show = (device: 'photo' | 'iris', what: Record<string, unknown>) =>
  send({ command: 'device', device, act: { show: what } });

describe('a photo', () => {
  const photoOf = (background: 'red' | 'blue', on?: (event: CaptureEvent) => void) =>
    capture(biometrics, { kind: 'photo', camera, background }, on && { on });

  it('waits until what is to be mended is mended, and shows itself meanwhile', async () => {
    await show('photo', { person: 'endah', background: 'red', blur: 8 });
    // The cloth is changed and the picture made sharp when the advice says so.
    const { events, samples, previews, outcome } = await photoOf('blue', (event) => {
      if (event.type === 'feedback') void show('photo', { person: 'endah', background: 'blue' });
    });
    expect(advice(events).length).toBeGreaterThan(0);
    expect(samples).toMatchObject([{ kind: 'photo', good: true, reasons: [], device: { id: 'photo' } }]);
    expect(outcome).toMatchObject({ ok: true, value: { samples: [{ kind: 'photo' }] } });
    expect(JSON.stringify([events, outcome]).length).toBeLessThan(5_000);
    expect(previews.length).toBeGreaterThan(1);
    expect(Buffer.from(previews[0]!.bytes.subarray(0, 2)).toString('hex')).toBe('ffd8');
    await expectProved(biometrics, samples);
  });

  it('of the best of several; the others are counted', async () => {
    const policy = { ...defaults, photo: { ...defaults.photo, bestOf: 2 } };
    const { outcome } = await capture(biometrics, { kind: 'photo', camera, background: 'blue' }, { policy });
    expect(outcome).toMatchObject({ ok: true, value: { tries: 2, discarded: 1 } });
  });

  it('of papers is kept whole', async () => {
    const policy = { ...defaults, document: { frames: 2 } };
    const { samples } = await capture(biometrics, { kind: 'document', camera }, { policy });
    expect(samples).toMatchObject([{ kind: 'document', good: true }]);
    await expectProved(biometrics, samples);
  });

  it('tells why the camera was lost', async () => {
    const lost = capture(
      biometrics,
      { kind: 'photo', camera, background: 'red' },
      { seen: () => void send({ command: 'plug', device: 'photo', in: false }) },
    );
    const { outcome, events, samples } = await lost;
    expect(outcome).toMatchObject({ failure: { code: 'CAMERA-LOST' } });
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: { code: 'CAMERA-LOST' } });
    expect(samples).toEqual([]);
    await send({ command: 'plug', device: 'photo', in: true });
  });
});

describe('eyes, before a camera that sees one at a time', () => {
  it('one after the other; the same one again is refused until the other is shown', async () => {
    await show('iris', { person: 'endah', eye: 'right', difficulty: 0.1 });
    const { events, samples, outcome } = await capture(
      biometrics,
      { kind: 'irises', camera: eyes, eyes: ['right', 'left'] },
      {
        on(event) {
          if (event.type === 'feedback' && event.reason === 'IRIS-SAME-EYE')
            void show('iris', { person: 'endah', eye: 'left', difficulty: 0.1 });
        },
      },
    );
    value(outcome);
    expect(advice(events)).toContain('IRIS-SAME-EYE');
    expect(samples.map(({ eye, good }) => ({ eye, good }))).toEqual([
      { eye: 'right', good: true },
      { eye: 'left', good: true },
    ]);
    await expectProved(biometrics, samples);
  });
});

describe('fingers, on a sensor for one', () => {
  const press = (
    position: FingerPosition,
    more: { rests?: boolean; mishap?: 'moved' | 'left-behind' } = {},
  ) => void send({ command: 'press', sensor: 'finger', finger: `endah-${position}`, ...more });
  const isAwaited = (event: CaptureEvent) =>
    event.type === 'awaited' ? event.places[0]?.position : undefined;

  it('are asked for one after the other in one step', async () => {
    const { samples, events, previews } = await capture(
      biometrics,
      { kind: 'fingers', sensor, positions: [6, 1] },
      {
        on(event) {
          const position = isAwaited(event);
          if (position) press(position);
        },
      },
    );
    expect(samples.map(({ position }) => position)).toEqual([6, 1]);
    expect(events.flatMap((event) => isAwaited(event) ?? [])).toEqual([6, 1]);
    expect(previews.length).toBeGreaterThan(0);
    await expectProved(biometrics, samples);
  });

  it('a finger that rests is not taken for the next one', async () => {
    const { samples, events } = await capture(
      biometrics,
      { kind: 'fingers', sensor, positions: [2, 3] },
      {
        on(event) {
          if (isAwaited(event) === 2) press(2, { rests: true });
          else if (event.type === 'feedback') press(3);
        },
      },
    );
    expect(advice(events)).toContain('GUARD-FINGER-REPEATED');
    expect(samples.map(({ position }) => position)).toEqual([2, 3]);
    const given = samples.map(({ position, template }) => ({ position: position!, template: template! }));
    expect(await biometrics.guards.refuseRepeats(given)).toMatchObject({ ok: true });
  });

  it("one that slides is told and tried again; the last resident's print is no try", async () => {
    let presses = 0;
    const { outcome, samples, events } = await capture(
      biometrics,
      { kind: 'fingers', sensor, positions: [3] },
      {
        on(event) {
          if (event.type !== 'awaited') return;
          presses++;
          press(3, presses < 3 ? { mishap: presses === 1 ? 'left-behind' : 'moved' } : {});
        },
      },
    );
    expect(advice(events)).toEqual(['FINGER-GLASS-DIRTY', 'FINGER-MOVED']);
    expect(outcome).toMatchObject({ ok: true, value: { tries: 2, discarded: 1 } });
    expect(samples).toMatchObject([{ position: 3, good: true }]);
  });

  it('are not recorded with a sensor below enrolment grade', async () => {
    const r30x = createR30x(low);
    const { outcome } = await capture(biometrics, { kind: 'fingers', sensor: r30x, positions: [2] });
    expect(outcome).toMatchObject({ failure: { code: 'CAPTURE-SENSOR-GRADE' } });
    await r30x.close();
  });
});

describe('a signature', () => {
  const act = (what: Record<string, unknown>) => send({ command: 'device', device: 'pad', act: what });

  /** Signs once the pad is seen to see the pen; `isWritten` by the picture that is shown. */
  async function signed(what: Record<string, unknown>, isWritten: (picture: string) => boolean) {
    const done = new AbortController();
    let shown: string | undefined;
    const captured = capture(
      biometrics,
      { kind: 'signature', pad },
      {
        enough: done.signal,
        seen({ mime, bytes }) {
          expect(mime).toBe('image/svg+xml');
          shown = Buffer.from(bytes).toString();
          if (isWritten(shown)) done.abort();
        },
      },
    );
    for (let x = 1; shown === undefined && x < 200; x++) {
      await act({ hover: [x % 50, 1] });
      await delay(10);
    }
    await act(what);
    return captured;
  }
  const strokesIn = (picture: string) => picture.split('<polyline').length - 1;

  it('is what was written until its writer is done, shown while it is written', async () => {
    // The flourish beneath the name is the second stroke.
    const { samples, outcome } = await signed(
      { sign: { seed: 'endah' } },
      (picture) => strokesIn(picture) === 2,
    );
    value(outcome);
    expect(samples).toMatchObject([{ kind: 'signature', quality: 100 }]);
    await expectProved(biometrics, samples);
    const read = readSignature(samples[0]!.record);
    expect(read.ok && read.value.points.length).toBeGreaterThan(100);
    expect(read.ok && read.value.points[0]).toMatchObject({ down: true, time: 0 });
    const picture = await biometrics.pictureOfSample(samples[0]!);
    expect(picture).toMatchObject({ ok: true, value: { mime: 'image/svg+xml' } });
  });

  it('a dot is none', async () => {
    const { outcome, samples } = await signed(
      { stroke: [[20, 20, 0.5]] },
      (picture) => strokesIn(picture) === 1,
    );
    expect(outcome).toMatchObject({ failure: { code: 'SIGNATURE-TOO-SHORT' } });
    expect(samples).toEqual([]);
  });
});
