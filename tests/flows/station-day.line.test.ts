/** The day around the sessions: its numbers, and its end. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { numberSlip } from '../../src/flows/number-slip.ts';
import { finger, identified, kept, opened, step } from '../store/session-fixture.ts';
import {
  openStationBench,
  operator,
  recordUntil,
  resident,
  type StationBench,
  supervisor,
  value,
} from './station-fixture.ts';

const DAY = '2026-03-02';
let bench: StationBench;
afterEach(async () => {
  expect(bench.bugs).toEqual([]);
  await bench.close();
});

const refusal = (actor: typeof operator, wish: Parameters<StationBench['station']['send']>[1]) => {
  const sent = bench.station.send(actor, wish);
  return sent.ok ? 'ok' : sent.failure.code;
};

test('a day is reviewed by one person and approved by another, and then nothing new begins', async () => {
  bench = await openStationBench();
  await bench.when(({ kiosk }) => kiosk.state === 'open');
  bench.ask({ type: 'begin', language: 'id' });
  expect(refusal(operator, { type: 'begin-closing', day: DAY })).toBe('SESSION-NOT-NOW');
  bench.ask({ type: 'leave' });
  expect(refusal(resident, { type: 'begin-closing', day: DAY })).toBe('UI-NOT-ALLOWED');
  bench.ask({ type: 'begin-closing', day: DAY }, operator);
  const { closing, kiosk } = await bench.when((status) => status.closing?.step === 'reviewing');
  expect(kiosk.state).toBe('closed');
  expect(closing).toMatchObject({ day: DAY, counts: { opened: 0, sealed: 0 }, failure: null, leftovers: [] });
  expect(refusal(operator, { type: 'open-kiosk' })).toBe('SESSION-NOT-NOW');

  bench.ask({ type: 'review-day' }, supervisor);
  await bench.when((status) => status.closing?.step === 'approving');
  expect(refusal(supervisor, { type: 'approve-day' })).toBe('UI-NOT-ALLOWED');
  // By the policy an operator approves nothing.
  expect(refusal(operator, { type: 'approve-day' })).toBe('UI-NOT-ALLOWED');
  const other = { ...supervisor, id: 'sv.citra' };
  bench.ask({ type: 'approve-day' }, other);
  await bench.when((status) => status.closing?.step === 'closed');
  expect(bench.station.status().closing).toMatchObject({ reviewedBy: supervisor.id, approvedBy: other.id });
  expect(refusal(resident, { type: 'begin', language: 'id' })).toBe('KIOSK-CLOSED');
  expect(refusal(operator, { type: 'open-kiosk' })).toBe('SESSION-NOT-NOW');

  await bench.restart();
  const after = await bench.when((status) => status.kiosk.state === 'closed');
  expect(after.closing).toMatchObject({ step: 'closed', approvedBy: other.id });
  await bench.restart(86_400);
  await bench.when((status) => status.kiosk.state === 'open');
  expect(bench.station.status().closing).toBeNull();
});

test('a review that is cancelled leaves the day open; what does not agree is told and held against nobody', async () => {
  bench = await openStationBench();
  await bench.when(({ kiosk }) => kiosk.state === 'open');
  // The SAM was used, and no read is in the audit.
  value(await bench.parts.store.devices.count({ device: 'new', outcome: 'authenticated' }));
  bench.ask({ type: 'begin-closing', day: DAY }, operator);
  const { closing } = await bench.when((status) => status.closing?.step === 'reviewing');
  expect(closing?.failure).toMatchObject({ code: 'CLOSING-SAM-UNAUDITED' });
  bench.ask({ type: 'cancel-closing' }, operator);
  await bench.when((status) => status.closing === null);
  bench.ask({ type: 'open-kiosk' }, operator);
  await bench.when(({ kiosk }) => kiosk.state === 'open');

  bench.ask({ type: 'begin-closing', day: '2026-03-03' }, operator);
  const uncounted = await bench.when((status) => status.closing?.step === 'uncounted');
  expect(uncounted.closing?.failure).toMatchObject({ code: 'CLOSING-DAY-WRONG' });
  // Another day than today disturbs nobody.
  expect(uncounted.kiosk.state).toBe('open');
  bench.ask({ type: 'begin-closing', day: DAY }, operator);
  await bench.when((status) => status.closing?.step === 'reviewing');
  bench.ask({ type: 'review-day' }, operator);
  await bench.when((status) => status.closing?.step === 'approving');
  bench.ask({ type: 'approve-day' }, supervisor);
  await bench.when((status) => status.closing?.step === 'closed');
  expect(value(await bench.parts.store.closings.of(DAY))).toMatchObject({ code: 'CLOSING-SAM-UNAUDITED' });
});

test('numbers are taken at the screen and given by staff; whoever is called is served, not whoever takes one', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'give-number', priority: null }, operator);
  await bench.when(({ queue }) => queue.waiting.length === 1);
  bench.ask({ type: 'call-next' }, operator);
  await bench.when(({ queue }) => queue.called === 1);

  bench.ask({ type: 'begin', language: 'id' });
  bench.ask({ type: 'take-number', priority: 'elderly' });
  const { stage } = await bench.at('queue-number', ({ printed }) => printed !== null);
  expect(stage).toMatchObject({ place: { number: 2, priority: 'elderly', waitMinutes: 5 }, printed: false });
  expect(bench.station.status().queue).toMatchObject({ called: 1, serving: null });
  bench.ask({ type: 'leave' });
  expect(bench.station.status().session).toBeNull();

  bench.ask({ type: 'begin', language: 'id' });
  await recordUntil(bench, 'identification');
  await bench.when(({ queue }) => queue.serving === 1);
  bench.ask({ type: 'leave' });
  await bench.at('ended');
  bench.ask({ type: 'leave' });
  await bench.when(({ queue }) => queue.serving === null);
  expect(bench.station.status().queue.waiting.map(({ number }) => number)).toEqual([2]);
});

test('a number stays on the screen for a while, then the next person finds it free', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'begin', language: 'en' });
  bench.ask({ type: 'take-number', priority: null });
  await bench.at('queue-number', ({ printed }) => printed !== null);
  bench.clock.increment(bench.parts.policy.patience.receipt * 1000);
  expect(bench.station.status().session).toBeNull();
});

test('a session that crashes the kiosk each time it is taken up is wiped, and told', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'begin', language: 'id' });
  const { sessionId } = await recordUntil(bench, 'biodata');
  const { resumes } = bench.parts.policy.patience;
  for (let start = 0; start < resumes; start++) {
    await bench.restart();
    expect(bench.station.status().session).toMatchObject({ sessionId });
  }
  await bench.restart();
  expect(bench.station.status().session).toBeNull();
  expect(bench.station.status().alarms).toMatchObject([{ failure: { code: 'SESSION-GIVEN-UP' } }]);
  expect(value(await bench.parts.store.sessions.unfinished())).toEqual([]);
});

test('a session in which something new was stored since the last crash is taken up again', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'begin', language: 'id' });
  const { sessionId } = await recordUntil(bench, 'biodata');
  for (let start = 0; start < bench.parts.policy.patience.resumes; start++) await bench.restart();
  await recordUntil(bench, 'capture');
  await bench.restart();
  expect(bench.station.status().session).toMatchObject({ sessionId });
});

test('many exceptions of one operator are told to the supervisor', async () => {
  bench = await openStationBench();
  const { store } = bench.parts;
  for (let n = 0; n < 5; n++) {
    const [id, exception, photo] = [randomUUID(), randomUUID(), finger()];
    value(await store.sessions.open(id, [opened(), identified()], 'op.ani'));
    value(await store.sessions.record(id, kept(photo), 'op.ani'));
    const subject = { kind: 'finger', position: 4 } as const;
    const recorded = { type: 'exception-recorded', exception, subject, kind: 'missing' } as const;
    value(await store.sessions.record(id, step({ ...recorded, reason: 'luka', photo: photo.id }), 'op.ani'));
    const settled = { type: 'exception-settled', exception, approved: true } as const;
    value(await store.sessions.record(id, step(settled), 'sv.budi'));
    value(await store.sessions.wipe(id, 'abandoned', 'op.ani'));
  }
  await bench.restart();
  const { alarms } = await bench.when((status) => status.alarms.length > 0);
  expect(alarms).toMatchObject([
    { failure: { code: 'ALARM-EXCEPTIONS-RECORDED' }, staff: 'op.ani', rate: { of: 5 } },
    { failure: { code: 'ALARM-EXCEPTIONS-APPROVED' }, staff: 'sv.budi', rate: { of: 5, among: 5 } },
  ]);
});

test('a slip has the number, the wait and that it is free, and nobody’s name', () => {
  const place = { number: 12, priority: 'pregnant', since: '', waitMinutes: 35, missed: 0 } as const;
  expect(numberSlip(place, 'id')).toEqual(
    expect.arrayContaining([
      { type: 'title', text: '12' },
      { type: 'row', label: 'Perkiraan tunggu', value: '35 menit' },
      { type: 'row', label: 'Didahulukan', value: 'ya' },
    ]),
  );
  expect(JSON.stringify(numberSlip({ ...place, priority: null }, 'en'))).not.toContain('Goes first');
});
