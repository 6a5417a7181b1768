/** Another engine, given as a command line that compares two image files and prints one number. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Compared, Pair } from './fingerprint-worker.ts';

const execute = promisify(execFile);

/**
 * Compares the pairs of paths, one after the other.
 * @param command words parted by spaces, among them `{a}` and `{b}`; no shell is involved
 */
export async function compareWithCompetitor(
  command: string,
  paths: readonly string[],
  pairs: readonly Pair[],
): Promise<Compared> {
  const [file = '', ...words] = command.split(/\s+/);
  const scores = new Float64Array(pairs.length);
  const times = new Float64Array(pairs.length);
  for (const [n, [i, j]] of pairs.entries()) {
    const [a, b] = [paths[i]!, paths[j]!];
    const args = words.map((word) => word.replaceAll('{a}', a).replaceAll('{b}', b));
    const start = performance.now();
    const { stdout } = await execute(file, args);
    times[n] = performance.now() - start;
    scores[n] = Number.parseFloat(stdout);
    if (Number.isNaN(scores[n])) throw new Error(`${command} printed no number for ${a} and ${b}`);
  }
  return { scores, times };
}
