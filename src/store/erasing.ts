/** Erasing for good: what is deleted must not be left in a file of the store. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { storageFailure } from './storage-failure.ts';

/**
 * After a commit that deleted: `secure_delete` (database.ts) has overwritten it in the pages, and the write-ahead log,
 * which still holds the pages as they were, is emptied here. A disk that refuses is no failure of the step, which is
 * committed; the next erasure tries again.
 */
export function emptyLog(database: Database.Database): void {
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    storageFailure(error);
  }
}
