/** The wires that virtual devices hang on: pace, faults, plug and power, around a pseudo-terminal. */
import { fail, ok, type Result } from '../failures/failure.ts';
import type { BenchDevice, BenchSide, VirtualDevice } from './device.ts';
import { FaultyLine } from './faulty-line.ts';
import { paced, type Send } from './pace.ts';
import { openPty, type Pty } from './pty.ts';

/** Bits of a byte on the line, with start and stop bits. */
export const BITS_8N1 = 10;
export const BITS_8N2 = 11;

/** Puts a device on a serial line of its own that appears at `path`. */
export async function serialWire(
  path: string | undefined,
  bench: Pick<BenchSide, 'pace' | 'random'>,
  bitsPerByte: number,
  make: (send: Send) => VirtualDevice,
): Promise<Result<BenchDevice>> {
  if (path === undefined) return fail('BENCH-COMMAND-INVALID', 'a serial device needs a port');
  let pty: Pty | undefined;
  // What is sent while the plug is out is lost.
  const write = paced((bytes) => pty?.write(bytes), bench.pace, bitsPerByte);
  const dice = bench.random(`wire ${path}`);
  const line = new FaultyLine(write, () => dice.next());
  const device = make(line.send);
  line.attach(device);

  async function plug(into: boolean): Promise<Result> {
    if (into === (pty !== undefined)) return ok();
    if (!into) {
      const pulled = pty;
      pty = undefined;
      line.cut();
      await pulled?.close();
      return ok();
    }
    // A device takes its power from the line: it starts anew when plugged in.
    device.restart();
    const opened = await openPty(path!, (bytes) => line.receive(bytes));
    if (!opened.ok) return opened;
    pty = opened.value;
    return ok();
  }

  const plugged = await plug(true);
  if (!plugged.ok) return plugged;
  return ok({
    device,
    get plugged() {
      return pty !== undefined;
    },
    get fault() {
      return line.fault;
    },
    disturb: (fault, extent) => line.disturb(fault, extent),
    power: (on) => line.power(on),
    plug,
    async close() {
      device.close();
      await plug(false);
    },
  });
}
