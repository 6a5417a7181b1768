/** The store as the flows use it, on real files. */
import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/store/canonical-json.ts';
import { openStore } from '../../src/store/store.ts';
import {
  AT,
  codeOf,
  intent,
  opened,
  options,
  POLICY,
  temporaryFolder,
  UID,
  value,
  withDatabase,
} from './fixture.ts';

const proof = { genuine: true, score: 41.5, threshold: 30, tries: 2 };

function auditRows(
  dataDir: string,
): { event: string; by: string; policy: string; time: string; data: string }[] {
  return withDatabase(dataDir, (database) =>
    database.prepare<[], ReturnType<typeof auditRows>[number]>('SELECT * FROM audit ORDER BY seq').all(),
  );
}

describe('an activation', () => {
  it('is open from its intent to its outcome, also over a restart', async () => {
    const dataDir = temporaryFolder();
    const wanted = intent();
    const first = await opened(dataDir);
    value(await first.activations.begin(wanted));
    await first.close();

    const second = await opened(dataDir);
    const stored = { ...wanted, begunAt: AT };
    expect(value(await second.activations.open())).toEqual([stored]);
    value(await second.activations.settle({ id: wanted.id, outcome: 'unknown', proof: {}, by: 'kiosk' }));
    expect(value(await second.activations.open())).toEqual([]);
    expect(value(await second.activations.unknown())).toEqual([stored]);
    expect(value(await second.outbox.pending())).toEqual([]);
  });

  it('that is done puts its proof into the outbox once, with its place in the audit', async () => {
    const dataDir = temporaryFolder();
    const store = await opened(dataDir);
    const { id, ...rest } = intent();
    for (const _ of [1, 2]) value(await store.activations.begin({ id, ...rest }));
    for (const _ of [1, 2]) value(await store.activations.settle({ id, outcome: 'done', proof, by: 'desk' }));

    const { head, entries } = value(await store.audit.verify());
    const payload = { proof, audit: { seq: 2, hash: head } };
    const row = {
      kind: 'activation',
      id,
      payload,
      createdAt: AT,
      state: 'pending',
      changedAt: null,
      batch: null,
    };
    expect(value(await store.outbox.pending())).toEqual([row]);
    expect(entries).toBe(2);
    await store.close();

    const [intended, settled] = auditRows(dataDir);
    expect(intended).toMatchObject({ event: 'activation-intended', by: 'desk', policy: POLICY });
    expect(JSON.parse(settled!.data)).toEqual({
      activation: id,
      uid: UID,
      outcome: 'done',
      proof: createHash('sha256').update(canonicalJson(proof)).digest('hex'),
    });
  });

  it.each(['done', 'refused'] as const)('that was unknown can still turn out as %s', async (outcome) => {
    const store = await opened(temporaryFolder());
    const wanted = intent();
    value(await store.activations.begin(wanted));
    value(await store.activations.settle({ id: wanted.id, outcome: 'unknown', proof: {}, by: 'kiosk' }));
    value(await store.activations.settle({ id: wanted.id, outcome, proof, by: 'desk' }));
    expect(value(await store.activations.unknown())).toEqual([]);
    expect(value(await store.outbox.pending())).toHaveLength(outcome === 'done' ? 1 : 0);
    expect(value(await store.audit.verify())).toMatchObject({ ok: true, entries: 3 });
  });

  it.each([
    ['done', 'refused'],
    ['refused', 'done'],
    ['already', 'unknown'],
    ['unknown', 'already'],
  ] as const)('that is %s cannot become %s', async (outcome, other) => {
    const store = await opened(temporaryFolder());
    const wanted = intent();
    value(await store.activations.begin(wanted));
    value(await store.activations.settle({ id: wanted.id, outcome, proof, by: 'desk' }));
    const again = await store.activations.settle({ id: wanted.id, outcome: other, proof, by: 'desk' });
    expect(codeOf(again)).toBe('STORE-ACTIVATION-CONFLICT');
    expect(value(await store.audit.verify())).toMatchObject({ ok: true, entries: 2 });
  });

  it('needs an intent of its own', async () => {
    const store = await opened(temporaryFolder());
    const wanted = intent();
    const early = await store.activations.settle({ id: wanted.id, outcome: 'done', proof, by: 'desk' });
    expect(codeOf(early)).toBe('STORE-ACTIVATION-NOT-BEGUN');
    value(await store.activations.begin(wanted));
    const other = await store.activations.begin({ ...wanted, uid: '80FFFFFFFFFFFFFF' });
    expect(codeOf(other)).toBe('STORE-ACTIVATION-CONFLICT');
    expect(value(await store.audit.verify()).entries).toBe(1);
  });

  it('is not stored when its audit entry would be refused', async () => {
    const store = await opened(temporaryFolder());
    const refused = await store.activations.begin({ ...intent(), uid: 'not a UID' });
    expect(codeOf(refused)).toBe('STORE-ENTRY-REFUSED');
    expect(value(await store.activations.open())).toEqual([]);
    expect(value(await store.audit.verify())).toEqual({ entries: 0, head: null, ok: true });
  });
});

