import { afterEach, expect, test } from 'vitest';
import { end } from '../../src/flows/session-effects.ts';
import {
  openStationBench,
  operator,
  recordUntil,
  resident,
  type StationBench,
  supervisor,
  value,
} from './station-fixture.ts';

let bench: StationBench;
afterEach(async () => {
  expect(bench.bugs).toEqual([]);
  await bench.close();
});

test('a resident comes from the invitation to a sealed packet', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'begin', language: 'id' });
  const session = await recordUntil(bench, 'receipt');
  const id = session.sessionId ?? '';
  expect(session).toMatchObject({ nik: '1607125204880001', channel: 'self-service', onRoster: true });
  expect(session.stage).toMatchObject({ kept: 18 });
  const facts = value(await bench.parts.store.sessions.facts(id));
  expect(facts.at(-1)).toMatchObject({ type: 'ended', how: 'sealed' });
  expect(value(await bench.parts.store.audit.verify())).toMatchObject({ ok: true });
  const judged = value(await bench.parts.store.devices.judgements());
  expect(judged).toContainEqual(expect.objectContaining({ device: 'finger', subject: 'finger-2', good: 2 }));
  expect(judged.map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(['iris-left', 'photo', 'document']),
  );
  expect(value(await bench.parts.store.outbox.pending())).toMatchObject([{ kind: 'packet' }]);
  // An answer that was lost is asked for again.
  expect(await end(bench.parts, { sessionId: id, how: 'sealed', by: 'kiosk' })).toEqual({ ok: true });

  await recordUntil(bench, 'survey');
  const answers = [4, 3, 2, 1, 4, 3, 2, 1, 4];
  bench.ask({ type: 'rate', answers });
  await bench.at('ended');
  expect(value(await bench.parts.store.surveys.answers('2026-03-02', '2026-03-02'))).toEqual([answers]);

  bench.ask({ type: 'leave' });
  await bench.when(({ session: now }) => now === null);
  bench.ask({ type: 'begin', language: 'id' });
  bench.ask({ type: 'ask-status' });
  bench.ask({
    type: 'present-invitation',
    code: session.stage.at === 'receipt' ? session.stage.receipt : '',
  });
  const { stage } = await bench.at('record-status');
  expect(stage).toMatchObject({ status: 'BIO_CAPTURED', since: '2026-03-02', stuck: false });

  // The guards hold none of its fingers any more: they have to read them anew.
  const thumb = facts.flatMap((fact) => (fact.type === 'samples-kept' ? fact.samples : [])).find(isThumb);
  const { store, guards } = bench.parts;
  const fresh = value(await store.samples.read(id, thumb?.sample ?? '', 'kiosk', 'guards'));
  const reads = async () =>
    value(await store.audit.ofSession(id)).filter(({ event }) => event === 'sample-read').length;
  const before = await reads();
  await guards.check(id, facts, [fresh], new Set(), new AbortController().signal);
  expect((await reads()) - before).toBe(10);
}, 60_000);

const isThumb = ({ position }: { position?: number | undefined }) => position === 1;

/** Second by second: one long step would jump over timers that follow each other. */
function pass(seconds: number): void {
  for (let second = 0; second < seconds; second++) bench.clock.increment(1000);
}

test('somebody who went away is warned for, and then the session is wiped', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'begin', language: 'id' });
  const { sessionId } = await recordUntil(bench, 'capture');
  bench.hands.away = true;
  const { idle, warning } = bench.parts.policy.patience;
  pass(idle);
  expect(bench.station.status().session?.idleWarning).toEqual({ secondsLeft: warning });
  bench.ask({ type: 'touch' });
  expect(bench.station.status().session?.idleWarning).toBeNull();
  pass(idle + warning);
  await bench.at('ended', ({ how }) => how === 'timed-out');
  const facts = value(await bench.parts.store.sessions.facts(sessionId ?? ''));
  expect(facts.map(({ type }) => type)).toEqual(['opened', 'ended']);
  expect(value(await bench.parts.store.sessions.unfinished())).toEqual([]);
}, 60_000);

test('a kiosk that was cut off opens the session at the same step, or wipes it when it is too old', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'begin', language: 'id' });
  const before = await recordUntil(bench, 'capture');
  await bench.restart();
  const { session } = bench.station.status();
  expect(session).toMatchObject({ sessionId: before.sessionId, stage: { at: 'capture', step: 'photo' } });
  await bench.restart(bench.parts.policy.patience.resume + 1);
  expect(bench.station.status().session).toBeNull();
  expect(value(await bench.parts.store.sessions.unfinished())).toEqual([]);
}, 60_000);

test('an exception is settled by another person than who recorded it, and by nobody without the right', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'begin', language: 'id' });
  await recordUntil(bench, 'capture');
  const missing = {
    subject: { kind: 'finger', position: 4 },
    kind: 'missing',
    reason: 'kecelakaan',
  } as const;
  expect(bench.station.send(resident, { type: 'record-exception', ...missing })).toMatchObject({
    failure: { code: 'UI-NOT-ALLOWED' },
  });
  bench.ask({ type: 'record-exception', ...missing }, operator);
  await bench.at('capture', ({ step, phase }) => step === 'exception-photo' && phase === 'ready');
  bench.ask({ type: 'start-capture' }, operator);
  const { approvals } = await bench.when((status) => status.approvals.length > 0);
  const [approval] = approvals;
  if (approval?.of !== 'exception') throw new Error('an exception waits');
  const settle = { type: 'settle-exception', exception: approval.exception.id, approved: true } as const;
  for (const nobody of [resident, operator, { ...supervisor, id: operator.id }])
    expect(bench.station.send(nobody, settle)).toMatchObject({ failure: { code: 'UI-NOT-ALLOWED' } });
  bench.ask(settle, supervisor);
  const { session } = await bench.when(({ approvals: open }) => open.length === 0);
  expect(session?.exceptions).toMatchObject([{ approved: true }]);
}, 60_000);

test('another finger than was captured first is refused for the chip, and the right one goes on', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'begin', language: 'id' });
  let refused: string | undefined;
  const unsubscribe = bench.station.subscribe(({ session }) => {
    if (session?.stage.at !== 'capture' || session.stage.step !== 'chip-fingers') return;
    refused ??= session.stage.failure?.code;
    bench.hands.instead = refused ? {} : { 2: 3 };
  });
  const { stage } = await recordUntil(bench, 'review');
  unsubscribe();
  expect(refused).toBe('SESSION-FINGER-OTHER');
  const kept = stage.at === 'review' ? stage.samples.filter(({ step }) => step === 'chip-fingers') : [];
  expect(kept.map(({ position }) => position).toSorted()).toEqual([2, 7]);
}, 60_000);
