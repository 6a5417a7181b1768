/** The store's keys: 32 bytes each, in a file of mode 0600 outside the database or in a systemd credential. */
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../failures/failure.ts';
import { createFile } from './files.ts';
import type { KeySource } from './settings.ts';
import { errorCode } from './storage-failure.ts';

const KEY_BYTES = 32;

/**
 * Reads a key. A key file that is not there is generated only when `mayGenerate`: with a database at hand a fresh
 * key could never open it, and would hide that the right one is missing.
 * Errors: STORE-KEY-MISSING, STORE-KEY-EXPOSED, STORE-KEY-INVALID; those of the disk are thrown.
 */
export function loadKey(source: KeySource, mayGenerate: boolean): Result<Buffer> {
  if (typeof source !== 'string') return loadCredential(source.credential);
  const found = readKeyFile(source);
  if (found.ok || found.failure.code !== 'STORE-KEY-MISSING' || !mayGenerate) return found;
  mkdirSync(dirname(source), { recursive: true, mode: 0o700 });
  createFile(source, randomBytes(KEY_BYTES));
  return readKeyFile(source);
}

function readKeyFile(path: string): Result<Buffer> {
  const file = openIfThere(path);
  if (file === undefined) return fail('STORE-KEY-MISSING', `no file ${path}`);
  try {
    // Asked of the open file, not of the path, so that nobody swaps it in between.
    const mode = fstatSync(file).mode & 0o777;
    if ((mode & 0o077) !== 0) return fail('STORE-KEY-EXPOSED', `${path} has mode 0${mode.toString(8)}`);
    return checked(readFileSync(file), path);
  } finally {
    closeSync(file);
  }
}

/** systemd keeps credentials in memory, for the service's user alone; their mode bits carry an ACL mask. */
function loadCredential(name: string): Result<Buffer> {
  const folder = process.env.CREDENTIALS_DIRECTORY;
  if (folder === undefined) return fail('STORE-KEY-MISSING', '$CREDENTIALS_DIRECTORY is not set');
  const file = openIfThere(join(folder, name));
  if (file === undefined) return fail('STORE-KEY-MISSING', `no credential ${name}`);
  try {
    return checked(readFileSync(file), `credential ${name}`);
  } finally {
    closeSync(file);
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function checked(key: Buffer, where: string): Result<Buffer> {
  if (key.length === KEY_BYTES) return ok(key);
  return fail('STORE-KEY-INVALID', `${where} holds ${key.length} bytes`);
}
