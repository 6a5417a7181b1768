/** From the verified holder to the card in their hand, or set aside: with the real store, chip and matcher. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fail } from '../../src/failures/failure.ts';
import { differences } from '../../src/rules/hand-over.ts';
import type { HandOver } from '../../src/store/cards.ts';
import { makeDeck } from '../../src/virtual/card/deck.ts';
import { type DeskBench, openDeskBench, value, virtualPeople } from './fixture.ts';

let bench: DeskBench;
beforeEach(async () => {
  bench = await openDeskBench();
});
afterEach(async () => {
  await bench.close();
  expect(bench.bugs).toEqual([]);
});

const by = 'desk';
const ACTIVE = 'b-new-activated';

async function holderOf(card: string) {
  const everybody = await virtualPeople();
  const id = makeDeck(everybody).find((one) => one.id === card)?.person;
  const holder = everybody.find((one) => one.id === id);
  const own = holder?.fingers[0]?.impressions[1];
  if (!holder || !own) throw new Error(`${card} has no holder`);
  return { ...holder, own };
}

async function verified(card: string) {
  const { own, biodata } = await holderOf(card);
  bench.chip.lay(await bench.card(card));
  bench.desk.send({ type: 'verify', reader: 'new', by });
  await bench.work('verification', 'awaiting-finger');
  bench.press(own);
  await bench.work('verification', 'verified');
  return biodata;
}

async function ship(card: string, change: { name?: string } = {}) {
  const { biodata } = await holderOf(card);
  const listed = { nik: biodata.nik, name: biodata.nama, village: biodata.kelurahan, ...change };
  const shipment = { id: 'K-1', arrivedOn: '2026-01-05', cards: [listed] };
  value(await bench.parts.store.cards.receive(shipment, 'kiosk'));
  return listed;
}

const inSafe = async (village: string) => value(await bench.parts.store.cards.inSafe({ village }, by));

test('a card is found in the list, verified, activated, tried on the readers and handed over', async () => {
  const { village, nik, name } = await ship('b-new');
  await bench.desk.refresh();
  expect(bench.desk.status().finished.villages).toMatchObject([{ village, inSafe: 1, handedOver: 0 }]);
  value(await bench.desk.showCards(village, by));
  expect(bench.desk.status().finished.waiting).toEqual([
    { nik, name, arrivedOn: '2026-01-05', setAside: null },
  ]);

  await verified('b-new');
  expect(bench.desk.status()).toMatchObject({ canHandOver: false, canDispute: true });
  bench.desk.send({ type: 'activate', by });
  await bench.work('activation', 'settled');
  expect(bench.desk.status().canHandOver).toBe(true);
  bench.desk.send({ type: 'compare', by });
  await bench.when(({ work }) => work.at === 'comparison' && work.step === 'done');
  bench.desk.send({ type: 'begin-hand-over', by });
  const compared = await bench.work('hand-over', 'comparing');
  expect(compared).toMatchObject({ differences: [], mayHandOver: true, listed: { arrivedOn: '2026-01-05' } });
  bench.desk.send({ type: 'hand-over', feesAsked: true, by });
  expect(await bench.work('hand-over', 'settled')).toMatchObject({ dispute: null, failure: null });
  expect(await inSafe(village)).toEqual([]);
  const [row] = value(await bench.parts.store.outbox.pending()).filter(({ kind }) => kind === 'hand-over');
  expect(row?.payload).toMatchObject({ nik, outcome: 'berhasil', feesAsked: true, reason: null });

  bench.desk.send({ type: 'finish', by });
  await bench.when(({ finished }) => finished.villages[0]?.handedOver === 1);
  expect(value(await bench.parts.store.audit.verify()).ok).toBe(true);
});

test('a name that differs from the lists opens a dispute, not a hand-over, and the card waits for a supervisor', async () => {
  const { village } = await ship(ACTIVE, { name: 'ORANG LAIN' });
  await verified(ACTIVE);
  bench.desk.send({ type: 'begin-hand-over', by });
  expect(await bench.work('hand-over', 'comparing')).toMatchObject({
    differences: ['nama'],
    mayHandOver: false,
  });
  expect(bench.desk.send({ type: 'hand-over', feesAsked: true, by })).toMatchObject({
    failure: { code: 'DESK-NOT-NOW' },
  });
  bench.desk.send({ type: 'dispute', reason: 'field-differs', fields: ['nama'], by });
  await bench.work('hand-over', 'settled');
  expect(await inSafe(village)).toMatchObject([{ setAside: 'field-differs' }]);
  bench.desk.send({ type: 'finish', by });

  await bench.when(({ work }) => work.at === 'idle');
  await verified(ACTIVE);
  bench.desk.send({ type: 'begin-hand-over', by });
  expect(await bench.work('hand-over', 'comparing')).toMatchObject({
    listed: { setAside: 'field-differs' },
    mayHandOver: false,
  });
});

test('a card that proved forged is set aside at once, and is never handed over', async () => {
  bench.chip.lay(await bench.card('tampered-photo'));
  bench.desk.send({ type: 'verify', reader: 'new', by });
  await bench.work('verification', 'refused');
  expect(bench.desk.send({ type: 'begin-hand-over', by })).toMatchObject({ ok: false });
  bench.desk.send({ type: 'dispute', reason: 'not-genuine', fields: [], by });
  expect(await bench.work('hand-over', 'settled')).toMatchObject({ dispute: { reason: 'not-genuine' } });
});

test('a hand-over that could not be stored says so, and is tried again', async () => {
  await ship(ACTIVE);
  await verified(ACTIVE);
  bench.desk.send({ type: 'begin-hand-over', by });
  await bench.work('hand-over', 'comparing');
  await bench.parts.store.close();
  bench.desk.send({ type: 'hand-over', feesAsked: true, by });
  expect(await bench.work('hand-over', 'failed')).toMatchObject({ failure: { code: 'STORE-STOPPED' } });
  expect(bench.desk.send({ type: 'retry', by })).toEqual({ ok: true });
});

test('fields are compared without regard to case and spaces, and what no list tells differs from nothing', async () => {
  const { biodata } = await holderOf(ACTIVE);
  const record = { nik: biodata.nik, nama: ` ${biodata.nama.toLowerCase()} `, tanggalLahir: null };
  expect(differences(biodata, { ...record, kelurahan: null })).toEqual([]);
  expect(differences(biodata, { ...record, kelurahan: 'DESA LAIN' })).toEqual(['kelurahan']);
});

test('a hand-over whose answer was lost is recorded once, also when the officer tries again', async () => {
  await ship(ACTIVE);
  await verified(ACTIVE);
  const { store } = bench.parts;
  const { cards } = store;
  let answers = 0;
  const handOver = async (act: HandOver) => {
    const recorded = await cards.handOver(act);
    return answers++ === 0 ? fail('STORE-STOPPED') : recorded;
  };
  Object.assign(store, {
    cards: new Proxy(cards, {
      get: (real, name) => (name === 'handOver' ? handOver : Reflect.get(real, name)),
    }),
  });
  bench.desk.send({ type: 'begin-hand-over', by });
  await bench.work('hand-over', 'comparing');
  bench.desk.send({ type: 'hand-over', feesAsked: true, by });
  await bench.work('hand-over', 'failed');
  value(bench.desk.send({ type: 'retry', by }));
  await bench.work('hand-over', 'comparing');
  bench.desk.send({ type: 'hand-over', feesAsked: true, by });
  await bench.work('hand-over', 'settled');
  const rows = value(await store.outbox.pending()).filter(({ kind }) => kind === 'hand-over');
  expect(rows).toHaveLength(1);
});
