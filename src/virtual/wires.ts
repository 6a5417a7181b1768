/** The wires that virtual devices hang on: faults, plug and power; a pseudo-terminal with its pace among them. */
import { fail, ok, type Result } from '../failures/failure.ts';
import type { BenchDevice, BenchSide, VirtualDevice } from './device.ts';
import { FaultyLine } from './faulty-line.ts';
import { paced, type Send } from './pace.ts';
import { openPty } from './pty.ts';

/** Bits of a byte on the line, with start and stop bits. */
export const BITS_8N1 = 10;
export const BITS_8N2 = 11;

/** The end of a wire that drivers open, there while the plug is in. */
export interface WireEnd {
  write(bytes: Uint8Array): void;
  close(): void | Promise<void>;
}

export interface WireKind {
  /** Makes the end that appears at `path`; `receive` is called with what a driver wrote. */
  open(path: string, receive: (bytes: Uint8Array) => void): Promise<Result<WireEnd>>;
  /** Slows down what the device sends, where the wire has a speed. */
  pace?(write: (bytes: Uint8Array) => void): Send;
}

/** Puts a device on a wire of its own. */
export async function putOnWire(
  path: string | undefined,
  bench: Pick<BenchSide, 'random'>,
  kind: WireKind,
  make: (send: Send) => VirtualDevice,
): Promise<Result<BenchDevice>> {
  if (path === undefined) return fail('BENCH-COMMAND-INVALID', 'a device on a wire needs a port');
  let end: WireEnd | undefined;
  // What is sent while the plug is out is lost.
  const write = (bytes: Uint8Array) => end?.write(bytes);
  const dice = bench.random(`wire ${path}`);
  const line = new FaultyLine(kind.pace?.(write) ?? write, () => dice.next());
  const device = make(line.send);
  line.attach(device);

  async function plug(into: boolean): Promise<Result> {
    if (into === (end !== undefined)) return ok();
    if (!into) {
      const pulled = end;
      end = undefined;
      line.cut();
      await pulled?.close();
      return ok();
    }
    // A device takes its power from the line: it starts anew when plugged in.
    device.restart();
    const opened = await kind.open(path!, (bytes) => line.receive(bytes));
    if (!opened.ok) return opened;
    end = opened.value;
    return ok();
  }

  const plugged = await plug(true);
  if (!plugged.ok) return plugged;
  return ok({
    device,
    get plugged() {
      return end !== undefined;
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

/** A serial line. */
export function serialWire(
  path: string | undefined,
  bench: Pick<BenchSide, 'pace' | 'random'>,
  bitsPerByte: number,
  make: (send: Send) => VirtualDevice,
): Promise<Result<BenchDevice>> {
  const pace = (write: (bytes: Uint8Array) => void) => paced(write, bench.pace, bitsPerByte);
  return putOnWire(path, bench, { open: openPty, pace }, make);
}
