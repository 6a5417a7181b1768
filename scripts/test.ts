/**
 * `npm test`: types, lint and format, allowed imports, unused code, then unit, integration and end-to-end tests.
 * Each static check counts as one. Ends with "N passed, N failed, N skipped" and a status other than 0 on failure.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

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

for (const { name, command } of checks) {
  const passed = succeeds(command);
  count[passed ? 'passed' : 'failed'] += 1;
  console.log(`${passed ? '✓' : '✗'} ${name}`);
}

const folder = mkdtempSync(path.join(tmpdir(), 'anjungan-tests-'));
const reportFile = path.join(folder, 'report.json');
const ran = succeeds([
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportFile}`,
]);
const report = readReport(reportFile);
rmSync(folder, { recursive: true });
count.passed += report.numPassedTests;
// A file that does not even load has no tests to count.
count.failed += Math.max(report.numFailedTests, ran ? 0 : Math.max(1, report.numFailedTestSuites));
count.skipped += report.numPendingTests;

console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed === 0 ? 0 : 1;

function succeeds([program = '', ...rest]: readonly string[]): boolean {
  return spawnSync(program, rest, { stdio: 'inherit' }).status === 0;
}

function readReport(file: string): VitestReport {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numFailedTestSuites: 1 };
  }
}
