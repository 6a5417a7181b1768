/** The audit against somebody who has the key of the database, but not the one that signs. */
import { createHash } from 'node:crypto';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3-multiple-ciphers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/store/audit-log.ts';
import { canonicalJson } from '../../src/store/canonical-json.ts';
import type { Operations } from '../../src/store/engine.ts';
import { AT, engineOf, temporaryFolder, value, withDatabase } from './fixture.ts';

const ENTRIES = 6;
const headFile = (dataDir: string) => join(dataDir, 'store', 'audit-head.json');

function append(engine: Operations, times: number): void {
  for (let n = 0; n < times; n++) {
    const data = { state: `state-${n}`, event: 'retry' };
    value(engine['audit.append'](AT, { event: 'desk-event-unknown', by: 'desk', data }));
  }
}

/** A data folder whose audit holds so many entries, closed. */
function folderWith(entries: number): string {
  const dataDir = temporaryFolder();
  const engine = value(engineOf(dataDir));
  append(engine, entries);
  engine.close();
  return dataDir;
}

/** What the next start finds, and what it finds after another entry came. */
async function reports(dataDir: string): Promise<[AuditReport, AuditReport]> {
  const engine = value(engineOf(dataDir));
  const first = value(await engine['audit.verify']());
  append(engine, 1);
  const second = value(await engine['audit.verify']());
  engine.close();
  return [first, second];
}

function tamper(dataDir: string, f: (database: Database.Database) => void): void {
  withDatabase(dataDir, (database) => {
    for (const name of ['audit_never_updated', 'audit_never_deleted', 'audit_only_grows']) {
      database.exec(`DROP TRIGGER ${name}`);
    }
    f(database);
  });
}

interface Row {
  seq: number;
  data: string;
  previous: string;
  hash: string;
}

/** Makes every hash agree again, as a forger would. */
function rehash(database: Database.Database): void {
  let previous = '0'.repeat(64);
  for (const row of database.prepare<[], Row>('SELECT * FROM audit ORDER BY seq').all()) {
    const { hash: _, ...content } = { ...row, data: JSON.parse(row.data), previous };
    const hash = createHash('sha256').update(canonicalJson(content)).digest('hex');
    database.prepare('UPDATE audit SET previous = ?, hash = ? WHERE seq = ?').run(previous, hash, row.seq);
    previous = hash;
  }
}

const forgeries: Record<string, { sql: string; fault: string; firstBad?: number }> = {
  'the first entry removed': { sql: 'DELETE FROM audit WHERE seq = 1', fault: 'missing', firstBad: 1 },
  'an entry removed': { sql: 'DELETE FROM audit WHERE seq = 3', fault: 'missing', firstBad: 3 },
  'an entry removed, the rest renumbered': {
    sql: 'DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq > 3',
    fault: 'altered',
    firstBad: 3,
  },
  'the data altered': {
    sql: `UPDATE audit SET data = replace(data, 'retry', 'cancel') WHERE seq = 2`,
    fault: 'altered',
    firstBad: 2,
  },
  'the data written otherwise': {
    sql: `UPDATE audit SET data = replace(data, ':', ': ') WHERE seq = 2`,
    fault: 'altered',
    firstBad: 2,
  },
  'the data no JSON': { sql: `UPDATE audit SET data = '{' WHERE seq = 2`, fault: 'altered', firstBad: 2 },
  'the time altered': {
    sql: `UPDATE audit SET time = '2020-01-01T00:00:00.000Z' WHERE seq = 4`,
    fault: 'altered',
    firstBad: 4,
  },
  'the policy altered': { sql: `UPDATE audit SET policy = 'x' WHERE seq = 4`, fault: 'altered', firstBad: 4 },
  'the actor altered': { sql: `UPDATE audit SET by = 'other' WHERE seq = 6`, fault: 'altered', firstBad: 6 },
  'two entries in each other’s place': {
    sql: 'UPDATE audit SET seq = 99 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 99',
    fault: 'altered',
    firstBad: 2,
  },
  'the last entry removed': { sql: 'DELETE FROM audit WHERE seq = 6', fault: 'missing', firstBad: 6 },
  'the tail and the head removed': {
    sql: 'DELETE FROM audit WHERE seq > 3; DELETE FROM audit_head',
    fault: 'missing',
    firstBad: 4,
  },
  'all removed': { sql: 'DELETE FROM audit; DELETE FROM audit_head', fault: 'missing', firstBad: 1 },
};

