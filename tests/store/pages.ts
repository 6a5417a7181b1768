/** The files of a store as somebody who has the key sees them: every page in clear, also those that hold nothing now. */
import { createDecipheriv } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile } from './fixture.ts';

const PAGE = 4096;
/** Page 1 begins with the salt; each page ends with IV 16 and HMAC 64 (SQLCipher 4). */
const SALT = 16;
const IV_AT = PAGE - 80;

/** All pages of the database and of its write-ahead log, one after the other. */
export function clearPages(dataDir: string): Buffer {
  const key = readFileSync(join(dataDir, 'keys', 'store.key'));
  const log = `${databaseFile(dataDir)}-wal`;
  return Buffer.concat(
    [
      ...pagesOf(readFileSync(databaseFile(dataDir)), 0, PAGE),
      // SQLite file format 4.1: a header of 32 bytes, then frames of 24 bytes and a page
      ...(existsSync(log) ? pagesOf(readFileSync(log), 32, 24 + PAGE) : []),
    ].map(({ number, page }) => decrypted(key, page, number === 1)),
  );
}

function pagesOf(file: Buffer, header: number, step: number): { number: number; page: Buffer }[] {
  const pages = [];
  for (let at = header; at + step <= file.length; at += step) {
    const frame = file.subarray(at, at + step);
    const number = step === PAGE ? (at - header) / PAGE + 1 : frame.readUInt32BE(0);
    pages.push({ number, page: frame.subarray(step - PAGE) });
  }
  return pages;
}

function decrypted(key: Buffer, page: Buffer, isFirst: boolean): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', key, page.subarray(IV_AT, IV_AT + 16)).setAutoPadding(
    false,
  );
  return Buffer.concat([decipher.update(page.subarray(isFirst ? SALT : 0, IV_AT)), decipher.final()]);
}
