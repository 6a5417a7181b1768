/** A kiosk whose sensor works, is lost, comes back, fails, and is switched off: what is kept of that. */
import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../src/cli/commands.ts';
import { compose, EVERYTHING, type Kiosk } from '../src/compose.ts';
import { checkConfiguration } from '../src/config.ts';
import { decodeTrace } from '../src/devices/supervision/trace-file.ts';
import type { BenchCommand } from '../src/virtual/commands.ts';
import { auditOf } from './support/audit.ts';
import { codeOf, temporaryFolder, value } from './support/bench-kiosk.ts';

let folder: string;
let dataDir: string;
let kiosk: Kiosk;
beforeAll(async () => {
  folder = temporaryFolder();
  dataDir = path.join(folder, 'kiosk');
  const [port, panelPort] = ['finger', 'panel'].map((device) => path.join(folder, 'tty', device));
  const configuration = checkConfiguration(
    {
      dataDir,
      readers: [],
      devices: [
        { id: 'finger', kind: 'finger-sensor', driver: 'r30x', port, relay: 'finger-power', virtual: true },
        {
          id: 'panel',
          kind: 'panel',
          driver: 'firmata',
          port: panelPort,
          relays: { 'finger-power': { pin: 12 } },
          virtual: true,
        },
      ],
      supervision: { heartbeat: 0.1, firstWait: 0.05, longestWait: 0.2, attemptsBeforePowerCycle: 100 },
      bench: { folder: path.join(folder, 'bench') },
    },
    'a test',
  );
  kiosk = value(await compose(value(configuration), EVERYTHING));
});
afterAll(async () => {
  await kiosk?.close();
  rmSync(folder, { recursive: true });
});

const hand = async (command: BenchCommand) => value(await kiosk.bench!.send(command));
type DeviceCommand = 'device restart' | 'device disable' | 'device enable' | 'device calibrated';
const console = (command: DeviceCommand, device = 'finger') =>
  run(kiosk, { command, device, language: 'en' });
const state = (device: string) => kiosk.supervisor!.health().find(({ id }) => id === device)!.state;

/** Resolves once the supervisor's news leave the device in this state. */
function until(wanted: string, device = 'finger'): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (state(device) !== wanted) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = kiosk.supervisor!.subscribe(look);
    look();
  });
}

async function capture(): Promise<string | null> {
  const frames = kiosk.devices.fingerSensors[0]!.acquire({ positions: [2] }, new AbortController().signal);
  for (;;) {
    const next = await frames.next();
    if (next.done) return codeOf(next.value);
  }
}

test('a device is used, lost, found again, and fails in use', async () => {
  await until('ready');
  await hand({
    command: 'press',
    sensor: 'finger',
    finger: kiosk.bench!.status().fingers[0]!.id,
    rests: true,
  });
  expect(await capture()).toBeNull();
  await hand({ command: 'lift', sensor: 'finger' });

  await hand({ command: 'plug', device: 'finger', in: false });
  await until('lost');
  await hand({ command: 'plug', device: 'finger', in: true });
  await until('ready');

  await hand({ command: 'disturb', device: 'finger', as: 'silent' });
  expect(await capture()).toBe('SENSOR-SILENT');
  await until('backing-off');
  await hand({ command: 'heal' });
  await until('ready');
});

test('a technician restarts it, switches it off and on', async () => {
  await until('ready', 'panel');
  expect(codeOf(await console('device restart', 'nobody'))).toBe('DEVICE-UNKNOWN');
  value(await console('device restart'));
  await until('ready');
  expect(value(await console('device disable'))).toEqual({ device: 'finger', state: 'disabled' });
  expect(await capture()).toBe('DEVICE-DISABLED');
  value(await console('device enable'));
  await until('ready');
});

test('when a technician calibrated it, check tells', async () => {
  expect(codeOf(await console('device calibrated', 'nobody'))).toBe('DEVICE-UNKNOWN');
  const { calibratedAt } = value(await console('device calibrated')) as { calibratedAt: string };
  const { devices } = value(await run(kiosk, { command: 'check', language: 'en' })) as {
    devices: { id: string; calibratedAt?: string }[];
  };
  expect(devices.flatMap((one) => (one.calibratedAt ? [[one.id, one.calibratedAt]] : []))).toEqual([
    ['finger', calibratedAt],
  ]);
});

test('what is kept of all that', async () => {
  const { devices } = kiosk.parts.store;
  await kiosk.supervisor!.test('finger', new AbortController().signal);
  const counts = value(await devices.counts()).map(({ outcome, count }) => [outcome, count]);
  // Once in use, once in the test that followed.
  expect(counts).toContainEqual(['SENSOR-SILENT', 2]);
  expect(counts).toContainEqual(['captured', 1]);
  const seen = value(await devices.lastSeen()).filter(({ device }) => device === 'finger');
  expect(seen).toMatchObject([
    { device: 'finger', identity: expect.stringContaining('R30x'), temperature: null },
  ]);

  const file = path.join(dataDir, 'traces', 'finger-SENSOR-SILENT.jsonl');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { head, entries } = value(decodeTrace(readFileSync(file, 'utf8')));
  expect(head).toMatchObject({ device: 'finger', failure: { code: 'SENSOR-SILENT' } });
  expect(entries.map((entry) => ('event' in entry ? entry.event : ''))).toEqual(
    expect.arrayContaining(['opened', 'check', 'check: done', 'capture', 'capture: SENSOR-SILENT']),
  );

  await kiosk.close();
  const audit = auditOf(dataDir).filter(({ data }) => data.device === 'finger');
  const toldBy = (who: string) =>
    audit.filter(({ by }) => by === who).map(({ event, data }) => [event, data.code ?? '']);
  expect(toldBy('kiosk')).toEqual([
    ['device-lost', expect.stringMatching(/^SE(RIAL|NSOR)-/)],
    ['device-back', ''],
    ['device-lost', 'SENSOR-SILENT'],
    ['device-back', ''],
    // The restart: its power comes through the panel.
    ['device-power-cycled', ''],
  ]);
  expect(toldBy('console')).toEqual([
    ['device-restarted', ''],
    ['device-disabled', ''],
    ['device-enabled', ''],
    ['device-calibrated', ''],
  ]);
});
