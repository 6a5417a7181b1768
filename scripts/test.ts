/**
 * `npm test`: types, lint and format, allowed imports, unused code, the page, then unit, integration and end-to-end
 * tests. Each static check counts as one. Ends with "N passed, N failed, N skipped" and a status other than 0 on
 * failure.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const checks: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint and format', command: ['biome', 'check', '.'] },
  { name: 'allowed imports', command: ['node', 'scripts/imports.ts'] },
  { name: 'unused code', command: ['knip'] },
  { name: 'page', command: ['vite', 'build', '--logLevel', 'warn'] },
];

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
}

const count = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(path.join(tmpdir(), 'anjungan-tests-'));

for (const { name, command } of checks) {
  const [program = '', ...rest] = command;
  const passed = spawnSync(program, rest, { stdio: 'inherit' }).status === 0;
  count[passed ? 'passed' : 'failed'] += 1;
  console.log(`${passed ? '✓' : '✗'} ${name}`);
}
add(await vitest([], ['--project=unit', '--project=lines'], 'unit'));

// A machine has one pcscd, in /run/pcscd. Where a process can be given a /run/pcscd of its own, two run side by side.
const own = 'mkdir -p /run/pcscd && mount -t tmpfs tmpfs /run/pcscd && exec "$@"';
const apart = ['unshare', '-m', '--propagation', 'private', 'sh', '-c', own, 'sh'];
if (spawnSync(apart[0]!, [...apart.slice(1), 'true']).status === 0) {
  const halves = ['1/2', '2/2'].map((shard) =>
    vitest(apart, ['--project=integration', `--shard=${shard}`], `integration ${shard[0]}`),
  );
  for (const half of await Promise.all(halves)) add(half);
} else {
  add(await vitest([], ['--project=integration'], 'integration'));
}

rmSync(folder, { recursive: true });
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed === 0 ? 0 : 1;

/** Runs vitest and prints what it says when it is over, so that two of them do not talk at once. */
async function vitest(before: readonly string[], args: readonly string[], name: string) {
  const reportFile = path.join(folder, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const [program = '', ...rest] = [...before, 'vitest', 'run', ...args, ...reporters];
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const succeeded = (await ended) === 0;
  console.log(`${name}\n${said}${complained}`);
  return { succeeded, report: readReport(reportFile) };
}

function add({ succeeded, report }: { succeeded: boolean; report: VitestReport }): void {
  count.passed += report.numPassedTests;
  // A file that does not even load has no tests to count.
  count.failed += Math.max(report.numFailedTests, succeeded ? 0 : Math.max(1, report.numFailedTestSuites));
  count.skipped += report.numPendingTests;
}

function readReport(file: string): VitestReport {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numFailedTestSuites: 1 };
  }
}
