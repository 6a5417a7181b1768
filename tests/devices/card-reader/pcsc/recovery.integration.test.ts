/** What hangs, dies or is killed under the driver: it says so, and comes back by itself. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ApduReader, ReaderStatus } from '../../../../src/devices/card-reader/port.ts';
import { ok } from '../../../../src/failures/failure.ts';
import {
  apart,
  codeOf,
  EchoCard,
  lay,
  never,
  openReader,
  read,
  readOften,
  startTwoSlots,
  step,
  type TwoSlots,
  told,
  until,
  value,
} from './two-slots.ts';

const chip = new EchoCard('CHIP');
const sam = new EchoCard('SAM');
let two: TwoSlots;
let reader: ApduReader;
let seen: ReaderStatus[];

beforeAll(async () => {
  two = await startTwoSlots();
});
afterAll(() => two.end());

beforeEach(async () => {
  reader = openReader({ wire: { apduTimeoutMs: 500 } });
  await lay(two, reader, { card: chip, sam });
  seen = [];
  reader.subscribe((status) => seen.push(status));
});
afterEach(() => reader.close());

const samOf = () => reader.exchange(never, async ({ sam }) => ok(sam));
const ready = () =>
  until(reader, ({ state, card, sam }) => state === 'ready' && card === true && sam === true);
const states = () => seen.map(({ state }) => state);
const many = apart((card) => readOften(card, 100_000));

/** The driver's child processes of a process. */
function childrenOf(pid: number): number[] {
  try {
    return execFileSync('pgrep', ['-P', `${pid}`, '-f', 'pcsc/child.ts'], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return []; // pgrep found none
  }
}

test('a command that is never answered ends in its code; with the card away and back, the next exchange works', async () => {
  const before = value(await samOf());
  two.chip.addFault({ after: 2, effect: 'silence', carriedOut: false });
  const codes = await reader.exchange(
    never,
    apart(async (card, slot) => {
      const answers = [
        await readOften(card, 10),
        await card.transmit(read(8)),
        await slot!.transmit(read(8)),
      ];
      return ok(answers.map(codeOf));
    }),
  );
  // The child was killed, and took the SAM with it.
  expect(value(codes)).toEqual(['CARD-TIMEOUT', 'CARD-TIMEOUT', 'CARD-TIMEOUT']);
  expect(seen).toContainEqual({
    state: 'connecting',
    card: null,
    sam: null,
    failure: { code: 'CARD-TIMEOUT' },
  });

  two.chip.put(null);
  const next = samOf();
  await sleep(1000); // longer than pcscd needs to see the empty slot
  two.chip.put(chip);
  const after = value(await next);
  expect(after).toBeDefined();
  expect(after).not.toBe(before);
});

test('a script that hangs in the middle tells the answers before it, and what hung', async () => {
  two.chip.addFault({ after: 2, effect: 'silence', carriedOut: false });
  const script = [step(8), step(4, 'sam'), step(7), step(6), step(4, 'sam')];
  const outcomes = await reader.exchange(never, async (slots) =>
    ok([told(await slots.run(script, never)), told(await slots.run([step(4, 'sam')], never))]),
  );
  expect(value(outcomes)).toEqual([[8, 4, 7, 'CARD-TIMEOUT'], ['CARD-TIMEOUT']]);
  two.chip.put(null);
  await sleep(1000); // longer than pcscd needs to see the empty slot
  two.chip.put(chip);
  await ready();
  expect(codeOf(await samOf())).toBe('ok');
});

test('a script may take longer than the time-out of each of its commands', async () => {
  const extended = { ...step(0), apdu: Uint8Array.of(0x00, 0xb0, 0x00, 0x00, 0x00, 0x40, 0x00) };
  const start = performance.now();
  const outcome = await reader.exchange(never, async (slots) =>
    ok(told(await slots.run(Array(50).fill(extended), never))),
  );
  expect(value(outcome)).toEqual(Array(50).fill(0x4000));
  expect(performance.now() - start).toBeGreaterThan(500); // else it would show nothing
});

test('while the service still waits for that command, the next exchange says so', async () => {
  two.chip.addFault({ after: 0, effect: 'silence', carriedOut: false });
  const impatient = openReader({ wire: { apduTimeoutMs: 300, connectTimeoutMs: 500 } });
  expect(codeOf(await impatient.exchange(never, many))).toBe('CARD-TIMEOUT');
  expect(codeOf(await impatient.exchange(never, many))).toBe('CARD-TIMEOUT');
  await impatient.close();
  two.chip.put(null);
});

test('the service killed in the middle of an exchange, and started again', async () => {
  const before = value(await samOf());
  seen.length = 0;
  const killed = reader.exchange(never, async (slots) => {
    setTimeout(() => two.pcscd.kill(), 100);
    return many(slots);
  });
  expect(codeOf(await killed)).toBe('CARD-SERVICE-ABSENT');
  expect(reader.status()).toMatchObject({ state: 'lost', card: null, sam: null });
  expect(codeOf(await samOf())).toBe('CARD-SERVICE-ABSENT');

  value(await two.pcscd.start());
  await ready();
  expect(states()).not.toContain('connecting');
  const after = value(await samOf());
  expect(after).toBeDefined();
  expect(after).not.toBe(before);
});

test('the service killed and started again while nobody used it', async () => {
  await two.pcscd.kill();
  await until(reader, ({ state }) => state === 'lost');
  value(await two.pcscd.start());
  await ready();
  expect(codeOf(await samOf())).toBe('ok');
});

test('a service that is not there at the start is waited for', async () => {
  await two.pcscd.stop();
  const early = openReader();
  const lost = await until(early, ({ state }) => state === 'lost');
  expect(lost.failure?.code).toBe('CARD-SERVICE-ABSENT');
  expect(codeOf(await early.check(never))).toBe('CARD-SERVICE-ABSENT');
  const [child] = childrenOf(process.pid).slice(-1);
  value(await two.pcscd.start());
  await until(early, ({ state }) => state === 'ready');
  expect(childrenOf(process.pid)).toContain(child); // it tried by itself: no process for every attempt
  await early.close();
});

test('the child killed in the middle of an exchange', async () => {
  const killed = reader.exchange(never, async (slots) => {
    for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGKILL');
    return many(slots);
  });
  expect(codeOf(await killed)).toBe('CARD-HELPER-ENDED');
  expect(codeOf(await samOf())).toBe('ok');
  expect(states()).toEqual(['busy', 'connecting', 'ready', 'busy', 'ready']);
});

test('a closed reader ends its child and what is under way', async () => {
  const closed = reader.exchange(never, many);
  await until(reader, ({ state }) => state === 'busy');
  await reader.close();
  expect(['CARD-ABORTED', 'CARD-HELPER-ENDED']).toContain(codeOf(await closed));
  expect(codeOf(await samOf())).toBe('CARD-ABORTED');
  expect(childrenOf(process.pid)).toEqual([]);
});

test('a parent that is killed leaves no child, though a command hangs', async () => {
  two.chip.addFault({ after: 0, effect: 'silence', carriedOut: false });
  const parent = spawn(process.execPath, [fileURLToPath(new URL('./parent.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => parent.stdout.once('data', resolve));
  const children = childrenOf(parent.pid!);
  expect(children).toHaveLength(1);
  parent.kill('SIGKILL');
  while (children.some((pid) => existsSync(`/proc/${pid}`))) await sleep(20);
  two.chip.put(null);
});
