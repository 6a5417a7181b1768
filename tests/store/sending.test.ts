/** Acts that cannot be repeated, numbers that are given once, and what goes out and is confirmed. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Intent } from '../../src/store/intents.ts';
import { AT, codeOf, engineOf, temporaryFolder, value, withDatabase } from './fixture.ts';
import { finger, identified, kept, NIK, opened, sealed, step, upToProof } from './session-fixture.ts';

function kiosk(dataDir = temporaryFolder()) {
  const engine = value(engineOf(dataDir));
  return { ...engine.rooms, engine, dataDir };
}
type Kiosk = ReturnType<typeof kiosk>;

function begun({ intents }: Kiosk, rest: Partial<Intent> = {}): Intent {
  const intent: Intent = {
    id: randomUUID(),
    kind: 'export',
    sessionId: null,
    subject: { rows: 2 },
    by: 'rina',
    ...rest,
  };
  value(intents.begin(AT, intent));
  return intent;
}

/** A session that may be sealed, and one sample of it. */
function proven({ sessions }: Kiosk) {
  const [id, sample] = [randomUUID(), finger()];
  value(sessions.open(AT, id, [opened(), identified()], 'resident'));
  value(sessions.record(AT, id, kept(sample), 'resident'));
  const facts = upToProof(sample.id);
  value(sessions.record(AT, id, { operation: randomUUID(), facts }, 'rina'));
  return id;
}

/** A packet in the outbox; its key. */
function packet(all: Kiosk) {
  const [session, id] = [proven(all), randomUUID()];
  const outbox = { kind: 'packet', id, payload: { session } } as const;
  value(all.sessions.record(AT, session, step(sealed(id), { outbox }), 'rina'));
  return { kind: 'packet', id } as const;
}

describe('an intent', () => {
  it('is open from its beginning to its outcome, also over a restart', () => {
    const all = kiosk();
    const intent = begun(all);
    value(all.intents.begin(AT, intent));
    all.engine.close();
    const { intents } = kiosk(all.dataDir);
    expect(value(intents.open(AT))).toEqual([{ ...intent, begunAt: AT }]);
    for (const _ of [1, 2]) value(intents.settle(AT, { id: intent.id, outcome: 'unknown', by: 'kiosk' }));
    expect(value(intents.open(AT))).toEqual([]);
    value(intents.settle(AT, { id: intent.id, outcome: 'failed', by: 'kiosk' }));
    expect(codeOf(intents.settle(AT, { id: intent.id, outcome: 'done', by: 'kiosk' }))).toBe(
      'STORE-INTENT-CONFLICT',
    );
  });

  it('is one thing, and its outcome needs it', () => {
    const all = kiosk();
    const intent = begun(all);
    expect(codeOf(all.intents.begin(AT, { ...intent, kind: 'sealing' }))).toBe('STORE-INTENT-CONFLICT');
    const other = { id: randomUUID(), outcome: 'done', by: 'rina' } as const;
    expect(codeOf(all.intents.settle(AT, other))).toBe('STORE-INTENT-NOT-BEGUN');
  });

  it('is settled with the step that it was for, or not at all', () => {
    const all = kiosk();
    const session = proven(all);
    const intent = begun(all, { kind: 'sealing', sessionId: session });
    const settles = { id: intent.id, outcome: 'done', by: 'rina' } as const;
    const refused = step({ type: 'ended', how: 'sealed' }, { settles });
    expect(codeOf(all.sessions.record(AT, session, refused, 'rina'))).toBe('STORE-STEP-REFUSED');
    expect(value(all.intents.open(AT))).toHaveLength(1);
    value(all.sessions.record(AT, session, step(sealed(), { settles }), 'rina'));
    expect(value(all.intents.open(AT))).toEqual([]);
    const settled = value(all.engine['audit.ofSession'](session)).filter(({ event }) =>
      event.startsWith('intent-'),
    );
    expect(settled.map(({ event }) => event)).toEqual(['intent-begun', 'intent-settled']);
  });
});

