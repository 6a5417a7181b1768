/**
 * Sealed packets on the kiosk's disk: `<dataDir>/packets/⟨id⟩.packet`. The kiosk cannot open them. One leaves only when
 * the centre's receipt says that it is there.
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '../failures/failure.ts';
import { errorCode, storageFailure } from '../store/storage-failure.ts';
import { DRAFT, syncFolder, writeWhole } from './atomic-file.ts';

export interface Shelf {
  /** On disk when it answers. Errors: STORE-FULL, STORE-READ-ONLY, STORE-IO, as of all here. */
  put(packet: string, bytes: Uint8Array): Promise<Result>;
  /** null: it is not there. */
  get(packet: string): Promise<Result<Uint8Array | null>>;
  /** One that is gone already counts as removed. */
  remove(packet: string): Promise<Result>;
}

/** @param dataDir of the kiosk that owns it */
export function packetShelf(dataDir: string): Shelf {
  const folder = path.join(dataDir, 'packets');
  const fileOf = (packet: string) => path.join(folder, `${packet}.packet`);
  let swept: Promise<void> | undefined;

  /** Makes the folder, and removes what a power cut left in it: once, so that nobody's draft of now is meant. */
  async function sweep(): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const drafts = (await readdir(folder)).filter((name) => name.endsWith(DRAFT));
    await Promise.all(drafts.map((name) => rm(path.join(folder, name), { force: true })));
  }

  return {
    put: (packet, bytes) =>
      guarded(async () => {
        swept ??= sweep();
        await swept.catch((error) => {
          swept = undefined;
          throw error;
        });
        await writeWhole(fileOf(packet), bytes);
      }),
    get: (packet) =>
      guarded(async () => {
        try {
          return new Uint8Array(await readFile(fileOf(packet)));
        } catch (error) {
          if (errorCode(error) === 'ENOENT') return null;
          throw error;
        }
      }),
    remove: (packet) =>
      guarded(async () => {
        try {
          await rm(fileOf(packet));
        } catch (error) {
          if (errorCode(error) === 'ENOENT') return;
          throw error;
        }
        await syncFolder(folder);
      }),
  };
}

async function guarded<T>(act: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await act());
  } catch (error) {
    return storageFailure(error);
  }
}
