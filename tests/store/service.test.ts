/** Roster, statuses, finished cards, the queue, surveys and fee reports, and the counts over all of it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { HandOver } from '../../src/store/cards.ts';
import type { Invitation } from '../../src/store/roster.ts';
import type { SessionFact } from '../../src/store/session-facts.ts';
import { AT, codeOf, engineOf, temporaryFolder, value, withDatabase } from './fixture.ts';
import { finger, identified, kept, NIK, opened, sealed, step, upToProof } from './session-fixture.ts';

const NEXT_DAY = '2026-03-03T01:00:00.000Z';

function rooms(dataDir = temporaryFolder()) {
  const engine = value(engineOf(dataDir));
  return { ...engine.rooms, engine, dataDir };
}

function invitation(rest: Partial<Invitation> = {}): Invitation {
  return {
    id: 'U-1',
    nik: NIK,
    name: 'SITI AMINAH',
    birthDate: '1990-01-01',
    village: 'TANJUNG LAGO',
    invitedOn: '2026-03-02',
    state: 'printed',
    deliveredBy: null,
    ...rest,
  };
}

describe('the roster', () => {
  it('is replaced as a whole, and finds people by NIK, invitation, name with birth date, and village', async () => {
    const { roster } = rooms();
    expect(value(roster.current(AT))).toBeNull();
    const second = invitation({ id: 'U-2', nik: '1607124101900002', name: 'RATNA DEWI' });
    value(await roster.import(AT, { number: 4, invitations: [invitation(), second] }, 'kiosk'));
    const ids = (query: Parameters<typeof roster.lookUp>[1]) =>
      value(roster.lookUp(AT, query, 'rina')).map(({ id }) => id);
    expect(ids({ nik: NIK })).toEqual(['U-1']);
    expect(ids({ invitation: 'U-2' })).toEqual(['U-2']);
    expect(ids({ name: 'aminah siti', birthDate: '1990-01-01' })).toEqual(['U-1']);
    expect(ids({ name: 'Ratna Siti', birthDate: '1990-01-01' })).toEqual(['U-1', 'U-2']);
    expect(ids({ village: 'TANJUNG LAGO', day: '2026-03-02' })).toEqual(['U-2', 'U-1']);

    value(await roster.import(AT, { number: 5, invitations: [second] }, 'kiosk'));
    expect(ids({ nik: NIK })).toEqual([]);
    expect(value(roster.current(AT))).toEqual({ number: 5, importedAt: AT });
  });

  it('that is older, or not one, leaves the last one in place', async () => {
    const { roster } = rooms();
    value(await roster.import(AT, { number: 4, invitations: [invitation()] }, 'kiosk'));
    const refused = [
      { number: 3, invitations: [] },
      { number: 5, invitations: [invitation({ nik: '123' })] },
      { number: 5, invitations: [invitation(), invitation({ nik: '1607124101900002' })] },
    ];
    const codes = [];
    for (const one of refused) codes.push(codeOf(await roster.import(AT, one, 'kiosk')));
    expect(codes).toEqual(['ROSTER-OLDER', 'ROSTER-INVALID', 'ROSTER-INVALID']);
    expect(value(roster.lookUp(AT, { nik: NIK }, 'rina'))).toHaveLength(1);
  });

  it('that was cut off in the middle of its import is not there, and comes whole the next time', async () => {
    const dataDir = temporaryFolder();
    const first = rooms(dataDir);
    value(await first.roster.import(AT, { number: 1, invitations: [invitation()] }, 'kiosk'));
    const many = Array.from({ length: 1200 }, (_, index) =>
      invitation({ id: `V-${index}`, nik: `16071201019${String(index).padStart(5, '0')}` }),
    );
    const importing = first.roster.import(AT, { number: 2, invitations: many }, 'kiosk');
    await nextTurn();
    first.engine.close();
    expect(codeOf(await importing)).toBe('STORE-STOPPED');

    const { roster, engine } = rooms(dataDir);
    expect(value(roster.current(AT))?.number).toBe(1);
    expect(value(roster.lookUp(AT, { nik: NIK }, 'rina'))).toHaveLength(1);
    value(await roster.import(AT, { number: 2, invitations: many }, 'kiosk'));
    expect(value(roster.villages(AT))).toEqual([
      { village: 'TANJUNG LAGO', invited: 1200, delivered: 0, came: 0 },
    ]);
    engine.close();
    expect(
      withDatabase(dataDir, (database) => database.prepare('SELECT count(*) FROM invitations').pluck().get()),
    ).toBe(1200);
  });

  it('comes once when it comes twice at the same time', async () => {
    const { roster } = rooms();
    const fresh = { number: 1, invitations: [invitation()] };
    const [first, second, third] = await Promise.all([
      roster.import(AT, fresh, 'kiosk'),
      roster.import(AT, fresh, 'kiosk'),
      roster.import(AT, { ...fresh, number: 2 }, 'kiosk'),
    ]);
    expect([first, second, third].map(codeOf)).toEqual(['ok', 'ok', 'ok']);
    expect(value(roster.villages(AT))).toHaveLength(1);
    expect(value(roster.current(AT))?.number).toBe(2);
  });

  it('keeps what happened here over the next roster, and sees who came by their session', async () => {
    const { roster, sessions } = rooms();
    const two = [invitation(), invitation({ id: 'U-2', nik: '1607124101900002' })];
    value(await roster.import(AT, { number: 1, invitations: two }, 'kiosk'));
    value(roster.note(AT, { id: 'U-2', state: 'delivered', deliveredBy: 'RT 04' }, 'rina'));
    value(roster.note(AT, { id: 'U-2', state: 'rescheduled', rescheduledTo: '2026-03-09' }, 'rina'));
    expect(codeOf(roster.note(AT, { id: 'U-3', state: 'came' }, 'rina'))).toBe('ROSTER-INVITATION-UNKNOWN');
    const state = () => value(roster.lookUp(AT, { nik: NIK }, 'rina'))[0]?.state;
    const [session, papers] = [randomUUID(), finger()];
    value(sessions.open(AT, session, [opened(), identified()], 'resident'));
    // A NIK that somebody typed is nobody yet.
    expect(state()).toBe('printed');
    const seen: SessionFact = { type: 'identity-checked', means: 'family-card', samples: [papers.id] };
    value(sessions.record(AT, session, step(seen, { samples: [papers] }), 'rina'));
    value(await roster.import(AT, { number: 2, invitations: two }, 'kiosk'));
    expect(state()).toBe('came');
    expect(value(roster.lookUp(AT, { village: 'TANJUNG LAGO', day: '2026-03-09' }, 'rina'))).toMatchObject([
      { id: 'U-2', state: 'rescheduled', deliveredBy: 'RT 04' },
    ]);
    expect(value(roster.villages(AT))).toEqual([
      { village: 'TANJUNG LAGO', invited: 2, delivered: 2, came: 1 },
    ]);
  });
});

/** A sealed session of `NIK`; its packet's id. */
function sealedSession({ sessions }: ReturnType<typeof rooms>, at = AT): string {
  const [id, packet, sample] = [randomUUID(), randomUUID(), finger()];
  value(sessions.open(at, id, [opened(), identified()], 'resident'));
  value(sessions.record(at, id, kept(sample), 'resident'));
  const facts = [...upToProof(sample.id), sealed(packet), { type: 'ended', how: 'sealed' } as const];
  const outbox = { kind: 'packet', id: packet, payload: {} } as const;
  value(sessions.record(at, id, { operation: randomUUID(), facts, outbox }, 'rina'));
  return packet;
}

