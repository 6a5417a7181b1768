/** Which processes hang on another, as /proc tells it. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function running(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [state, parent] = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return []; // ended meanwhile
      }
    });
}

/** Children, their children, and so on, the nearest first. */
export function descendants(pid: number): Process[] {
  const all = running();
  const children = (parent: number): Process[] => all.filter((each) => each.parent === parent);
  const found = children(pid);
  for (const each of found) found.push(...children(each.pid));
  return found;
}

/** Those that still run after at most `ms`. */
export async function leftAfter(ms: number, processes: readonly Process[]): Promise<Process[]> {
  const pids = new Set(processes.map(({ pid }) => pid));
  const deadline = performance.now() + ms;
  for (;;) {
    const left = running().filter(({ pid }) => pids.has(pid));
    if (left.length === 0 || performance.now() > deadline) return left;
    await delay(50);
  }
}
