/**
 * `npm run bench -- idle [SECONDS]`: what the kiosk costs while nobody uses it, with every device of config/bench.json:
 * share of a core, and memory of each of its processes. The bench and what it started stand for hardware and are shown,
 * but not counted. Needs a machine on which no pcscd runs. Exit status 1 above the limits.
 */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { startKiosk } from '../e2e/kiosk.ts';

/** Share of one core. */
const MOST_CPU = 0.03;
/** Of all processes of the kiosk together, MB; a file that several of them map counts once. */
const MOST_MEMORY = 200;
/** Every device has been tested by then. */
const SETTLE_MS = 30_000;
const TICKS_PER_SECOND = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** Spent so far, in user and kernel, s. */
  readonly cpu: number;
  /** Resident, MB (RSS): what it shares with others counts in each of them. */
  readonly resident: number;
  /** The part of it that is in no file, MB. */
  readonly own: number;
  /** The part that is in files, by file, MB. */
  readonly mapped: ReadonlyMap<string, number>;
}

export async function run(args: readonly string[]): Promise<number> {
  const seconds = Number(args[0] ?? 60);
  // As `npm start` and the systemd unit have it; compiled before, as at every start of an installed kiosk but the first.
  process.env.MALLOC_ARENA_MAX = '1';
  await (await startKiosk('all')).stop();
  const kiosk = await startKiosk('all');
  try {
    await delay(SETTLE_MS);
    const before = new Map((await processes()).map((one) => [one.pid, one]));
    await delay(seconds * 1000);
    const after = await processes();
    const [own, bench] = splitBench(treeOf(after, kiosk.pid), after);
    const share = ({ pid, cpu }: Process) => (cpu - (before.get(pid)?.cpu ?? 0)) / seconds;
    const show = (list: readonly Process[]) => {
      for (const one of list) process.stdout.write(lineOf(share(one), one.resident, one.own, one.command));
    };
    const total = (of: (one: Process) => number) => own.reduce((sum, one) => sum + of(one), 0);
    const [cpu, resident, memory] = [total(share), total((one) => one.resident), together(own)];
    process.stdout.write(`${seconds} s; share of a core, resident (RSS), in no file\n`);
    process.stdout.write('the kiosk\n');
    show(own);
    const limits = `at most ${MOST_CPU * 100} % and ${MOST_MEMORY} MB, files counted once`;
    process.stdout.write(lineOf(cpu, resident, memory, `in all (${limits})`));
    process.stdout.write('the bench, not counted\n');
    show(bench);
    return cpu <= MOST_CPU && memory <= MOST_MEMORY ? 0 : 1;
  } finally {
    await kiosk.stop();
  }
}

function lineOf(cpu: number, resident: number, memory: number, what: string): string {
  const mb = (amount: number) => `${amount.toFixed(1).padStart(6)} MB`;
  return `${(cpu * 100).toFixed(2).padStart(8)} %  ${mb(resident)}  ${mb(memory)}  ${what}\n`;
}

/**
 * What the processes hold, MB. Not the kernel's PSS: it divides a file by everybody who maps it, also by the bench and by
 * whatever else runs on Node here.
 */
function together(list: readonly Process[]): number {
  const files = new Map<string, number>();
  for (const [file, amount] of list.flatMap(({ mapped }) => [...mapped]))
    files.set(file, Math.max(files.get(file) ?? 0, amount));
  return list.reduce((sum, { own }) => sum + own, 0) + [...files.values()].reduce((sum, one) => sum + one, 0);
}

/** A process and all that it started, as far as they live. */
function treeOf(all: readonly Process[], root: number): readonly Process[] {
  const children = all.filter(({ parent }) => parent === root);
  return [...all.filter(({ pid }) => pid === root), ...children.flatMap(({ pid }) => treeOf(all, pid))];
}

function splitBench(tree: readonly Process[], all: readonly Process[]) {
  const root = tree.find(({ command }) => command.includes('virtual/bench.ts'));
  const bench = root ? treeOf(all, root.pid) : [];
  return [tree.filter((one) => !bench.includes(one)), bench] as const;
}

/** As /proc shows them (proc(5)). */
async function processes(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => processOf(Number(pid)).catch(() => undefined)));
  return found.filter((one) => one !== undefined);
}

async function processOf(pid: number): Promise<Process> {
  const [stat, commandLine, mappings] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/cmdline`, 'utf8'),
    readFile(`/proc/${pid}/smaps`, 'utf8'),
  ]);
  // The second field is a name in parentheses, which may hold anything; the third stands after the last of them.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  let own = 0;
  const mapped = new Map<string, number>();
  for (const mapping of mappings.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)) {
    const file = /^(?:\S+ +){5}(\/.*)/.exec(mapping)?.[1];
    const kilobytes = (name: string) =>
      Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(mapping)?.[1] ?? 0);
    // A page that was written to is the process's own, also where it began as a page of a file.
    const anonymous = file ? kilobytes('Anonymous') : kilobytes('Rss');
    own += (anonymous * 1024) / 1e6;
    if (file) mapped.set(file, (mapped.get(file) ?? 0) + ((kilobytes('Rss') - anonymous) * 1024) / 1e6);
  }
  return {
    pid,
    parent: field(4),
    command: commandLine.replaceAll('\0', ' ').slice(0, 90),
    cpu: (field(14) + field(15)) / TICKS_PER_SECOND,
    resident: own + [...mapped.values()].reduce((sum, one) => sum + one, 0),
    own,
    mapped,
  };
}