describe('the status of a record', () => {
  it('is the kiosk’s own until the centre tells, and the centre’s from then on', async () => {
    const all = rooms();
    const { statuses, outbox, intents } = all;
    expect(value(statuses.of(AT, NIK))).toBeNull();
    const packet = sealedSession(all);
    expect(value(statuses.of(AT, NIK))).toMatchObject({
      status: 'BIO_CAPTURED',
      source: 'kiosk',
      stuck: false,
    });
    const batch = randomUUID();
    value(intents.begin(AT, { id: batch, kind: 'export', sessionId: null, subject: [packet], by: 'rina' }));
    const number = value(outbox.batch(AT, batch));
    value(outbox.exported(AT, number, [{ kind: 'packet', id: packet }], 'rina'));
    expect(value(statuses.of(AT, NIK))).toMatchObject({ status: 'PROCESSING' });
    value(
      await statuses.receive(
        NEXT_DAY,
        [{ nik: NIK, status: 'RECEIVED_AT_CENTRAL', since: '2026-03-03' }],
        'kiosk',
      ),
    );
    expect(value(statuses.of('2026-03-18T01:00:00.000Z', NIK))).toEqual({
      status: 'RECEIVED_AT_CENTRAL',
      since: '2026-03-03',
      days: 15,
      stuck: true,
      source: 'centre',
    });
    value(
      await statuses.receive(NEXT_DAY, [{ nik: NIK, status: 'PROCESSING', since: '2026-03-02' }], 'kiosk'),
    );
    expect(value(statuses.of(NEXT_DAY, NIK))).toMatchObject({ status: 'RECEIVED_AT_CENTRAL' });
    expect(
      codeOf(
        await statuses.receive(AT, [{ nik: NIK, status: 'LOST' as never, since: '2026-03-04' }], 'kiosk'),
      ),
    ).toBe('STATUS-INVALID');
  });

  it('is known after the session is erased, and reported when it waits too long', async () => {
    const all = rooms();
    const packet = sealedSession(all);
    value(all.outbox.received(AT, [{ kind: 'packet', id: packet }], 'kiosk'));
    expect(value(await all.samples.eraseReceived(NEXT_DAY, 1))).toBe(0);
    expect(value(await all.samples.eraseReceived('2026-03-09T01:02:03.004Z', 7))).toBe(1);
    const later = '2026-03-09T02:00:00.000Z';
    expect(value(all.statuses.of(later, NIK))).toMatchObject({ status: 'PROCESSING', days: 7, stuck: true });
    expect(value(all.statuses.stuck(later))).toMatchObject([{ nik: NIK, status: 'PROCESSING' }]);
    expect(value(all.statuses.stuck(NEXT_DAY))).toEqual([]);
  });

  it('that the centre told of the day of the recording outlives the session', async () => {
    const all = rooms();
    const packet = sealedSession(all);
    const told = { nik: NIK, status: 'RECEIVED_AT_CENTRAL', since: '2026-03-02' } as const;
    value(await all.statuses.receive(AT, [told], 'kiosk'));
    value(all.outbox.received(AT, [{ kind: 'packet', id: packet }], 'kiosk'));
    expect(value(await all.samples.eraseReceived(NEXT_DAY, 0))).toBe(1);
    expect(value(all.statuses.of(NEXT_DAY, NIK))).toMatchObject({ status: 'RECEIVED_AT_CENTRAL' });
  });

  it('is one and the same wherever it is asked for, also of who was recorded once more', async () => {
    const all = rooms();
    const failed = { nik: NIK, status: 'ENROLL_FAILURE_AT_CENTRAL', since: '2026-02-01' } as const;
    value(await all.statuses.receive(AT, [failed], 'kiosk'));
    expect(value(all.statuses.stuck(AT))).toMatchObject([{ nik: NIK, status: failed.status, days: 29 }]);
    sealedSession(all);
    expect(value(all.statuses.of(AT, NIK))).toMatchObject({ status: 'BIO_CAPTURED', source: 'kiosk' });
    expect(value(all.statuses.stuck(AT))).toEqual([]);
    const later = '2026-03-09T02:00:00.000Z';
    expect(value(all.statuses.stuck(later))).toMatchObject([{ nik: NIK, status: 'BIO_CAPTURED', days: 7 }]);
  });
});

