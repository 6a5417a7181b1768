/** The bench as a process, with a real pcscd and a real PC/SC client. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attachBench, type Bench, benchSocket, startBench } from '../../src/virtual/client.ts';
import type { BenchCommand, BenchLogEntry } from '../../src/virtual/commands.ts';
import { LineSplitter } from '../../src/virtual/line-splitter.ts';
import type { BenchPlan } from '../../src/virtual/settings.ts';
import { descendants, leftAfter } from './processes.ts';

const PATIENCE_MS = 10_000;

interface Told {
  readonly reader?: string;
  readonly card?: 'present' | 'absent' | 'mute';
  readonly answer?: string;
  readonly error?: string;
  readonly lost?: string;
}

/** The PC/SC client in its own process. */
class Client {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly told: Told[] = [];

  constructor() {
    this.#process = spawn(process.execPath, [fileURLToPath(new URL('pcsc-client.ts', import.meta.url))]);
    const lines = new LineSplitter();
    this.#process.stdout.on('data', (bytes) => {
      for (const line of lines.push(bytes)) this.told.push(JSON.parse(line));
    });
  }

  /** The first that fits among what is told from now on. */
  async next(fits: (told: Told) => boolean, from = this.told.length): Promise<Told> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = this.told.slice(from).find(fits);
      if (found) return found;
      if (performance.now() > deadline)
        throw new Error(`not told: ${fits}; but ${JSON.stringify(this.told)}`);
      await delay(10);
    }
  }

  async sees(reader: string, card: Told['card'], from = this.told.length): Promise<void> {
    await this.next((told) => told.reader?.includes(reader) === true && told.card === card, from);
  }

  async ask(reader: string, apdu: string): Promise<string> {
    const from = this.told.length;
    this.#process.stdin.write(`${reader} ${apdu}\n`);
    const { answer, error } = await this.next(({ answer, error }) => Boolean(answer ?? error), from);
    return answer ?? `error: ${error ?? ''}`;
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}

let folder: string;
let bench: Bench | undefined;
let client: Client | undefined;

beforeEach(() => {
  // A blank in the path: reader.conf must not meet it.
  folder = mkdtempSync(join(tmpdir(), 'the bench-'));
});
afterEach(async () => {
  await client?.end();
  await bench?.stop();
  client = undefined;
  bench = undefined;
  rmSync(folder, { recursive: true });
});

function plan(changes: Partial<BenchPlan> = {}): BenchPlan & { folder: string } {
  return {
    readers: [
      { driver: 'pcsc', id: 'new' },
      { driver: 'len', id: 'old', port: join(folder, 'tty', 'old') },
    ],
    devices: [{ id: 'finger', driver: 'suprema-sfm', port: join(folder, 'tty', 'finger') }],
    ...changes,
    folder,
  };
}

async function start(changes?: Partial<BenchPlan>): Promise<Bench> {
  const started = await startBench(plan(changes));
  if (!started.ok) throw new Error(`${started.failure.code} ${started.failure.detail}`);
  bench = started.value;
  return bench;
}

async function does(command: BenchCommand): Promise<unknown> {
  const done = await bench!.send(command);
  if (!done.ok) throw new Error(`${done.failure.code} ${done.failure.detail}`);
  return done.value;
}

const SELECT_DF = '00A40000027F0A';