describe('a receipt number', () => {
  it('is one for each session, growing, also over restarts', async () => {
    const all = kiosk();
    const sessions = [randomUUID(), randomUUID(), randomUUID()] as const;
    const issue = (from: Kiosk, session: string) => value(from.receipts.issue(AT, session, 'kiosk'));
    expect([issue(all, sessions[0]), issue(all, sessions[1]), issue(all, sessions[0])]).toEqual([1, 2, 1]);
    all.engine.close();
    const again = kiosk(all.dataDir);
    expect([issue(again, sessions[2]), issue(again, sessions[1])]).toEqual([3, 2]);
    expect(value(await again.engine['audit.verify']())).toMatchObject({ entries: 3, ok: true });
  });

  it('finds whose sealed recording it is, also after that was erased; a wiped one finds nobody', async () => {
    const all = kiosk();
    const issued = (session: string, name: string) => {
      const receipt = `${name}-${String(value(all.receipts.issue(AT, session, 'kiosk'))).padStart(6, '0')}`;
      value(all.sessions.record(AT, session, step({ type: 'receipt-issued', receipt }), 'rina'));
      return receipt;
    };
    const [session, wiped, id] = [proven(all), proven(all), randomUUID()];
    const [receipt, other] = [issued(session, '3FA2'), issued(wiped, '3FA2')];
    const holder = (asked: string) => value(all.receipts.holder(AT, asked));
    expect(holder(receipt)).toBeNull();
    const facts = [sealed(id), { type: 'ended', how: 'sealed' } as const];
    const outbox = { kind: 'packet', id, payload: { session } } as const;
    value(all.sessions.record(AT, session, { operation: randomUUID(), facts, outbox }, 'rina'));
    value(all.sessions.wipe(AT, wiped, 'refused', 'rina'));
    expect(holder(receipt)).toBe(NIK);
    expect([other, receipt.replace('3FA2', '0000'), '3FA2-1', NIK].map(holder)).toEqual(Array(4).fill(null));
    value(all.outbox.received(AT, [{ kind: 'packet', id }], 'kiosk'));
    expect(value(await all.samples.eraseReceived('2026-04-02T01:02:03.004Z', 7))).toBe(1);
    expect(holder(receipt)).toBe(NIK);
  });
});

describe('the outbox', () => {
  it('knows what is pending, what is out and what is confirmed', () => {
    const all = kiosk();
    const { outbox } = all;
    const [first, second] = [packet(all), packet(all)];
    const batch = value(outbox.batch(AT, begun(all).id));
    value(outbox.exported(AT, batch, [first], 'rina'));
    expect(value(outbox.pending(AT)).map(({ id }) => id)).toEqual([second.id]);
    expect(value(outbox.unconfirmed(AT))).toMatchObject([
      { id: first.id, batch, changedAt: AT, state: 'exported' },
    ]);
    expect(value(all.intents.open(AT))).toEqual([]);

    const stranger = { kind: 'packet', id: randomUUID() } as const;
    expect(value(outbox.received(AT, [first, stranger], 'kiosk'))).toEqual({ unknown: [stranger] });
    expect(value(outbox.received(AT, [first], 'kiosk'))).toEqual({ unknown: [] });
    expect(value(outbox.counts(AT))).toEqual([{ kind: 'packet', pending: 1, exported: 0, received: 1 }]);
  });

  it('numbers its batches, one for each export, also over a restart', () => {
    const all = kiosk();
    const intents = [begun(all), begun(all)] as const;
    expect(codeOf(all.outbox.batch(AT, randomUUID()))).toBe('STORE-INTENT-NOT-BEGUN');
    expect(value(all.outbox.batch(AT, intents[0].id))).toBe(1);
    all.engine.close();
    const again = kiosk(all.dataDir);
    expect(intents.map(({ id }) => value(again.outbox.batch(AT, id)))).toEqual([1, 2]);
    expect(codeOf(again.outbox.exported(AT, 9, [], 'rina'))).toBe('STORE-INTENT-NOT-BEGUN');
  });

  it('exports again what nobody confirmed, and never takes back a confirmation', () => {
    const all = kiosk();
    const key = packet(all);
    const first = value(all.outbox.batch(AT, begun(all).id));
    for (const _ of [1, 2]) value(all.outbox.exported(AT, first, [key], 'rina'));
    const second = value(all.outbox.batch(AT, begun(all).id));
    value(all.outbox.exported(AT, second, [key], 'rina'));
    expect(value(all.outbox.unconfirmed(AT))).toMatchObject([{ batch: second }]);
    value(all.outbox.received(AT, [key], 'kiosk'));
    const third = value(all.outbox.batch(AT, begun(all).id));
    value(all.outbox.exported(AT, third, [key], 'rina'));
    expect(value(all.outbox.counts(AT))).toEqual([{ kind: 'packet', pending: 0, exported: 0, received: 1 }]);
  });

  it('forgets what was in a row once the centre has it', () => {
    const all = kiosk();
    const key = packet(all);
    value(all.outbox.received(AT, [key], 'kiosk'));
    all.engine.close();
    const payload = withDatabase(all.dataDir, (database) =>
      database.prepare('SELECT payload FROM outbox').pluck().get(),
    );
    expect(payload).toBe('{}');
  });
});
