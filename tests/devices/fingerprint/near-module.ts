/** A virtual module in the test's own process, at the far end of a real pseudo-terminal whose frames a test can see. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FingerSensor } from '../../../src/devices/fingerprint/port.ts';
import type { VirtualDevice } from '../../../src/virtual/device.ts';
import type { Send } from '../../../src/virtual/pace.ts';
import { openPty } from '../../../src/virtual/pty.ts';

export interface Ear<M> {
  /** Of each frame of the module: what of it is to arrive. */
  change?(frame: Uint8Array): Uint8Array;
  /** Whether the module hears a driver that has set the terminal to this rate. */
  hears?(rate: number, module: M): boolean;
}

export async function onPty<M extends VirtualDevice>(
  make: (send: Send) => M,
  create: (port: string) => FingerSensor,
  { change = (frame) => frame, hears }: Ear<M> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'module-'));
  const path = join(folder, 'tty');
  let terminal = -1;
  const rate = () =>
    Number(execFileSync('stty', ['speed'], { stdio: [terminal, 'pipe', 'inherit'] }).toString());
  const pty = await openPty(path, (bytes) => {
    if (!hears || hears(rate(), module)) module.receive(bytes);
  });
  if (!pty.ok) throw new Error(pty.failure.detail);
  const module = make((bytes) => pty.value.write(change(bytes)));
  terminal = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  const sensor = create(path);
  return {
    module,
    sensor,
    async close() {
      await sensor.close();
      closeSync(terminal);
      await pty.value.close();
      rmSync(folder, { recursive: true });
    },
  };
}
