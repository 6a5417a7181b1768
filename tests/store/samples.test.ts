/** Samples at rest: who read them, whose they are, and that nothing is left of them when they are erased. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NewSample } from '../../src/store/samples.ts';
import { AT, codeOf, engineOf, temporaryFolder, value, withDatabase } from './fixture.ts';
import { clearPages } from './pages.ts';
import { finger, identified, kept, NIK, opened, sealed, step, upToProof } from './session-fixture.ts';

function kiosk(dataDir = temporaryFolder()) {
  const engine = value(engineOf(dataDir));
  return { ...engine.rooms, engine, dataDir };
}
type Kiosk = ReturnType<typeof kiosk>;

/** A session with these samples; its id. */
function sessionOf({ sessions }: Kiosk, ...samples: readonly NewSample[]): string {
  const id = randomUUID();
  value(sessions.open(AT, id, [opened(), identified()], 'resident'));
  value(sessions.record(AT, id, kept(...samples), 'resident'));
  return id;
}

describe('a sample', () => {
  it('is read back as it was kept, and the reading stands in the audit', () => {
    const all = kiosk();
    const sample = finger(7);
    const session = sessionOf(all, sample);
    const { record, template, ...info } = value(all.samples.read(AT, session, sample.id, 'rina', 'dispute'));
    expect(Buffer.from(record).equals(sample.record)).toBe(true);
    expect(Buffer.from(template!).equals(sample.template!)).toBe(true);
    expect(info).toMatchObject({ id: sample.id, sessionId: session, position: 7, quality: 71, bytes: 5000 });
    expect(value(all.samples.list(AT, session))).toEqual([info]);
    all.engine.close();
    const read = withDatabase(all.dataDir, (database) =>
      database.prepare("SELECT by, data FROM audit WHERE event = 'sample-read'").get(),
    );
    expect(read).toEqual({
      by: 'rina',
      data: JSON.stringify({ purpose: 'dispute', sample: sample.id, session }),
    });
  });

  it('of a certified device keeps the signed answer, sealed like the rest', () => {
    const all = kiosk();
    const proof = { jws: `eyJhbGciOiJSUzI1NiJ9.${'Zm9v'.repeat(100)}.c2ln`, hash: 'AB'.repeat(32) };
    const sample = { ...finger(7), proof };
    const session = sessionOf(all, sample);
    const read = value(all.samples.read(AT, session, sample.id, 'kiosk', 'packet'));
    expect(read.proof).toEqual(proof);
    expect(value(all.samples.list(AT, session))[0]).not.toHaveProperty('proof');
    all.engine.close();
    expect(clearPages(all.dataDir).includes('Zm9vZm9v')).toBe(false);
  });

  it('opens in its own session and in its own place only', () => {
    const all = kiosk();
    const [mine, other, foreign] = [finger(), finger(), finger()];
    const session = sessionOf(all, mine, other);
    const another = sessionOf(all, foreign);
    const read = (id: string, sample: NewSample) =>
      codeOf(all.samples.read(AT, id, sample.id, 'rina', 'review'));
    expect(read(another, mine)).toBe('STORE-SAMPLE-UNKNOWN');
    expect(read(session, finger())).toBe('STORE-SAMPLE-UNKNOWN');
    all.engine.close();
    withDatabase(all.dataDir, (database) => {
      // Somebody with the database's key puts the foreign finger into this session, and swaps two of its own.
      database.prepare('UPDATE samples SET session = ? WHERE id = ?').run(session, foreign.id);
      const row = (id: string) => database.prepare('SELECT record FROM samples WHERE id = ?').pluck().get(id);
      const [a, b] = [row(mine.id), row(other.id)];
      database.prepare('UPDATE samples SET record = ? WHERE id = ?').run(b, mine.id);
      database.prepare('UPDATE samples SET record = ? WHERE id = ?').run(a, other.id);
    });
    const again = kiosk(all.dataDir);
    for (const sample of [mine, other, foreign]) {
      expect(codeOf(again.samples.read(AT, session, sample.id, 'rina', 'review'))).toBe(
        'STORE-SAMPLE-DAMAGED',
      );
    }
  });

  it.each([0, 12, 40, -1])('that was altered at byte %i is damaged', (at) => {
    const all = kiosk();
    const sample = finger();
    const session = sessionOf(all, sample);
    all.engine.close();
    withDatabase(all.dataDir, (database) => {
      const record = database.prepare<[], Buffer>('SELECT record FROM samples').pluck().get()!;
      const index = at < 0 ? record.length + at : at;
      record[index] = record[index]! ^ 1;
      database.prepare('UPDATE samples SET record = ?').run(record);
    });
    const again = kiosk(all.dataDir);
    expect(codeOf(again.samples.read(AT, session, sample.id, 'rina', 'proof'))).toBe('STORE-SAMPLE-DAMAGED');
    expect(codeOf(again.samples.read(AT, session, sample.id, 'rina', 'proof'))).toBe('STORE-SAMPLE-DAMAGED');
  });
});

