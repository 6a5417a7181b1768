/** Which emulator stands for the hardware behind which driver. */
import type { z } from 'zod';
import type { Result } from '../failures/failure.ts';
import type { BenchDevice, BenchSide } from './device.ts';
import { VirtualFingerSensor } from './finger-sensor.ts';
import type { deviceEntry } from './settings.ts';
import { BITS_8N1, serialWire } from './wires.ts';

/** A virtual device as it is configured; paths are absolute. */
export type DeviceEntry = z.output<typeof deviceEntry>;

export type Emulator = (entry: DeviceEntry, bench: BenchSide) => Promise<Result<BenchDevice>>;

/** By driver. */
export const emulators: Readonly<Record<string, Emulator>> = {
  'suprema-sfm': ({ port }, bench) =>
    serialWire(port, bench, BITS_8N1, (send) => new VirtualFingerSensor(send)),
};
