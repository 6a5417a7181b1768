/** The driver against a virtual near-infrared camera, each in its own process; what all cameras share: photo-camera. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IrisFrame } from '../../../src/devices/iris/port.ts';
import { v4l2IrisSettings } from '../../../src/devices/iris/settings.ts';
import { createV4l2IrisCamera } from '../../../src/devices/iris/v4l2.ts';
import type { GrayImage } from '../../../src/rules/gray-image.ts';
import {
  type BenchCameras,
  colourOf,
  FRAMES_PER_SECOND,
  never,
  startCameras,
  watch,
} from '../bench-cameras.ts';

const PLANS = {
  grey: { format: 'GREY', width: 640, height: 480 },
  yuyv: { format: 'YUYV', width: 320, height: 240 },
  jpeg: { format: 'MJPG', width: 320, height: 240 },
} as const;

let bench: BenchCameras;
beforeAll(async () => {
  bench = await startCameras(PLANS);
});
afterAll(() => bench?.stop());

function create(id: string, plan: (typeof PLANS)[keyof typeof PLANS], port = bench.portOf(id)) {
  return createV4l2IrisCamera(
    v4l2IrisSettings.parse({
      ...{ id, kind: 'iris-camera', driver: 'v4l2', port, input: 'file', framesPerSecond: FRAMES_PER_SECOND },
      ...plan,
    }),
  );
}
function imageOf(frame: IrisFrame): GrayImage {
  if (!('image' in frame)) throw new Error('a record');
  return frame.image;
}
const brightness = (image: GrayImage) => colourOf(image)[0]!;
const capture = (
  camera: ReturnType<typeof create>,
  enough: (image: GrayImage, count: number) => boolean | Promise<boolean>,
) =>
  watch(
    (signal) => camera.acquire({ eyes: ['left'] }, signal),
    (frame, count) => enough(imageOf(frame), count),
  );

describe('a capture', () => {
  it.each(Object.entries(PLANS))('%s: an eye on bright skin, with a dark pupil', async (id, plan) => {
    const camera = create(id, plan);
    await bench.on(id).act({ show: { person: 'ketut', eye: 'right' } });
    let eye: GrayImage | undefined;
    const ended = await capture(camera, (image) => {
      eye = image;
      return brightness(image) > 130;
    });
    await camera.close();
    expect(ended).toBe('aborted');
    expect(eye).toMatchObject({ width: plan.width, height: plan.height, dpi: 0 });
    const dark = eye!.data.filter((level) => level < 60).length / eye!.data.length;
    expect(dark).toBeGreaterThan(0.01);
    expect(dark).toBeLessThan(0.2);
  });

  it('sees another look of the eye in each frame, and a picture from a file', async () => {
    const camera = create('grey', PLANS.grey);
    const picture = join(bench.folder, 'grey.png');
    await sharp({ create: { width: 4, height: 3, channels: 3, background: '#282828' } }).toFile(picture);
    const seen = new Set<string>();
    await capture(camera, async (image) => {
      if (brightness(image) > 130 && seen.add(brightness(image).toFixed(3)).size === 3)
        await bench.on('grey').act({ show: { file: picture } });
      return Math.abs(brightness(image) - 40) < 2;
    });
    await camera.close();
    expect(seen.size).toBeGreaterThanOrEqual(3);
  });
});

describe('a camera', () => {
  it('that never gives a first picture has stalled, and its check says so', async () => {
    const fifo = join(bench.folder, 'silent');
    execFileSync('mkfifo', [fifo]);
    const camera = create('silent', PLANS.grey, fifo);
    expect(await camera.check(never)).toMatchObject({ failure: { code: 'CAMERA-STALLED' } });
    await camera.close();
  });

  it('can be a regular file with bare frames, over and over', async () => {
    const file = join(bench.folder, 'frames');
    const plan = { format: 'GREY', width: 160, height: 120 } as const;
    const frames = Array.from({ length: 3 }, (_, n) => new Uint8Array(160 * 120).fill(100 + n));
    writeFileSync(file, Buffer.concat(frames));
    const camera = create('frames', plan as never, file);
    const levels: number[] = [];
    await capture(camera, (image) => levels.push(Math.round(brightness(image))) === 12);
    await camera.close();
    // At the seam two frames come at once, of which the newer wins.
    expect([...new Set(levels)]).toEqual(expect.arrayContaining([101, 102]));
    expect(levels.lastIndexOf(101)).toBeGreaterThan(levels.indexOf(102));
  });
});
