/** Virtual sensors in the bench's process, for tests of their drivers over real pseudo-terminals. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { expect } from 'vitest';
import type { FingerSensor } from '../../../src/devices/fingerprint/port.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import { startBench } from '../../../src/virtual/client.ts';
import type { BenchCommand } from '../../../src/virtual/commands.ts';
import type { FaultExtent, WireFault } from '../../../src/virtual/device.ts';

export const never = new AbortController().signal;

export type BenchSensors = Awaited<ReturnType<typeof startSensors>>;

/** One device of this driver for each of these names. */
export async function startSensors(driver: string, ids: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), `${driver}-`));
  const port = (id: string) => join(folder, 'tty', id);
  const devices = ids.map((id) => ({ id, driver, port: port(id) }));
  const started = await startBench({ folder, readers: [], devices, seed: driver });
  if (!started.ok) throw new Error(started.failure.detail);
  const bench = started.value;

  async function send(command: BenchCommand): Promise<unknown> {
    const done = await bench.send(command);
    if (!done.ok) throw new Error(`${done.failure.code} ${done.failure.detail}`);
    return done.value;
  }
  return {
    port,
    on: (id: string) => ({
      async press(image: GrayImage, rests = false) {
        const file = join(folder, `${id}.png`);
        const { width, height } = image;
        await sharp(image.data, { raw: { width, height, channels: 1 } })
          .png()
          .toFile(file);
        await send({ command: 'press', sensor: id, file, rests });
      },
      pressFinger: (finger: string) => send({ command: 'press', sensor: id, finger }),
      lift: () => send({ command: 'lift', sensor: id }),
      act: (act: Record<string, unknown>) => send({ command: 'device', device: id, act }),
      disturb: (as: WireFault | null, extent: FaultExtent = {}) =>
        send({ command: 'disturb', device: id, as, ...extent }),
      plug: (into: boolean) => send({ command: 'plug', device: id, in: into }),
      power: (on: boolean) => send({ command: 'power', device: id, on }),
      async awaitsFinger(): Promise<boolean> {
        const state = (await send({ command: 'device', device: id, act: { read: true } })) as {
          awaitsFinger: boolean;
        };
        return state.awaitsFinger;
      },
      async untilFingerAwaited(): Promise<void> {
        for (let polls = 0; !(await this.awaitsFinger()); polls++) {
          if (polls > 500) throw new Error('no finger is awaited');
          await delay(10);
        }
      },
    }),
    async stop() {
      await bench.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** The first frame, or the code of the failure, or `none`. */
export async function capture(sensor: FingerSensor, signal = never): Promise<GrayImage | string> {
  const frames = sensor.acquire({ positions: [2] }, signal);
  const first = await frames.next();
  if (first.done) return first.value.ok ? 'none' : first.value.failure.code;
  const last = await frames.next();
  expect(last).toEqual({ done: true, value: { ok: true, value: undefined } });
  return 'image' in first.value ? first.value.image : 'no image';
}

/** Every byte value occurs, start and end codes of packets too. */
export function picture(shade: number, { width, height, dpi }: Omit<GrayImage, 'data'>): GrayImage {
  const data = Uint8Array.from({ length: width * height }, (_, i) => (shade + i * 7 + (i >> 9)) & 0xff);
  return { width, height, dpi, data };
}

export async function expectPicture(
  captured: Promise<GrayImage | string>,
  expected: GrayImage,
): Promise<void> {
  const image = await captured;
  if (typeof image === 'string') throw new Error(image);
  expect([image.width, image.height, image.dpi]).toEqual([expected.width, expected.height, expected.dpi]);
  expect(Buffer.compare(image.data, expected.data)).toBe(0);
}

/** At once: before anything that has to cross to the other process and back. */
export async function expectEndAtOnce(
  stop: AbortController,
  captured: Promise<GrayImage | string>,
  roundTrip: () => Promise<unknown>,
): Promise<void> {
  stop.abort();
  const back = roundTrip().then(() => 'late');
  expect(await Promise.race([captured, back])).toBe('none');
  await back;
}
