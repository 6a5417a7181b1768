/** What a bench without a real centre and oversight needs to send to and to receive from: keys, and two folders. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTestCentreKeys } from './keys.ts';
import { makeTestOversightKey } from './oversight.ts';

/** @param folder the bench's */
export async function makeTestCentreFolders(folder: string): Promise<void> {
  await makeTestCentreKeys(folder);
  await makeTestOversightKey(folder);
  for (const name of ['outbox', 'inbox']) await mkdir(join(folder, name), { recursive: true });
}
