/**
 * One process owns a data folder. The lock is the one SQLite takes on an empty database file: the kernel holds it for
 * the process (fcntl) and lets it go with the process, also after SIGKILL or a power cut, so that a file left behind
 * means nothing. The number in `owner.pid` only tells people whom to look for.
 */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { fail, ok, type Result } from '../failures/failure.ts';
import { errorCode, storageFailure } from './storage-failure.ts';

export interface Lock {
  release(): void;
}

/** Errors: STORE-LOCKED, and those of the disk. */
export function lockFolder(folder: string): Result<Lock> {
  const file = join(folder, 'owner.lock');
  const owner = join(folder, 'owner.pid');
  const taken = takeExclusive(file);
  if (!taken.ok) {
    return taken.failure.code === 'STORE-LOCKED' ? fail('STORE-LOCKED', ownerOf(owner)) : taken;
  }
  const lock = taken.value;
  try {
    writeFileSync(owner, `${process.pid}\n`);
  } catch (error) {
    lock.close();
    throw error;
  }
  return ok({ release: () => lock.close() });
}

function takeExclusive(file: string): Result<Database.Database> {
  const database = new Database(file, { timeout: 0 });
  try {
    // Nothing is ever written, so no journal file is wanted beside it.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    return ok(database);
  } catch (error) {
    database.close();
    if (errorCode(error) !== 'SQLITE_NOTADB') return storageFailure(error);
    // SQLite could read it, so nobody holds it: rubbish in the file must not keep the kiosk from starting.
    truncateSync(file);
    return takeExclusive(file);
  }
}

function ownerOf(file: string): string | undefined {
  try {
    return `pid ${Number.parseInt(readFileSync(file, 'utf8'), 10)}`;
  } catch {
    return undefined;
  }
}
