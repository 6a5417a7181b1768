import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { attachBench, type Bench } from '../../src/virtual/client.ts';
import { type Control, serveControl } from '../../src/virtual/control.ts';
import { LineSplitter } from '../../src/virtual/line-splitter.ts';
import { World } from '../../src/virtual/world.ts';
import { standIn } from './holder.ts';

let folder: string;
let path: string;
let world: World;
let control: Control;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'control-'));
  path = join(folder, 'inner', 'control.sock');
  world = new World({}, [standIn('one', 1)]);
  world.addReader('new', 'apdu');
  const served = await serveControl(path, world);
  if (!served.ok) throw new Error(served.failure.code);
  control = served.value;
});
afterEach(() => {
  control.close();
  rmSync(folder, { recursive: true });
});

async function attach(): Promise<Bench> {
  const attached = await attachBench(path);
  if (!attached.ok) throw new Error(attached.failure.code);
  return attached.value;
}

it('is for its owner only', () => {
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('is one a folder', async () => {
  expect(await serveControl(path, world)).toMatchObject({ failure: { code: 'BENCH-RUNNING' } });
});

it('takes the place of one that was killed', async () => {
  control.close();
  const again = await serveControl(path, world);
  expect(again.ok).toBe(true);
  if (again.ok) control = again.value;
});

it('tells the status at once, and is up to date when a command is answered', async () => {
  const bench = await attach();
  expect(bench.status().readers[0]?.card).toBeNull();
  expect(await bench.send({ command: 'lay', card: 'b-new', reader: 'new' })).toEqual({ ok: true });
  expect(bench.status().readers[0]?.card).toBe('b-new');
  expect(await bench.send({ command: 'status' })).toEqual({ ok: true, value: bench.status() });
  await bench.stop();
});

it('tells a change before it answers the command that made it', async () => {
  const raw = connect(path);
  const lines = new LineSplitter();
  const heard: string[] = [];
  raw.on('data', (bytes) => {
    for (const line of lines.push(bytes)) heard.push(Object.keys(JSON.parse(line)).join());
  });
  raw.write('{"id":1,"command":{"command":"lay","card":"b-new","reader":"new"}}\n');
  while (!heard.includes('id,result')) await once(raw, 'data');
  expect(heard).toEqual(['status', 'status', 'id,result']);
  raw.destroy();
});

it('tells everybody what another has changed, and nobody who has left', async () => {
  const [bench, other] = [await attach(), await attach()];
  const seen: (string | null | undefined)[] = [];
  const end = other.subscribe(({ readers }) => seen.push(readers[0]?.card));
  await bench.send({ command: 'lay', card: 'b-new', reader: 'new' });
  await bench.send({ command: 'pull', reader: 'new' });
  await other.send({ command: 'status' });
  expect(seen).toContain('b-new');
  expect(seen.at(-1)).toBeNull();
  end();
  const before = seen.length;
  await bench.send({ command: 'lay', card: 'b-new', reader: 'new' });
  await other.send({ command: 'status' });
  expect(seen).toHaveLength(before);
  await bench.stop();
  await other.stop();
});

it('answers several commands in their order', async () => {
  const bench = await attach();
  const done = await Promise.all(
    ['b-new', 'a-new', 'nothing', 'b-old'].map((card) => bench.send({ command: 'lay', card, reader: 'new' })),
  );
  expect(done.map(({ ok }) => ok)).toEqual([true, true, false, true]);
  expect(bench.status().readers[0]?.card).toBe('b-old');
  await bench.stop();
});

it('refuses what is no command, and stays', async () => {
  const bench = await attach();
  const refused = { failure: { code: 'BENCH-COMMAND-INVALID' } };
  expect(await bench.send({ command: 'explode' } as never)).toMatchObject(refused);
  expect(await bench.send({ command: 'pull', reader: 'new', force: true } as never)).toMatchObject(refused);
  const raw = connect(path);
  const answers: string[] = [];
  raw.on('data', (bytes) => answers.push(...String(bytes).trim().split('\n')));
  raw.write('not json\n{"id":7}\n\n"x"\n');
  while (answers.length < 4) await once(raw, 'data');
  expect(answers.slice(1).map((line) => JSON.parse(line))).toMatchObject([
    { id: -1, result: refused },
    { id: 7, result: refused },
    { id: -1, result: refused },
  ]);
  raw.destroy();
  expect((await bench.send({ command: 'status' })).ok).toBe(true);
  await bench.stop();
});

it('says so when the bench has ended', async () => {
  const bench = await attach();
  control.close();
  const ended = { failure: { code: 'BENCH-ENDED' } };
  expect(await bench.send({ command: 'status' })).toMatchObject(ended);
  expect(await bench.send({ command: 'status' })).toMatchObject(ended);
  expect(await attachBench(path)).toMatchObject(ended);
});
