/** The driver against the emulated box, which has its own codec and runs in a process of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLenReader } from '../../../../src/devices/card-reader/len/driver.ts';
import type { SealedReader } from '../../../../src/devices/card-reader/port.ts';
import { type Bench, startBench } from '../../../../src/virtual/client.ts';
import type { BenchCommand } from '../../../../src/virtual/commands.ts';

const by = { id: 'op7', nik: '3273011203900004' };
const never = new AbortController().signal;

let folder: string;
let bench: Bench;
let old: SealedReader;

async function tell(command: BenchCommand): Promise<void> {
  const done = await bench.send(command);
  if (!done.ok) throw new Error(`${done.failure.code} ${done.failure.detail}`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'old-reader-bench-'));
  const port = join(folder, 'old');
  const started = await startBench({
    folder,
    readers: [{ driver: 'len', id: 'old', port }],
    devices: [],
  });
  if (!started.ok) throw new Error(`${started.failure.code} ${started.failure.detail}`);
  bench = started.value;
  old = createLenReader({ id: 'old', generation: 'old', driver: 'len', ports: [port] });
}, 60_000);
afterAll(async () => {
  await old?.close();
  await bench?.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => tell({ command: 'heal' }));

describe('the emulated old reader', () => {
  it('verifies the holder of an old card, and nobody else', async () => {
    const card = bench.status().cards.find(({ id }) => id === 'a-old')!;
    const own = bench
      .status()
      .fingers.find(({ person, position }) => person === card.person && position === 2)!;
    const other = bench.status().fingers.find(({ person }) => person !== card.person)!;
    await tell({ command: 'lay', card: 'a-old', reader: 'old' });

    expect(await old.awaitCard(never)).toEqual({ ok: true, value: [2, 7] });
    await tell({ command: 'press', sensor: 'old', finger: other.id });
    expect(await old.matchHolder(2, by, never)).toEqual({ ok: true, value: false });
    expect(await old.biodata(by, never)).toMatchObject({ failure: { code: 'OLD-NOT-MATCHED' } });
    await tell({ command: 'press', sensor: 'old', finger: own.id });
    expect(await old.matchHolder(2, by, never)).toEqual({ ok: true, value: true });
    expect(await old.biodata(by, never)).toMatchObject({
      ok: true,
      value: { nik: expect.stringMatching(/^\d{16}$/), kewarganegaraan: 'WNI' },
    });
    await tell({ command: 'pull', reader: 'old' });
    expect(await old.biodata(by, never)).toMatchObject({ failure: { code: 'CARD-ABSENT' } });
  });

  it.each([
    ['a-new', 'OLD-GENERATION-ONLY'],
    ['not-ktp', 'KTP-NOT-A-KTP'],
    ['dead', 'OLD-CARD-REFUSED'],
  ])('refuses the card %s with %s', async (card, code) => {
    await tell({ command: 'lay', card, reader: 'old' });
    expect(await old.awaitCard(never)).toMatchObject({ failure: { code } });
  });

  it.each([
    ['silence', 'OLD-SILENT'],
    ['garbage', 'OLD-GARBLED'],
    ['error', 'OLD-FAULT'],
  ] as const)('under %s fails with %s, and works again afterwards', async (as, code) => {
    await tell({ command: 'disturb-reader', reader: 'old', as });
    expect(await old.check(never)).toMatchObject({ failure: { code } });
    await tell({ command: 'heal' });
    expect((await old.check(never)).ok).toBe(true);
  });

  it('is understood through noise', async () => {
    await tell({ command: 'disturb-reader', reader: 'old', as: 'noise' });
    expect((await old.check(never)).ok).toBe(true);
  });
});
