/** A panel on the bench, in its own process: what the tests of the driver and of the whole chain share. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type FirmataSettings, firmataSettings } from '../../../src/devices/panel/settings.ts';
import { type Bench, startBench } from '../../../src/virtual/client.ts';
import type { WireFault } from '../../../src/virtual/device.ts';
import type { PanelState } from '../../../src/virtual/devices/firmata-panel.ts';
import { value } from '../../support/bench-kiosk.ts';

export const never = new AbortController().signal;

export interface BenchPanel {
  readonly bench: Bench;
  readonly folder: string;
  readonly settings: FirmataSettings;
  press(button: string, ms: number): Promise<void>;
  set(contact: string, active: boolean): Promise<void>;
  /** What somebody who stands before it sees. */
  look(): Promise<PanelState>;
  disturb(as: WireFault | null, extent?: { rate?: number; frames?: number }): Promise<void>;
  plug(into: boolean): Promise<void>;
  power(on: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** @param others More devices of the bench, by id, driver and relay; their ports are `⟨folder⟩/⟨id⟩`. */
export async function startPanel(
  wiring: object,
  others: readonly { id: string; driver: string; relay?: string }[] = [],
): Promise<BenchPanel> {
  const folder = await mkdtemp(path.join(tmpdir(), 'anjungan-panel-'));
  const port = path.join(folder, 'panel');
  const settings = firmataSettings.parse({ id: 'panel', kind: 'panel', driver: 'firmata', port, ...wiring });
  const located = others.map((other) => ({ ...other, port: path.join(folder, other.id) }));
  const bench = value(await startBench({ folder, readers: [], devices: [settings, ...located] }));
  const device = settings.id;
  const act = async (what: object) =>
    value(await bench.send({ command: 'device', device, act: { ...what } }));
  return {
    bench,
    folder,
    settings,
    press: async (button, ms) => void (await act({ press: button, ms })),
    set: async (contact, active) => void (await act({ set: contact, active })),
    look: async () => (await act({ read: true })) as PanelState,
    disturb: async (as, extent = {}) =>
      void value(await bench.send({ command: 'disturb', device, as, ...extent })),
    plug: async (into) => void value(await bench.send({ command: 'plug', device, in: into })),
    power: async (on) => void value(await bench.send({ command: 'power', device, on })),
    async stop() {
      await bench.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Waits until it is so; says what was, when it does not come. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: () => unknown = () => '',
): Promise<void> {
  const deadline = performance.now() + 40_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${JSON.stringify(what())}`);
    await delay(10);
  }
}
