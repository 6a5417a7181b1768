import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { confirmSam } from '../../src/flows/sam-binding.ts';
import { settleOpen } from '../../src/flows/settle-open.ts';
import { type DeskBench, openDeskBench, value, virtualPeople } from './fixture.ts';

let bench: DeskBench;
beforeEach(async () => {
  bench = await openDeskBench();
});
afterEach(async () => {
  await bench.close();
  expect(bench.bugs).toEqual(bugs.splice(0));
});
/** Those that a test puts in on purpose. */
const bugs: unknown[] = [];

const by = 'desk';
const SECOND = 1000;

/** The finger that belongs to the card, second impression; and one of another person. */
async function fingers(cardId: string) {
  const everybody = await virtualPeople();
  const card = await bench.card(cardId);
  const { makeDeck } = await import('../../src/virtual/card/deck.ts');
  const holder = makeDeck(everybody).find(({ id }) => id === cardId)?.person;
  const own = everybody.find(({ id }) => id === holder)?.fingers[0]?.impressions[1];
  const other = everybody.find(({ id }) => id !== holder)?.fingers[0]?.impressions[1];
  if (!own || !other) throw new Error('every card of the deck has a holder');
  return { card, own, other };
}

async function verified(cardId = 'b-new') {
  const { card, own, other } = await fingers(cardId);
  bench.chip.lay(card);
  bench.desk.send({ type: 'verify', reader: 'new', by });
  await bench.work('verification', 'awaiting-finger');
  bench.press(own);
  return { card, own, other, status: await bench.work('verification', 'verified') };
}

async function auditIsWhole() {
  expect(value(await bench.parts.store.audit.verify()).ok).toBe(true);
}

