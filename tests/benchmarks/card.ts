/**
 * `npm run bench -- card`: what driver and relay cost. A full genuine read of the bench's card through the
 * kiosk's own driver and src/ktp against a plain replay of the same APDUs on node-pcsclite in another process, in
 * turns. Both begin with a card that lies there without power, reset it, and end when it is unpowered again, by the
 * same calls of PC/SC. Chip and SAM are seeded, so every answer must equal the recorded one; the bench's log of the
 * wire proves it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createPcscReader } from '../../src/devices/card-reader/pcsc/driver.ts';
import { pcscReaderSettings } from '../../src/devices/card-reader/pcsc/settings.ts';
import type { Result } from '../../src/failures/failure.ts';
import { type CardReading, readCard } from '../../src/ktp/read-card.ts';
import { cardProfile } from '../../src/ktp/settings.ts';
import { TEST_CONF, TEST_PCID } from '../../src/virtual/card/sam.ts';
import { type Bench, startBench } from '../../src/virtual/client.ts';
import type { BenchLogEntry } from '../../src/virtual/commands.ts';
import type { Orders } from './card-replay.ts';

/** For either line. */
const TARGET = 1.15;
const NAMES = { card: 'Anjungan Virtual Chip new', sam: 'Anjungan Virtual SAM new' };
const never = new AbortController().signal;

interface Line {
  readonly title: string;
  /** 1: as slow as 115200 baud, the line of the GemPC Twin that the bench emulates; 0: no line at all. */
  readonly pace: number;
  readonly rounds: number;
  /** Reads of a round that are not timed: the first opens the SAM, then both sides get up to speed. */
  readonly warming: number;
  readonly timed: number;
}

const LINES: readonly Line[] = [
  { title: 'line of 115200 baud, as a real reader has', pace: 1, rounds: 2, warming: 2, timed: 3 },
  {
    title: 'line without a speed: nothing hides what the driver costs',
    pace: 0,
    rounds: 8,
    warming: 30,
    timed: 20,
  },
];

/** One of the two that are compared, for a round. */
interface Side {
  /** One whole read, with connecting and releasing the card; ms. */
  read(): Promise<number>;
  close(): Promise<unknown>;
}

export async function run(): Promise<number> {
  const outcomes: Outcome[] = [];
  for (const line of LINES) {
    const outcome = await onBench(line);
    report(line, outcome);
    outcomes.push(outcome);
  }
  const equal = outcomes.every((outcome) => outcome.equal);
  return equal && outcomes.every((outcome) => ratioOf(outcome) <= TARGET) ? 0 : 1;
}

async function onBench(line: Line): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'anjungan-bench-'));
  const bench = value(
    await startBench({
      folder,
      readers: [{ driver: 'pcsc', id: 'new' }],
      devices: [],
      lay: { new: 'b-new' },
      seed: 'card bench',
      pace: line.pace,
    }),
  );
  try {
    return await compare(bench, line);
  } finally {
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(bench: Bench, { rounds, warming, timed }: Line): Promise<Outcome> {
  const phases: CardReading['timings'][] = [];
  const kiosk = () => openKiosk((timings) => phases.push(timings));
  const first = kiosk();
  const opening = (await logged(bench, first)).log;
  const read = (await logged(bench, first)).log;
  await first.close();
  phases.length = 0;

  const replay = () => startReplay({ names: NAMES, opening, read });
  const times = { kiosk: [] as number[], replay: [] as number[] };
  let equal = true;
  for (let round = 0; round < rounds; round++) {
    for (const [name, open] of [['kiosk', kiosk] as const, ['replay', replay] as const]) {
      const side = open();
      for (let turn = 0; turn < warming + timed; turn++) {
        const { ms, log } = await logged(bench, side);
        equal &&= JSON.stringify(log) === JSON.stringify(turn === 0 ? opening : read);
        if (turn >= warming) times[name].push(ms);
      }
      await side.close();
    }
  }
  return { ...times, phases, apdus: read.length, equal };
}

/** One read, and what passed the bench's two slots meanwhile. */
async function logged(bench: Bench, side: Side): Promise<{ ms: number; log: BenchLogEntry[] }> {
  await bench.send({ command: 'log', on: true });
  const ms = await side.read();
  return { ms, log: value(await bench.send({ command: 'read-log' })) as BenchLogEntry[] };
}

function openKiosk(onRead: (timings: CardReading['timings']) => void): Side {
  const reader = createPcscReader(
    pcscReaderSettings.parse({
      id: 'new',
      generation: 'new',
      driver: 'pcsc',
      chip: `^${NAMES.card}`,
      sam: `^${NAMES.sam}`,
      samOpen: { credential: 'none' },
    }),
  );
  const options = {
    profile: { ...cardProfile.parse({}), retries: 0 },
    samOpen: { pcid: TEST_PCID, conf: TEST_CONF },
    signal: never,
  };
  return {
    async read() {
      const start = performance.now();
      const read = value(await reader.exchange(never, (slots) => readCard(slots, options)));
      const ms = performance.now() - start;
      if (!read.genuine) throw new Error('the card of the bench did not prove genuine');
      onRead(read.timings);
      return ms;
    },
    close: () => reader.close(),
  };
}

function startReplay(orders: Orders): Side {
  const script = fileURLToPath(new URL('./card-replay.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write(`${JSON.stringify(orders)}\n`);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async read() {
      child.stdin.write('\n');
      const line = await lines.next();
      if (line.done) throw new Error('the replay ended');
      return Number(line.value);
    },
    async close() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

interface Outcome {
  readonly kiosk: readonly number[];
  readonly replay: readonly number[];
  readonly phases: readonly CardReading['timings'][];
  readonly apdus: number;
  readonly equal: boolean;
}

/** Whatever else the machine does only ever adds time: the fastest tell what each side costs by itself. */
const ratioOf = ({ kiosk, replay }: Outcome) => Math.min(...kiosk) / Math.min(...replay);

function report({ title }: Line, outcome: Outcome): void {
  const { kiosk, replay, phases, apdus, equal } = outcome;
  const whole = median(kiosk);
  const names = Object.keys(phases[0]!) as (keyof CardReading['timings'])[];
  const shares = names.map((name) => [name, median(phases.map((timings) => timings[name] ?? 0))] as const);
  const inPhases = shares.reduce((sum, [, ms]) => sum + ms, 0);
  const ms = (value: number) => value.toFixed(1).padStart(9);
  const line = (name: string, value: number) =>
    `  ${name.padEnd(20)} ${ms(value)} ms ${((100 * value) / whole).toFixed(0).padStart(3)} %`;
  const lines = [
    title,
    `  ${apdus} APDUs, ${kiosk.length} reads each, in turns; every answer as recorded: ${equal ? 'yes' : 'NO'}`,
    `                       fastest    median`,
    `  driver and relay     ${ms(Math.min(...kiosk))} ${ms(whole)} ms`,
    `  plain replay         ${ms(Math.min(...replay))} ${ms(median(replay))} ms`,
    `  ratio                ${ratioOf(outcome).toFixed(3).padStart(7)}   ${(whole / median(replay)).toFixed(3).padStart(7)}`,
    '  shares of a read:',
    line('all but the APDUs', whole - inPhases),
    ...shares.map(([name, ms]) => line(name, ms)),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  return result.value;
}
