/** Opening a data folder: keys, encryption, lock, damage. Every refusal has its code and leaves the files as they are. */
import { createDecipheriv, randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  AT,
  codeOf,
  databaseFile,
  engineOf,
  intent,
  opened,
  temporaryFolder,
  value,
  withDatabase,
} from './fixture.ts';

const keyFile = (dataDir: string) => join(dataDir, 'keys', 'store.key');

/** A data folder with one open activation in it, closed. */
function usedFolder(): string {
  const dataDir = temporaryFolder();
  const engine = value(engineOf(dataDir));
  value(engine['activations.begin'](AT, intent()));
  engine.close();
  return dataDir;
}

function opening(dataDir: string): string {
  const engine = engineOf(dataDir);
  if (engine.ok) engine.value.close();
  return codeOf(engine);
}

function overwrite(file: string, offset: number, bytes: Uint8Array): void {
  const content = readFileSync(file);
  content.set(bytes, offset);
  writeFileSync(file, content);
}

describe('the keys', () => {
  it('are generated at the first start, for the owner alone, and used again', () => {
    const dataDir = usedFolder();
    for (const name of ['store.key', 'audit.key']) {
      const { mode, size } = statSync(join(dataDir, 'keys', name));
      expect([name, (mode & 0o777).toString(8), size]).toEqual([name, '600', 32]);
    }
    expect(readdirSync(join(dataDir, 'keys'))).toHaveLength(2);
    expect(value(value(engineOf(dataDir))['activations.open']())).toHaveLength(1);
  });

  it.each([0o640, 0o604, 0o660])('are refused with mode %o', (mode) => {
    const dataDir = usedFolder();
    chmodSync(keyFile(dataDir), mode);
    expect(opening(dataDir)).toBe('STORE-KEY-EXPOSED');
    chmodSync(keyFile(dataDir), 0o400);
    expect(opening(dataDir)).toBe('ok');
  });

  it.each([0, 31, 33])('are refused with %i bytes', (length) => {
    const dataDir = usedFolder();
    writeFileSync(keyFile(dataDir), randomBytes(length));
    expect(opening(dataDir)).toBe('STORE-KEY-INVALID');
  });

  it.each(['store.key', 'audit.key'])('are not made anew for a database that has one: %s', (name) => {
    const dataDir = usedFolder();
    rmSync(join(dataDir, 'keys', name));
    expect(opening(dataDir)).toBe('STORE-KEY-MISSING');
    expect(readdirSync(join(dataDir, 'keys'))).not.toContain(name);
  });

  it('are told from damage when they are of another kiosk', () => {
    const dataDir = usedFolder();
    const before = readFileSync(databaseFile(dataDir));
    writeFileSync(keyFile(dataDir), randomBytes(32));
    expect(opening(dataDir)).toBe('STORE-KEY-WRONG');
    expect(readFileSync(databaseFile(dataDir)).equals(before)).toBe(true);
  });

  it('are made anew for a folder that lost everything but its key check', () => {
    const dataDir = usedFolder();
    rmSync(databaseFile(dataDir));
    rmSync(join(dataDir, 'keys'), { recursive: true });
    expect(opening(dataDir)).toBe('ok');
    writeFileSync(keyFile(dataDir), randomBytes(32));
    expect(opening(dataDir)).toBe('STORE-KEY-WRONG');
  });

  it('that were left half-written by a power cut are generated again', () => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, 'keys'));
    writeFileSync(`${keyFile(dataDir)}.draft`, 'half');
    expect(opening(dataDir)).toBe('ok');
  });
});

describe('a credential', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const settings = { key: { credential: 'store-key' }, auditKey: { credential: 'audit-key' } };

  it('gives the keys, and none is written to the disk', () => {
    const dataDir = temporaryFolder();
    const credentials = temporaryFolder();
    vi.stubEnv('CREDENTIALS_DIRECTORY', credentials);
    for (const name of ['store-key', 'audit-key']) writeFileSync(join(credentials, name), randomBytes(32));
    expect(codeOf(engineOf(dataDir, settings))).toBe('ok');
    expect(readdirSync(dataDir)).not.toContain('keys');
  });

  it('that systemd did not hand over is missing', () => {
    const dataDir = temporaryFolder();
    vi.stubEnv('CREDENTIALS_DIRECTORY', undefined);
    expect(codeOf(engineOf(dataDir, settings))).toBe('STORE-KEY-MISSING');
    vi.stubEnv('CREDENTIALS_DIRECTORY', dataDir);
    expect(codeOf(engineOf(dataDir, settings))).toBe('STORE-KEY-MISSING');
  });
});

