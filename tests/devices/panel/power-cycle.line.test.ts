/** The whole chain: a sensor hangs, its supervisor has the panel's relay switch its power, and it is ready again. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firmataSettings } from '../../../src/devices/panel/settings.ts';
import { createFlightRecorder } from '../../../src/devices/supervision/flight-recorder.ts';
import type { DeviceNews } from '../../../src/devices/supervision/health.ts';
import { supervisionSettings } from '../../../src/devices/supervision/settings.ts';
import { createSupervisor, type Supervisor } from '../../../src/devices/supervision/supervisor.ts';
import { type Devices, openDevices } from '../../../src/open-devices.ts';
import { lightLamps } from '../../../src/panel-lamps.ts';
import { value } from '../../support/bench-kiosk.ts';
import { type BenchPanel, startPanel, until } from './bench-panel.ts';

const wiring = {
  inputs: { mains: { pin: 4, as: 'power-fail' } },
  lamps: {
    green: { pin: 8, device: 'finger', shows: 'ready' },
    red: { pin: 9, device: 'finger', shows: 'fault' },
  },
  relays: { 'finger-power': { pin: 12, off: 0.1, start: 0.05 } },
};
const finger = { id: 'finger', driver: 'suprema-sfm', relay: 'finger-power' };
const patience = supervisionSettings.parse({
  heartbeat: 0.2,
  firstWait: 0.05,
  longestWait: 0.2,
  attemptsBeforePowerCycle: 2,
});

let far: BenchPanel;
let supervisor: Supervisor;
let devices: Devices;
let leaveLamps: () => void;
const states: string[] = [];
const stateOf = (id: string) => supervisor.health().find((one) => one.id === id)?.state;
const isReady = (id: string) => until(() => stateOf(id) === 'ready', supervisor.health);

beforeAll(async () => {
  far = await startPanel(wiring, [finger]);
  supervisor = createSupervisor(patience);
  supervisor.subscribe((news: DeviceNews) => {
    if (news.type === 'changed') states.push(`${news.device} ${news.to}`);
  });
  const sensor = { ...finger, kind: 'finger-sensor', driver: 'suprema-sfm', baudRate: 115_200 } as const;
  devices = openDevices(
    [{ ...sensor, port: `${far.folder}/finger` }, firmataSettings.parse(far.settings)],
    createFlightRecorder(),
    supervisor,
  );
  leaveLamps = lightLamps(devices.panels, supervisor, []);
});
afterAll(async () => {
  leaveLamps?.();
  supervisor?.close();
  await devices?.close();
  await far?.stop();
});

it('a sensor that hangs is power-cycled after so many attempts, and its lamps tell', async () => {
  await isReady('panel');
  await isReady('finger');
  await until(async () => (await far.look()).lamps.green === true);
  states.length = 0;
  value(await far.bench.send({ command: 'disturb', device: 'finger', as: 'hung' }));
  await until(() => stateOf('finger') === 'power-cycling', supervisor.health);
  await until(async () => (await far.look()).relays['finger-power'] === false);
  await isReady('finger');
  await until(async () => {
    const { lamps, relays } = await far.look();
    return lamps.green === true && lamps.red === false && relays['finger-power'] === true;
  });
  const failed = states.filter((state) => state === 'finger backing-off').length;
  // One attempt less than it takes: the last one is followed by the power cycle.
  expect(failed).toBe(patience.attemptsBeforePowerCycle - 1);
  expect(states.filter((state) => state === 'finger power-cycling')).toHaveLength(1);
});

it('a panel that is unplugged is lost at once, and ready when it is back', async () => {
  await isReady('panel');
  const told: boolean[] = [];
  const leave = devices.panels[0]!.subscribe(({ name, active }) => name === 'mains' && told.push(active));
  await far.plug(false);
  await until(() => stateOf('panel') === 'lost', supervisor.health);
  await far.set('mains', true);
  await far.plug(true);
  const began = performance.now();
  await isReady('panel');
  console.info(
    `the panel was ready ${Math.round(performance.now() - began)} ms after it was plugged in again`,
  );
  expect(told).toEqual([true]);
  leave();
});
