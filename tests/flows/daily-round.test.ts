/** What is due by the day is done by itself, on a real store: erased bytes are nowhere, and every day has its commitment. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { SimulatedClock } from 'xstate';
import type { Failure } from '../../src/failures/failure.ts';
import { startDailyRound } from '../../src/flows/daily-round.ts';
import { openStore } from '../../src/store/store.ts';
import { options, temporaryFolder, value, withDatabase } from '../store/fixture.ts';
import { finger, identified, kept, opened, sealed, upToProof } from '../store/session-fixture.ts';

const HOUR = 3_600_000;

test('samples go when their retention is over, and the fee reports of a day when it is', async () => {
  const dataDir = temporaryFolder();
  let time = Date.parse('2026-03-02T01:00:00Z');
  const store = value(await openStore({ ...options(dataDir), timeZone: 'UTC', now: () => new Date(time) }));
  const [id, packet, sample] = [randomUUID(), randomUUID(), finger()];
  value(await store.sessions.open(id, [opened(), identified()], 'resident'));
  value(await store.sessions.record(id, kept(sample), 'resident'));
  const facts = [...upToProof(sample.id), sealed(packet), { type: 'ended', how: 'sealed' } as const];
  const key = { kind: 'packet', id: packet } as const;
  value(
    await store.sessions.record(
      id,
      { operation: randomUUID(), facts, outbox: { ...key, payload: {} } },
      'rina',
    ),
  );
  const batch = randomUUID();
  value(await store.intents.begin({ id: batch, kind: 'export', sessionId: null, subject: [], by: 'kiosk' }));
  const number = value(await store.outbox.batch(batch));
  value(await store.outbox.exported(number, [key], 'kiosk'));
  value(await store.outbox.received([key], 'kiosk'));
  value(await store.feeReports.add(Buffer.from('sealed')));

  const clock = new SimulatedClock();
  const failures: Failure[] = [];
  const round = { store, retentionDays: 7, onFailure: (failure: Failure) => failures.push(failure), clock };
  /** Whatever is due now is done. */
  const settle = () => startDailyRound(round)();
  await settle();
  expect(value(await store.samples.list(id))).toHaveLength(1);

  const end = startDailyRound(round);
  await done(store);
  time += 7 * 24 * HOUR;
  clock.increment(HOUR);
  await end();
  expect(value(await store.samples.list(id))).toEqual([]);
  expect(value(await store.sessions.facts(id)).map(({ type }) => type)).toEqual([
    'opened',
    'sealed',
    'ended',
  ]);
  const reports = value(await store.outbox.pending()).filter(({ kind }) => kind === 'fee-report');
  expect(reports).toHaveLength(8);
  expect(failures).toEqual([]);

  await store.close();
  await settle();
  expect(failures.map(({ code }) => code)).toEqual(['STORE-STOPPED', 'STORE-STOPPED']);
  const rows = (table: string) =>
    withDatabase(dataDir, (database) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  expect([rows('samples'), rows('session_keys'), rows('fee_reports')]).toEqual([0, 0, 0]);
});

/** Calls are answered in their order: what was asked before is done. */
async function done(store: { audit: { latest(): Promise<unknown> } }): Promise<void> {
  for (let call = 0; call < 3; call++) await store.audit.latest();
}
