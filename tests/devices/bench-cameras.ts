/** Virtual cameras in a process of their own, for the drivers' tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure, Result } from '../../src/failures/failure.ts';
import { startBench } from '../../src/virtual/client.ts';
import type { FaultExtent, WireFault } from '../../src/virtual/device.ts';

export interface CameraPlan {
  readonly format: 'GREY' | 'Y8' | 'YUYV' | 'MJPG';
  readonly width: number;
  readonly height: number;
}

export async function startCameras(cameras: Readonly<Record<string, CameraPlan>>) {
  const folder = mkdtempSync(join(tmpdir(), 'cameras-'));
  const portOf = (id: string) => join(folder, id);
  const started = await startBench({
    folder,
    readers: [],
    devices: Object.entries(cameras).map(([id, plan]) => ({
      ...{ id, driver: 'v4l2', port: portOf(id) },
      ...plan,
      framesPerSecond: FRAMES_PER_SECOND,
    })),
  });
  if (!started.ok) throw new Error(`${started.failure.code}: ${started.failure.detail}`);
  const bench = started.value;
  const must = async (command: Parameters<typeof bench.send>[0]) => {
    const done = await bench.send(command);
    if (!done.ok) throw new Error(`${done.failure.code}: ${done.failure.detail}`);
  };
  return {
    folder,
    portOf,
    on: (device: string) => ({
      act: (act: Record<string, unknown>) => must({ command: 'device', device, act }),
      disturb: (as: WireFault | null, extent: FaultExtent = {}) =>
        must({ command: 'disturb', device, as, ...extent } as never),
      plug: (into: boolean) => must({ command: 'plug', device, in: into }),
      power: (on: boolean) => must({ command: 'power', device, on }),
    }),
    async stop() {
      await bench.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type BenchCameras = Awaited<ReturnType<typeof startCameras>>;

export const FRAMES_PER_SECOND = 20;
export const never = new AbortController().signal;

/**
 * Takes frames until `enough` says so.
 * @returns how it ended: `aborted`, or the failure's code
 */
export async function watch<Frame>(
  open: (signal: AbortSignal) => AsyncGenerator<Frame, Result<void>>,
  enough: (frame: Frame, count: number) => boolean | Promise<boolean>,
): Promise<'aborted' | Failure['code']> {
  const stop = new AbortController();
  const frames = open(stop.signal);
  for (let count = 1; ; count++) {
    const { done, value } = await frames.next();
    if (done) return value.ok ? 'aborted' : value.failure.code;
    if (await enough(value, count)) stop.abort();
  }
}

/** The mean of every channel. */
export function colourOf(image: { width: number; height: number; data: Uint8Array }): number[] {
  const pixels = image.width * image.height;
  const sums = Array<number>(image.data.length / pixels).fill(0);
  image.data.forEach((level, i) => {
    sums[i % sums.length]! += level / pixels;
  });
  return sums;
}