describe('finished cards', () => {
  const cards = [
    { nik: NIK, name: 'SITI AMINAH', village: 'TANJUNG LAGO' },
    { nik: '1607124101900002', name: 'RATNA DEWI', village: 'TANJUNG LAGO' },
    { nik: '1607124101900003', name: 'BUDI SANTOSO', village: 'MULYA SARI' },
  ];
  const handOver = (rest: Partial<HandOver> = {}): HandOver => ({
    id: randomUUID(),
    nik: NIK,
    uid: null,
    outcome: 'berhasil',
    means: 'index-finger',
    approvedBy: null,
    disputed: [],
    reason: null,
    feesAsked: true,
    by: 'dewi',
    ...rest,
  });

  const differs = { reason: 'field-differs' } as const;

  it('are counted in, out and in the safe, by village and age', () => {
    const { cards: room } = rooms();
    for (const _ of [1, 2]) value(room.receive(AT, { id: 'K-1', arrivedOn: '2026-02-01', cards }, 'kiosk'));
    expect(codeOf(room.receive(AT, { id: 'K-2', arrivedOn: 'soon', cards }, 'kiosk'))).toBe(
      'SHIPMENT-INVALID',
    );
    value(room.handOver(AT, handOver()));
    value(
      room.handOver(
        AT,
        handOver({ nik: '1607124101900002', outcome: 'gagal', disputed: ['nama'], ...differs }),
      ),
    );
    expect(value(room.counts('2026-03-04T01:00:00.000Z'))).toEqual([
      {
        village: 'MULYA SARI',
        arrived: 1,
        handedOver: 0,
        returned: 0,
        inSafe: 1,
        ages: { week: 0, month: 0, longer: 1 },
      },
      {
        village: 'TANJUNG LAGO',
        arrived: 2,
        handedOver: 1,
        returned: 0,
        inSafe: 1,
        ages: { week: 0, month: 0, longer: 1 },
      },
    ]);
    expect(value(room.inSafe(AT, { nik: NIK }, 'desk'))).toEqual([]);
    expect(value(room.inSafe(AT, { village: 'TANJUNG LAGO' }, 'desk')).map(({ name }) => name)).toEqual([
      'RATNA DEWI',
    ]);
    expect(value(room.disputes(AT))).toMatchObject([{ nik: '1607124101900002', fields: ['nama'] }]);
  });

  it('are handed over once, and without the index finger by two people only', () => {
    const { cards: room, outbox } = rooms();
    const act = handOver();
    for (const _ of [1, 2]) value(room.handOver(AT, act));
    expect(codeOf(room.handOver(AT, { ...act, outcome: 'gagal' }))).toBe('HAND-OVER-CONFLICT');
    for (const approvedBy of [null, 'dewi']) {
      expect(codeOf(room.handOver(AT, handOver({ means: 'face', approvedBy })))).toBe('HAND-OVER-UNAPPROVED');
    }
    value(room.handOver(AT, handOver({ means: 'face', approvedBy: 'kepala' })));
    expect(value(outbox.pending(AT)).map(({ kind }) => kind)).toEqual(['hand-over', 'hand-over']);
  });
});

