/** The power fails between the activation command and its read-back: the next start finds out, or says it cannot. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { cardRead } from '../../src/cli/card-commands.ts';
import { compose, type Kiosk } from '../../src/compose.ts';
import { type Configuration, loadConfiguration } from '../../src/config.ts';
import { type Bench, startBench } from '../../src/virtual/client.ts';
import type { BenchCommand, BenchLogEntry } from '../../src/virtual/commands.ts';
import { benchConfiguration, temporaryFolder, value } from '../support/bench-kiosk.ts';

const reader = 'new';
const need = { readers: [reader], devices: [] };
const folder = temporaryFolder();
const file = path.join(folder, 'kiosk.json');
let bench: Bench;
let configuration: Configuration;

/** The bench goes on while the kiosk loses its power: so for the kiosk these are readers like any others. */
beforeAll(async () => {
  const { bench: settings, ...rest } = await benchConfiguration(folder);
  bench = value(await startBench({ ...settings, readers: [{ driver: 'pcsc', id: reader }], devices: [] }));
  const { devices: _, ...kiosk } = rest;
  const readers = rest.readers.filter(({ id }) => id === reader).map((one) => ({ ...one, virtual: false }));
  writeFileSync(file, JSON.stringify({ ...kiosk, readers }));
  configuration = value(await loadConfiguration(file));
});
afterAll(async () => {
  await bench?.stop();
  rmSync(folder, { recursive: true });
});

let kiosk: Kiosk | undefined;
afterEach(async () => {
  await kiosk?.close();
  kiosk = undefined;
});

const hand = async (command: BenchCommand) => void value(await bench.send(command));

/** Starts the kiosk again, as after a power cut. */
async function restart(): Promise<Kiosk> {
  kiosk = value(await compose(configuration, need));
  value(await kiosk.openDesk((bug) => expect.unreachable(String(bug))));
  return kiosk;
}

/** APDUs to the card before the activation command itself: type B is asked for its UID once, type A twice. */
const BEFORE_COMMAND = { A: 9, B: 8 };

function command(name: 'verify' | 'activate', card: string): ReturnType<typeof spawn> {
  const person = bench.status().cards.find(({ id }) => id === card)?.person;
  const finger = path.join(folder, 'bench/fingers', `${person}-right-index_2.png`);
  const args = ['card', name, '--reader', reader, '--finger', finger, '--config', file];
  return spawn('node', ['src/cli/kiosk.ts', ...args], { stdio: 'ignore' });
}

/** Activates the card by a process of its own, which is killed once the card carried the command out. */
async function cutInActivation(card: string, type: 'A' | 'B'): Promise<void> {
  await hand({ command: 'lay', card, reader });
  await hand({ command: 'log', on: true });
  await once(command('verify', card), 'exit');
  const log = async () => value(await bench.send({ command: 'read-log' })) as BenchLogEntry[];
  const verification = (await log()).filter(({ slot }) => slot === 'card').length;
  expect(verification).toBeGreaterThan(BEFORE_COMMAND[type]);
  const after = verification + BEFORE_COMMAND[type];
  await hand({ command: 'fault', reader, slot: 'card', after, effect: 'silence', carriedOut: true });
  const kiosk = command('activate', card);
  const ended = once(kiosk, 'exit');
  while ((await log()).at(-1)?.answer !== null) await sleep(20);
  kiosk.kill('SIGKILL');
  await ended;
  await hand({ command: 'pull', reader });
}

test('the card lies there again: settled as done, and queued', async () => {
  await cutInActivation('b-new', 'B');
  await hand({ command: 'lay', card: 'b-new', reader });
  const { parts } = await restart();
  expect(value(await parts.store.activations.open())).toEqual([]);
  expect(value(await parts.store.activations.unknown())).toEqual([]);
  expect(value(await parts.store.outbox.pending())).toHaveLength(1);
  expect(value(await parts.store.audit.verify()).ok).toBe(true);
});

test('the card is gone: unknown with its UID, until it is read again', async () => {
  await cutInActivation('a-new', 'A');
  const again = await restart();
  const { store } = again.parts;
  const [unknown] = value(await store.activations.unknown());
  expect(again.desk()?.status().unknownActivations).toMatchObject([{ uid: unknown?.uid }]);
  expect(unknown?.uid).toMatch(/^80[0-9A-F]{14}$/);

  await hand({ command: 'lay', card: 'a-new', reader });
  expect(await cardRead(again, { reader })).toMatchObject({ ok: true, value: { uid: unknown?.uid } });
  expect(value(await store.activations.unknown())).toEqual([]);
  expect(value(await store.outbox.pending())).toHaveLength(2);
});
