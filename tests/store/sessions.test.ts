/** Sessions in the store: whole steps, in order, once; and nothing of what can never be. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SessionFact } from '../../src/store/session-facts.ts';
import { AT, codeOf, engineOf, temporaryFolder, value, withDatabase } from './fixture.ts';
import { finger, identified, kept, NIK, opened, sealed, step, upToProof } from './session-fixture.ts';

function begun(facts: readonly SessionFact[] = [opened(), identified()], dataDir = temporaryFolder()) {
  const engine = value(engineOf(dataDir));
  const id = randomUUID();
  value(engine.rooms.sessions.open(AT, id, facts, 'resident'));
  return { engine, id, dataDir };
}

describe('a session', () => {
  it('is its facts, in order, over a restart', () => {
    const { engine, id, dataDir } = begun();
    const sample = finger();
    const stored = value(engine.rooms.sessions.record(AT, id, kept(sample), 'resident'));
    engine.close();

    const again = value(engineOf(dataDir));
    const facts = value(again.rooms.sessions.facts(AT, id));
    expect(facts.map(({ type }) => type)).toEqual(['opened', 'identified', 'samples-kept']);
    expect(facts.at(-1)).toEqual(stored[0]);
    expect(facts.map(({ seq }) => seq)).toEqual(facts.map(({ seq }) => seq).toSorted((a, b) => a - b));
    expect(value(again.rooms.sessions.unfinished(AT))).toEqual([{ id, openedAt: AT, activeAt: AT }]);
  });

  it('takes the same opening and the same step once', async () => {
    const { engine, id } = begun();
    value(engine.rooms.sessions.open(AT, id, [opened(), identified()], 'resident'));
    const sample = kept(finger());
    const first = value(engine.rooms.sessions.record(AT, id, sample, 'resident'));
    expect(value(engine.rooms.sessions.record(AT, id, sample, 'resident'))).toEqual(first);
    expect(value(engine.rooms.sessions.facts(AT, id))).toHaveLength(3);
    expect(value(await engine['audit.verify']())).toMatchObject({ ok: true, entries: 3 });

    const other = engine.rooms.sessions.open(AT, id, [opened(true)], 'resident');
    expect(codeOf(other)).toBe('STORE-SESSION-CONFLICT');
    const second = randomUUID();
    value(engine.rooms.sessions.open(AT, second, [opened()], 'resident'));
    expect(codeOf(engine.rooms.sessions.record(AT, second, sample, 'resident'))).toBe(
      'STORE-SESSION-CONFLICT',
    );
  });

  it('ends without a packet as a tombstone, in the transaction of its end', () => {
    const { engine, id, dataDir } = begun();
    value(engine.rooms.sessions.record(AT, id, kept(finger()), 'resident'));
    for (const _ of [1, 2]) value(engine.rooms.sessions.wipe(AT, id, 'abandoned', 'resident'));
    expect(value(engine.rooms.sessions.facts(AT, id)).map(({ type }) => type)).toEqual(['opened', 'ended']);
    expect(value(engine.rooms.sessions.unfinished(AT))).toEqual([]);
    expect(codeOf(engine.rooms.sessions.record(AT, id, step(identified()), 'resident'))).toBe(
      'STORE-SESSION-ENDED',
    );
    engine.close();
    const left = withDatabase(dataDir, (database) => ({
      session: database.prepare('SELECT nik, outcome, samples, discarded FROM sessions').get(),
      samples: database.prepare('SELECT count(*) FROM samples').pluck().get(),
      keys: database.prepare('SELECT count(*) FROM session_keys').pluck().get(),
    }));
    expect(left).toEqual({
      session: { nik: null, outcome: 'abandoned', samples: 1, discarded: 1 },
      samples: 0,
      keys: 0,
    });
  });

  it('is sealed with its packet in the outbox, which knows its place in the audit', async () => {
    const { engine, id } = begun();
    const sample = finger();
    value(engine.rooms.sessions.record(AT, id, kept(sample), 'resident'));
    for (const fact of upToProof(sample.id)) value(engine.rooms.sessions.record(AT, id, step(fact), 'rina'));
    const packet = randomUUID();
    const outbox = { kind: 'packet', id: packet, payload: { bytes: 100_000 } } as const;
    const end = {
      operation: randomUUID(),
      facts: [sealed(packet), { type: 'ended', how: 'sealed' }],
      outbox,
    } as const;
    value(engine.rooms.sessions.record(AT, id, end, 'rina'));
    const { head } = value(await engine['audit.verify']());
    expect(value(engine.rooms.outbox.pending(AT))).toMatchObject([
      { kind: 'packet', id: packet, payload: { bytes: 100_000, audit: { hash: head } } },
    ]);
    expect(codeOf(engine.rooms.sessions.wipe(AT, id, 'timed-out', 'kiosk'))).toBe('STORE-SESSION-ENDED');
  });

  it.each<[string, readonly SessionFact[]]>([
    ['a second NIK', [identified('1607124101900002')]],
    ['a second opening', [opened()]],
    ['a packet without proof', [sealed()]],
    ['an end as sealed without a packet', [{ type: 'ended', how: 'sealed' }]],
    ['a sample of nobody', [{ type: 'reviewed', sample: randomUUID() }]],
    ['a fact of another form', [{ type: 'identified' } as unknown as SessionFact]],
    ['nothing at all', []],
  ])('refuses %s and stores nothing of it', (_, facts) => {
    const { engine, id } = begun();
    const refused = engine.rooms.sessions.record(AT, id, { operation: randomUUID(), facts }, 'resident');
    expect(codeOf(refused)).toBe('STORE-STEP-REFUSED');
    expect(value(engine.rooms.sessions.facts(AT, id))).toHaveLength(2);
  });

  it('refuses samples that no fact names, and another session’s', () => {
    const { engine, id } = begun();
    const sample = finger();
    const nameless = step({ type: 'taken-over' }, { samples: [sample] });
    expect(codeOf(engine.rooms.sessions.record(AT, id, nameless, 'rina'))).toBe('STORE-STEP-REFUSED');
    value(engine.rooms.sessions.record(AT, id, kept(sample), 'resident'));

    const other = randomUUID();
    value(engine.rooms.sessions.open(AT, other, [opened()], 'resident'));
    const foreign = step({ type: 'reviewed', sample: sample.id });
    expect(codeOf(engine.rooms.sessions.record(AT, other, foreign, 'resident'))).toBe('STORE-STEP-REFUSED');
    const stolen = step({ type: 'taken-over' }, { drop: [sample.id] });
    expect(codeOf(engine.rooms.sessions.record(AT, other, stolen, 'rina'))).toBe('STORE-STEP-REFUSED');
  });

  it('of a training is never sealed', () => {
    const { engine, id } = begun([opened(true), identified()]);
    const sample = finger();
    value(engine.rooms.sessions.record(AT, id, kept(sample), 'resident'));
    for (const fact of upToProof(sample.id)) value(engine.rooms.sessions.record(AT, id, step(fact), 'rina'));
    expect(codeOf(engine.rooms.sessions.record(AT, id, step(sealed()), 'rina'))).toBe('STORE-STEP-REFUSED');
  });

  it('that is not there is told from one that is', () => {
    const { engine } = begun();
    const id = randomUUID();
    expect(codeOf(engine.rooms.sessions.facts(AT, id))).toBe('STORE-SESSION-UNKNOWN');
    expect(codeOf(engine.rooms.sessions.wipe(AT, id, 'abandoned', 'kiosk'))).toBe('STORE-SESSION-UNKNOWN');
    expect(codeOf(engine.rooms.sessions.record(AT, id, step(identified()), 'rina'))).toBe(
      'STORE-SESSION-UNKNOWN',
    );
  });

  it('stands in the audit fact by fact, without the person', () => {
    const { engine, id, dataDir } = begun();
    const biodata = { nik: NIK, nama: 'SITI AMINAH', kelurahan: 'TANJUNG LAGO' };
    value(
      engine.rooms.sessions.record(
        AT,
        id,
        step({ type: 'biodata-taken', from: 'roster', biodata }),
        'resident',
      ),
    );
    engine.close();
    const audit = withDatabase(dataDir, (database) =>
      database.prepare<[], string>('SELECT data FROM audit ORDER BY seq').pluck().all(),
    );
    expect(audit.map((data) => JSON.parse(data).fact.type)).toEqual([
      'opened',
      'identified',
      'biodata-taken',
    ]);
    for (const text of [NIK, 'SITI', 'TANJUNG']) expect(audit.join()).not.toContain(text);
  });
});