describe('a fact', () => {
  const uid = (value: string | null) => ({ name: 'sam-uid', subject: 'new', value }) as const;
  const other = (value: string | null) => ({ name: 'sam-other', subject: 'new', value }) as const;

  it('is remembered for its reader over a restart, changed and forgotten, each time with an entry', async () => {
    const dataDir = temporaryFolder();
    const bound = { event: 'sam-bound', by: 'kiosk', data: { reader: 'new', sam: '0A0B' } } as const;
    const confirmed = {
      event: 'sam-confirmed',
      by: 'technician',
      data: { reader: 'new', sam: '0C0D' },
    } as const;
    const first = await opened(dataDir);
    value(await first.facts.change([uid('0A0B')], bound));
    await first.close();

    const second = await opened(dataDir);
    expect(value(await second.facts.get('sam-uid', 'new'))).toBe('0A0B');
    expect(value(await second.facts.get('sam-uid', 'other'))).toBeNull();
    expect(value(await second.facts.get('sam-other', 'new'))).toBeNull();
    value(await second.facts.change([uid('0C0D')], confirmed));
    expect(value(await second.facts.get('sam-uid', 'new'))).toBe('0C0D');
    value(await second.facts.change([uid(null)], confirmed));
    expect(value(await second.facts.get('sam-uid', 'new'))).toBeNull();
    expect(value(await second.audit.verify())).toMatchObject({ ok: true, entries: 3 });
  });

  it('changes together with others: one entry for all of them, or nothing at all', async () => {
    const store = await opened(temporaryFolder());
    const seen = {
      event: 'sam-other-seen',
      by: 'desk',
      data: { reader: 'new', sam: '0C', bound: '0A' },
    } as const;
    const confirmed = { event: 'sam-confirmed', by: 'console', data: { reader: 'new', sam: '0C' } } as const;
    const facts = async () => [
      value(await store.facts.get('sam-uid', 'new')),
      value(await store.facts.get('sam-other', 'new')),
    ];
    value(await store.facts.change([uid('0A'), other('0C')], seen));
    expect(await facts()).toEqual(['0A', '0C']);
    expect(codeOf(await store.facts.change([uid('0C'), other('xyz')], confirmed))).toBe(
      'STORE-ENTRY-REFUSED',
    );
    expect(await facts()).toEqual(['0A', '0C']);
    value(await store.facts.change([uid('0C'), other(null)], confirmed));
    expect(await facts()).toEqual(['0C', null]);
    expect(value(await store.audit.verify()).entries).toBe(2);
  });

  it('is not stored without a valid value and a valid entry', async () => {
    const store = await opened(temporaryFolder());
    const entry = { event: 'sam-bound', by: 'kiosk', data: { reader: 'new', sam: '0A' } } as const;
    expect(codeOf(await store.facts.change([uid('xyz')], entry))).toBe('STORE-ENTRY-REFUSED');
    const wrong = { ...entry, data: { ...entry.data, sam: 'xyz' } };
    expect(codeOf(await store.facts.change([uid('0A')], wrong))).toBe('STORE-ENTRY-REFUSED');
    expect(value(await store.facts.get('sam-uid', 'new'))).toBeNull();
    expect(value(await store.audit.verify()).entries).toBe(0);
  });
});

describe('the audit', () => {
  it('keeps the order of the calls, not of the clock', async () => {
    const dataDir = temporaryFolder();
    const times = ['2026-03-02T10:00:00.000Z', '1970-01-01T00:00:00.000Z', '2026-03-02T09:00:00.000Z'];
    const left = ['2026-03-02T00:00:00.000Z', ...times];
    const store = value(await openStore({ ...options(dataDir), now: () => new Date(left.shift()!) }));
    const states = ['first', 'second', 'third'];
    await Promise.all(
      states.map((state) => store.audit.append('desk-event-unknown', 'desk', { state, event: 'retry' })),
    );
    await store.close();
    const rows = auditRows(dataDir);
    expect(rows.map((row) => JSON.parse(row.data).state)).toEqual(states);
    expect(rows.map((row) => row.time)).toEqual(times);
  });
});

describe('the thread of the store', () => {
  it('answers STORE-STOPPED to what it left open when it crashes, and is replaced with all that was committed', async () => {
    const store = await opened(temporaryFolder());
    value(await store.activations.begin(intent()));
    const results = await Promise.all([
      store.activations.begin(null as never), // a bug: nothing that the types allow makes the thread throw
      store.activations.begin(intent()),
    ]);
    expect(results.map(codeOf)).toEqual(['STORE-STOPPED', 'STORE-STOPPED']);
    expect(results[0].ok ? '' : results[0].failure.detail).toMatch(
      /^TypeError at .*activations\.ts:\d+:\d+\)$/,
    );
    const [opened1, opened2] = await Promise.all([store.activations.open(), store.activations.open()]);
    expect(value(opened1)).toHaveLength(1);
    expect(value(opened2)).toHaveLength(1);
    value(await store.activations.begin(intent()));
  });

  it('answers STORE-STOPPED after it was closed, and may be closed twice', async () => {
    const store = await opened(temporaryFolder());
    const verifying = store.audit.verify();
    await store.close();
    await store.close();
    expect((await verifying).ok).toBe(true);
    expect(codeOf(await store.activations.begin({ ...intent(), id: randomUUID() }))).toBe('STORE-STOPPED');
  });
});
