/** A read of a card over real pcscd with everything that can go wrong in it: each ends in its code, the next card works. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cardRead } from '../../src/cli/card-commands.ts';
import type { SamKind } from '../../src/virtual/card/sams.ts';
import type { BenchCommand } from '../../src/virtual/commands.ts';
import { type BenchKiosk, codeOf, openBenchKiosk, value } from '../support/bench-kiosk.ts';

const reader = 'new';
const card = 'b-new';
let kiosk: BenchKiosk;
/** How many APDUs a good read sends to the card and to the SAM. */
let apdus: { card: number; sam: number };

beforeAll(async () => {
  kiosk = await openBenchKiosk({
    need: { readers: [reader], devices: [] },
    change: (configuration) => ({
      ...configuration,
      readers: configuration.readers.map((settings) =>
        settings.driver === 'pcsc'
          ? {
              ...settings,
              profile: { ...settings.profile, retries: 0 },
            }
          : settings,
      ),
    }),
  });
  await kiosk.hand({ command: 'lay', card, reader });
  // The SAM is opened once, by the first read.
  value(await read());
  const log = await kiosk.apdusOf(read);
  apdus = {
    card: log.filter(({ slot }) => slot === 'card').length,
    sam: log.filter(({ slot }) => slot === 'sam').length,
  };
  expect(apdus.card).toBeGreaterThan(30);
  expect(apdus.sam).toBeGreaterThan(30);
});
afterAll(() => kiosk?.close());

const read = () => cardRead(kiosk, { reader });
const fault = (wrong: Omit<Extract<BenchCommand, { command: 'fault' }>, 'command' | 'reader'>) =>
  kiosk.hand({ command: 'fault', reader, ...wrong });

/** As a technician does it: out, noticed, in, noticed. */
async function putSam(sam: SamKind) {
  await kiosk.hand({ command: 'sam', reader, sam: 'absent' });
  await kiosk.until(reader, (status) => status.sam === false);
  await kiosk.hand({ command: 'sam', reader, sam });
  if (sam !== 'absent') await kiosk.until(reader, (status) => status.sam === true);
}

/** As an officer does it: a card that is swapped faster than pcscd looks is absent to it for a while. */
async function putCard(other: string) {
  await kiosk.hand({ command: 'pull', reader });
  await kiosk.until(reader, (status) => status.card === false);
  await kiosk.hand({ command: 'lay', card: other, reader });
  await kiosk.until(reader, (status) => status.card === true);
}

/** After each test: everything mended, the same card back, and the read is as good as ever. */
afterEach(async () => {
  await kiosk.hand({ command: 'heal' });
  if (kiosk.bench.status().pcscd === 'ended') await kiosk.hand({ command: 'pcscd', action: 'start' });
  await kiosk.until(reader, ({ state }) => state === 'ready');
  if (kiosk.bench.status().readers.find(({ id }) => id === reader)?.sam !== 'genuine')
    await putSam('genuine');
  await kiosk.hand({ command: 'lay', card, reader });
  const next = await read();
  expect(next, JSON.stringify(next)).toMatchObject({ ok: true, value: { genuine: true } });
});

test('the card is pulled at every APDU', async () => {
  for (let after = 0; after < apdus.card; after++) {
    await fault({ slot: 'card', after, effect: 'pull' });
    expect(codeOf(await read()), `APDU ${after}`).toBe('CARD-REMOVED');
    await kiosk.hand({ command: 'lay', card, reader });
  }
});

test('a status word other than 9000 at every APDU of card and SAM', async () => {
  for (const slot of ['card', 'sam'] as const) {
    for (let after = 0; after < apdus[slot]; after++) {
      await fault({ slot, after, effect: '6F00' });
      const wrong = await read();
      // Only what a verdict may be made of is a verdict: no proof, no signature; all else is a failure.
      if (wrong.ok) expect(wrong.value, `${slot} APDU ${after}`).toMatchObject({ genuine: false });
      else expect(wrong.failure.code, `${slot} APDU ${after}`).toMatch(/^KTP-/);
    }
  }
});

