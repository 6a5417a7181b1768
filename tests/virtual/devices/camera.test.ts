import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cameraEntry, VirtualCamera } from '../../../src/virtual/devices/camera.ts';
import { Random } from '../../../src/virtual/people/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'camera-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const patience = { timeout: 10_000 };
const SIZE = { width: 64, height: 48 };
const opened: VirtualCamera[] = [];
afterAll(() => {
  for (const camera of opened) camera.close();
});

function open(format: 'GREY' | 'YUYV' | 'MJPG') {
  const frames: Uint8Array[] = [];
  const entry = cameraEntry.parse({ port: '/none', format, ...SIZE, framesPerSecond: 200 });
  const camera = new VirtualCamera(
    entry,
    (frame) => frames.push(frame),
    new Random('camera'),
    () => true,
  );
  opened.push(camera);
  /** The first frame of which this is true. */
  const until = (wanted: (frame: Uint8Array) => boolean) =>
    vi.waitFor(() => {
      const found = frames.splice(0).find(wanted);
      if (!found) throw new Error('not seen');
      return found;
    }, patience);
  return { camera, frames, until };
}

async function pictureOf(colour: string): Promise<string> {
  const file = join(folder, `${colour.slice(1)}.png`);
  await sharp({ create: { ...SIZE, channels: 3, background: colour } })
    .png()
    .toFile(file);
  return file;
}

/** Means of every n-th byte: noise sums to nothing. */
function means(frame: Uint8Array, n: number): number[] {
  return Array.from({ length: n }, (_, at) => {
    const some = frame.filter((_byte, i) => i % n === at);
    return Math.round(some.reduce((sum, byte) => sum + byte, 0) / some.length);
  });
}

describe('frames as V4L2 has them', () => {
  /** Y'CbCr of the colours in ITU-R BT.601, as its tables of 75 % and 100 % bars give them. */
  test.each([
    ['#808080', [126, 128, 126, 128]],
    ['#ff0000', [81, 90, 81, 240]],
    ['#0000ff', [41, 240, 41, 110]],
  ] as const)('YUYV: Y0 Cb Y1 Cr of %s', async (colour, golden) => {
    const { camera, until } = open('YUYV');
    camera.act({ show: { file: await pictureOf(colour) } });
    const near = (frame: Uint8Array) => means(frame, 4).every((mean, n) => Math.abs(mean - golden[n]!) <= 3);
    expect((await until(near)).length).toBe(64 * 48 * 2);
  });

  test('GREY: one byte a pixel, noise in each', async () => {
    const { camera, until } = open('GREY');
    camera.act({ show: { file: await pictureOf('#646464') } });
    const frame = await until((bytes) => Math.abs(means(bytes, 1)[0]! - 100) <= 1);
    expect(frame.length).toBe(64 * 48);
    expect(new Set(frame).size).toBeGreaterThan(5);
  });

  test('MJPG: a JPEG file each', async () => {
    const { until } = open('MJPG');
    const frame = await until(() => true);
    expect([...frame.subarray(0, 3), ...frame.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xff, 0xd9]);
    expect(await sharp(frame).metadata()).toMatchObject(SIZE);
  });
});

describe('what is done to it', () => {
  test('no two frames in a row are the same, unless it is frozen; a restart ends that', async () => {
    const { camera, frames } = open('GREY');
    const differ = () =>
      vi.waitFor(() => {
        const [first, second] = frames.splice(0).slice(-2);
        if (!second) throw new Error('not two yet');
        return Buffer.compare(first!, second) !== 0;
      }, patience);
    expect(await differ()).toBe(true);
    camera.act({ freeze: true });
    frames.length = 0;
    expect(await differ()).toBe(false);
    camera.restart();
    frames.length = 0;
    expect(await differ()).toBe(true);
  });

  test('a covered lens is dark', async () => {
    const { camera, until } = open('GREY');
    await until((frame) => means(frame, 1)[0]! > 40);
    camera.act({ cover: true });
    await until((frame) => means(frame, 1)[0]! < 8);
    camera.act({ cover: false });
    await until((frame) => means(frame, 1)[0]! > 40);
  });

  test('what it does not know is refused', () => {
    const { camera } = open('GREY');
    for (const act of [
      { show: { person: 'nobody-of-that-name' } },
      { show: { file: '/no/such/picture.png' } },
      { show: { person: 'endah', background: 'green' } },
      { show: { person: 'endah', eye: 'third' } },
      { dance: true },
    ])
      expect(camera.act(act), JSON.stringify(act)).toMatchObject({
        failure: { code: 'BENCH-COMMAND-INVALID' },
      });
  });
});
