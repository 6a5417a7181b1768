/** The allowed imports (.dependency-cruiser.cjs). dependency-cruiser passes when it reads nothing: so count modules. */
import { spawnSync } from 'node:child_process';

const FEWEST_MODULES = 50;

const cruise = spawnSync(
  'depcruise',
  ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
  {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  },
);
const { summary } = JSON.parse(cruise.stdout) as {
  summary: {
    totalCruised: number;
    violations: { from: string; to: string; rule: { name: string; severity: string } }[];
  };
};
for (const { from, to, rule } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
if (summary.totalCruised < FEWEST_MODULES) console.error(`only ${summary.totalCruised} modules were read`);
console.log(`${summary.totalCruised} modules, ${summary.violations.length} violations`);
process.exitCode = summary.violations.length === 0 && summary.totalCruised >= FEWEST_MODULES ? 0 : 1;
