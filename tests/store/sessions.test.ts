/** Sessions in the store: whole steps, in order, once; and nothing of what can never be. */
import { randomUUID } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionFact } from '../../src/store/session-facts.ts';
import { guarded } from '../../src/store/storage-failure.ts';
import { AT, codeOf, databaseFile, engineOf, temporaryFolder, value, withDatabase } from './fixture.ts';
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
    const dropped: SessionFact = { type: 'samples-dropped', samples: [sample.id], code: 'GUARD-REPLAY' };
    const stolen = step(dropped, { drop: [sample.id] });
    expect(codeOf(engine.rooms.sessions.record(AT, other, stolen, 'rina'))).toBe('STORE-STEP-REFUSED');
    const silent = step({ type: 'taken-over' }, { drop: [sample.id] });
    expect(codeOf(engine.rooms.sessions.record(AT, id, silent, 'rina'))).toBe('STORE-STEP-REFUSED');
    expect(codeOf(engine.rooms.sessions.record(AT, id, kept(sample), 'rina'))).toBe('STORE-STEP-REFUSED');
    expect(value(engine.rooms.samples.list(AT, id))).toHaveLength(1);
  });

  it('has exceptions settled by another person than who recorded them', () => {
    const { engine, id } = begun();
    const { sessions } = engine.rooms;
    const [photo, exception] = [finger(), randomUUID()];
    const recorded = {
      type: 'exception-recorded',
      exception,
      subject: { kind: 'signature' },
      kind: 'cannot-sign',
      reason: 'tangan dibalut',
      photo: photo.id,
    } as const;
    const settled = { type: 'exception-settled', exception, approved: true } as const;
    expect(codeOf(sessions.record(AT, id, step(settled), 'kepala'))).toBe('STORE-STEP-REFUSED');
    value(sessions.record(AT, id, step(recorded, { samples: [photo] }), 'rina'));
    expect(codeOf(sessions.record(AT, id, step(settled), 'rina'))).toBe('STORE-STEP-REFUSED');
    expect(codeOf(sessions.record(AT, id, step(settled), 'kepala'))).toBe('ok');
  });

  it('is not sealed on a proof of other samples than it has now', () => {
    const { engine, id } = begun();
    const { sessions } = engine.rooms;
    const sample = finger();
    value(sessions.record(AT, id, kept(sample), 'resident'));
    value(sessions.record(AT, id, { operation: randomUUID(), facts: upToProof(sample.id) }, 'rina'));
    value(sessions.record(AT, id, kept(finger()), 'resident'));
    expect(codeOf(sessions.record(AT, id, step(sealed()), 'rina'))).toBe('STORE-STEP-REFUSED');
    const again = { type: 'proved', samples: 2, sha256: 'ab'.repeat(32) } as const;
    value(sessions.record(AT, id, step(again), 'rina'));
    expect(codeOf(sessions.record(AT, id, step(sealed()), 'rina'))).toBe('ok');
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

describe('a clock that was set back', () => {
  it('changes no order: facts, sessions and audit go on', async () => {
    const { engine, id } = begun();
    const earlier = '2001-01-01T00:00:00.000Z';
    const sample = finger();
    value(engine.rooms.sessions.record(earlier, id, kept(sample), 'resident'));
    const facts = value(engine.rooms.sessions.facts(AT, id));
    expect(facts.map(({ type, at }) => [type, at])).toEqual([
      ['opened', AT],
      ['identified', AT],
      ['samples-kept', earlier],
    ]);
    expect(value(engine.rooms.sessions.unfinished(AT))).toEqual([{ id, openedAt: AT, activeAt: earlier }]);
    expect(value(await engine['audit.verify']())).toMatchObject({ ok: true, entries: 3 });
  });
});

describe('a damaged page of samples', () => {
  it('is told by its code, and no other session is touched by it', () => {
    const { engine, id, dataDir } = begun();
    const sample = finger();
    value(engine.rooms.sessions.record(AT, id, kept(sample), 'resident'));
    const other = randomUUID();
    value(engine.rooms.sessions.open(AT, other, [opened(), identified()], 'resident'));
    engine.close();
    const file = databaseFile(dataDir);
    // The record's overflow pages lie at the end of the file: 5000 bytes and a little.
    const pages = statSync(file).size / 4096;
    const content = readFileSync(file);
    content.fill(0xa5, (pages - 1) * 4096, pages * 4096);
    writeFileSync(file, content);

    const { rooms } = value(engineOf(dataDir));
    expect(codeOf(guarded(() => rooms.samples.read(AT, id, sample.id, 'rina', 'proof')))).toBe(
      'STORE-CORRUPT',
    );
    expect(value(rooms.sessions.facts(AT, other))).toHaveLength(2);
    value(rooms.sessions.record(AT, other, step({ type: 'taken-over' }), 'rina'));
  });
});

/** Facts of any kind in any order, as a flow gone wrong might send them. */
const anyFact = fc.oneof(
  fc.constantFrom<SessionFact>(
    opened(),
    { type: 'notice-acknowledged', version: 1 },
    { type: 'taken-over' },
    { type: 'proved', samples: 1, sha256: 'cd'.repeat(32) },
    { type: 'ended', how: 'sealed' },
    { type: 'ended', how: 'abandoned' },
  ),
  fc.constantFrom(NIK, '1607124101900002').map(identified),
  fc.uuid().map((packet) => sealed(packet)),
);

it('whatever facts are sent in whatever order, what stands is one NIK, no packet without proof, nothing after the end', () => {
  const { engine, dataDir } = begun();
  const { sessions } = engine.rooms;
  const steps = fc.array(fc.array(anyFact, { minLength: 1, maxLength: 3 }), { maxLength: 8 });
  fc.assert(
    fc.property(steps, fc.boolean(), (all, training) => {
      const id = randomUUID();
      const sample = finger();
      value(sessions.open(AT, id, [opened(training)], 'resident'));
      value(sessions.record(AT, id, kept(sample), 'resident'));
      value(
        sessions.record(
          AT,
          id,
          step({ type: 'identity-checked', means: 'family-card', samples: [sample.id] }),
          'rina',
        ),
      );
      for (const facts of all) sessions.record(AT, id, { operation: randomUUID(), facts }, 'rina');

      const types = value(sessions.facts(AT, id)).map(({ type }) => type);
      for (const once of ['opened', 'identified', 'sealed', 'ended'] as const) {
        expect(types.filter((type) => type === once).length).toBeLessThanOrEqual(1);
      }
      if (types.includes('ended')) expect(types.at(-1)).toBe('ended');
      if (types.includes('sealed')) {
        expect(training).toBe(false);
        expect(types.indexOf('identified')).toBeLessThan(types.indexOf('sealed'));
        expect(types.indexOf('proved')).toBeLessThan(types.indexOf('sealed'));
      }
      const isErased = types.at(-1) === 'ended' && !types.includes('sealed');
      expect(value(engine.rooms.samples.list(AT, id))).toHaveLength(isErased ? 0 : 1);
    }),
    { numRuns: 40 },
  );
  engine.close();
  expect(withDatabase(dataDir, (database) => database.pragma('integrity_check', { simple: true }))).toBe(
    'ok',
  );
});
