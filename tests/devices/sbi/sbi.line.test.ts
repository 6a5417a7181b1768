/** The drivers against four virtual devices of one service, in another process, over real sockets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeFaceImages } from '../../../src/biometrics/records/face-image.ts';
import { decodeFingerImages } from '../../../src/biometrics/records/finger-image.ts';
import { openFingerImage } from '../../../src/biometrics/records/finger-image-pixels.ts';
import { decodeIrisImages } from '../../../src/biometrics/records/iris-image.ts';
import type { FingerRequest, FingerSensor, Frame } from '../../../src/devices/fingerprint/port.ts';
import type { IrisCamera } from '../../../src/devices/iris/port.ts';
import type { PhotoCamera } from '../../../src/devices/photo-camera/port.ts';
import { createSbiFingerSensor } from '../../../src/devices/sbi/finger-sensor.ts';
import { createSbiIrisCamera } from '../../../src/devices/sbi/iris-camera.ts';
import { createSbiPhotoCamera } from '../../../src/devices/sbi/photo-camera.ts';
import { sbiFingerSettings, sbiIrisSettings, sbiPhotoSettings } from '../../../src/devices/sbi/settings.ts';
import type { Result } from '../../../src/failures/failure.ts';
import { LEFT_FOUR, RIGHT_FOUR, THUMBS } from '../../../src/rules/finger-position.ts';
import { type Bench, startBench } from '../../../src/virtual/client.ts';
import type { BenchCommand } from '../../../src/virtual/commands.ts';
import type { WireFault } from '../../../src/virtual/device.ts';

const never = new AbortController().signal;
/** Ports beside those of the specification, where a bench of somebody else may be; its own for each run. */
const first = 20_000 + (process.pid % 5_000) * 4;
const TIMEOUT = 1_000;

let folder: string;
let bench: Bench;
let slap: FingerSensor;
let single: FingerSensor;
let iris: IrisCamera;
let face: PhotoCamera;

async function send(command: BenchCommand): Promise<unknown> {
  const done = await bench.send(command);
  if (!done.ok) throw new Error(`${done.failure.code} ${done.failure.detail}`);
  return done.value;
}
const act = (device: string, wanted: Record<string, unknown>) =>
  send({ command: 'device', device, act: wanted });
const present = (device: string, who: Record<string, unknown> | null) => act(device, { present: who });
const disturb = (device: string, as: WireFault | null, frames?: number) =>
  send({ command: 'disturb', device, as, ...(frames && { frames }) });
const plug = (device: string, into: boolean) => send({ command: 'plug', device, in: into });
async function untilAwaited(device: string): Promise<void> {
  while (!((await act(device, { read: true })) as { awaited: boolean }).awaited) await delay(10);
}

/** All frames, or the code of the failure. */
async function all<F>(frames: AsyncGenerator<F, Result<void>>): Promise<readonly F[] | string> {
  const seen: F[] = [];
  for (;;) {
    const step = await frames.next();
    if (!step.done) seen.push(step.value);
    else return step.value.ok ? seen : step.value.failure.code;
  }
}
const capture = (want: FingerRequest, sensor = slap, signal = never) => all(sensor.acquire(want, signal));
const thumbs: FingerRequest = { positions: THUMBS };
const positions = (frames: readonly Frame[] | string) =>
  typeof frames === 'string' ? frames : frames.map((frame) => 'record' in frame && frame.position);