describe('the database', () => {
  it('is AES-256 in the SQLCipher 4 layout, under the key itself', () => {
    const dataDir = usedFolder();
    const page = readFileSync(databaseFile(dataDir)).subarray(0, 4096);
    // salt 16 ‖ ciphertext ‖ IV 16 ‖ HMAC-SHA512 64
    const decipher = createDecipheriv(
      'aes-256-cbc',
      readFileSync(keyFile(dataDir)),
      page.subarray(4016, 4032),
    );
    decipher.setAutoPadding(false);
    const clear = decipher.update(page.subarray(16, 4016));
    // SQLite file format 1.3: page size, both versions 2 (WAL), reserved bytes, fixed payload fractions
    expect(clear.subarray(0, 8).toString('hex')).toBe('1000020250402020');
  });

  it('shows nothing in clear, neither in the file nor in its log', () => {
    const dataDir = temporaryFolder();
    const engine = value(engineOf(dataDir));
    const wanted = intent();
    value(engine['activations.begin'](AT, wanted));
    const proof = { word: 'tumbuhan' };
    value(engine['activations.settle'](AT, { id: wanted.id, outcome: 'done', proof, by: 'desk' }));
    const files = readdirSync(join(dataDir, 'store')).filter((name) => name.startsWith('store.db'));
    expect(files).toContain('store.db-wal');
    for (const name of files) {
      const content = readFileSync(join(dataDir, 'store', name));
      for (const text of ['SQLite format', 'CREATE', 'activation', 'tumbuhan', wanted.uid, wanted.id]) {
        expect(content.includes(text), `${text} in ${name}`).toBe(false);
      }
    }
  });

  it('keeps a write-ahead log', () => {
    const dataDir = usedFolder();
    expect(withDatabase(dataDir, (database) => database.pragma('journal_mode', { simple: true }))).toBe(
      'wal',
    );
  });

  it.each([
    ['its first page', 100],
    ['its salt', 0],
  ])('is refused when %s is damaged', (_, offset) => {
    const dataDir = usedFolder();
    overwrite(databaseFile(dataDir), offset, randomBytes(16));
    expect(opening(dataDir)).toBe('STORE-CORRUPT');
  });

  it('answers STORE-CORRUPT when a page that is needed is damaged or missing', async () => {
    const dataDir = usedFolder();
    const file = databaseFile(dataDir);
    const page = withDatabase(
      dataDir,
      (database) =>
        database
          .prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'activations'")
          .pluck()
          .get()!,
    );
    const whole = `${file}.whole`;
    copyFileSync(file, whole);

    overwrite(file, (page - 1) * 4096 + 50, randomBytes(16));
    const store = await opened(dataDir);
    expect(codeOf(await store.activations.open())).toBe('STORE-CORRUPT');
    expect(codeOf(await store.activations.begin(intent()))).toBe('STORE-CORRUPT');
    expect(value(await store.audit.verify())).toMatchObject({ ok: true, entries: 1 });
    await store.close();

    copyFileSync(whole, file);
    truncateSync(file, 4096 * 2 + 100);
    expect(opening(dataDir)).toBe('STORE-CORRUPT');
  });

  it('of a newer version is refused and left as it is', () => {
    const dataDir = usedFolder();
    withDatabase(dataDir, (database) => database.pragma('user_version = 99'));
    const before = readFileSync(databaseFile(dataDir));
    expect(opening(dataDir)).toBe('STORE-NEWER');
    expect(readFileSync(databaseFile(dataDir)).equals(before)).toBe(true);
  });
});

describe('the lock', () => {
  it('lets one store own a data folder and names its process', () => {
    const dataDir = temporaryFolder();
    const first = value(engineOf(dataDir));
    const second = engineOf(dataDir);
    expect(second).toEqual({ ok: false, failure: { code: 'STORE-LOCKED', detail: `pid ${process.pid}` } });
    first.close();
    expect(opening(dataDir)).toBe('ok');
  });

  it('is not kept by files that were left behind', () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'owner.lock'), randomBytes(5000));
    writeFileSync(join(dataDir, 'owner.pid'), '1\n');
    expect(opening(dataDir)).toBe('ok');
  });
});

describe('a data folder', () => {
  it('that is a file is refused', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(opening(file)).toBe('STORE-READ-ONLY');
    expect(opening(join(file, 'below'))).toBe('STORE-READ-ONLY');
  });
});
