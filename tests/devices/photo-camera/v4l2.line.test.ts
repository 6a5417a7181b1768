/** The driver against a virtual camera, each in its own process, over real FIFOs and with the real ffmpeg. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PhotoFrame } from '../../../src/devices/photo-camera/port.ts';
import { v4l2PhotoSettings } from '../../../src/devices/photo-camera/settings.ts';
import { createV4l2PhotoCamera } from '../../../src/devices/photo-camera/v4l2.ts';
import type { RgbImage } from '../../../src/rules/rgb-image.ts';
import {
  type BenchCameras,
  colourOf,
  FRAMES_PER_SECOND,
  never,
  startCameras,
  watch as watchFrames,
} from '../bench-cameras.ts';

const MJPG = { format: 'MJPG', width: 320, height: 240 } as const;
const YUYV = { format: 'YUYV', width: 320, height: 240 } as const;

/** 200 ms, and a second, are wanted; a machine with eight at work on it takes its time. */
const AT_ONCE_MS = 1_500;
const A_SECOND_MS = 4_000;
const patience = { timeout: 10_000 };

let bench: BenchCameras;
let far: ReturnType<BenchCameras['on']>;
let camera: ReturnType<typeof create>;

function create(id: string, plan: { format: 'MJPG' | 'YUYV'; width: number; height: number } = MJPG) {
  return createV4l2PhotoCamera(
    v4l2PhotoSettings.parse({
      ...{ id, kind: 'photo-camera', driver: 'v4l2', port: bench.portOf(id), input: 'file' },
      ...plan,
      framesPerSecond: FRAMES_PER_SECOND,
    }),
  );
}
const imageOf = (frame: PhotoFrame): RgbImage => {
  if (!('image' in frame)) throw new Error('a record');
  return frame.image;
};
const watch = (enough: (image: RgbImage, count: number) => boolean | Promise<boolean>, from = camera) =>
  watchFrames(
    (signal) => from.acquire({ subject: 'face' }, signal),
    (frame, count) => enough(imageOf(frame), count),
  );
const show = (background: string, person: string | null = null) => far.act({ show: { person, background } });
/** Watches until the cloth of this colour is seen. */
const untilSeen = (colour: 'red' | 'blue', from = camera) => watch((image) => isOf(colour, image), from);
function isOf(colour: 'red' | 'blue', image: RgbImage): boolean {
  const [red, , blue] = colourOf(image) as [number, number, number];
  return colour === 'red' ? red > blue + 60 : blue > red + 60;
}

beforeAll(async () => {
  bench = await startCameras({ main: MJPG, raw: YUYV });
  far = bench.on('main');
});
afterAll(() => bench?.stop());
beforeEach(async () => {
  camera = create('main');
  await show('blue');
});
afterEach(async () => {
  await camera.close();
  await far.disturb(null);
  await far.act({ cover: false });
  await far.act({ freeze: false });
});

describe('a capture', () => {
  it('sees what stands before the camera, in colours, and sees it change', async () => {
    const seen: string[] = [];
    await watch(async (image) => {
      if (seen.length === 0 && isOf('blue', image)) {
        seen.push('blue');
        await show('red');
      }
      if (seen.length === 1 && isOf('red', image)) seen.push('red');
      return seen.length === 2;
    });
    expect(seen).toEqual(['blue', 'red']);
  });

  it('gets the colours of a camera that does not compress right', async () => {
    const raw = create('raw', YUYV);
    await bench.on('raw').act({ show: { person: null, background: '#c86432' } });
    let colour: number[] = [];
    await watch((image) => {
      colour = colourOf(image);
      return colour[0]! > 150;
    }, raw);
    await raw.close();
    [0xc8, 0x64, 0x32].forEach((level, channel) => {
      expect(Math.abs(colour[channel]! - level), `channel ${channel}`).toBeLessThan(6);
    });
  });

  it('is given the newest picture, however late it comes for it', async () => {
    await watch(async (image, count) => {
      if (count === 1) {
        await show('red');
        await delay(600);
        return false;
      }
      // Every older one was dropped, though a dozen were blue.
      expect(isOf('red', image)).toBe(true);
      return true;
    });
  });

  it('ends at once when it is cancelled, also while it waits for the first picture', async () => {
    let cancelled = 0;
    expect(
      await watch(() => {
        cancelled = performance.now();
        return true;
      }),
    ).toBe('aborted');
    expect(performance.now() - cancelled).toBeLessThan(AT_ONCE_MS);

    const stop = new AbortController();
    const frames = camera.acquire({ subject: 'face' }, stop.signal);
    const first = frames.next();
    await delay(50);
    cancelled = performance.now();
    stop.abort();
    expect(await first).toEqual({ done: true, value: { ok: true, value: undefined } });
    expect(performance.now() - cancelled).toBeLessThan(AT_ONCE_MS);
    // The line is free again.
    expect(await untilSeen('blue')).toBe('aborted');
  });

  it('is one at a time', async () => {
    let second: string | undefined;
    let check: unknown;
    await watch(async () => {
      second = await untilSeen('blue');
      check = await camera.check(never);
      return true;
    });
    expect(second).toBe('CAMERA-BUSY');
    expect(check).toMatchObject({ failure: { code: 'CAMERA-BUSY' } });
  });

  it('closes while somebody watches', async () => {
    expect(
      await watch(async () => {
        await camera.close();
        return false;
      }),
    ).toBe('aborted');
    expect(await untilSeen('blue')).toBe('CAMERA-LOST');
  });
});

