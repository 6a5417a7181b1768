/** Makes a failing test of a trace. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeTrace, type Trace } from '../../src/devices/supervision/trace-file.ts';
import { value } from './bench-kiosk.ts';
import { type Replayed, replay } from './replay.ts';

export interface Made extends Replayed {
  /** The code that the use ended in, in the field. */
  readonly code: string | undefined;
  /** The test; undefined where the driver does not fail as in the field. */
  readonly test: string | undefined;
}

/** Replays a trace and, where the driver fails as in the field, writes it beside a test of it into `folder`. */
export async function makeTest(text: string, folder: string): Promise<Made> {
  const trace = value(decodeTrace(text));
  const code = trace.head.failure?.code;
  const replayed = await replay(trace);
  if (replayed.outcome !== code) return { ...replayed, code, test: undefined };
  await mkdir(folder, { recursive: true });
  const name = `${trace.head.device}-${code}`;
  const test = path.join(folder, `${name}.line.test.ts`);
  await writeFile(path.join(folder, `${name}.jsonl`), text);
  await writeFile(test, testOf(trace, name, folder));
  return { ...replayed, code, test };
}

function testOf({ head }: Trace, name: string, folder: string): string {
  const from = (file: string) => path.relative(folder, path.resolve(import.meta.dirname, '../..', file));
  return `/** A fault of the field, written by \`npm run replay\`: fails until the driver is mended. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeTrace } from '${from('src/devices/supervision/trace-file.ts')}';
import { value } from '${from('tests/support/bench-kiosk.ts')}';
import { replay } from '${from('tests/support/replay.ts')}';

test('${head.settings.driver} does not end in ${head.failure?.code} where ${head.device} did', async () => {
  const file = new URL('${name}.jsonl', import.meta.url);
  const { outcome } = await replay(value(decodeTrace(readFileSync(file, 'utf8'))));
  expect(outcome).not.toBe('${head.failure?.code}');
});
`;
}
