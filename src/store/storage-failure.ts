/** What SQLite and the file system report when the disk is at fault, told in the catalogue's codes. */
import { type Failure, fail, type Result } from '../failures/failure.ts';

const codes: readonly (readonly [pattern: RegExp, code: Failure['code']])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)$/, 'STORE-FULL'],
  [/^(SQLITE_READONLY.*|SQLITE_CANTOPEN.*|SQLITE_PERM|EROFS|EACCES|EPERM)$/, 'STORE-READ-ONLY'],
  // The data folder is a file or lies below one; ENOENT is what Node's recursive mkdir says of a read-only disk.
  [/^(ENOTDIR|EISDIR|EEXIST|ENOENT)$/, 'STORE-READ-ONLY'],
  [/^(SQLITE_CORRUPT.*|SQLITE_NOTADB)$/, 'STORE-CORRUPT'],
  [/^(SQLITE_IOERR.*|EIO)$/, 'STORE-IO'],
  [/^SQLITE_BUSY.*$/, 'STORE-LOCKED'],
];

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The failure that an error of SQLite or `node:fs` stands for. Any other error is a bug and is thrown again. */
export function storageFailure(error: unknown): { readonly ok: false; readonly failure: Failure } {
  const seen = errorCode(error);
  const code = codes.find(([pattern]) => pattern.test(seen))?.[1];
  if (code === undefined) throw error;
  return fail(code, seen);
}

/** Runs `f`; an error of the disk becomes a failure. */
export function guarded<T>(f: () => Result<T>): Result<T> {
  try {
    return f();
  } catch (error) {
    return storageFailure(error);
  }
}
