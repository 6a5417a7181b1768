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
/** Resident, of all processes together, MB. */
const MOST_MEMORY = 200;
/** Every device has been tested by then. */
const SETTLE_MS = 30_000;
const TICKS_PER_SECOND = 100;
const PAGE_MB = 4_096 / 1e6;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** Spent so far, in user and kernel, s. */
  readonly cpu: number;
  /** Resident, MB. */
  readonly memory: number;
}

export async function run(args: readonly string[]): Promise<number> {
  const seconds = Number(args[0] ?? 60);
  const kiosk = await startKiosk('all');
  try {
    await delay(SETTLE_MS);
    const before = new Map((await processes()).map((one) => [one.pid, one]));
    await delay(seconds * 1000);
    const after = await processes();
    const [own, bench] = splitBench(treeOf(after, kiosk.pid), after);
    const share = ({ pid, cpu }: Process) => (cpu - (before.get(pid)?.cpu ?? 0)) / seconds;
    const show = (list: readonly Process[]) => {
      for (const one of list) process.stdout.write(lineOf(share(one), one.memory, one.command));
    };
    const total = (of: (one: Process) => number) => own.reduce((sum, one) => sum + of(one), 0);
    const [cpu, memory] = [total(share), total((one) => one.memory)];
    process.stdout.write(`${seconds} s\nthe kiosk\n`);
    show(own);
    process.stdout.write(lineOf(cpu, memory, `in all (at most ${MOST_CPU * 100} % and ${MOST_MEMORY} MB)`));
    process.stdout.write('the bench, not counted\n');
    show(bench);
    return cpu <= MOST_CPU && memory <= MOST_MEMORY ? 0 : 1;
  } finally {
    await kiosk.stop();
  }
}

function lineOf(cpu: number, memory: number, what: string): string {
  return `${(cpu * 100).toFixed(2).padStart(8)} %  ${memory.toFixed(1).padStart(6)} MB  ${what}\n`;
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
  const [stat, commandLine] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/cmdline`, 'utf8'),
  ]);
  // The second field is a name in parentheses, which may hold anything; the third stands after the last of them.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  return {
    pid,
    parent: field(4),
    command: commandLine.replaceAll('\0', ' ').slice(0, 90),
    cpu: (field(14) + field(15)) / TICKS_PER_SECOND,
    memory: field(24) * PAGE_MB,
  };
}