describe('a check', () => {
  it('tells what the camera gives', async () => {
    await show('red', 'bagus');
    await untilSeen('red');
    const checked = await camera.check(never);
    if (!checked.ok) throw new Error(checked.failure.code);
    expect(checked.value.identity).toMatch(/320 × 240 MJPG, \d+\.\d pictures a second, sharpness \d/);
    expect(checked.value.complaint).toBeUndefined();
    expect(await camera.heartbeat!(never)).toEqual({ ok: true, value: undefined });
  });

  it('complains of a covered lens, and of one out of focus', async () => {
    await far.act({ cover: true });
    expect(await camera.check(never)).toMatchObject({ value: { complaint: { code: 'CAMERA-DARK' } } });
    await far.act({ cover: false });
    await far.act({ show: { person: 'bagus', background: 'red', blur: 6 } });
    await untilSeen('red');
    expect(await camera.check(never)).toMatchObject({ value: { complaint: { code: 'CAMERA-UNSHARP' } } });
  });
});

describe('a camera that fails', () => {
  it('repeats itself: its picture may be of somebody who has left', async () => {
    await show('red', 'bagus');
    await untilSeen('red');
    expect(
      await watch(async (_image, count) => {
        if (count === 2) await far.act({ freeze: true });
        return false;
      }),
    ).toBe('CAMERA-STUCK');
  });

  it('is unplugged: told within a second; plugged in again, it goes on', async () => {
    let pulled = 0;
    const ended = watch(async (_image, count) => {
      if (count === 2) {
        await far.plug(false);
        pulled = performance.now();
      }
      return false;
    });
    expect(await ended).toBe('CAMERA-LOST');
    expect(performance.now() - pulled).toBeLessThan(A_SECOND_MS);
    expect(await camera.heartbeat!(never)).toMatchObject({ failure: { code: 'CAMERA-ABSENT' } });
    expect(await camera.check(never)).toMatchObject({ failure: { code: 'CAMERA-ABSENT' } });
    await far.plug(true);
    expect(await untilSeen('blue')).toBe('aborted');
  });

  it('hangs: told within a second; switched off and on, it goes on', async () => {
    let hung = 0;
    const ended = watch(async (_image, count) => {
      if (count === 2) {
        await far.disturb('hung');
        hung = performance.now();
      }
      return false;
    });
    expect(await ended).toBe('CAMERA-STALLED');
    expect(performance.now() - hung).toBeLessThan(A_SECOND_MS);
    await far.power(false);
    await expect
      .poll(() => camera.heartbeat!(never), patience)
      .toMatchObject({ failure: { code: 'CAMERA-ABSENT' } });
    await far.power(true);
    await expect.poll(() => camera.heartbeat!(never), patience).toMatchObject({ ok: true });
    expect(await untilSeen('blue')).toBe('aborted');
  });

  it.each(['silent', 'slow'] as const)('is %s', async (fault) => {
    expect(
      await watch(async (_image, count) => {
        if (count === 2) await far.disturb(fault);
        return false;
      }),
    ).toBe('CAMERA-STALLED');
  });

  it.each(['torn', 'noise', 'checksum'] as const)(
    'gives pictures in spite of frames with %s',
    async (fault) => {
      await far.disturb(fault, { rate: 0.3 });
      expect(await watch((_image, count) => count === 15)).toBe('aborted');
    },
  );

  it('gives another size than was ordered', async () => {
    const other = createV4l2PhotoCamera(
      v4l2PhotoSettings.parse({
        ...{ id: 'other', kind: 'photo-camera', driver: 'v4l2', port: bench.portOf('main'), input: 'file' },
        ...MJPG,
        width: 640,
      }),
    );
    expect(await untilSeen('blue', other)).toBe('CAMERA-FORMAT');
    await other.close();
  });
});

describe('the child process', () => {
  it('ends with this one, also when it is killed while the camera is silent', async () => {
    const fifo = join(bench.folder, 'nobody-writes');
    execFileSync('mkfifo', [fifo]);
    const script = join(bench.folder, 'watcher.ts');
    const driver = join(import.meta.dirname, '../../../src/devices/photo-camera/v4l2.ts');
    writeFileSync(
      script,
      `import { createV4l2PhotoCamera } from ${JSON.stringify(driver)};
       const camera = createV4l2PhotoCamera({ id: 'c', kind: 'photo-camera', driver: 'v4l2', port: ${JSON.stringify(fifo)},
         input: 'file', format: 'MJPG', width: 320, height: 240, framesPerSecond: 10 });
       void camera.acquire({ subject: 'face' }, new AbortController().signal).next();
       setTimeout(() => console.log('watching'), 300);`,
    );
    const watcher = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(watcher.stdout, 'data');
    const child = readFileSync(`/proc/${watcher.pid}/task/${watcher.pid}/children`, 'utf8').trim();
    expect(readFileSync(`/proc/${child}/cmdline`, 'utf8')).toMatch(/^ffmpeg/);
    watcher.kill('SIGKILL');
    await expect.poll(() => runs(child), patience).toBe(false);
  });

  it('leaves nothing behind when a capture ends', async () => {
    await untilSeen('blue');
    await camera.close();
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
      .trim()
      .split(' ');
    const names = children.map((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
    expect(names).not.toContain('ffmpeg');
  });
});

function runs(pid: string): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
