/** Which emulator stands for the hardware behind which driver. */
import type { z } from 'zod';
import { fail, type Result } from '../failures/failure.ts';
import type { BenchDevice, BenchSide } from './device.ts';
import { virtualCamera } from './devices/camera-wire.ts';
import { KeyboardWedge, SerialCodeScanner } from './devices/code-scanner.ts';
import { EscposPrinter } from './devices/escpos.ts';
import { EvdevPad } from './devices/evdev-pad.ts';
import { createFirmataPanel } from './devices/firmata-panel.ts';
import { Gt511c3 } from './devices/gt511c3.ts';
import { Isdv4Pad } from './devices/isdv4-pad.ts';
import { R30x } from './devices/r30x.ts';
import { rangesOf } from './devices/ranges.ts';
import { virtualSbi } from './devices/sbi.ts';
import { StuPad } from './devices/stu-pad.ts';
import { SupremaSfm } from './devices/suprema-sfm.ts';
import { isTopazModel, TopazPad } from './devices/topaz-pad.ts';
import { fifoWire } from './fifo-wire.ts';
import type { Send } from './pace.ts';
import type { deviceEntry } from './settings.ts';
import { BITS_8N1, serialWire } from './wires.ts';

/** With start bit, parity and stop bit. */
const BITS_8O1 = 11;

/** A virtual device as it is configured; paths are absolute. */
export type DeviceEntry = z.output<typeof deviceEntry>;

export type Emulator = (entry: DeviceEntry, bench: BenchSide) => Promise<Result<BenchDevice>>;

/** By driver. */
export const emulators: Readonly<Record<string, Emulator>> = {
  escpos: ({ port }, bench) =>
    serialWire(port, bench, BITS_8N1, (send) => new EscposPrinter(send, bench.pace)),
  evdev: async (entry, bench) => {
    const ranges = rangesOf(entry);
    if (!ranges.ok) return ranges;
    return fifoWire(entry.port, bench, (send) => new EvdevPad(send, bench.pace, ranges.value));
  },
  firmata: async (entry, bench) => {
    const panel = createFirmataPanel(entry, bench);
    if (!panel.ok) return panel;
    return serialWire(entry.port, bench, BITS_8N1, panel.value);
  },
  gt511c3: ({ port }, bench) => serialWire(port, bench, BITS_8N1, (send) => new Gt511c3(send)),
  'keyboard-wedge': ({ port }, bench) => fifoWire(port, bench, (send) => new KeyboardWedge(send)),
  r30x: ({ port }, bench) => serialWire(port, bench, BITS_8N1, (send) => new R30x(send)),
  sbi: virtualSbi,
  'suprema-sfm': ({ port }, bench) => serialWire(port, bench, BITS_8N1, (send) => new SupremaSfm(send)),
  v4l2: virtualCamera,
  serial: ({ port, ends }, bench) =>
    serialWire(port, bench, BITS_8N1, (send) => new SerialCodeScanner(send, ends === 'quiet' ? '' : '\r')),
  topaz: async ({ port, model, pressure }, bench) => {
    if (!isTopazModel(model)) return fail('BENCH-COMMAND-INVALID', 'a Topaz pad needs a model');
    const make = (send: Send) => new TopazPad(send, bench.pace, model, pressure === true);
    return serialWire(port, bench, BITS_8O1, make);
  },
  'wacom-isdv4': ({ port }, bench) =>
    serialWire(port, bench, BITS_8N1, (send) => new Isdv4Pad(send, bench.pace)),
  'wacom-stu': async (entry, bench) => {
    const ranges = rangesOf(entry);
    if (!ranges.ok) return ranges;
    return fifoWire(entry.port, bench, (send) => new StuPad(send, bench.pace, ranges.value));
  },
};
