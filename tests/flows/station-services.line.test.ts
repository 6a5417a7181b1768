/** What a resident asks for beside a recording: where the record is, and whether the card is good. */
import { afterEach, expect, test } from 'vitest';
import { meaningOf, nextStepForAnybody } from '../../src/rules/record-status.ts';
import { makeDeck } from '../../src/virtual/card/deck.ts';
import { virtualPeople } from './fixture.ts';
import { openStationBench, operator, resident, type StationBench, value } from './station-fixture.ts';

let bench: StationBench;
afterEach(async () => {
  expect(bench.bugs).toEqual([]);
  expect(value(await bench.parts.store.audit.verify())).toMatchObject({ ok: true });
  await bench.close();
});

const NIK = '1607125204880001';
const INVITATION = { type: 'present-invitation', code: 'INV-0001' } as const;

async function askStatus(): Promise<void> {
  bench.ask({ type: 'begin', language: 'id' });
  bench.ask({ type: 'ask-status' });
  await bench.at('identification', ({ purpose }) => purpose === 'status');
}

async function told() {
  const { stage } = await bench.at('record-status');
  bench.ask({ type: 'leave' });
  await bench.when(({ session }) => session === null);
  return stage;
}

test('whoever holds the invitation, or whom an operator has seen, is told where the record is', async () => {
  bench = await openStationBench();
  const status = { nik: NIK, status: 'ENROLL_FAILURE_AT_CENTRAL', since: '2026-02-01' } as const;
  value(await bench.parts.store.statuses.receive([status], 'kiosk'));
  const next = meaningOf(status.status).nextStep;
  const all = { status: status.status, since: status.since, stuck: true, next };
  await askStatus();
  bench.ask(INVITATION);
  expect(await told()).toMatchObject(all);
  await askStatus();
  bench.ask({ type: 'identify', nik: NIK }, operator);
  expect(await told()).toMatchObject(all);
}, 30_000);

test('a NIK alone gets the next step, and one that nobody knows gets what the unrecorded get', async () => {
  bench = await openStationBench();
  const status = { nik: NIK, status: 'DUPLICATE_RECORD', since: '2026-02-01' } as const;
  value(await bench.parts.store.statuses.receive([status], 'kiosk'));
  for (const [nik, next] of [
    [NIK, nextStepForAnybody('DUPLICATE_RECORD')],
    ['1607124101900002', nextStepForAnybody('UNREGISTERED')],
  ] as const) {
    await askStatus();
    bench.ask({ type: 'type-nik', nik });
    expect(await told()).toEqual({ at: 'record-status', status: null, since: null, stuck: false, next });
  }
  expect(value(await bench.parts.store.sessions.unfinished())).toEqual([]);
}, 30_000);

test('a code of nobody, and a NIK that is none, are asked for anew; there is a way back', async () => {
  bench = await openStationBench();
  await askStatus();
  for (const [wish, code] of [
    [{ ...INVITATION, code: 'INV-9999' }, 'SESSION-CODE-UNKNOWN'],
    [{ type: 'type-nik', nik: '16071' }, 'SESSION-NIK-INVALID'],
  ] as const) {
    bench.ask(wish);
    await bench.at('identification', ({ step, failure }) => step === 'asking' && failure?.code === code);
  }
  bench.ask({ type: 'back' });
  await bench.at('choosing');
}, 30_000);

test('what is told leaves the screen by itself', async () => {
  bench = await openStationBench();
  await askStatus();
  bench.ask(INVITATION);
  await bench.at('record-status');
  for (let second = 0; second < bench.parts.policy.patience.answer; second++) bench.clock.increment(1000);
  expect(bench.station.status().session).toBeNull();
}, 30_000);

/** The holder of a card of the deck, with it, before the devices. */
async function holderOf(id: string) {
  const entry = makeDeck(await virtualPeople()).find((one) => one.id === id);
  if (!entry?.person) throw new Error(`no card ${id} of somebody in the deck`);
  bench.hands.person = entry.person;
  return entry.create();
}

test('a card is verified on the desk’s reader, and tells what is on it to its holder alone', async () => {
  bench = await openStationBench();
  const card = await holderOf('b-new');
  const seen: unknown[] = [];
  bench.station.subscribe(({ session }) => {
    const { stage } = session ?? {};
    if (stage?.at === 'card-check' && stage.verification?.step !== 'verified')
      seen.push(stage.verification?.card?.biodata ?? null);
  });
  bench.ask({ type: 'begin', language: 'id' });
  expect(bench.station.send(resident, { type: 'check-card', reader: 'none' })).toMatchObject({ ok: false });
  bench.ask({ type: 'check-card', reader: 'new' });
  await bench.at('card-check', ({ verification }) => verification?.step === 'awaiting-card');
  bench.chip.lay(card);
  const { stage } = await bench.at('card-check', ({ verification }) => verification?.step === 'verified');
  if (stage.at !== 'card-check') throw new Error('the card is checked');
  expect(stage.verification).toMatchObject({ canActivate: false, photoId: null, card: { genuine: true } });
  expect(stage.verification?.card?.biodata?.nik).toMatch(/^\d{16}$/);
  expect(new Set(seen)).toEqual(new Set([null]));
  expect(value(await bench.parts.store.activations.open())).toEqual([]);
}, 30_000);

test('another’s finger is refused with nothing told, the card is tried anew, and the case closes', async () => {
  bench = await openStationBench();
  const { caseFiles } = bench.parts.desk;
  const cases: string[] = [];
  const open = caseFiles.open.bind(caseFiles);
  caseFiles.open = () => {
    const id = open();
    cases.push(id);
    return id;
  };
  const card = await holderOf('a-old');
  const holder = bench.hands.person;
  bench.hands.person = holder === 'endah' ? 'siti' : 'endah';
  bench.chip.lay(card);
  bench.ask({ type: 'begin', language: 'id' });
  bench.ask({ type: 'check-card', reader: 'new' });
  const { stage } = await bench.at('card-check', ({ verification }) => verification?.step === 'refused');
  expect(stage).toMatchObject({ verification: { card: { uid: null, biodata: null } } });
  bench.hands.person = holder;
  bench.ask({ type: 'retry' });
  await bench.at('card-check', ({ verification }) => verification?.step === 'verified');
  bench.ask({ type: 'leave' });
  await bench.when(({ session }) => session === null);
  expect(cases.map((id) => caseFiles.get(id))).toEqual([undefined, undefined]);
}, 30_000);
