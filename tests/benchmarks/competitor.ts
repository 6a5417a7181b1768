/** Another engine, given as a command line that compares two image files and prints one number. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Compared } from './fingerprint-worker.ts';

const execute = promisify(execFile);

/**
 * Compares each pair of paths once, one after the other.
 * @param command words parted by spaces, among them `{a}` and `{b}`; no shell is involved
 */
export async function compareWithCompetitor(command: string, paths: readonly string[]): Promise<Compared> {
  const [file = '', ...words] = command.split(/\s+/);
  const scores = new Float64Array(paths.length ** 2).fill(Number.NaN);
  const times: number[] = [];
  for (const [i, a] of paths.entries())
    for (let j = i + 1; j < paths.length; j++) {
      const args = words.map((word) => word.replaceAll('{a}', a).replaceAll('{b}', paths[j]!));
      const start = performance.now();
      const { stdout } = await execute(file, args);
      times.push(performance.now() - start);
      const score = Number.parseFloat(stdout);
      if (Number.isNaN(score)) throw new Error(`${command} printed no number for ${a} and ${paths[j]}`);
      scores[i * paths.length + j] = score;
    }
  return { scores, times };
}
