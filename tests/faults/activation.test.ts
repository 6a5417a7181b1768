/** An activation over real pcscd, cut off at every APDU: nothing half-activated stays unreported. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardActivate, cardVerify } from '../../src/cli/card-commands.ts';
import { type BenchKiosk, codeOf, openBenchKiosk, value } from '../support/bench-kiosk.ts';

const reader = 'new';
let kiosk: BenchKiosk;
/** Of an activation of a type A card: how many APDUs go to the card, and which of them is the command itself. */
let activation: { apdus: number; command: number };

const open = () =>
  openBenchKiosk({
    need: { readers: [reader], devices: [] },
    change: (configuration) => ({
      ...configuration,
      policy: { ...configuration.policy, patience: { ...configuration.policy.patience, readBack: 3 } },
    }),
  });

beforeAll(async () => {
  kiosk = await open();
  const before = await verification('a-old');
  const log = await kiosk.apdusOf(async () =>
    expect(await activate('a-old')).toMatchObject({ value: { activation: 'done' } }),
  );
  const toCard = (apdus: typeof log) => apdus.filter(({ slot }) => slot === 'card').length - before;
  const sent = log.findIndex(({ slot, command }) => slot === 'sam' && command.startsWith('00F8'));
  activation = { apdus: toCard(log), command: toCard(log.slice(0, sent)) };
  expect(activation.apdus).toBeGreaterThan(activation.command);
});
afterAll(() => kiosk?.close());

const activate = (card: string) => cardActivate(kiosk, { reader, finger: kiosk.fingerOf(card) });
const verify = (card: string) => cardVerify(kiosk, { reader, finger: kiosk.fingerOf(card) });

/** How many APDUs a verification sends to this card: the photo's length and the card's type tell. */
async function verification(card: string): Promise<number> {
  await kiosk.hand({ command: 'lay', card, reader });
  value(await verify(card));
  const log = await kiosk.apdusOf(() => verify(card));
  return log.filter(({ slot }) => slot === 'card').length;
}

/** The card leaves at an APDU of its activation; `comesBack`: soon after the same card lies there again. */
async function cut(card: string, index: number, { carriedOut = false, comesBack = true } = {}) {
  await kiosk.hand({ command: 'heal' });
  const after = (await verification(card)) + index;
  await kiosk.hand({ command: 'fault', reader, slot: 'card', after, effect: 'pull', carriedOut });
  const running = activate(card);
  if (!comesBack) return running;
  const back = setInterval(() => {
    const lying = kiosk.bench.status().readers.find(({ id }) => id === reader)?.card;
    if (lying === null) void kiosk.hand({ command: 'lay', card, reader });
  }, 1000);
  const result = await running;
  clearInterval(back);
  return result;
}

test('pulled before the command: a code, and the card is as it was', async () => {
  for (let index = 0; index < activation.command; index++) {
    expect(codeOf(await cut('a-new', index, { comesBack: false })), `APDU ${index}`).toBe('CARD-REMOVED');
    expect(value(await kiosk.parts.store.activations.open())).toEqual([]);
  }
  await kiosk.hand({ command: 'lay', card: 'a-new', reader });
  expect(await verify('a-new')).toMatchObject({ value: { activated: false } });
});

test('pulled as the command goes, not carried out, and back again: refused', async () => {
  expect(await cut('a-new', activation.command)).toMatchObject({
    value: { activation: 'refused', activated: false },
  });
});

test('pulled as the command goes, carried out, and back again: done', async () => {
  expect(await cut('a-new', activation.command, { carriedOut: true })).toMatchObject({
    value: { activation: 'done', activated: true },
  });
});

test('an activated card is left as it is', async () => {
  await kiosk.hand({ command: 'lay', card: 'a-new', reader });
  expect(await activate('a-new')).toMatchObject({
    value: { activation: 'already', activated: true },
  });
});

test('the audit is whole, and each activated card is in the outbox once', async () => {
  expect(value(await kiosk.parts.store.audit.verify()).ok).toBe(true);
  expect(value(await kiosk.parts.store.outbox.pending())).toHaveLength(2);
  expect(value(await kiosk.parts.store.activations.unknown())).toEqual([]);
});

describe('the read-back, with a fresh deck', () => {
  beforeAll(async () => {
    await kiosk.close();
    kiosk = await open();
  });

  test('pulled at each of its APDUs, and back again: done', async () => {
    const readBack = activation.apdus - activation.command - 1;
    const cards = ['a-old', 'a-new', 'b-old', 'b-new'];
    expect(readBack).toBeLessThanOrEqual(cards.length);
    for (const [index, card] of cards.slice(0, readBack).entries()) {
      // A type B card is asked for its UID once, a type A card twice.
      const at = activation.command + 1 + index - (card.startsWith('b') ? 1 : 0);
      expect(await cut(card, at), `APDU ${index}`).toMatchObject({
        value: { activation: 'done', activated: true },
      });
    }
    expect(value(await kiosk.parts.store.outbox.pending())).toHaveLength(readBack);
  });
});