/** No image among them. */
function recordsOf<F extends object>(
  frames: readonly F[] | string,
): readonly Extract<F, { record: Uint8Array }>[] {
  if (typeof frames === 'string') throw new Error(frames);
  return frames.map((frame) => {
    if (!('record' in frame)) throw new Error('an image');
    return frame as Extract<F, { record: Uint8Array }>;
  });
}
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbi-'));
  const settings = (id: string, subType?: string) => ({
    id,
    driver: 'sbi',
    serialNumber: `TEST-${id}-${process.pid}`,
    trust: join(folder, 'trust', 'sbi.pem'),
    ports: [first, first + 3],
    env: 'Developer',
    captureTimeout: TIMEOUT,
    ...(subType && { subType }),
  });
  const entries = [
    sbiFingerSettings.parse({ kind: 'finger-sensor', ...settings('slap', 'Slap') }),
    sbiFingerSettings.parse({ kind: 'finger-sensor', ...settings('single', 'Single') }),
    sbiIrisSettings.parse({ kind: 'iris-camera', ...settings('iris', 'Double') }),
    sbiPhotoSettings.parse({ kind: 'photo-camera', ...settings('face') }),
  ] as const;
  const started = await startBench({ folder, readers: [], devices: [...entries], seed: 'sbi' });
  if (!started.ok) throw new Error(started.failure.detail);
  bench = started.value;
  slap = createSbiFingerSensor(entries[0]);
  single = createSbiFingerSensor(entries[1]);
  iris = createSbiIrisCamera(entries[2]);
  face = createSbiPhotoCamera(entries[3]);
});
afterAll(async () => {
  await Promise.all([slap, single, iris, face].map((device) => device?.close()));
  await bench?.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => present('slap', { person: 'endah' }));
afterEach(async () => {
  for (const device of ['slap', 'iris']) {
    await present(device, null);
    await act(device, { fault: null });
    await act(device, { error: null });
    await act(device, { status: 'Ready' });
    await disturb(device, null);
    await plug(device, true);
  }
});

describe('a check', () => {
  it('tells who the device is, by what it has signed, and sees a picture', async () => {
    for (const device of [slap, single, iris, face]) {
      const serial = `TEST-${device.id}-${process.pid}`;
      const identity = expect.stringMatching(
        new RegExp(`^TEST Works TEST .*, firmware TEST-2.1, .*${serial}`),
      );
      expect(await device.check(never)).toEqual({ ok: true, value: { identity } });
      expect(await device.heartbeat?.(never)).toEqual({ ok: true });
    }
  });

  it('refuses a device that another root has signed for', async () => {
    await act('iris', { fault: 'foreign-root' });
    expect(codeOf(await iris.check(never))).toBe('SBI-CERTIFICATE-UNTRUSTED');
  });
});

describe('a capture', () => {
  it('gives a record a finger, as asked, with what proves it', async () => {
    const frames = await capture({ positions: [7, 8, 10], exceptions: [9] });
    expect(positions(frames)).toEqual([7, 8, 10]);
    for (const frame of recordsOf(frames)) {
      expect(frame.proof.jws.split('.')).toHaveLength(3);
      expect(frame.proof.hash).toMatch(/^[0-9A-F]{64}$/);
      const decoded = decodeFingerImages(frame.record);
      if (!decoded.ok) throw new Error(decoded.failure.detail);
      expect(decoded.value).toMatchObject([{ position: frame.position, depth: 8 }]);
      expect(await openFingerImage(decoded.value[0]!)).toMatchObject({ ok: true, value: { dpi: 500 } });
    }
    expect(positions(await capture({ positions: RIGHT_FOUR }))).toEqual(RIGHT_FOUR);
    expect(positions(await capture(thumbs))).toEqual(THUMBS);
  });

  it('of one finger takes the one that is pressed', async () => {
    const waiting = capture({ positions: [2] }, single);
    await untilAwaited('single');
    await send({ command: 'press', sensor: 'single', finger: 'endah-2' });
    expect(positions(await waiting)).toEqual([2]);
  });

  it('of eyes gives one or both, of a face one', async () => {
    await present('iris', { person: 'karto' });
    const both = await all(iris.acquire({ eyes: ['left', 'right'] }, never));
    expect(both).toMatchObject([{ eye: 'left' }, { eye: 'right' }]);
    const [one] = recordsOf(await all(iris.acquire({ eyes: ['right'] }, never)));
    expect(decodeIrisImages(one!.record)).toMatchObject({ ok: true, value: [{ eye: 'right', width: 640 }] });
    await present('face', { person: 'karto' });
    for (const subject of ['face', 'face-and-hands'] as const) {
      const [photo] = recordsOf(await all(face.acquire({ subject }, never)));
      expect(decodeFaceImages(photo!.record)).toMatchObject({ ok: true });
    }
  });

  it('is asked for again as long as nobody comes', async () => {
    await present('slap', null);
    const waiting = capture(thumbs);
    await delay(TIMEOUT + 200);
    await present('slap', { person: 'endah' });
    expect(positions(await waiting)).toEqual(THUMBS);
  });

  it('with a finger missing is no capture', async () => {
    await present('slap', { person: 'endah', fingers: [6] });
    expect(await capture(thumbs)).toBe('SBI-COUNT-WRONG');
  });

  it('is not asked of a device that cannot do it', async () => {
    const unfit = 'SBI-REQUEST-UNSUPPORTED';
    expect(await capture({ positions: [2, 7] })).toBe(unfit);
    expect(await capture({ positions: [7, 8, 10] })).toBe(unfit);
    expect(await capture({ positions: [], exceptions: LEFT_FOUR })).toBe(unfit);
    expect(await capture(thumbs, single)).toBe(unfit);
    expect(await all(iris.acquire({ eyes: [] }, never))).toBe(unfit);
    expect(await all(iris.acquire({ eyes: ['left', 'left'] }, never))).toBe(unfit);
  });

  it('ends at once when it is cancelled; who comes next waits until the device is free', async () => {
    await present('slap', null);
    const stop = new AbortController();
    const cancelled = capture(thumbs, slap, stop.signal);
    await untilAwaited('slap');
    expect(await capture(thumbs)).toBe('SBI-BUSY');
    expect(codeOf(await slap.check(never))).toBe('SBI-BUSY');
    stop.abort();
    const back = act('slap', { read: true }).then(() => 'late');
    expect(await Promise.race([cancelled, back])).toEqual([]);
    await back;
    await present('slap', { person: 'endah' });
    expect(positions(await capture(thumbs))).toEqual(THUMBS);
  });

  it.each([
    ['signature', 'SBI-SIGNATURE-INVALID'],
    ['foreign-root', 'SBI-CERTIFICATE-UNTRUSTED'],
    ['expired', 'SBI-CERTIFICATE-EXPIRED'],
    ['digital-id', 'SBI-DIGITAL-ID-INVALID'],
    ['other-device', 'SBI-DEVICE-OTHER'],
    ['hash-chain', 'SBI-HASH-CHAIN-BROKEN'],
    ['old-time', 'SBI-TIME-OFF'],
    ['other-transaction', 'SBI-TRANSACTION-OTHER'],
    ['other-subtype', 'SBI-SUBTYPE-OTHER'],
    ['count', 'SBI-COUNT-WRONG'],
    ['purpose', 'SBI-PURPOSE-OTHER'],
    ['version', 'SBI-VERSION-OTHER'],
  ])('with a wrong %s is refused: %s', async (fault, code) => {
    await act('slap', { fault });
    expect(await capture(thumbs)).toBe(code);
  });

  it.each([
    [{ error: '103' }, 'SBI-TAMPERED'],
    [{ error: '519' }, 'SBI-REFUSED'],
    [{ status: 'Not Ready' }, 'SBI-NOT-READY'],
    [{ status: 'Not Registered' }, 'SBI-NOT-REGISTERED'],
    [{ status: 'Busy' }, 'SBI-BUSY'],
  ])('of a device with %o fails: %s', async (state, code) => {
    await act('slap', state);
    expect(await capture(thumbs)).toBe(code);
  });
});

describe('a wire', () => {
  it.each(['torn', 'noise'] as const)(
    'that is %s once is asked again, one that stays so given up',
    async (fault) => {
      await disturb('slap', fault, 1);
      expect(positions(await capture(thumbs))).toEqual(THUMBS);
      await disturb('slap', fault);
      expect(await capture(thumbs)).toBe('HTTP-GARBLED');
    },
  );

  it('that flips a bit never gives what nobody signed, and serves again after it', async () => {
    await disturb('slap', 'checksum', 3);
    for (let i = 0; i < 3; i++) {
      const frames = await capture(thumbs);
      if (typeof frames === 'string') expect(frames).toMatch(/^(SBI|HTTP)-/);
      else expect(positions(frames)).toEqual(THUMBS);
    }
    await disturb('slap', null);
    expect(positions(await capture(thumbs))).toEqual(THUMBS);
  });

  it('that is slow is heard out, one that is silent given up', async () => {
    await disturb('slap', 'slow');
    expect(positions(await capture(thumbs))).toEqual(THUMBS);
    await disturb('slap', 'silent');
    expect(await capture(thumbs)).toBe('HTTP-SILENT');
  });
});

describe('a device', () => {
  it('that is unplugged ends its capture, is not found, and found again', async () => {
    await present('slap', null);
    const waiting = capture(thumbs);
    await untilAwaited('slap');
    await plug('slap', false);
    expect(await waiting).toBe('SBI-LOST');
    expect(codeOf((await slap.heartbeat?.(never))!)).toBe('SBI-LOST');
    expect(codeOf(await slap.check(never))).toBe('SBI-ABSENT');
    await plug('slap', true);
    await present('slap', { person: 'endah' });
    expect(positions(await capture(thumbs))).toEqual(THUMBS);
  });

  it('that hangs is not ready until its power was cut', async () => {
    await disturb('slap', 'hung');
    expect(codeOf(await slap.check(never))).toBe('SBI-NOT-READY');
    await send({ command: 'power', device: 'slap', on: false });
    expect(codeOf(await slap.check(never))).toBe('SBI-ABSENT');
    await send({ command: 'power', device: 'slap', on: true });
    expect(positions(await capture(thumbs))).toEqual(THUMBS);
  });

  it('shows what it sees, also during a capture, until nobody looks', async () => {
    await present('slap', null);
    const stop = new AbortController();
    const pictures = slap.preview!(thumbs, stop.signal);
    const first = await pictures.next();
    expect(await sharp(first.value as Uint8Array).metadata()).toMatchObject({ format: 'jpeg' });
    const waiting = capture(thumbs);
    await untilAwaited('slap');
    expect(await pictures.next()).toMatchObject({ done: false });
    await present('slap', { person: 'endah' });
    expect(positions(await waiting)).toEqual(THUMBS);
    stop.abort();
    expect(await pictures.next()).toEqual({ done: true, value: { ok: true } });
    // Another one, although the device may not know yet that the first is over.
    const again = slap.preview!(thumbs, never);
    expect(await again.next()).toMatchObject({ done: false });
    await again.return({ ok: true, value: undefined });
  });
});

it('a service that ends in the middle of a capture ends the capture', async () => {
  await present('iris', null);
  const waiting = all(iris.acquire({ eyes: ['left'] }, never));
  await untilAwaited('iris');
  const { stop } = bench;
  // The hooks that tidy the bench up have nothing to do any more.
  bench = { ...bench, send: async () => ({ ok: true, value: undefined }), stop: async () => {} };
  await stop();
  expect(await waiting).toBe('HTTP-LOST');
  expect(codeOf(await iris.check(never))).toBe('HTTP-ABSENT');
});