describe('the audit', () => {
  it('of a kiosk that nobody touched is proven, also over many starts', async () => {
    const dataDir = folderWith(0);
    expect((await reports(dataDir))[0]).toEqual({ entries: 0, head: null, ok: true });
    for (let start = 1; start <= 3; start++) {
      expect((await reports(dataDir))[0]).toMatchObject({ entries: start, ok: true });
    }
  });

  it('cannot be updated, deleted from or replaced in the database', () => {
    const dataDir = folderWith(ENTRIES);
    for (const sql of [
      `UPDATE audit SET by = 'other' WHERE seq = 2`,
      'DELETE FROM audit WHERE seq = 6',
      `INSERT OR REPLACE INTO audit SELECT seq, time, event, 'other', policy, data, previous, hash FROM audit WHERE seq = 6`,
      `UPDATE OR REPLACE audit SET seq = 1 WHERE seq = 2`,
    ]) {
      expect(() => withDatabase(dataDir, (database) => database.exec(sql)), sql).toThrow('append-only');
    }
  });

  it.each(Object.entries(forgeries))(
    'is found with %s, and stays found',
    async (_, { sql, fault, firstBad }) => {
      const dataDir = folderWith(ENTRIES);
      tamper(dataDir, (database) => database.exec(sql));
      for (const report of await reports(dataDir)) {
        expect(report).toMatchObject({ ok: false, fault, firstBad });
      }
    },
  );

  it('is found where an entry was altered and every later hash made to agree', async () => {
    const dataDir = folderWith(ENTRIES);
    tamper(dataDir, (database) => {
      database.exec(`UPDATE audit SET by = 'other' WHERE seq = 2`);
      rehash(database);
    });
    for (const report of await reports(dataDir))
      expect(report).toMatchObject({ ok: false, fault: 'altered' });
  });

  it('is found where entries were added that this kiosk did not sign', async () => {
    const dataDir = folderWith(ENTRIES);
    tamper(dataDir, (database) => {
      database.exec(
        `INSERT INTO audit SELECT 7, time, event, 'other', policy, data, '', '' FROM audit WHERE seq = 6`,
      );
      rehash(database);
    });
    for (const report of await reports(dataDir))
      expect(report).toMatchObject({ ok: false, fault: 'altered' });
  });

  it('is found where the tail was cut and an older signed head put back', async () => {
    const dataDir = folderWith(3);
    const older = withDatabase(dataDir, (database) => database.prepare('SELECT * FROM audit_head').get());
    const engine = value(engineOf(dataDir));
    append(engine, 3);
    engine.close();
    tamper(dataDir, (database) => {
      database.exec('DELETE FROM audit WHERE seq > 3; DELETE FROM audit_head');
      database.prepare('INSERT INTO audit_head VALUES (@one, @seq, @hash, @signature)').run(older);
    });
    for (const report of await reports(dataDir)) {
      expect(report).toMatchObject({ ok: false, fault: 'missing', firstBad: 4 });
    }
  });

  it('is found where the whole database was put back to an earlier day', async () => {
    const dataDir = folderWith(3);
    const folder = join(dataDir, 'store');
    const backup = temporaryFolder();
    copyFileSync(join(folder, 'store.db'), join(backup, 'store.db'));
    const engine = value(engineOf(dataDir));
    append(engine, 3);
    engine.close();
    copyFileSync(join(backup, 'store.db'), join(folder, 'store.db'));
    for (const report of await reports(dataDir)) {
      expect(report).toMatchObject({ ok: false, fault: 'missing', firstBad: 4 });
    }
  });

  it('is found where the database was deleted', async () => {
    const dataDir = folderWith(ENTRIES);
    rmSync(join(dataDir, 'store', 'store.db'));
    for (const report of await reports(dataDir)) {
      expect(report).toMatchObject({ ok: false, fault: 'missing', firstBad: 1 });
    }
  });

  it('is found while the kiosk runs', async () => {
    const dataDir = temporaryFolder();
    const engine = value(engineOf(dataDir));
    append(engine, ENTRIES);
    tamper(dataDir, (database) => database.exec('DELETE FROM audit WHERE seq = 6'));
    expect(value(await engine['audit.verify']())).toMatchObject({ ok: false, fault: 'missing', firstBad: 6 });
  });

  it.each([
    ['is gone', (file: string) => rmSync(file)],
    ['is no head', (file: string) => writeFileSync(file, '{"seq":')],
    ['is of another kiosk', (file: string) => copyFileSync(headFile(folderWith(ENTRIES)), file)],
  ])('records that the head beside it %s', async (_, spoil) => {
    const dataDir = folderWith(ENTRIES);
    const engine = value(engineOf(dataDir));
    spoil(headFile(dataDir));
    expect(value(await engine['audit.verify']())).toMatchObject({ ok: false, fault: 'head' });
    engine.close();

    const [first] = await reports(dataDir);
    expect(first).toMatchObject({ ok: true, entries: ENTRIES + 1 });
    const data = withDatabase(dataDir, (database) =>
      database
        .prepare<[], string>(`SELECT data FROM audit WHERE event = 'audit-head-disagrees'`)
        .pluck()
        .all(),
    );
    expect(data).toEqual([`{"kept":null,"logged":${ENTRIES}}`]);
  });

  it('is proven when the head beside it lags behind, as a crash leaves it', async () => {
    const dataDir = folderWith(2);
    const lagging = join(temporaryFolder(), 'head');
    copyFileSync(headFile(dataDir), lagging);
    const engine = value(engineOf(dataDir));
    append(engine, 3);
    engine.close();
    copyFileSync(lagging, headFile(dataDir));
    expect((await reports(dataDir))[0]).toEqual({ ok: true, entries: 5, head: expect.any(String) });
  });

  it('is found with any one character of any one column changed', async () => {
    const dataDir = folderWith(ENTRIES);
    const engine = value(engineOf(dataDir));
    tamper(dataDir, () => undefined);
    const column = fc.constantFrom('time', 'event', 'by', 'policy', 'data', 'previous', 'hash');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: ENTRIES }), column, fc.nat(63), async (seq, name, place) => {
        const read = () =>
          withDatabase(dataDir, (database) =>
            database.prepare<[number], string>(`SELECT ${name} FROM audit WHERE seq = ?`).pluck().get(seq),
          )!;
        const write = (text: string) =>
          withDatabase(dataDir, (database) =>
            database.prepare(`UPDATE audit SET ${name} = ? WHERE seq = ?`).run(text, seq),
          );
        const before = read();
        const at = place % before.length;
        write(`${before.slice(0, at)}${before[at] === 'z' ? 'y' : 'z'}${before.slice(at + 1)}`);
        expect(value(await engine['audit.verify']()).ok).toBe(false);
        write(before);
        expect(value(await engine['audit.verify']()).ok).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('serves other calls while it is read', async () => {
    const engine = value(engineOf(temporaryFolder()));
    append(engine, 250);
    const verifying = engine['audit.verify']();
    append(engine, 1);
    expect(value(await verifying)).toMatchObject({ ok: true, entries: 251 });
  });
});
