/**
 * `npm test`: types, lint and format, allowed imports, unused code, the page, then unit, integration and end-to-end
 * tests. Each static check counts as one. A file with processes in it that fails is run once more alone, which is
 * told; its second result counts. Ends with the failed tests, "N passed, N failed, N skipped" and a status other than
 * 0 on failure.
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

/** What is used of vitest's JSON report. */
interface VitestReport {
  readonly testResults: readonly {
    /** The file's path. */
    readonly name: string;
    readonly status: 'passed' | 'failed';
    /** Why the file itself failed, e.g. while it was loaded. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}
type FileReport = VitestReport['testResults'][number];

const count = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(path.join(tmpdir(), 'anjungan-tests-'));

for (const { name, command } of checks) {
  const [program = '', ...rest] = command;
  const passed = spawnSync(program, rest, { stdio: 'inherit' }).status === 0;
  count[passed ? 'passed' : 'failed'] += 1;
  console.log(`${passed ? '✓' : '✗'} ${name}`);
}
const files = [...(await vitest([], ['--project=unit', '--project=lines'], 'unit'))];

// A machine has one pcscd, in /run/pcscd. Where a process can be given a /run/pcscd of its own, two run side by side.
const own = 'mkdir -p /run/pcscd && mount -t tmpfs tmpfs /run/pcscd && exec "$@"';
const apart = ['unshare', '-m', '--propagation', 'private', 'sh', '-c', own, 'sh'];
if (spawnSync(apart[0]!, [...apart.slice(1), 'true']).status === 0) {
  const halves = ['1/2', '2/2'].map((shard) =>
    vitest(apart, ['--project=integration', `--shard=${shard}`], `integration ${shard[0]}`),
  );
  files.push(...(await Promise.all(halves)).flat());
} else {
  files.push(...(await vitest([], ['--project=integration'], 'integration')));
}

const again = await runAlone(files.filter(({ name, status }) => status === 'failed' && hasProcesses(name)));
// With what the second run met beside its files: an error that no test caught.
const beside = again.filter(({ name }) => !files.some((file) => file.name === name));
const counted = files.map((file) => again.find(({ name }) => name === file.name) ?? file);
const said = [...counted, ...beside].flatMap(add);

rmSync(folder, { recursive: true });
for (const line of said) console.log(line);
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed === 0 ? 0 : 1;

/** Runs vitest and prints what it says when it is over, so that two of them do not talk at once. */
async function vitest(
  before: readonly string[],
  args: readonly string[],
  name: string,
): Promise<readonly FileReport[]> {
  const reportFile = path.join(folder, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const [program = '', ...rest] = [...before, 'vitest', 'run', ...args, ...reporters];
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [told, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const succeeded = (await ended) === 0;
  console.log(`${name}\n${told}${complained}`);
  const reported = readReport(reportFile);
  // It may fail though every file passed: on an error that no test caught, or by dying.
  if (succeeded || reported.some(({ status }) => status === 'failed')) return reported;
  return [...reported, { name, status: 'failed', message: 'vitest failed', assertionResults: [] }];
}

/** Ptys, sockets, pcscd, Chromium: on a crowded machine one of these may come too late for its test. */
function hasProcesses(file: string): boolean {
  return /\.(line|integration)\.test\.ts$|\/tests\/(e2e|faults)\//.test(file);
}

/** Once more, one after the other, on a machine that has nothing else to do. What failed at first is printed. */
async function runAlone(failed: readonly FileReport[]): Promise<readonly FileReport[]> {
  if (failed.length === 0) return [];
  for (const line of failed.flatMap(failures)) console.log(`at first, in company: ${line}`);
  return vitest([], ['--no-file-parallelism', ...failed.map(({ name }) => name)], 'alone');
}

/** Counts a file's tests; tells the failed ones. */
function add(file: FileReport): string[] {
  const having = (...statuses: string[]) =>
    file.assertionResults.filter(({ status }) => statuses.includes(status)).length;
  const failed = failures(file);
  count.passed += having('passed');
  count.skipped += having('skipped', 'pending', 'todo', 'disabled');
  count.failed += failed.length;
  return failed;
}

function failures({ name, status, message, assertionResults }: FileReport): string[] {
  const where = path.relative('.', name);
  const tests = assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `✗ ${where}: ${test.fullName}\n${test.failureMessages.join('\n')}`);
  // A file that does not even load has no tests to count.
  return tests.length === 0 && status === 'failed' ? [`✗ ${where}\n${message}`] : tests;
}

function readReport(file: string): readonly FileReport[] {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as VitestReport).testResults;
  } catch {
    return [];
  }
}