describe('over PC/SC', () => {
  it('shows chip and SAM, insertion and removal, and answers', async () => {
    await start({ lay: { new: 'a-new' } });
    client = new Client();
    await client.sees('Anjungan Virtual SAM new', 'present', 0);
    await client.sees('Anjungan Virtual Chip new', 'present', 0);
    await does({ command: 'log', on: true });
    expect(await client.ask('Chip', SELECT_DF)).toBe('9000');
    expect(await client.ask('Chip', 'FFCA000000')).toMatch(/^04.{12}9000$/);
    expect(await client.ask('Chip', '00A40000026FF2')).toBe('9000');
    expect(await client.ask('Chip', '00B00000F8')).toMatch(/^.{4}FFD8.{488}9000$/); // a JPEG
    expect(await client.ask('SAM', '00FF000000')).toBe('6985');
    const log = (await does({ command: 'read-log' })) as BenchLogEntry[];
    expect(log.filter(({ slot }) => slot === 'card').map(({ command }) => command)).toContain(SELECT_DF);

    let from = client.told.length;
    await does({ command: 'pull', reader: 'new' });
    await client.sees('Chip', 'absent', from);
    from = client.told.length;
    await does({ command: 'lay', card: 'b-old', reader: 'new' });
    await client.sees('Chip', 'present', from);
    expect(await client.ask('Chip', SELECT_DF)).toBe('9000');
    expect(await client.ask('Chip', '00DD000008')).toMatch(/^.{16}9000$/);

    // A swap is seen as removal and insertion.
    from = client.told.length;
    await does({ command: 'lay', card: 'dead', reader: 'new' });
    await client.sees('Chip', 'absent', from);
    await client.sees('Chip', 'mute', from);
    from = client.told.length;
    await does({ command: 'sam', reader: 'new', sam: 'absent' });
    await client.sees('SAM', 'absent', from);
  });

  it('loses a card in the middle, and hears the next', async () => {
    await start({ lay: { new: 'b-new' } });
    client = new Client();
    await client.sees('Chip', 'present', 0);
    expect(await client.ask('Chip', SELECT_DF)).toBe('9000');
    await does({ command: 'fault', reader: 'new', slot: 'card', after: 1, effect: 'pull' });
    expect(await client.ask('Chip', SELECT_DF)).toBe('9000');
    const from = client.told.length;
    expect(await client.ask('Chip', SELECT_DF)).toMatch(/^error/);
    await client.sees('Chip', 'absent', from);
    await does({ command: 'lay', card: 'b-new', reader: 'new' });
    await client.sees('Chip', 'present', from);
    expect(await client.ask('Chip', SELECT_DF)).toBe('9000');
  });

  it('waits for a card that never answers until it is pulled', async () => {
    await start({ lay: { new: 'b-new' } });
    client = new Client();
    await client.sees('Chip', 'present', 0);
    await does({ command: 'fault', reader: 'new', slot: 'card', after: 0, effect: 'silence' });
    const from = client.told.length;
    const asked = client.ask('Chip', SELECT_DF);
    await delay(6_000); // longer than any time-out of the driver
    expect(client.told.slice(from)).toEqual([]);
    await does({ command: 'pull', reader: 'new' });
    expect(await asked).toMatch(/^error/);
    await client.end();
    await does({ command: 'lay', card: 'b-new', reader: 'new' });
    client = new Client();
    await client.sees('Chip', 'present', 0);
    expect(await client.ask('Chip', SELECT_DF)).toBe('9000');
  });

  it('loses its pcscd and gets it back', async () => {
    await start({ lay: { new: 'b-new' } });
    client = new Client();
    await client.sees('Chip', 'present', 0);
    const from = client.told.length;
    await does({ command: 'pcscd', action: 'kill' });
    expect(bench!.status().pcscd).toBe('ended');
    await client.next(({ lost }) => lost !== undefined, from);
    await client.end();
    await does({ command: 'pcscd', action: 'start' });
    expect(bench!.status().pcscd).toBe('running');
    await does({ command: 'pcscd', action: 'restart' });
    client = new Client();
    await client.sees('Chip', 'present', 0);
    expect(await client.ask('Chip', SELECT_DF)).toBe('9000');
  });

  it('leaves another pcscd alone', async () => {
    await start();
    const other = mkdtempSync(join(tmpdir(), 'other-'));
    const refused = await startBench({ ...plan(), folder: other });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'BENCH-PCSCD-RUNNING' } });
    expect(existsSync(benchSocket(other))).toBe(false);
    rmSync(other, { recursive: true });
    client = new Client();
    await client.sees('SAM', 'present', 0);
  });
});

