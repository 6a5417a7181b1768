/** The encrypted database file: SQLCipher 4 scheme (AES-256-CBC and HMAC-SHA512 a page) with a raw 32-byte key. */
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';
import { fail, ok, type Result } from '../failures/failure.ts';
import { replaceFile } from './files.ts';
import { migrate } from './migrations.ts';
import { storageFailure } from './storage-failure.ts';

/**
 * Opens the database, or makes it, and brings it to the newest schema.
 * Errors: STORE-KEY-WRONG, STORE-CORRUPT, STORE-NEWER, STORE-LOCKED, STORE-FULL, STORE-READ-ONLY, STORE-IO.
 */
export function openDatabase(file: string, key: Uint8Array): Result<Database.Database> {
  const database = new Database(file, { timeout: 1000 });
  try {
    const opened = prepare(database, file, key);
    if (!opened.ok) database.close();
    return opened;
  } catch (error) {
    database.close();
    return storageFailure(error);
  }
}

function prepare(database: Database.Database, file: string, key: Uint8Array): Result<Database.Database> {
  database.pragma("cipher = 'sqlcipher'");
  database.pragma('legacy = 4');
  // x'…': the key itself, not a passphrase that a key derivation would stretch.
  database.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);

  const check = keyCheck(key);
  const checkFile = `${file}.key-check`;
  const known = existsSync(checkFile) ? readFileSync(checkFile, 'utf8') : undefined;
  const isNew = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;
  // SQLite says "not a database" of a wrong key and of a damaged first page alike; this tells them apart.
  if (!isNew && known !== undefined && known !== check) return fail('STORE-KEY-WRONG');

  database.pragma('journal_mode = WAL');
  // Each commit reaches the disk: with NORMAL a power cut loses commits that were already acknowledged.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // What is deleted is overwritten: erasing a person's data must not leave it in free pages.
  database.pragma('secure_delete = ON');
  // Nothing of the store goes to a temporary file in clear.
  database.pragma('temp_store = MEMORY');

  const migrated = migrate(database);
  if (!migrated.ok) return migrated;
  if (known !== check) replaceFile(checkFile, Buffer.from(check));
  return ok(database);
}

/** Says whether two keys are the same without giving either away. */
function keyCheck(key: Uint8Array): string {
  return createHmac('sha256', key).update('anjungan store key').digest('hex');
}
