/** A file that is there whole or not at all, also when the power is cut or the stick is pulled. */
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** What a draft ends in; whoever lists a folder passes over these. */
export const DRAFT = '.draft';

/**
 * Takes the place of the file that may be there. On disk when it returns: the content, then the name. Mode 0600, where
 * the file system knows modes. Errors of `node:fs` pass through.
 */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  // A new name each time, and `wx`: nothing that lies on a stick is written through.
  const draft = path.join(folder, `${randomUUID()}${DRAFT}`);
  try {
    await using handle = await open(draft, 'wx', 0o600);
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
  await rename(draft, file);
  await syncFolder(folder);
}

/** Makes what was renamed or removed in a folder last. */
export async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}
