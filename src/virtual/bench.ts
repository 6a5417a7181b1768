/**
 * The bench as a process: it puts the virtual devices on their wires, prints `{"ok":true}` (or the failure) as one
 * line, and serves its control socket until its standard input closes, so also when its parent was killed.
 * Everything it started ends with it (pty.ts, pcscd.ts).
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import { makeTestCentreFolders } from './centre/folders.ts';
import { benchSocket } from './client.ts';
import { serveControl } from './control.ts';
import { emulators } from './emulators.ts';
import { OldReader } from './old-reader/old-reader.ts';
import { paced } from './pace.ts';
import { Pcscd, type ReaderEntry } from './pcscd.ts';
import { type Person, people, writeImpressions } from './people/people.ts';
import { Random } from './people/random.ts';
import { openPty } from './pty.ts';
import { GemPcTwin } from './reader/gempc-twin.ts';
import type { CardSlot } from './reader/slot.ts';
import { benchPlan } from './settings.ts';
import { BITS_8N1, BITS_8N2 } from './wires.ts';
import { World } from './world.ts';

type Plan = z.output<typeof benchPlan>;
type ReaderPlan<D> = Extract<Plan['readers'][number], { driver: D }>;

/** The virtual people's fingers take seconds to grow and are the same for every bench: kept once for all. */
const FINGER_CACHE = join(import.meta.dirname, '../../data/bench/people');

class BenchProcess {
  readonly #plan: Plan;
  readonly #world: World;
  readonly #people: readonly Person[];
  readonly #endings: (() => unknown)[] = [];
  readonly #pcscReaders: ReaderEntry[] = [];

  constructor(plan: Plan, world: World, people: readonly Person[]) {
    this.#plan = plan;
    this.#people = people;
    this.#world = world;
  }

  async start(): Promise<Result> {
    // First of all: another bench on this folder would lose its lines to ours.
    const control = await serveControl(benchSocket(this.#plan.folder), this.#world);
    if (!control.ok) return control;
    this.#endings.push(() => control.value.close());
    await makeTestCentreFolders(this.#plan.folder);
    for (const entry of this.#plan.devices) {
      const added = await this.#addDevice(entry);
      if (!added.ok) return added;
    }
    for (const reader of this.#plan.readers) {
      const added =
        reader.driver === 'pcsc' ? await this.#addChipReader(reader) : await this.#addOldReader(reader);
      if (!added.ok) return added;
    }
    const furnished = await this.#furnish();
    if (!furnished.ok) return furnished;
    return this.#startPcscd();
  }

  /** Two readers for PC/SC, as an integrated reader with a SAM slot shows up. */
  async #addChipReader({ id }: ReaderPlan<'pcsc'>): Promise<Result> {
    const reader = this.#world.addReader(id, 'apdu');
    const chip = await this.#addTwin(reader.card, `Anjungan Virtual Chip ${id}`, `${id}-chip`);
    if (!chip.ok) return chip;
    return this.#addTwin(reader.sam, `Anjungan Virtual SAM ${id}`, `${id}-sam`);
  }

  async #addTwin(slot: CardSlot, name: string, tty: string): Promise<Result> {
    const line = await this.#openLine(join(this.#plan.folder, 'tty', tty), BITS_8N2, (send) => {
      return new GemPcTwin(slot, send);
    });
    if (line.ok) this.#pcscReaders.push({ name, device: line.value.device });
    return line.ok ? ok() : line;
  }

  async #addOldReader({ id, port }: ReaderPlan<'len'>): Promise<Result> {
    const { card, sam } = this.#world.addReader(id, 'sealed');
    const line = await this.#openLine(port, BITS_8N1, (send) => new OldReader(card, sam, this.#plan, send));
    if (!line.ok) return line;
    this.#world.oldReaders.set(id, line.value.at);
    return ok();
  }

  async #addDevice(entry: Plan['devices'][number]): Promise<Result> {
    const emulator = emulators[entry.driver];
    if (!emulator) return fail('BENCH-COMMAND-INVALID', `no emulator of ${entry.driver}`);
    const { seed = randomUUID() } = this.#plan;
    const device = await emulator(entry, {
      people: this.#people,
      pace: this.#plan.pace,
      random: (owner) => new Random(`${seed} ${owner}`),
      supply: (relay, on) => this.#world.supply(relay, on),
    });
    if (!device.ok) return device;
    this.#endings.push(() => device.value.close());
    this.#world.addDevice(entry.id, device.value, entry);
    return ok();
  }

  /** Puts a device on a serial line of its own. */
  async #openLine<D extends { receive(bytes: Uint8Array): void }>(
    path: string,
    bitsPerByte: number,
    make: (send: ReturnType<typeof paced>) => D,
  ): Promise<Result<{ readonly at: D; readonly device: string }>> {
    let receive: (bytes: Uint8Array) => void = () => {};
    const pty = await openPty(path, (bytes) => receive(bytes));
    if (!pty.ok) return pty;
    this.#endings.push(() => pty.value.close());
    const at = make(paced(pty.value.write, this.#plan.pace, bitsPerByte));
    receive = (bytes) => at.receive(bytes);
    return ok({ at, device: pty.value.device });
  }

  /** SAMs into their slots and cards onto the readers, as configured. */
  async #furnish(): Promise<Result> {
    for (const { id } of this.#plan.readers) {
      const sam = this.#plan.sams[id] ?? 'genuine';
      const put = await this.#world.execute({ command: 'sam', reader: id, sam });
      if (!put.ok) return put;
      const card = this.#plan.lay[id];
      const laid = card ? await this.#world.execute({ command: 'lay', reader: id, card }) : ok();
      if (!laid.ok) return laid;
    }
    return ok();
  }

  async #startPcscd(): Promise<Result> {
    if (this.#pcscReaders.length === 0) return ok();
    const pcscd = new Pcscd(this.#plan.folder, this.#pcscReaders);
    const started = await pcscd.start();
    if (!started.ok) return started;
    this.#world.pcscd = pcscd;
    this.#endings.push(() => pcscd.stop());
    return ok();
  }

  async stop(): Promise<void> {
    for (const end of this.#endings.reverse()) await end();
  }
}

async function main(): Promise<void> {
  const plan = benchPlan.parse(JSON.parse(process.argv[2] ?? ''));
  const leash = new Promise<void>((resolve) => {
    process.stdin.resume().once('close', resolve).once('end', resolve).once('error', resolve);
    process.once('SIGTERM', () => resolve());
  });
  const everybody = await people({ cacheDir: FINGER_CACHE });
  await writeImpressions(join(plan.folder, 'fingers'), everybody);
  const world = new World(plan, everybody);
  const bench = new BenchProcess(plan, world, everybody);
  const started = await bench.start();
  process.stdout.on('error', () => {}); // the parent is gone: the leash says so
  process.stdout.write(`${JSON.stringify(started)}\n`);
  if (started.ok) await leash;
  await bench.stop();
  process.exit(started.ok ? 0 : 1);
}

await main();
