/**
 * The Pi's pins where sysfs does not have them: through the tools of Debian's gpiod, versions 1 (Debian 12) and 2
 * (Debian 13). A line belongs to whoever has it open, so a process holds each output and one listens to the inputs; the
 * kernel kills them when this process ends, however that ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { type Failure, fail, ok, type Result } from '../../failures/failure.ts';
import type { OpenBoard, PinBoard, Pins } from './pin-board.ts';

/** A tool that is refused a line ends at once, well within this. */
const REFUSED_MS = 200;
/** One that only asks and does not come back is stuck. */
const ASK_MS = 2_000;
/** Characters that are kept of a tool's complaint, its last ones. */
const MOST_COMPLAINT = 200;

/** How the tools of a version are called; `offsets` are pins. */
interface Tools {
  get(chip: string, pullUp: boolean, offsets: readonly number[]): readonly string[];
  monitor(chip: string, pullUp: boolean, offsets: readonly number[]): readonly string[];
  set(chip: string, offset: number, high: boolean): readonly string[];
}

/** Offset and edge; a falling one is 0 in version 1 and 2 in version 2. */
const EVENT = '%o %e';
const RISING = '1';
const level = (high: boolean) => (high ? '1' : '0');

const version1: Tools = {
  get: (chip, pullUp, offsets) => ['gpioget', ...(pullUp ? ['-B', 'pull-up'] : []), chip, ...words(offsets)],
  monitor: (chip, pullUp, offsets) => [
    ...['gpiomon', '-b', '-F', EVENT, ...(pullUp ? ['-B', 'pull-up'] : [])],
    ...[chip, ...words(offsets)],
  ],
  set: (chip, offset, high) => ['gpioset', '--mode=signal', chip, `${offset}=${level(high)}`],
};

const version2: Tools = {
  get: (chip, pullUp, offsets) => [
    ...['gpioget', '--numeric', ...(pullUp ? ['-b', 'pull-up'] : [])],
    ...['-c', chip, ...words(offsets)],
  ],
  monitor: (chip, pullUp, offsets) => [
    ...['gpiomon', '-F', EVENT, ...(pullUp ? ['-b', 'pull-up'] : [])],
    ...['-c', chip, ...words(offsets)],
  ],
  set: (chip, offset, high) => ['gpioset', '-c', chip, `${offset}=${level(high)}`],
};

export async function openGpioTools(
  label: string,
  { inputs, outputs }: Pins,
  onLevel: Parameters<OpenBoard>[1],
): Promise<Result<PinBoard>> {
  const tools = await findTools();
  if (!tools.ok) return tools;
  const chip = await findChip(label);
  if (!chip.ok) return chip;
  const { name, count } = chip.value;
  const unfit = [...inputs, ...outputs].find(({ pin }) => pin >= count);
  if (unfit) return fail('PANEL-PIN-UNFIT', `${label}: pin ${unfit.pin}`);

  const ended = Promise.withResolvers<Failure | undefined>();
  let over = false;
  const levels = new Map<number, boolean>();
  const monitors: Child[] = [];
  const holders = new Map<number, Holder>();
  async function close(): Promise<void> {
    over = true;
    ended.resolve(undefined);
    for (const monitor of monitors) monitor.kill();
    await Promise.all([...holders.values()].map((holder) => holder.close()));
  }
  /** A tool has ended that nobody ended. */
  function lost(failure: Failure): void {
    if (over) return;
    ended.resolve(failure);
    void close();
  }

  for (const { pin, high } of outputs)
    holders.set(pin, new Holder((to) => tools.value.set(name, pin, to), high, lost));
  for (const [pullUp, group] of Map.groupBy(inputs, ({ pullUp }) => pullUp)) {
    const pins = group.map(({ pin }) => pin);
    // What changes between this and the monitor's start, some milliseconds, is not seen.
    const found = await run(tools.value.get(name, pullUp, pins));
    const [first = ''] = found.ok ? found.value : [];
    if (!/^[01]( [01])*$/.test(first)) {
      await close();
      return found.ok ? fail('PANEL-GPIO-REFUSED', 'gpioget said nothing of use') : found;
    }
    for (const [i, word] of first.split(' ').entries()) levels.set(pins[i]!, word === '1');
    const monitor = new Child(tools.value.monitor(name, pullUp, pins));
    monitor.onLine((line) => {
      const [offset, edge] = line.split(' ');
      const pin = Number(offset);
      if (!pins.includes(pin)) return;
      levels.set(pin, edge === RISING);
      onLevel(pin, edge === RISING);
    });
    void monitor.ended.then(lost);
    monitors.push(monitor);
  }
  const refused = await Promise.race([ended.promise, delay(REFUSED_MS)]);
  if (refused) return { ok: false, failure: refused };

  return ok({
    identity: `${label} through gpiod, not tried on hardware`,
    write: (pin, high) => holders.get(pin)?.hold(high),
    // The monitor has the line: nobody else can ask.
    read: async (pin) => ok(levels.get(pin) ?? false),
    verify: async () => ok(),
    ended: ended.promise,
    close,
  });
}