/** A card that hangs does so until it is taken away, as the officer is told to. */
test('an APDU that the card never answers', async () => {
  for (const share of [0, 0.5, 0.9]) {
    await fault({ slot: 'card', after: Math.floor(share * apdus.card), effect: 'silence' });
    expect(codeOf(await read()), `${share}`).toBe('CARD-TIMEOUT');
    await kiosk.hand({ command: 'pull', reader });
    // A swap that pcscd does not see, still busy with the hung command, leaves the slot empty for it.
    await kiosk.until(reader, (status) => status.card === false);
    await kiosk.hand({ command: 'lay', card, reader });
  }
});

test('an APDU that the SAM never answers', async () => {
  await fault({ slot: 'sam', after: Math.floor(apdus.sam / 2), effect: 'silence' });
  expect(codeOf(await read())).toBe('KTP-SAM-LOST');
  await kiosk.hand({ command: 'sam', reader, sam: 'absent' });
});

test('the SAM is pulled', async () => {
  for (const share of [0, 0.3, 0.6, 0.95]) {
    await fault({ slot: 'sam', after: Math.floor(share * apdus.sam), effect: 'pull' });
    expect(codeOf(await read()), `${share}`).toMatch(/^KTP-SAM-(LOST|ABSENT)$/);
    await kiosk.hand({ command: 'sam', reader, sam: 'absent' });
    expect(codeOf(await read())).toBe('KTP-SAM-ABSENT');
    await putSam('genuine');
  }
});

test('the SAM is of another issuer', async () => {
  await putSam('other-issuer');
  expect(codeOf(await read())).toBe('KTP-AUTH-REFUSED');
});

describe('pcscd', () => {
  test('is killed in the middle of a read and started again', async () => {
    // A read is over in a tenth of a second: killed once its first commands were seen.
    await kiosk.hand({ command: 'log', on: true });
    const reading = read();
    const seen = async () => (value(await kiosk.bench.send({ command: 'read-log' })) as unknown[]).length;
    while ((await seen()) < 3);
    await kiosk.hand({ command: 'pcscd', action: 'kill' });
    const first = await reading;
    await kiosk.hand({ command: 'log', on: false });
    if (first.ok) throw new Error('the read was over before the kill');
    expect(first.failure.code).toMatch(
      /^CARD-(SERVICE-ABSENT|READER-LOST|HELPER-ENDED|REMOVED|COMM|ABSENT)$|^KTP-SAM-LOST$/,
    );
    await kiosk.hand({ command: 'pcscd', action: 'start' });
  });
});

test.each([
  ['6FF0', 0],
  ['6FF0', 30],
  ['6FF1', 0xffff],
  ['6FF2', 0],
  ['6FF2', 0xffff],
  ['6FF3', 0x1fff],
  ['6FF4', 0xffff],
  ['6FF5', 0],
])('the length field of %s says %i', async (file, length) => {
  await kiosk.hand({ command: 'lie', reader, file, length });
  expect(codeOf(await read())).toMatch(
    /^KTP-(LENGTH-INVALID|GENERATION-UNKNOWN|CARD-REFUSED|CARD-ANSWER|CHANNEL-BROKEN)$/,
  );
  await kiosk.hand({ command: 'lie', reader, file, length: null });
});

test.each([
  ['tampered-photo', 'KTP-NOT-GENUINE'],
  ['tampered-biodata', 'KTP-NOT-GENUINE'],
  ['tampered-minutiae', 'KTP-NOT-GENUINE'],
  ['tampered-signature', 'KTP-NOT-GENUINE'],
  ['clone', 'KTP-CLONE'],
])('%s is read and not genuine: %s', async (forged, code) => {
  await kiosk.hand({ command: 'lay', card: forged, reader });
  expect(await read()).toMatchObject({ ok: true, value: { genuine: false, code } });
});

test.each([
  ['dead', 'CARD-MUTE'],
  ['not-ktp', 'KTP-NOT-A-KTP'],
  ['clone-refusing', 'KTP-AUTH-REFUSED'],
])('%s fails with %s', async (other, code) => {
  await putCard(other);
  expect(codeOf(await read())).toBe(code);
});

test('no card at all', async () => {
  await kiosk.hand({ command: 'pull', reader });
  expect(codeOf(await read())).toBe('CARD-ABSENT');
});