describe('the fingers of the last sessions', () => {
  it('are those of the newest that are still there, but of the one at hand', () => {
    const all = kiosk();
    const fingers = [finger(1), finger(2), finger(3), finger(4)] as const;
    const [first, second, third, fourth] = fingers.map((sample) => sessionOf(all, sample)) as [
      string,
      string,
      string,
      string,
    ];
    value(all.sessions.wipe(AT, second, 'abandoned', 'resident'));
    const recent = (sessions: number) => value(all.samples.recentFingers(AT, sessions, fourth));
    expect(recent(20).map(({ sessionId, position }) => [sessionId, position])).toEqual([
      [third, 3],
      [first, 1],
    ]);
    expect(recent(1)).toHaveLength(1);
    expect(Buffer.from(recent(1)[0]!.template).equals(fingers[2].template!)).toBe(true);
    expect(recent(0)).toEqual([]);
  });
});

/** What would tell of the sample in the files: its bytes as they lie there, in pieces, and the key that opens them. */
function traces(dataDir: string, sampleId: string): Map<string, Buffer> {
  return withDatabase(dataDir, (database) => {
    const { record, template, key } = database
      .prepare<[string], { record: Buffer; template: Buffer; key: Buffer }>(
        `SELECT record, template, key FROM samples s JOIN session_keys k ON k.session = s.session WHERE id = ?`,
      )
      .get(sampleId)!;
    const pieces = Array.from(
      { length: 10 },
      (_, n) => [`record ${n}`, record.subarray(n * 500, n * 500 + 40)] as const,
    );
    return new Map([...pieces, ['template', template.subarray(0, 40)], ['key', key]]);
  });
}

function found(dataDir: string, sought: ReadonlyMap<string, Buffer>): string[] {
  const pages = clearPages(dataDir);
  return [...sought].filter(([, bytes]) => pages.includes(bytes)).map(([name]) => name);
}

describe('what is erased', () => {
  /** Sessions before and after, so that the pages in question are shared. */
  function amongOthers(all: Kiosk, ...samples: readonly NewSample[]): string {
    for (let n = 0; n < 3; n++) sessionOf(all, finger());
    const session = sessionOf(all, ...samples);
    for (let n = 0; n < 3; n++) sessionOf(all, finger());
    return session;
  }

  it('with its session is in no page of any file, nor is the key or the NIK', () => {
    const all = kiosk();
    const sample = finger();
    const session = randomUUID();
    amongOthers(all);
    const biodata = { nik: '1607124101900077', nama: 'RATNA JUWITA' };
    value(all.sessions.open(AT, session, [opened(), identified(biodata.nik)], 'resident'));
    value(all.sessions.record(AT, session, kept(sample), 'resident'));
    value(
      all.sessions.record(AT, session, step({ type: 'biodata-taken', from: 'roster', biodata }), 'resident'),
    );
    amongOthers(all);
    const sought = traces(all.dataDir, sample.id)
      .set('NIK', Buffer.from(biodata.nik))
      .set('name', Buffer.from(biodata.nama));
    // Of ten pieces one or two may lie on the border of two pages.
    const before = found(all.dataDir, sought);
    expect(before).toEqual(expect.arrayContaining(['key', 'NIK', 'name']));
    expect(before.length).toBeGreaterThanOrEqual(11);
    value(all.sessions.wipe(AT, session, 'abandoned', 'resident'));
    expect(found(all.dataDir, sought)).toEqual([]);
    expect(codeOf(all.samples.read(AT, session, sample.id, 'rina', 'review'))).toBe('STORE-SAMPLE-UNKNOWN');
  });

  it('by a step is gone at once, and the session goes on', () => {
    const all = kiosk();
    const [dropped, stays] = [finger(), finger()];
    const session = amongOthers(all, dropped, stays);
    const sought = traces(all.dataDir, dropped.id);
    const drop = step(
      { type: 'samples-dropped', samples: [dropped.id], code: 'GUARD-FINGER-REPEATED' },
      { drop: [dropped.id] },
    );
    value(all.sessions.record(AT, session, drop, 'kiosk'));
    // The key stays for the sample that stays.
    expect(found(all.dataDir, sought)).toEqual(['key']);
    expect(codeOf(all.samples.read(AT, session, stays.id, 'rina', 'review'))).toBe('ok');
  });

  it('after the receipt of the centre leaves a tombstone, and nothing goes before it', async () => {
    const all = kiosk();
    const sample = finger();
    const session = amongOthers(all, sample);
    const packet = randomUUID();
    const facts = [...upToProof(sample.id), sealed(packet), { type: 'ended', how: 'sealed' } as const];
    const outbox = { kind: 'packet', id: packet, payload: { nik: NIK } } as const;
    value(all.sessions.record(AT, session, { operation: randomUUID(), facts, outbox }, 'rina'));
    const later = '2026-04-01T00:00:00.000Z';
    expect(value(await all.samples.eraseReceived(later, 7))).toBe(0);
    value(all.outbox.received('2026-03-30T00:00:00.000Z', [{ kind: 'packet', id: packet }], 'kiosk'));
    expect(value(await all.samples.eraseReceived(later, 7))).toBe(0);
    const sought = traces(all.dataDir, sample.id);
    expect(value(await all.samples.eraseReceived(later, 2))).toBe(1);
    expect(found(all.dataDir, sought)).toEqual([]);
    expect(value(all.sessions.facts(AT, session)).map(({ type }) => type)).toEqual([
      'opened',
      'sealed',
      'ended',
    ]);
    expect(value(await all.engine['audit.verify']())).toMatchObject({ ok: true });
  });
});