it('answers on the old reader’s line', async () => {
  await start({ readers: [{ driver: 'len', id: 'old', port: join(folder, 'tty', 'old') }] });
  expect(bench!.status()).toMatchObject({ pcscd: null, sensors: ['finger', 'old'] });
  const line = openSync(join(folder, 'tty', 'old'), 'r+');
  const input = createReadStream('', { fd: line });
  writeSync(line, 'ektpack#;\0');
  const [answer] = await once(input, 'data');
  expect(String(answer)).toBe('$ack#len442ektpreader#;');
  input.on('error', () => {}); // EIO when the line goes
  input.destroy();
});

it('is one a folder, and can be attached to', async () => {
  await start({ readers: [] });
  expect(await startBench(plan({ readers: [] }))).toMatchObject({ failure: { code: 'BENCH-RUNNING' } });
  const attached = await attachBench(bench!.socket);
  if (!attached.ok) throw new Error(attached.failure.code);
  expect(attached.value.status()).toEqual(bench!.status());
  await attached.value.stop();
  expect((await bench!.send({ command: 'status' })).ok).toBe(true);
});

it('refuses a plan whose card is not in the deck', async () => {
  expect(await startBench(plan({ lay: { new: 'c-new' } }))).toMatchObject({
    failure: { code: 'BENCH-COMMAND-INVALID' },
  });
});

describe('everything that it started', () => {
  const benchProcess = (parent: number) => {
    const found = descendants(parent).find(
      ({ command }) => command.includes('virtual/bench.ts') && command.includes(folder),
    );
    if (!found) throw new Error('no bench process');
    return found;
  };
  const family = (pid: number) => {
    const found = descendants(pid);
    const names = found.map(({ command }) => command.split(' ')[0]?.split('/').at(-1));
    expect(names.filter((name) => name === 'socat')).toHaveLength(4);
    expect(names).toContain('pcscd');
    return found;
  };

  it('ends when it is stopped', async () => {
    await start();
    const self = benchProcess(process.pid);
    const all = [self, ...family(self.pid)];
    await bench!.stop();
    expect(await leftAfter(0, [self])).toEqual([]);
    expect(await leftAfter(2_000, all)).toEqual([]);
    expect(existsSync('/run/pcscd/pcscd.comm')).toBe(false);
    expect(existsSync(join(folder, 'tty', 'old'))).toBe(false);
  });

  it('ends when it is killed; and the next starts over its remains', async () => {
    await start();
    const self = benchProcess(process.pid);
    const all = family(self.pid);
    process.kill(self.pid, 'SIGKILL');
    expect(await leftAfter(5_000, all)).toEqual([]);
    expect(await bench!.send({ command: 'status' })).toMatchObject({ failure: { code: 'BENCH-ENDED' } });
    await start();
  });

  it('ends when whoever started it is killed', async () => {
    const client = join(import.meta.dirname, '../../src/virtual/client.ts');
    const script = `import { startBench } from ${JSON.stringify(client)};
      console.log(JSON.stringify(await startBench(${JSON.stringify(plan())})));`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [line] = await once(parent.stdout, 'data');
    expect(JSON.parse(String(line))).toMatchObject({ ok: true });
    const self = benchProcess(parent.pid!);
    const all = [self, ...family(self.pid)];
    parent.kill('SIGKILL');
    expect(await leftAfter(5_000, all)).toEqual([]);
  });

  it('ends also when its pcscd is stuck with a card that never answers', async () => {
    await start({ lay: { new: 'b-new' } });
    client = new Client();
    await client.sees('Chip', 'present', 0);
    await does({ command: 'fault', reader: 'new', slot: 'card', after: 0, effect: 'silence' });
    const asked = client.ask('Chip', SELECT_DF).catch(() => 'never');
    await delay(500);
    const self = benchProcess(process.pid);
    const all = family(self.pid);
    process.kill(self.pid, 'SIGKILL');
    expect(await leftAfter(8_000, all)).toEqual([]);
    await client.end();
    await asked;
  });
});