describe('verification on an APDU reader', () => {
  test('shows the photo first, then genuine, then the holder, and offers the activation', async () => {
    const { status } = await verified();
    expect(status.card?.genuine).toBe(true);
    expect(status.card?.activated).toBe(false);
    expect(status.tries).toMatchObject([{ match: true, failure: null }]);
    expect(status.canActivate).toBe(true);
    expect(bench.parts.caseFiles.get(status.photoId ?? '')?.photo?.subarray(0, 2)).toEqual(
      new Uint8Array([0xff, 0xd8]),
    );
    await auditIsWhole();
  });

  test('the photo is shown before the SAM is touched', async () => {
    const steps: string[] = [];
    bench.desk.subscribe(({ work }) => work.at === 'verification' && steps.push(work.step));
    bench.chip.putSam('absent');
    const { card } = await fingers('b-new');
    bench.chip.lay(card);
    bench.desk.send({ type: 'verify', reader: 'new', by });
    const failed = await bench.work('verification', 'failed');
    expect(failed.failure?.code).toBe('KTP-SAM-ABSENT');
    expect(failed.photoId).not.toBeNull();
    expect(steps).toContain('reading');
  });

  test('four wrong fingers refuse the holder, each with its reason', async () => {
    const { card, other } = await fingers('a-old');
    bench.chip.lay(card);
    bench.desk.send({ type: 'verify', reader: 'new', by });
    for (const triesLeft of [4, 3, 2, 1]) {
      await bench.when(
        ({ work }) =>
          work.at === 'verification' && work.step === 'awaiting-finger' && work.triesLeft === triesLeft,
      );
      bench.press(other);
    }
    const refused = await bench.work('verification', 'refused');
    expect(refused.tries.map(({ failure }) => failure?.code)).toEqual(Array(4).fill('FINGER-NO-MATCH'));
    expect(refused.canActivate).toBe(false);
    expect(bench.desk.send({ type: 'activate', by })).toMatchObject({ ok: false });
  });

  test('a wrong finger and then the right one verify', async () => {
    const { card, own, other } = await fingers('a-new');
    bench.chip.lay(card);
    bench.desk.send({ type: 'verify', reader: 'new', by });
    await bench.work('verification', 'awaiting-finger');
    bench.press(other);
    bench.press(own);
    const { tries } = await bench.work('verification', 'verified');
    expect(tries.map(({ match }) => match)).toEqual([false, true]);
  });

  test.each([
    ['tampered-photo', 'refused'],
    ['tampered-biodata', 'refused'],
    ['tampered-minutiae', 'refused'],
    ['tampered-signature', 'refused'],
    ['clone', 'refused'],
  ])('%s is refused without asking for a finger', async (id, step) => {
    bench.chip.lay(await bench.card(id));
    bench.desk.send({ type: 'verify', reader: 'new', by });
    const ended = await bench.work('verification', step);
    expect(ended.card?.genuine).toBe(false);
    expect(ended.failure?.code).toBe(id === 'clone' ? 'KTP-CLONE' : 'KTP-NOT-GENUINE');
    expect(ended.canActivate).toBe(false);
  });

  test('another card than a KTP-el fails, and the next card works', async () => {
    bench.chip.lay(await bench.card('not-ktp'));
    bench.desk.send({ type: 'verify', reader: 'new', by });
    expect((await bench.work('verification', 'failed')).failure?.code).toBe('KTP-NOT-A-KTP');
    bench.desk.send({ type: 'finish', by });
    await verified();
  });

  test('a card that leaves while the finger is awaited ends the case', async () => {
    bench.chip.lay((await fingers('b-new')).card);
    bench.desk.send({ type: 'verify', reader: 'new', by });
    await bench.work('verification', 'awaiting-finger');
    bench.chip.pull();
    expect((await bench.work('verification', 'failed')).failure?.code).toBe('CARD-REMOVED');
  });

  test('patience ends: no card, no finger', async () => {
    bench.desk.send({ type: 'verify', reader: 'new', by });
    await bench.work('verification', 'awaiting-card');
    bench.clock.increment(60 * SECOND);
    expect((await bench.work('verification', 'failed')).failure?.code).toBe('DESK-NO-CARD');
    bench.chip.lay((await fingers('b-new')).card);
    bench.desk.send({ type: 'retry', by });
    await bench.work('verification', 'awaiting-finger');
    bench.clock.increment(45 * SECOND);
    expect((await bench.work('verification', 'failed')).failure?.code).toBe('DESK-NO-FINGER');
  });

  test('a case that is cancelled or finished leaves neither photo nor fingers', async () => {
    const { status } = await verified();
    bench.desk.send({ type: 'finish', by });
    await bench.when(({ work }) => work.at === 'idle');
    expect(bench.parts.caseFiles.get(status.photoId ?? '')).toBeUndefined();
    bench.desk.send({ type: 'verify', reader: 'new', by });
    const { photoId } = await bench.work('verification', 'awaiting-finger');
    bench.desk.send({ type: 'cancel', by });
    await bench.when(({ work }) => work.at === 'idle');
    expect(bench.parts.caseFiles.get(photoId ?? '')).toBeUndefined();
  });

  test('what the desk cannot do now is refused and audited', async () => {
    expect(bench.desk.send({ type: 'activate', by })).toMatchObject({ failure: { code: 'DESK-NOT-NOW' } });
    expect(bench.desk.send({ type: 'verify', reader: 'nowhere', by })).toMatchObject({ ok: false });
    await auditIsWhole();
    expect(value(await bench.parts.store.audit.verify()).entries).toBeGreaterThan(0);
  });
});

describe('verification on a sealed reader', () => {
  test('tells match and biodata, and names what it cannot tell', async () => {
    const [endah] = await virtualPeople();
    bench.sealed.biodata = { ok: true, value: endah!.biodata };
    bench.desk.send({ type: 'verify', reader: 'old', by });
    const status = await bench.work('verification', 'verified');
    expect(status).toMatchObject({ evidence: 'box', photoId: null, canActivate: false });
    expect(status.card).toMatchObject({ uid: null, genuine: null, activated: null, biodata: endah!.biodata });
    expect(status.card?.untold).toContain('genuine');
  });

  test('asks for the second finger after two misses, refuses after four', async () => {
    const asked: number[] = [];
    bench.sealed.matches = [false, false, false, false];
    bench.desk.subscribe(({ work }) => {
      if (work.at === 'verification' && work.step === 'awaiting-finger')
        asked[4 - work.triesLeft] = work.fingers[0]!;
    });
    bench.desk.send({ type: 'verify', reader: 'old', by });
    const refused = await bench.work('verification', 'refused');
    expect(asked).toEqual([2, 2, 7, 7]);
    expect(refused.tries).toHaveLength(4);
    expect(refused.card?.biodata).toBeNull();
  });

  test("a card that the box's firmware does not know fails with its reason", async () => {
    bench.sealed.fingers = { ok: false, failure: { code: 'OLD-GENERATION-ONLY' } };
    bench.desk.send({ type: 'verify', reader: 'old', by });
    expect((await bench.work('verification', 'failed')).failure?.code).toBe('OLD-GENERATION-ONLY');
  });
});

