/** Keeps what is dear to make in a folder. A file that cannot be read or does not parse is made anew. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/**
 * @param sources Folders whose code decides what `make` returns: a change in any .ts file there makes the kept
 *   copy stale.
 * @returns what `make` returns, or an equal copy of it; it must be plain data (structured clone).
 */
export async function kept<T>(
  folder: string,
  name: string,
  sources: readonly string[],
  make: () => Promise<T>,
): Promise<T> {
  const file = join(folder, `${name}-${await digest(sources)}.bin`);
  try {
    return deserialize(await readFile(file)) as T;
  } catch {
    const value = await make();
    await mkdir(folder, { recursive: true });
    // Whole or not at all, also when two processes make it at once.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, serialize(value));
    await rename(draft, file);
    return value;
  }
}

async function digest(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const folder of folders) {
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
    for (const name of names.sort()) hash.update(name).update(await readFile(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