async function findTools(): Promise<Result<Tools>> {
  const told = await run(['gpiomon', '--version']);
  if (!told.ok) return told;
  const major = /\bv(\d+)\./.exec(told.value[0] ?? '')?.[1];
  if (major === '1') return ok(version1);
  return major === '2' ? ok(version2) : fail('PANEL-GPIO-REFUSED', `gpiod of version ${major}`);
}

async function findChip(label: string): Promise<Result<{ readonly name: string; readonly count: number }>> {
  const told = await run(['gpiodetect']);
  if (!told.ok) return told;
  for (const line of told.value) {
    const [, name, found, count] = /^(\S+) \[(.*)\] \((\d+) lines\)$/.exec(line) ?? [];
    if (name !== undefined && found === label) return ok({ name, count: Number(count) });
  }
  return fail('PANEL-CHIP-ABSENT', label);
}

/** Keeps an output as it shall be: by a process that is replaced at each change. */
class Holder {
  readonly #command: (high: boolean) => readonly string[];
  readonly #lost: (failure: Failure) => void;
  #child: Child;
  #wanted: boolean;
  #held: boolean;
  #closed = false;
  #work: Promise<void> = Promise.resolve();

  constructor(
    command: (high: boolean) => readonly string[],
    high: boolean,
    lost: (failure: Failure) => void,
  ) {
    this.#command = command;
    this.#lost = lost;
    this.#wanted = high;
    this.#held = high;
    this.#child = this.#start();
  }

  hold(high: boolean): void {
    this.#wanted = high;
    this.#work = this.#work.then(() => this.#catchUp());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#work;
    await this.#stop();
  }

  async #catchUp(): Promise<void> {
    if (this.#closed || this.#held === this.#wanted) return;
    await this.#stop();
    this.#held = this.#wanted;
    this.#child = this.#start();
  }

  #start(): Child {
    const child = new Child(this.#command(this.#held));
    void child.ended.then((failure) => {
      if (this.#child === child && !child.killed) this.#lost(failure);
    });
    return child;
  }

  async #stop(): Promise<void> {
    this.#child.kill();
    await this.#child.ended;
  }
}

/** A tool, on a leash: PR_SET_PDEATHSIG by util-linux's `setpriv`, since the tools take no notice of a closed pipe. */
class Child {
  readonly #process: ChildProcess;
  killed = false;
  /** Why it has ended, in its own words. */
  readonly ended: Promise<Failure>;

  constructor(command: readonly string[]) {
    const env = { PATH: process.env.PATH, LC_ALL: 'C' };
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    this.#process = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], { stdio: [...stdio], env });
    let complaint = '';
    this.#process.stderr!.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-MOST_COMPLAINT);
    });
    const closed = once(this.#process, 'close').then(
      () => complaint.trim(),
      (error: Error) => error.message,
    );
    this.ended = closed.then((why) => fail('PANEL-GPIO-REFUSED', why || `${command[0]} ended`).failure);
  }

  onLine(heard: (line: string) => void): void {
    createInterface({ input: this.#process.stdout! }).on('line', heard);
  }

  get status(): number | null {
    return this.#process.exitCode;
  }

  kill(): void {
    this.killed = true;
    this.#process.kill('SIGKILL');
  }
}

/** The lines that a tool says, which ends by itself. */
async function run(command: readonly string[]): Promise<Result<readonly string[]>> {
  const child = new Child(command);
  const lines: string[] = [];
  child.onLine((line) => lines.push(line));
  const timer = setTimeout(() => child.kill(), ASK_MS);
  const failure = await child.ended;
  clearTimeout(timer);
  return child.status === 0 ? ok(lines) : { ok: false, failure };
}

function words(offsets: readonly number[]): string[] {
  return offsets.map(String);
}
