/** What the store's tests share: a data folder that goes away, valid values, and the database opened from outside. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { onTestFinished } from 'vitest';
import type { Result } from '../../src/failures/failure.ts';
import type { ActivationIntent } from '../../src/store/activations.ts';
import { type Engine, openEngine } from '../../src/store/engine.ts';
import type { StoreSettings } from '../../src/store/settings.ts';
import { guarded } from '../../src/store/storage-failure.ts';
import { openStore, type Store, type StoreOptions } from '../../src/store/store.ts';

export const UID = '80112233445566AA';
export const POLICY = 'ab'.repeat(32);
export const AT = '2026-03-02T01:02:03.004Z';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'anjungan-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function options(dataDir: string): StoreOptions {
  return { dataDir, settings: {}, policyHash: POLICY, now: () => new Date(AT) };
}

/** Opens a store that is closed when the test ends. */
export async function opened(dataDir: string): Promise<Store> {
  const store = value(await openStore(options(dataDir)));
  onTestFinished(() => store.close());
  return store;
}

/** Opens the store's engine in this thread, which takes a tenth of the time; closed when the test ends. */
export function engineOf(dataDir: string, settings: StoreSettings = {}): Result<Engine> {
  const engine = guarded(() => openEngine({ dataDir, settings, policyHash: POLICY, at: AT }));
  if (engine.ok) onTestFinished(() => void engine.value.close());
  return engine;
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  return result.value;
}

export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.failure.code;
}

export function intent(): ActivationIntent {
  return { id: randomUUID(), uid: UID, readerId: 'new', sessionId: randomUUID(), by: 'desk' };
}

export function databaseFile(dataDir: string): string {
  return join(dataDir, 'store', 'store.db');
}

/** Runs `f` on the database as somebody who has the key would, past the store. */
export function withDatabase<T>(dataDir: string, f: (database: Database.Database) => T): T {
  const database = new Database(databaseFile(dataDir));
  try {
    database.pragma("cipher = 'sqlcipher'");
    database.pragma('legacy = 4');
    database.pragma(`key = "x'${readFileSync(join(dataDir, 'keys', 'store.key')).toString('hex')}'"`);
    return f(database);
  } finally {
    database.close();
  }
}
