/** Small files that are there whole or not at all, also after a power cut. Errors of `node:fs` pass through. */
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;

/** Writes a new file with mode 0600; an existing one is left alone and makes it throw EEXIST. */
export function createFile(path: string, content: Uint8Array): void {
  const draft = writeDraft(path, content);
  // link, unlike rename, never replaces: two first starts with one key path end with one key.
  try {
    linkSync(draft, path);
  } finally {
    rmSync(draft);
  }
  syncFolder(dirname(path));
}

/** Writes a file with mode 0600, in place of the one that may be there. */
export function replaceFile(path: string, content: Uint8Array): void {
  renameSync(writeDraft(path, content), path);
  syncFolder(dirname(path));
}

function writeDraft(path: string, content: Uint8Array): string {
  const draft = `${path}.draft`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', OWNER_ONLY);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return draft;
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
