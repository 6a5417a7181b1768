/** Faults of a virtual module, recorded as in the field, are the same faults when they are replayed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFlightRecorder } from '../../src/devices/supervision/flight-recorder.ts';
import { encodeTrace, type Trace } from '../../src/devices/supervision/trace-file.ts';
import { openDevices } from '../../src/open-devices.ts';
import { type Bench, startBench } from '../../src/virtual/client.ts';
import type { BenchCommand } from '../../src/virtual/commands.ts';
import { capture, never } from '../devices/fingerprint/bench-sensors.ts';
import { codeOf, value } from '../support/bench-kiosk.ts';
import { replay } from '../support/replay.ts';
import { makeTest } from '../support/replay-test.ts';

const DRIVERS = ['r30x', 'gt511c3', 'suprema-sfm'] as const;
const BAUD_RATES = { r30x: 57_600, gt511c3: 115_200, 'suprema-sfm': 115_200 } as const;
type Driver = (typeof DRIVERS)[number];

let folder: string;
let bench: Bench;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'replays-'));
  const devices = DRIVERS.map((driver) => ({ id: driver, driver, port: portOf(driver) }));
  bench = value(await startBench({ folder, readers: [], devices, seed: 'replays' }));
});
afterAll(async () => {
  await bench?.stop();
  await rm(folder, { recursive: true });
});

const portOf = (driver: Driver) => path.join(folder, 'tty', driver);
const hand = async (command: BenchCommand) => value(await bench.send(command));

/** Checks the device and captures, while `act` goes on: what was recorded of it, and how it ended. */
async function recorded(driver: Driver, act: () => Promise<unknown>): Promise<Trace> {
  const settings = {
    id: driver,
    kind: 'finger-sensor',
    driver,
    port: portOf(driver),
    baudRate: BAUD_RATES[driver],
  } as const;
  const recorder = createFlightRecorder();
  const devices = openDevices([settings], recorder, undefined);
  expect(codeOf(await devices.all[0]!.device.check(never))).toBeNull();
  const captured = capture(devices.fingerSensors[0]!);
  await awaited(driver);
  await act();
  const code = await captured;
  await devices.close();
  await hand({ command: 'lift', sensor: driver });
  await hand({ command: 'heal' });
  await hand({ command: 'plug', device: driver, in: true });
  const failure = typeof code === 'string' ? { failure: { code } } : {};
  return { head: { trace: 1, device: driver, settings, ...failure }, entries: recorder.entries(driver) };
}

const press = (driver: Driver) => () =>
  hand({ command: 'press', sensor: driver, finger: 'endah-2', rests: true });
const garble = (driver: Driver) => () => hand({ command: 'disturb', device: driver, as: 'checksum' });

async function awaited(driver: Driver): Promise<void> {
  const read = { command: 'device', device: driver, act: { read: true } } as const;
  while (!((await hand(read)) as { awaitsFinger: boolean }).awaitsFinger) await delay(10);
}

// The SFM, too, would do; it takes nine seconds to give up.
test.each(['r30x', 'gt511c3'] as const)('%s: an answer spoilt on the way is spoilt again', async (driver) => {
  const trace = await recorded(driver, garble(driver));
  expect(trace.head.failure).toEqual({ code: 'SENSOR-GARBLED' });
  expect(await replay(trace)).toEqual({ outcome: 'SENSOR-GARBLED', differs: undefined });
});

test.each(DRIVERS)('%s: a capture that went well goes well', async (driver) => {
  const trace = await recorded(driver, press(driver));
  expect(trace.head.failure).toBeUndefined();
  // Said to have failed, it is seen not to have.
  const accused = { ...trace.head, failure: { code: 'done' } };
  expect(await replay({ ...trace, head: accused })).toEqual({ outcome: 'done', differs: undefined });
});

test('a pulled plug is pulled again', async () => {
  const trace = await recorded('r30x', () => hand({ command: 'plug', device: 'r30x', in: false }));
  expect(trace.head.failure).toEqual({ code: 'SENSOR-LOST' });
  expect((await replay(trace)).outcome).toBe('SENSOR-LOST');
});

test('of a trace a test is made that fails as in the field', async () => {
  const trace = await recorded('r30x', garble('r30x'));
  const made = await makeTest(encodeTrace(trace), folder);
  expect(made.test).toBe(path.join(folder, 'r30x-SENSOR-GARBLED.line.test.ts'));
  expect(await readFile(path.join(folder, 'r30x-SENSOR-GARBLED.jsonl'), 'utf8')).toBe(encodeTrace(trace));
  const test = await readFile(made.test!, 'utf8');
  expect(test).toContain("expect(outcome).not.toBe('SENSOR-GARBLED')");
  const [, imported = ''] = /from '(.*replay\.ts)'/.exec(test) ?? [];
  expect(path.resolve(folder, imported)).toBe(path.resolve('tests/support/replay.ts'));
});