describe('a card that was set aside', () => {
  const [card] = [{ nik: NIK, name: 'SITI AMINAH', village: 'TANJUNG LAGO' }];
  const base = { nik: NIK, uid: null, means: 'index-finger', approvedBy: null, by: 'desk' } as const;
  const dispute = {
    ...base,
    id: randomUUID(),
    outcome: 'gagal',
    disputed: ['nama'],
    reason: 'field-differs',
    feesAsked: false,
  } as const;
  const handOver = () =>
    ({
      ...base,
      id: randomUUID(),
      outcome: 'berhasil',
      disputed: [],
      reason: null,
      feesAsked: true,
    }) as const;

  function disputed() {
    const all = rooms();
    value(all.cards.receive(AT, { id: 'K-1', arrivedOn: '2026-02-01', cards: [card] }, 'kiosk'));
    value(all.cards.handOver(AT, dispute));
    return all;
  }

  it('says so, and is not handed over before a second person has decided', () => {
    const { cards: room } = disputed();
    expect(value(room.inSafe(AT, { nik: NIK }, 'desk'))).toMatchObject([{ setAside: 'field-differs' }]);
    expect(codeOf(room.handOver(AT, handOver()))).toBe('CARD-SET-ASIDE');
    expect(codeOf(room.settleDispute(AT, dispute.id, 'hand-over', 'desk'))).toBe('HAND-OVER-UNAPPROVED');
    value(room.settleDispute(AT, dispute.id, 'hand-over', 'budi'));
    expect(codeOf(room.settleDispute(AT, dispute.id, 'return', 'budi'))).toBe('DISPUTE-UNKNOWN');
    expect(value(room.inSafe(AT, { nik: NIK }, 'desk'))).toMatchObject([{ setAside: null }]);
    value(room.handOver(AT, handOver()));
    expect(value(room.disputes(AT))).toMatchObject([{ decision: 'hand-over' }]);
  });

  it('leaves the safe when it goes back', () => {
    const { cards: room } = disputed();
    value(room.settleDispute(AT, dispute.id, 'return', 'budi'));
    expect(value(room.inSafe(AT, { nik: NIK }, 'desk'))).toEqual([]);
    expect(value(room.counts(AT))).toMatchObject([{ arrived: 1, handedOver: 0, returned: 1, inSafe: 0 }]);
  });

  it('leaves an entry for each who looked, disputed and decided', async () => {
    const { cards: room, engine, dataDir } = disputed();
    value(room.inSafe(AT, { village: 'TANJUNG LAGO' }, 'desk'));
    value(room.settleDispute(AT, dispute.id, 'return', 'budi'));
    engine.close();
    const events = withDatabase(dataDir, (database) =>
      database.prepare<[], string>('SELECT event FROM audit ORDER BY seq').pluck().all(),
    );
    expect(events).toEqual(['shipment-received', 'card-handed-over', 'cards-looked-up', 'dispute-settled']);
  });
});

