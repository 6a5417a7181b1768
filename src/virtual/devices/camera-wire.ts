/** The cable of a virtual camera: a FIFO, with its plug, its power and its faults. */
import { z } from 'zod';
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { BenchDevice, BenchSide, WireFault } from '../device.ts';
import { FaultyLine } from '../faulty-line.ts';
import { cameraEntry, VirtualCamera } from './camera.ts';
import { type Fifo, openFifo } from './camera-fifo.ts';

/** A slow cable lets one frame in so many through. */
const SLOW = 30;

/**
 * A raw frame that is not whole never reaches a program: the kernel's UVC driver knows the size and drops it. A JPEG
 * has no size to go by, so a torn one is handed on. Without power a USB camera is as if it was unplugged.
 */
export async function virtualCamera(
  entry: unknown,
  bench: Pick<BenchSide, 'random'>,
): Promise<Result<BenchDevice>> {
  const checked = cameraEntry.safeParse(entry);
  if (!checked.success) return fail('BENCH-COMMAND-INVALID', z.prettifyError(checked.error));
  const camera = checked.data;
  const { port, format, width, height } = camera;
  const frameSize = format === 'MJPG' ? undefined : width * height * (format === 'YUYV' ? 2 : 1);
  const random = bench.random(`camera ${port}`);
  /** There while the plug is in and the power on. */
  let fifo: Fifo | undefined;
  let [inserted, powered] = [true, true];
  let [slow, frames] = [false, 0];

  const dice = random.for('wire');
  const line = new FaultyLine(
    (bytes) => {
      if (frameSize === undefined || bytes.length === frameSize) fifo?.write(bytes);
    },
    () => dice.next(),
  );
  const device = new VirtualCamera(
    camera,
    (frame) => {
      if (!slow || ++frames % SLOW === 0) line.send(frame, 0);
    },
    random,
    () => fifo?.wants === true,
  );
  line.attach(device);

  let connecting: Promise<Result> = Promise.resolve(ok());
  function connect(): Promise<Result> {
    connecting = connecting.then(async () => {
      if (inserted && powered) {
        if (fifo) return ok();
        device.restart();
        const opened = await openFifo(port);
        if (!opened.ok) return opened;
        fifo = opened.value;
      } else {
        fifo?.close();
        fifo = undefined;
      }
      return ok();
    });
    return connecting;
  }

  const connected = await connect();
  if (!connected.ok) {
    device.close();
    return connected;
  }
  return ok({
    device,
    get plugged() {
      return inserted;
    },
    get fault(): WireFault | null {
      return slow ? 'slow' : line.fault;
    },
    disturb(fault, extent) {
      // FaultyLine's pauses between pieces of a few bytes would hold a frame of a megabyte for minutes.
      slow = fault === 'slow';
      line.disturb(slow ? null : fault, extent);
    },
    plug(into) {
      inserted = into;
      return connect();
    },
    power(on) {
      powered = on;
      line.power(on);
      void connect();
    },
    async close() {
      inserted = false;
      await connect();
      device.close();
    },
  });
}
