/** What staff decide of a recording: who is stopped, who is recorded all the same, and what two people must agree on. */
import { afterEach, expect, test } from 'vitest';
import type { SessionStatus, Stage } from '../../src/flows/session-status.ts';
import {
  answerTo,
  biodataOf,
  openStationBench,
  operator,
  recordUntil,
  resident,
  STRANGER,
  type StationBench,
  supervisor,
  value,
} from './station-fixture.ts';

let bench: StationBench;
afterEach(async () => {
  expect(bench.bugs).toEqual([]);
  expect(value(await bench.parts.store.audit.verify())).toMatchObject({ ok: true });
  await bench.close();
});

const NIK = '1607125204880001';
/** To the notice and past it, as that person. */
async function comeAs(nik: string): Promise<void> {
  bench.ask({ type: 'begin', language: 'id' });
  bench.ask({ type: 'record', reason: 'new' });
  await bench.at('identification');
  bench.ask({ type: 'identify', nik }, operator);
  const { stage } = await bench.at('notice');
  bench.ask(answerTo({ stage } as SessionStatus) ?? { type: 'leave' });
}

async function leave(): Promise<void> {
  bench.ask({ type: 'leave' });
  await bench.at('ended');
  bench.ask({ type: 'leave' });
  await bench.when(({ session }) => session === null);
}

test('a second recording is refused with its status, and a failed one is made once more', async () => {
  bench = await openStationBench();
  const report = (status: 'RECEIVED_AT_CENTRAL' | 'ENROLL_FAILURE_AT_CENTRAL', since: string) =>
    bench.parts.store.statuses.receive([{ nik: NIK, status, since }], 'kiosk');
  value(await report('RECEIVED_AT_CENTRAL', '2026-02-01'));
  await comeAs(NIK);
  const { stage } = await bench.at('stopped');
  expect(stage).toMatchObject({ rule: 'recorded-before', status: 'RECEIVED_AT_CENTRAL', mayAsk: true });
  bench.ask({ type: 'ask-override', rule: 'recorded-before', reason: 'kartu keluarga baru' }, operator);
  expect(bench.station.send(operator, { type: 'settle-override', rule: 'recorded-before' })).toMatchObject({
    failure: { code: 'UI-NOT-ALLOWED' },
  });
  bench.ask({ type: 'refuse-override', rule: 'recorded-before' }, supervisor);
  expect(bench.station.status()).toMatchObject({ approvals: [], session: { stage: { at: 'stopped' } } });
  await leave();

  value(await report('ENROLL_FAILURE_AT_CENTRAL', '2026-02-20'));
  await comeAs(NIK);
  await bench.at('biodata');
}, 30_000);

test('biodata that was entered and corrected is confirmed as it stands, and no other', async () => {
  bench = await openStationBench();
  await comeAs(STRANGER);
  const unknown = await bench.at('biodata', ({ biodata: known }) => known === null);
  expect(unknown.onRoster).toBe(false);
  const another = { type: 'enter-biodata', biodata: biodataOf(NIK) } as const;
  expect(bench.station.send(operator, another)).toMatchObject({ failure: { code: 'SESSION-NOT-NOW' } });
  bench.ask({ type: 'enter-biodata', biodata: biodataOf(STRANGER) }, operator);
  const entered = await bench.at('biodata', ({ sha256 }) => sha256 !== null);
  const otherNik = { type: 'correct-biodata', field: 'nik', value: NIK } as const;
  expect(bench.station.send(operator, otherNik)).toMatchObject({ failure: { code: 'SESSION-NOT-NOW' } });
  bench.ask({ type: 'dispute-biodata' });
  bench.ask({ type: 'correct-biodata', field: 'nama', value: 'SRI WAHYUNI' }, operator);
  const { stage } = await bench.at('biodata', ({ corrected }) => corrected.includes('nama'));
  if (stage.at !== 'biodata' || entered.stage.at !== 'biodata') throw new Error('biodata is shown');
  expect(stage.biodata).toMatchObject({ nama: 'SRI WAHYUNI' });
  const confirm = (sha256: string | null) => ({ type: 'confirm-biodata', sha256: sha256 ?? '' }) as const;
  expect(bench.station.send(resident, confirm(entered.stage.sha256))).toMatchObject({ ok: false });
  expect(bench.station.send(operator, confirm(stage.sha256))).toMatchObject({ ok: false });
  bench.ask(confirm(stage.sha256));
  await bench.at('capture');
}, 30_000);

test('somebody whose fingers are another’s is stopped until a second person has looked', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'begin', language: 'id' });
  await recordUntil(bench, 'receipt');
  bench.ask({ type: 'leave' });
  await bench.when(({ session }) => session === null);

  await comeAs(STRANGER);
  await bench.at('biodata', ({ biodata: known }) => known === null);
  bench.ask({ type: 'enter-biodata', biodata: biodataOf(STRANGER) }, operator);
  await bench.at('biodata', ({ sha256 }) => sha256 !== null);
  const refused = (stage: Stage) => stage.at === 'capture' && stage.failure !== null;
  const { stage } = await recordUntil(bench, refused);
  expect(stage).toMatchObject({
    step: 'right-four',
    phase: 'ready',
    failure: { code: 'GUARD-RECENT-FINGER' },
  });
  const rule = 'finger-guard';
  bench.ask({ type: 'ask-override', rule, reason: 'NIK lama milik orang yang sama' }, operator);
  bench.ask({ type: 'settle-override', rule }, supervisor);
  await bench.when(({ approvals }) => approvals.length === 0);
  await recordUntil(bench, ({ at, ...now }) => at === 'capture' && 'step' in now && now.step === 'thumbs');
  const facts = value(
    await bench.parts.store.sessions.facts(bench.station.status().session?.sessionId ?? ''),
  );
  expect(facts).toContainEqual(
    expect.objectContaining({ type: 'override-approved', rule, by: supervisor.id }),
  );
}, 60_000);