describe('the queue', () => {
  it('gives each number of a day once, also after a restart, and begins anew the next day', () => {
    const dataDir = temporaryFolder();
    const first = rooms(dataDir);
    const take = (priority: string | null) => value(first.queue.take(AT, priority)).number;
    expect([take(null), take('elderly')]).toEqual([1, 2]);
    first.engine.close();
    const { queue } = rooms(dataDir);
    expect(value(queue.take(AT, null)).number).toBe(3);
    expect(value(queue.take(NEXT_DAY, null)).number).toBe(1);
    expect(codeOf(queue.take(AT, 'Ibu Siti 1607'))).toBe('STORE-ENTRY-REFUSED');
  });

  it('moves a number from waiting to served, and not backwards', () => {
    const { queue } = rooms();
    value(queue.take(AT, null));
    value(queue.call(AT, 1));
    expect(value(queue.missed(AT, 1, false))).toMatchObject({ state: 'waiting', missed: 1 });
    value(queue.call(AT, 1));
    value(queue.serve(AT, 1));
    expect(codeOf(queue.call(AT, 1))).toBe('QUEUE-NUMBER-WRONG');
    value(queue.served(AT, 1, 215.5));
    for (const refused of [queue.serve(AT, 1), queue.call(NEXT_DAY, 1), queue.call(AT, 2)]) {
      expect(codeOf(refused)).toBe('QUEUE-NUMBER-WRONG');
    }
    expect(value(queue.today(AT))).toEqual([
      { number: 1, priority: null, state: 'served', takenAt: AT, missed: 1, seconds: 215.5 },
    ]);
  });
});

