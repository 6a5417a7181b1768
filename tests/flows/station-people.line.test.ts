/** Residents who are not like the others: each comes through to the packet, or is told why not. */
import { afterEach, expect, test } from 'vitest';
import type { FingerPosition } from '../../src/rules/finger-position.ts';
import type { ExceptionSubject, ExceptionType } from '../../src/rules/recording.ts';
import {
  answerTo,
  biodataOf,
  openStationBench,
  operator,
  recordUntil,
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

const ALL: readonly FingerPosition[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const factsNow = async () =>
  value(await bench.parts.store.sessions.facts(bench.station.status().session?.sessionId ?? ''));

async function sealed(): Promise<void> {
  await recordUntil(bench, 'receipt');
  expect((await factsNow()).at(-1)).toMatchObject({ type: 'ended', how: 'sealed' });
  expect(value(await bench.parts.store.outbox.pending())).toMatchObject([{ kind: 'packet' }]);
}

/** Recorded by the operator, with its photo, and approved by another person. */
async function except(subject: ExceptionSubject, kind: ExceptionType): Promise<void> {
  bench.ask({ type: 'record-exception', subject, kind, reason: 'sejak kecelakaan' }, operator);
  await bench.at('capture', ({ step, phase }) => step === 'exception-photo' && phase === 'ready');
  bench.ask({ type: 'start-capture' }, operator);
  const { approvals } = await bench.when((status) => status.approvals.length > 0);
  const [open] = approvals;
  if (open?.of !== 'exception') throw new Error('an exception waits');
  bench.ask({ type: 'settle-exception', exception: open.exception.id, approved: true }, supervisor);
  await bench.when((status) => status.approvals.length === 0);
}

test('a resident without fingers comes to a packet: eyes, photo, and a witness who signs', async () => {
  bench = await openStationBench();
  bench.ask({ type: 'begin', language: 'id' });
  await recordUntil(bench, 'capture');
  bench.ask({ type: 'take-over' }, operator);
  for (const position of ALL) await except({ kind: 'finger', position }, 'missing');
  await except({ kind: 'signature' }, 'cannot-sign');
  await recordUntil(bench, 'identity-gate');
  bench.ask({ type: 'check-identity', means: 'witness' }, operator);
  await sealed();
  const kept = (await factsNow()).flatMap((fact) => (fact.type === 'samples-kept' ? [fact.step] : []));
  expect(new Set(kept)).toEqual(new Set(['exception-photo', 'photo', 'irises', 'review', 'witness']));
}, 60_000);

test('a foreigner with a guardian is recorded before an orange cloth, and known by ITAP and travel document', async () => {
  bench = await openStationBench();
  bench.hands.cloth = 'orange';
  bench.ask({ type: 'begin', language: 'en' });
  bench.ask({ type: 'record', reason: 'itap-extended' });
  await bench.at('identification');
  bench.ask({ type: 'identify', nik: STRANGER }, operator);
  await recordUntil(bench, 'biodata');
  const biodata = biodataOf(STRANGER, { kewarganegaraan: 'AUSTRALIA' });
  await bench.when(({ session }) => session?.onRoster === false && session.stage.at === 'biodata');
  bench.ask({ type: 'enter-biodata', biodata }, operator);
  await bench.at('biodata', ({ sha256 }) => sha256 !== null);
  bench.ask({ type: 'ask-guardian' }, operator);
  await bench.at('guardian', ({ why }) => why === 'assistance');
  const photo = await recordUntil(bench, (stage) => stage.at === 'capture' && stage.step === 'photo');
  expect(photo.stage).toMatchObject({ background: 'orange' });
  expect(await factsNow()).toContainEqual(
    expect.objectContaining({ type: 'guardian-signed', relation: 'ibu' }),
  );
  const gate = await recordUntil(bench, 'identity-gate');
  expect(gate.stage).toMatchObject({ means: ['itap', 'witness'] });
  expect(bench.station.send(operator, { type: 'check-identity', means: 'family-card' })).toMatchObject({
    ok: false,
  });
  bench.ask({ type: 'check-identity', means: 'itap' }, operator);
  await sealed();
}, 60_000);

test('a lost device is told of at once, others go first, and its step is asked for when it is back', async () => {
  bench = await openStationBench();
  bench.hands.broken.photo = { code: 'CAMERA-LOST' };
  bench.ask({ type: 'begin', language: 'id' });
  const ready = await recordUntil(bench, 'capture');
  const seen: unknown[] = [];
  const unsubscribe = bench.station.subscribe(({ session }) => {
    if (session?.stage.at === 'capture') seen.push(session.stage.step);
  });
  bench.ask(answerTo(ready) ?? { type: 'leave' });
  await bench.at('capture', ({ step }) => step === 'signature');
  // Nothing else is left to do: now the kiosk waits for the camera, and says so.
  await recordUntil(bench, (stage) => stage.at === 'capture' && stage.phase === 'device-lost');
  const { session } = bench.station.status();
  expect(session?.stage).toMatchObject({ step: 'photo', failure: { code: 'CAMERA-LOST' } });
  bench.hands.broken = {};
  const looking = setInterval(() => bench.clock.increment(1000), 20);
  await recordUntil(bench, 'review');
  clearInterval(looking);
  unsubscribe();
  expect([...new Set(seen)].at(1)).toBe('signature');
}, 60_000);
