/**
 * The process is killed with SIGKILL at random moments, start after start on one data folder. (A kill keeps what the
 * kernel had already taken; that commits also reach the disk is SQLite's synchronous=FULL.)
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { engineOf, temporaryFolder, value, withDatabase } from './fixture.ts';

const CUTS = 3;
const writer = fileURLToPath(new URL('power-cut-writer.ts', import.meta.url));

interface Writer {
  readonly process: ChildProcess;
  /** Everything it printed until now. */
  printed(): string;
}

function startWriter(dataDir: string): Writer {
  const child = spawn(process.execPath, [writer, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return { process: child, printed: () => text };
}

async function kill({ process: child, printed }: Writer): Promise<string> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
  return printed();
}

async function firstAct({ process: child }: Writer): Promise<void> {
  await once(child.stdout!, 'data');
}

/** A seeded row of delays in milliseconds, 0–399 (Lehmer's generator, modulus 2³¹ − 1). */
function* delays(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48271) % 2147483647;
    yield state % 400;
  }
}

/** What the data folder holds, read past the store. */
function contents(dataDir: string) {
  return withDatabase(dataDir, (database) => {
    const all = <T>(sql: string) => database.prepare<[], T>(sql).all();
    return {
      integrity: database.pragma('integrity_check', { simple: true }),
      activations: all<{ id: string; outcome: string | null }>(
        'SELECT id, outcome FROM activations ORDER BY id',
      ),
      audited: all<{ id: string; outcome: string | null }>(
        `SELECT i.data ->> 'activation' AS id, s.data ->> 'outcome' AS outcome
         FROM audit i LEFT JOIN audit s ON s.event = 'activation-settled' AND s.data ->> 'activation' = i.data ->> 'activation'
         WHERE i.event = 'activation-intended' ORDER BY id`,
      ),
      // Of each session its facts, and what the audit has of them; a wipe leaves the audit's and a tombstone.
      facts: all<{ session: string; types: string }>(
        `SELECT session, group_concat(type) AS types FROM (SELECT * FROM session_facts ORDER BY seq)
         WHERE session IN (SELECT id FROM sessions WHERE erased_at IS NULL) GROUP BY session ORDER BY session`,
      ),
      auditedFacts: all<{ session: string; types: string }>(
        `SELECT session, group_concat(type) AS types FROM (
           SELECT data ->> 'session' AS session, data ->> '$.fact.type' AS type FROM audit
           WHERE event = 'session-fact' ORDER BY seq)
         WHERE session NOT IN (
           SELECT data ->> 'session' FROM audit WHERE event = 'session-erased') GROUP BY session ORDER BY session`,
      ),
      samples: new Map(
        all<{ id: string; session: string }>('SELECT id, session FROM samples').map(({ id, session }) => [
          id,
          session,
        ]),
      ),
      nameless: all(`SELECT id FROM samples WHERE NOT EXISTS (
        SELECT 1 FROM session_facts, json_each(fact, '$.samples')
        WHERE session_facts.session = samples.session AND value ->> 'sample' = samples.id)`),
      erased: new Set(
        all<{ id: string }>('SELECT id FROM sessions WHERE erased_at IS NOT NULL').map(({ id }) => id),
      ),
      keyless: all(`SELECT id FROM sessions LEFT JOIN session_keys ON session = id
        WHERE (key IS NULL) <> (erased_at IS NOT NULL)`),
      receipts: new Map(
        all<{ session: string; number: number }>('SELECT session, number FROM receipts').map(
          ({ session, number }) => [session, String(number)],
        ),
      ),
      sent: all<{ id: string }>('SELECT id FROM outbox ORDER BY id').map(({ id }) => id),
    };
  });
}

it.each([1, 2, 3])(
  'a kiosk killed again and again keeps whole steps and all it acknowledged (seed %i)',
  async (seed) => {
    const dataDir = temporaryFolder();
    const delay = delays(seed);
    let printed = '';
    for (let cut = 0; cut < CUTS; cut++) {
      const running = startWriter(dataDir);
      // The last cut hits the start itself.
      if (cut < CUTS - 1) await firstAct(running);
      await sleep(delay.next().value);
      printed += await kill(running);

      const engine = value(engineOf(dataDir));
      expect(value(await engine['audit.verify']())).toMatchObject({ ok: true });
      engine.close();
    }

    const found = contents(dataDir);
    expect(found.integrity).toBe('ok');
    expect(found.audited).toEqual(found.activations);
    expect(found.sent).toEqual(
      found.activations.filter(({ outcome }) => outcome === 'done').map(({ id }) => id),
    );
    expect(found.auditedFacts).toEqual(found.facts);
    expect(found.nameless).toEqual([]);
    expect(found.keyless).toEqual([]);
    const outcomes = new Map(found.activations.map(({ id, outcome }) => [id, outcome]));
    const acknowledged = printed.trimEnd().split('\n');
    expect(acknowledged.length).toBeGreaterThan(CUTS);
    for (const line of acknowledged) {
      const [act, id, more] = line.split(' ');
      if (act === 'begun' || act === 'settled') expect(outcomes.has(id!), line).toBe(true);
      if (act === 'settled') expect(outcomes.get(id!), line).toBe(more);
      if (act === 'kept' && !found.erased.has(more!)) expect(found.samples.get(id!), line).toBe(more);
      if (act === 'receipt') expect(found.receipts.get(more!), line).toBe(id);
      if (act === 'wiped') expect(found.erased.has(id!), line).toBe(true);
    }
  },
);

it('a folder is locked against another process for as long as that process lives', async () => {
  const dataDir = temporaryFolder();
  const running = startWriter(dataDir);
  await firstAct(running);
  const refused = engineOf(dataDir);
  expect(refused).toEqual({
    ok: false,
    failure: { code: 'STORE-LOCKED', detail: `pid ${running.process.pid}` },
  });
  await kill(running);
  expect(readFileSync(`${dataDir}/owner.pid`, 'utf8')).toBe(`${running.process.pid}\n`);
  expect(engineOf(dataDir).ok).toBe(true);
});
