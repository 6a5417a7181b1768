/**
 * `npm run bench -- card [ROUNDS]`: how much driver and relay cost. A full genuine read of the bench's card through the
 * kiosk's own driver and src/ktp against a plain replay of the same APDUs on node-pcsclite in another process, in
 * turns. Chip and SAM are seeded, so every answer must equal the recorded one; the bench's log of the wire proves it.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createPcscReader } from '../../src/devices/card-reader/pcsc/driver.ts';
import { pcscReaderSettings } from '../../src/devices/card-reader/pcsc/settings.ts';
import type { ApduReader } from '../../src/devices/card-reader/port.ts';
import type { Result } from '../../src/failures/failure.ts';
import { type CardReading, readCard } from '../../src/ktp/read-card.ts';
import { cardProfile } from '../../src/ktp/settings.ts';
import { TEST_CONF, TEST_PCID } from '../../src/virtual/card/sam.ts';
import { type Bench, startBench } from '../../src/virtual/client.ts';
import type { BenchLogEntry } from '../../src/virtual/commands.ts';
import type { Orders } from './card-replay.ts';

const TARGET = 1.15;
const READS_A_ROUND = 3;
const NAMES = { card: 'Anjungan Virtual Chip new', sam: 'Anjungan Virtual SAM new' };
const never = new AbortController().signal;

interface Timed {
  /** The whole exchange, ms. */
  readonly ms: number;
  /** ms by phase of the read. */
  readonly phases: CardReading['timings'];
}

export async function run([rounds = '10']: readonly string[]): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'anjungan-bench-'));
  const readers = [{ driver: 'pcsc' as const, id: 'new' }];
  const bench = value(
    await startBench({ folder, readers, fingerSensors: [], lay: { new: 'b-new' }, seed: 'card bench' }),
  );
  try {
    return await compare(bench, Number(rounds));
  } finally {
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(bench: Bench, rounds: number): Promise<number> {
  const { opening, read } = await record(bench);
  const expected = JSON.stringify([...opening, ...Array.from({ length: READS_A_ROUND }, () => read).flat()]);
  const replay = startReplay({ names: NAMES, opening, read, readsARound: READS_A_ROUND });
  const ours: Timed[] = [];
  const plain: number[] = [];
  let equal = true;
  for (let round = 0; round < rounds; round++) {
    const kiosk = await logged(bench, kioskRound);
    const replayed = await logged(bench, replay.round);
    ours.push(...kiosk.value);
    plain.push(...replayed.value);
    equal &&= JSON.stringify(kiosk.log) === expected && JSON.stringify(replayed.log) === expected;
  }
  replay.end();

  const ratio = median(ours.map(({ ms }) => ms)) / median(plain);
  report(ours, plain, ratio, read.length, equal);
  return equal && ratio <= TARGET ? 0 : 1;
}

/** Two reads as the bench saw them: the first opens the SAM, the second finds it open. */
async function record(bench: Bench): Promise<Record<'opening' | 'read', BenchLogEntry[]>> {
  const reader = openReader();
  const opening = await logged(bench, () => timedRead(reader));
  const read = await logged(bench, () => timedRead(reader));
  await reader.close();
  return { opening: opening.log, read: read.log };
}

/** Does something, and what passed the bench's two slots meanwhile. */
async function logged<T>(bench: Bench, act: () => Promise<T>): Promise<{ value: T; log: BenchLogEntry[] }> {
  await bench.send({ command: 'log', on: true });
  return { value: await act(), log: value(await bench.send({ command: 'read-log' })) as BenchLogEntry[] };
}

async function kioskRound(): Promise<Timed[]> {
  const reader = openReader();
  await timedRead(reader); // opens the SAM
  const times: Timed[] = [];
  for (let read = 0; read < READS_A_ROUND; read++) times.push(await timedRead(reader));
  await reader.close();
  return times;
}

function openReader(): ApduReader {
  return createPcscReader(
    pcscReaderSettings.parse({
      id: 'new',
      generation: 'new',
      driver: 'pcsc',
      chip: `^${NAMES.card}`,
      sam: `^${NAMES.sam}`,
      samOpen: { credential: 'none' },
    }),
  );
}

async function timedRead(reader: ApduReader): Promise<Timed> {
  const options = {
    profile: { ...cardProfile.parse({}), retries: 0 },
    samOpen: { pcid: TEST_PCID, conf: TEST_CONF },
    signal: never,
  };
  const start = performance.now();
  const read = value(await reader.exchange(never, (card, sam) => readCard(card, sam, options)));
  const ms = performance.now() - start;
  if (!read.genuine) throw new Error('the bench card did not prove genuine');
  return { ms, phases: read.timings };
}

function startReplay(orders: Orders) {
  const script = fileURLToPath(new URL('./card-replay.ts', import.meta.url));
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [script]);
  child.stdin.write(`${JSON.stringify(orders)}\n`);
  child.stderr.pipe(process.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async round(): Promise<number[]> {
      child.stdin.write('\n');
      const line = await lines.next();
      if (line.done) throw new Error('the replay ended');
      return JSON.parse(line.value) as number[];
    },
    end: () => child.stdin.end(),
  };
}

function report(
  ours: readonly Timed[],
  plain: readonly number[],
  ratio: number,
  apdus: number,
  equal: boolean,
) {
  const whole = median(ours.map(({ ms }) => ms));
  const phases = Object.keys(ours[0]!.phases) as (keyof CardReading['timings'])[];
  const shares = phases.map((phase) => [phase, median(ours.map((read) => read.phases[phase] ?? 0))] as const);
  const inPhases = shares.reduce((sum, [, ms]) => sum + ms, 0);
  const line = (name: string, ms: number) =>
    `  ${name.padEnd(20)} ${ms.toFixed(1).padStart(7)} ms ${((100 * ms) / whole).toFixed(0).padStart(3)} %`;
  const lines = [
    `${apdus} APDUs, ${ours.length} reads each, in turns; every answer as recorded: ${equal ? 'yes' : 'NO'}`,
    `driver and relay  median ${whole.toFixed(1)} ms`,
    `plain replay      median ${median(plain).toFixed(1)} ms`,
    `ratio             ${ratio.toFixed(3)} (at most ${TARGET})`,
    'shares of a read',
    line('connect and release', whole - inPhases),
    ...shares.map(([phase, ms]) => line(phase, ms)),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  return result.value;
}