describe('what people say', () => {
  it('of the service is kept by day alone', () => {
    const { surveys } = rooms();
    const answers = [4, 4, 3, 4, 4, 4, 4, 2, 4];
    value(surveys.add(AT, answers));
    expect(value(surveys.answers(AT, '2026-03-01', '2026-03-02'))).toEqual([answers]);
    expect(value(surveys.answers(AT, '2026-03-03', '2026-03-09'))).toEqual([]);
    for (const wrong of [[], [...answers, 1], [0, 4, 3, 4, 4, 4, 4, 2, 4]]) {
      expect(codeOf(surveys.add(AT, wrong))).toBe('STORE-ENTRY-REFUSED');
    }
  });

  it('of fees leaves one row a day, a commitment, and no trace of when or how many', async () => {
    const { feeReports, outbox, engine, dataDir } = rooms();
    const sealedReports = [randomBytes(200), randomBytes(200)];
    for (const report of sealedReports) value(feeReports.add(AT, report));
    expect(value(await engine['audit.verify']()).entries).toBe(0);
    expect(value(feeReports.commit(AT))).toBe(1);
    expect(value(feeReports.commit(NEXT_DAY))).toBe(1);
    expect(value(feeReports.commit(NEXT_DAY))).toBe(0);
    const payloads = value(outbox.pending(AT)).map(
      ({ payload }) => payload as { day: string; reports: string[] },
    );
    expect(payloads.map(({ day, reports }) => [day, reports.length])).toEqual([
      ['2026-03-01', 0],
      ['2026-03-02', 2],
    ]);
    expect(payloads[1]!.reports.toSorted()).toEqual(
      sealedReports.map((report) => report.toString('base64')).toSorted(),
    );
    expect(value(feeReports.monthly(AT))).toEqual([{ month: '2026-03', count: null }]);
    for (let more = 0; more < 8; more++) value(feeReports.add(AT, randomBytes(200)));
    expect(value(feeReports.monthly(AT))).toEqual([{ month: '2026-03', count: 10 }]);
    expect(codeOf(feeReports.add(AT, new Uint8Array(20_000)))).toBe('STORE-ENTRY-REFUSED');
    engine.close();
    const audit = withDatabase(dataDir, (database) =>
      database.prepare<[], string>('SELECT data FROM audit').pluck().all(),
    );
    expect(audit.map((data) => Object.keys(JSON.parse(data)))).toEqual([
      ['day', 'sha256'],
      ['day', 'sha256'],
    ]);
  });

  it('is committed for every day that a kiosk stood still, and for no more than two months of them', () => {
    const { feeReports } = rooms();
    value(feeReports.commit(AT));
    expect(value(feeReports.commit('2026-03-06T01:00:00.000Z'))).toBe(4);
    expect(value(feeReports.commit('2036-03-06T01:00:00.000Z'))).toBe(62);
    value(feeReports.add(AT, randomBytes(20)));
    expect(value(feeReports.commit('2036-03-06T01:00:00.000Z'))).toBe(1);
  });
});

describe('the report of a day', () => {
  it('counts sessions and exceptions by who did what, and leaves training out', () => {
    const all = rooms();
    sealedSession(all);
    const exception = randomUUID();
    for (const training of [false, true]) {
      const [id, photo] = [randomUUID(), finger()];
      value(all.sessions.open(AT, id, [opened(training), identified()], 'rina'));
      value(all.sessions.record(AT, id, kept(photo), 'rina'));
      const recorded = {
        type: 'exception-recorded',
        exception,
        subject: { kind: 'iris', eye: 'left' },
        kind: 'missing',
        reason: 'katarak',
        photo: photo.id,
      } as const;
      value(all.sessions.record(AT, id, step(recorded), 'rina'));
      const settled = { type: 'exception-settled', exception, approved: true } as const;
      value(all.sessions.record(AT, id, step(settled), 'kepala'));
      value(all.sessions.wipe(AT, id, 'abandoned', 'rina'));
    }
    expect(value(all.reports.sessions(AT, '2026-03-02', '2026-03-02'))).toEqual([
      {
        day: '2026-03-02',
        village: null,
        operator: null,
        reason: 'new',
        outcome: 'abandoned',
        sessions: 1,
        discarded: 1,
        excepted: 1,
        seconds: 0,
      },
      {
        day: '2026-03-02',
        village: null,
        operator: 'rina',
        reason: 'new',
        outcome: 'sealed',
        sessions: 1,
        discarded: 1,
        excepted: 0,
        seconds: 0,
      },
    ]);
    expect(value(all.reports.exceptions(AT, '2026-03-02', '2026-03-02'))).toEqual([
      { recorder: 'rina', approver: 'kepala', kind: 'missing', approved: 1, refused: 0 },
    ]);
    expect(value(all.reports.sessions(AT, '2026-03-03', '2026-03-09'))).toEqual([]);
  });
});