describe('activation', () => {
  test('is done, read back, and queued for the centre with its proof', async () => {
    const { status } = await verified();
    bench.desk.send({ type: 'activate', by });
    const settled = await bench.work('activation', 'settled');
    expect(settled).toMatchObject({ outcome: 'done', failure: null, card: { activated: true } });
    const pending = value(await bench.parts.store.outbox.pending());
    expect(pending).toHaveLength(1);
    expect(JSON.stringify(pending)).toContain(status.card?.uid);
    expect(value(await bench.parts.store.activations.open())).toEqual([]);
    await auditIsWhole();
    const [count] = value(await bench.parts.store.devices.counts());
    const { counts } = value(await bench.parts.store.closings.begin(count?.day ?? '', by));
    // The verification's and the activation's own.
    expect(counts).toMatchObject({ samAuthentications: 2, audited: { reads: 2 } });
  });

  test('is not offered for a card that is active already', async () => {
    const { status } = await verified('b-new-activated');
    expect(status.card?.activated).toBe(true);
    expect(status.canActivate).toBe(false);
    expect(bench.desk.send({ type: 'activate', by })).toMatchObject({ ok: false });
  });

  test('is not offered any more once the card left its reader, even when it came back', async () => {
    const { card } = await verified();
    bench.chip.pull();
    const gone = await bench.when(({ work }) => work.at === 'verification' && !work.canActivate);
    expect(gone.work).toMatchObject({ step: 'verified' });
    bench.chip.lay(card);
    expect(bench.desk.send({ type: 'activate', by })).toMatchObject({ failure: { code: 'DESK-NOT-NOW' } });
  });

  /** Pulls the card as the protected activation command goes to it; the chip may or may not have carried it out. */
  async function pulledInActivation({ carriedOut }: { carriedOut: boolean }) {
    const { card } = await verified();
    const transmit = card.transmit.bind(card);
    let armed = false;
    bench.chip.beforeApdu = (apdu) => {
      if (apdu[1] === 0xf8) armed = true;
      else if (armed) {
        armed = false;
        if (carriedOut) transmit(apdu);
        bench.chip.pull();
      }
    };
    bench.desk.send({ type: 'activate', by });
    await bench.work('activation', 'settling');
    return card;
  }

  test.each([
    { carriedOut: true, outcome: 'done' },
    { carriedOut: false, outcome: 'refused' },
  ])(
    'the card leaves in the middle and comes back: read again ($outcome)',
    async ({ carriedOut, outcome }) => {
      const card = await pulledInActivation({ carriedOut });
      bench.chip.lay(card);
      expect((await bench.work('activation', 'settled')).outcome).toBe(outcome);
    },
  );

  test('the card does not come back: unknown with its UID, until it is read again', async () => {
    const card = await pulledInActivation({ carriedOut: true });
    bench.clock.increment(30 * SECOND);
    const settled = await bench.work('activation', 'settled');
    expect(settled).toMatchObject({ outcome: 'unknown', failure: { code: 'DESK-ACTIVATION-UNKNOWN' } });
    const { unknownActivations } = await bench.when((status) => status.unknownActivations.length === 1);
    expect(unknownActivations[0]?.uid).toBe(settled.card.uid);

    bench.desk.send({ type: 'finish', by });
    bench.chip.lay(card);
    bench.desk.send({ type: 'verify', reader: 'new', by });
    await bench.when((status) => status.unknownActivations.length === 0);
    expect(value(await bench.parts.store.outbox.pending())).toHaveLength(1);
    await auditIsWhole();
  });

  test('another card laid down instead is not taken for the one that left', async () => {
    await pulledInActivation({ carriedOut: true });
    bench.chip.lay(await bench.card('a-new-activated'));
    bench.clock.increment(30 * SECOND);
    expect((await bench.work('activation', 'settled')).outcome).toBe('unknown');
  });
});

