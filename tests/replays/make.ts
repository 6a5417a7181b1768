/**
 * `npm run replay FILE`: replays a trace that a kiosk kept (`⟨dataDir⟩/traces/`) and, where the driver fails as in the
 * field, writes a test here that fails until the driver is mended.
 * Exit status 0: reproduced and written; 1: not reproduced; 2: bad usage.
 */
import { readFile } from 'node:fs/promises';
import { makeTest } from '../support/replay-test.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: npm run replay FILE\n');
  process.exitCode = 2;
} else {
  const { code, outcome, differs, test } = await makeTest(await readFile(file, 'utf8'), import.meta.dirname);
  const wrote = (hex: string) => hex || 'nothing';
  process.stdout.write(
    [
      `in the field: ${code}`,
      `now:          ${outcome}`,
      ...(differs
        ? [`byte ${differs.at}: the driver wrote ${wrote(differs.now)}, in the field ${wrote(differs.field)}`]
        : []),
      test === undefined ? 'not reproduced, no test is written' : `written: ${test}`,
      '',
    ].join('\n'),
  );
  process.exitCode = test === undefined ? 1 : 0;
}
