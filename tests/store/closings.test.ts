/** The end of a day: counted two ways, reviewed and approved by two people, once. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { HandOver } from '../../src/store/cards.ts';
import type { DayCounts } from '../../src/store/closing-events.ts';
import type { ClosedDay } from '../../src/store/closings.ts';
import { AT, codeOf, engineOf, temporaryFolder, UID, value, withDatabase } from './fixture.ts';
import { finger, identified, kept, NIK, opened, sealed, upToProof } from './session-fixture.ts';

const DAY = '2026-03-02';
const NEXT_DAY = '2026-03-03T03:00:00.000Z';

function rooms(dataDir = temporaryFolder()) {
  const engine = value(engineOf(dataDir));
  return { ...engine.rooms, engine, dataDir };
}
type Rooms = ReturnType<typeof rooms>;

function begun({ sessions }: Rooms, training = false): string {
  const [id, sample] = [randomUUID(), finger()];
  value(sessions.open(AT, id, [opened(training), identified()], 'resident'));
  value(sessions.record(AT, id, kept(sample), 'resident'));
  return id;
}

function sealedSession({ sessions }: Rooms, at = AT): string {
  const [id, packet, sample] = [randomUUID(), randomUUID(), finger()];
  value(sessions.open(AT, id, [opened(), identified()], 'resident'));
  value(sessions.record(AT, id, kept(sample), 'resident'));
  const facts = [...upToProof(sample.id), sealed(packet), { type: 'ended', how: 'sealed' } as const];
  const outbox = { kind: 'packet', id: packet, payload: {} } as const;
  value(sessions.record(at, id, { operation: randomUUID(), facts, outbox }, 'rina'));
  return packet;
}

/** A read that the audit tells of, and, unless `silent`, its authentication. */
function read({ engine }: Rooms, { audited = true } = {}): void {
  value(engine['devices.count'](AT, { device: 'new', outcome: 'authenticated' }));
  const card = { evidence: 'sam', cardType: 'B', cardGeneration: 'new', uid: UID, genuine: true } as const;
  if (!audited) return;
  const data = { reader: 'new', ...card, code: null };
  value(engine['audit.append'](AT, { event: 'card-read', by: 'desk', data }));
}

it('counts a day from the rows and from the audit', () => {
  const all = rooms();
  // Sealed after midnight, it belongs to the day on which it was opened.
  sealedSession(all, NEXT_DAY);
  const unfinished = begun(all);
  begun(all, true);
  value(all.sessions.wipe(AT, begun(all), 'abandoned', 'resident'));
  read(all);
  read(all, { audited: false });
  value(
    all.cards.receive(
      AT,
      { id: 'S-1', arrivedOn: DAY, cards: [card(NIK), card('1607124101900002')] },
      'kiosk',
    ),
  );
  value(all.cards.handOver(AT, handOver()));

  const { counts, leftovers } = value(all.closings.begin(NEXT_DAY, DAY, 'rina'));
  expect(counts).toEqual({
    ...{ opened: 3, sealed: 1, unsealed: 1, unfinished: 1, exceptions: 0, packets: 1 },
    ...{ samAuthentications: 2, handedOver: 1, inSafe: 1 },
    audited: { opened: 3, sealed: 1, exceptions: 0, reads: 1, handedOver: 1 },
  } satisfies DayCounts);
  expect(leftovers.map(({ sessionId, reached }) => [sessionId, reached])).toContainEqual([
    unfinished,
    'identified',
  ]);
  expect(value(all.closings.begin(NEXT_DAY, '2026-03-03', 'rina')).counts).toMatchObject({
    ...{ opened: 0, sealed: 0, samAuthentications: 0 },
    audited: { opened: 0, sealed: 0, reads: 0, handedOver: 0 },
  });
});

it('a session whose row was taken away is still in the audit', () => {
  const dataDir = temporaryFolder();
  const first = rooms(dataDir);
  const packet = sealedSession(first);
  first.engine.close();
  withDatabase(dataDir, (database) => {
    database.prepare("DELETE FROM outbox WHERE kind = 'packet' AND id = ?").run(packet);
    for (const table of ['samples', 'session_keys', 'session_facts'])
      database.prepare(`DELETE FROM ${table}`).run();
    database.prepare('DELETE FROM sessions').run();
  });
  const { counts } = value(rooms(dataDir).closings.begin(AT, DAY, 'rina'));
  expect(counts).toMatchObject({ opened: 0, sealed: 0, packets: 0, audited: { opened: 1, sealed: 1 } });
});

it('is closed once, by two people, and then stays closed', () => {
  const all = rooms();
  sealedSession(all);
  expect(value(all.closings.open(NEXT_DAY))).toEqual([DAY]);
  expect(codeOf(all.closings.begin(AT, '2026-03-03', 'rina'))).toBe('CLOSING-DAY-WRONG');
  const { counts } = value(all.closings.begin(AT, DAY, 'rina'));
  value(all.closings.reviewed(AT, DAY, null, 'rina'));
  const closed: ClosedDay = { day: DAY, reviewedBy: 'rina', approvedBy: 'kepala', counts, code: null };
  expect(codeOf(all.closings.close(AT, { ...closed, approvedBy: 'rina' }))).toBe('STORE-ENTRY-REFUSED');
  expect(value(all.closings.of(AT, DAY))).toBeNull();
  value(all.closings.close(AT, closed));
  value(all.closings.close(AT, closed));
  expect(value(all.closings.of(AT, DAY))).toEqual(closed);
  expect(codeOf(all.closings.begin(AT, DAY, 'rina'))).toBe('CLOSING-DAY-WRONG');
  expect(codeOf(all.closings.close(AT, { ...closed, reviewedBy: 'tono' }))).toBe('CLOSING-DAY-WRONG');
  expect(value(all.closings.open(NEXT_DAY))).toEqual([]);
  all.engine.close();
  const events = withDatabase(all.dataDir, (database) =>
    database.prepare("SELECT event, by FROM audit WHERE event LIKE 'day-%' ORDER BY seq").all(),
  );
  expect(events).toEqual([
    { event: 'day-review-begun', by: 'rina' },
    { event: 'day-reviewed', by: 'rina' },
    { event: 'day-closed', by: 'kepala' },
  ]);
});

const card = (nik: string) => ({ nik, name: 'SITI AMINAH', village: 'TANJUNG LAGO' });
const handOver = (): HandOver => ({
  ...{ id: randomUUID(), nik: NIK, uid: UID, approvedBy: null, disputed: [], reason: null },
  outcome: 'berhasil',
  means: 'index-finger',
  feesAsked: true,
  by: 'desk',
});
