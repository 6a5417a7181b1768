/** The folder of traces that were kept of devices when they failed: what a technician sends home. */
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeTrace, type Trace } from './trace-file.ts';

/** A trace is at most some 100 KiB, so the folder stays under 4 MiB. */
export const MOST_TRACES = 32;

/**
 * Saves a trace as `⟨device⟩-⟨code⟩.jsonl`, mode 0600, in the place of an earlier one of the same device and code: a
 * device that fails all day pushes nobody else's trace out. Of all that are there, the newest 32 stay.
 *
 * @returns The file. Errors of the file system are thrown.
 */
export async function saveTrace(folder: string, trace: Trace): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${trace.head.device}-${trace.head.failure?.code ?? 'kept'}.jsonl`);
  // Whole or not at all, also through a power cut.
  await writeFile(`${file}.new`, encodeTrace(trace), { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  await dropOldest(folder);
  return file;
}

async function dropOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  const files = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  files.sort((a, b) => b.at - a.at);
  for (const { name } of files.slice(MOST_TRACES)) await rm(join(folder, name));
}