describe('an activation left open by a power cut', () => {
  async function leftOpen() {
    const { status, card } = await verified();
    const uid = status.card?.uid ?? '';
    value(
      await bench.parts.store.activations.begin({
        id: 'b7f4b6ce-3c5e-4d8e-9a5e-5f8d1c3f2a10',
        uid,
        readerId: 'new',
        sessionId: 'b7f4b6ce-3c5e-4d8e-9a5e-5f8d1c3f2a11',
        by,
      }),
    );
    return { uid, card };
  }
  const never = new AbortController().signal;

  test('is settled by the card on the reader', async () => {
    await leftOpen();
    value(await settleOpen(bench.parts, never));
    expect(value(await bench.parts.store.activations.open())).toEqual([]);
    expect(value(await bench.parts.store.activations.unknown())).toEqual([]);
  });

  test('is reported unknown with the UID when the card is gone', async () => {
    const { uid } = await leftOpen();
    bench.chip.pull();
    value(await settleOpen(bench.parts, never));
    expect(value(await bench.parts.store.activations.unknown())).toMatchObject([{ uid }]);
  });
});

describe('comparison', () => {
  test('each reader in turn: readable, or why not', async () => {
    bench.chip.lay(await bench.card('b-new'));
    bench.sealed.fingers = { ok: false, failure: { code: 'OLD-GENERATION-ONLY' } };
    bench.desk.send({ type: 'compare', by });
    const { rows } = await bench.work('comparison', 'done');
    expect(rows).toMatchObject([
      { reader: 'new', readable: true, failure: null },
      { reader: 'old', readable: false, failure: { code: 'OLD-GENERATION-ONLY' } },
    ]);
    await auditIsWhole();
    // The chip told which card it was; the sealed reader could not.
    const card = { cardType: 'B', cardGeneration: 'new', count: 1 };
    expect(value(await bench.parts.store.devices.cards())).toEqual([
      { ...card, reader: 'new', firmware: 'unknown', outcome: 'readable' },
      { ...card, reader: 'old', firmware: 'unknown', outcome: 'OLD-GENERATION-ONLY' },
    ]);
  });

  test('a reader without a card is passed over when patience ends', async () => {
    bench.desk.send({ type: 'compare', by });
    await bench.when(({ work }) => work.at === 'comparison' && work.rows[0]?.step === 'awaiting-card');
    bench.clock.increment(60 * SECOND);
    const { rows } = await bench.work('comparison', 'done');
    expect(rows[0]).toMatchObject({ readable: false, failure: { code: 'DESK-NO-CARD' } });
    expect(rows[1]?.readable).toBe(true);
    // No card, no try of one.
    const cards = value(await bench.parts.store.devices.cards());
    expect(cards.map(({ reader, outcome }) => [reader, outcome])).toEqual([['old', 'readable']]);
  });
});

test('another SAM closes the desk until a technician confirms it', async () => {
  await verified();
  bench.desk.send({ type: 'finish', by });
  bench.chip.putSam('spare');
  bench.desk.send({ type: 'verify', reader: 'new', by });
  expect((await bench.work('verification', 'failed')).failure?.code).toBe('DESK-SAM-OTHER');
  bench.desk.send({ type: 'finish', by });
  await bench.when(({ closed }) => closed?.code === 'DESK-SAM-OTHER');
  expect(bench.desk.send({ type: 'verify', reader: 'new', by })).toMatchObject({
    failure: { code: 'DESK-SAM-OTHER' },
  });

  const entries = async () => value(await bench.parts.store.audit.verify()).entries;
  const before = await entries();
  expect(value(await confirmSam(bench.parts.store, 'new', 'technician'))).toBe(true);
  expect(await entries()).toBe(before + 1);
  bench.desk.refresh();
  await bench.when(({ closed }) => closed === null);
  await verified();
});

test('a bug ends its case and no more: the desk starts anew', async () => {
  const bug = new Error('a bug, put in on purpose');
  bugs.push(bug);
  const { extract } = bench.parts.biometrics;
  const { card, own } = await fingers('b-new');
  bench.chip.lay(card);
  bench.desk.send({ type: 'verify', reader: 'new', by });
  await bench.work('verification', 'awaiting-finger');
  Object.assign(bench.parts.biometrics, { extract: () => Promise.reject(bug) });
  bench.press(own);
  await bench.when(({ work }) => work.at === 'idle');
  Object.assign(bench.parts.biometrics, { extract });
  await verified();
});
