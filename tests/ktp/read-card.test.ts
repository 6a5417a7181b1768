/** Reads of the virtual chip through the virtual SAM: every kind of card, every verdict, every lie about a length. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../src/failures/failure.ts';
import { readCard } from '../../src/ktp/read-card.ts';
import { createChip } from '../../src/virtual/card/chip.ts';
import { OTHER_TEST_ISSUER } from '../../src/virtual/card/issuer.ts';
import { createForeignCard } from '../../src/virtual/card/other-cards.ts';
import { createSam } from '../../src/virtual/card/sam.ts';
import { slotsOf } from '../support/slots.ts';
import {
  type Bend,
  bytes,
  contentOf,
  failureIn,
  filler,
  hex,
  holder,
  jpeg,
  never,
  noRetry,
  openableSam,
  type Pair,
  pair,
  profile,
  samOpen,
  valueIn,
  wire,
} from './bench.ts';

const options = { profile, samOpen, signal: never };
const read = ({ slots }: Pick<Pair, 'slots'>, change: Partial<typeof options> = {}) =>
  readCard(slots, { ...options, ...change });

const kinds = (['A', 'B'] as const).flatMap((type) =>
  (['old', 'new'] as const).flatMap((generation) =>
    [false, true].map((activated) => ({ type, generation, activated })),
  ),
);

/** The card or the SAM answers that to the command that begins so. */
const answering =
  (command: string, answer: string): Bend =>
  ({ apdu }) =>
    apdu.startsWith(command) ? ok(bytes(answer)) : undefined;

describe('a genuine card', () => {
  it.each(kinds)('type $type, $generation generation, activated $activated', async (kind) => {
    const { passed, slots } = pair(kind);
    const reading = valueIn(await read({ slots }));
    expect(reading).toMatchObject({
      cardType: kind.type,
      cardGeneration: kind.generation,
      samUid: expect.stringMatching(/^[0-9A-F]{16}$/),
      biodata: holder.biodata,
      genuine: true,
      verdict: null,
      activated: kind.activated,
      apdus: passed.length,
    });
    expect(reading.uid).toMatch(kind.type === 'A' ? /^80[0-9A-F]{14}$/ : /^[0-9A-F]{16}$/);
    expect(reading.photo).toEqual(holder.photo);
    expect(reading.signature).toEqual(holder.signature);
    expect(reading.minutiae).toEqual(holder.minutiae);
  });

  it('is read right for any sizes of file and chunk', async () => {
    const size = fc.integer({ min: 7, max: 1500 });
    const sizes = fc.record({
      photo: size,
      signature: size,
      first: size,
      second: size,
      clearChunk: fc.integer({ min: 8, max: 248 }),
      smBlocks: fc.integer({ min: 1, max: 26 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ photo, signature, first, second, clearChunk, smBlocks }) => {
        const bench = pair({
          holder: {
            photo: jpeg(photo),
            signature: filler(signature, 5),
            minutiae: [filler(first, 6), filler(second, 7)],
          },
        });
        const reading = valueIn(
          await read(bench, { profile: { ...profile, clearChunk, smChunk: 8 * smBlocks } }),
        );
        expect(reading.genuine).toBe(true);
        expect(reading.photo).toEqual(jpeg(photo));
        expect(reading.signature).toEqual(filler(signature, 5));
        expect(reading.minutiae).toEqual([filler(first, 6), filler(second, 7)]);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['some bytes', 6 + 208 + 1],
    ['a multiple of 8 bytes', 6 + 208 + 16],
    ['exactly one chunk', 6 + 208],
    ['exactly two chunks', 6 + 416],
    ['a chunk when rounded up', 6 + 208 + 205],
  ])('stops the signature check right before the last READ of 6FF5 when %s are left', async (_, length) => {
    const bench = pair({ holder: { minutiae: [filler(300, 3), filler(length, 4)] } });
    expect(valueIn(await read(bench)).genuine).toBe(true);
    const toSam = bench.passed.filter(({ to }) => to === 'sam').map(({ apdu }) => apdu);
    const stops = toSam.flatMap((apdu, index) => (apdu === '00FA020000' ? [index] : []));
    const reads = toSam.flatMap((apdu, index) => (apdu.startsWith('00F300000500B0') ? [index] : []));
    expect(stops).toEqual([reads.at(-1)! - 1]);
  });

  it('hands the photo to the SAM as it was read from offset 0', async () => {
    const bench = pair();
    await read(bench);
    const given = bench.passed.filter(({ apdu }) => apdu.startsWith('00FA0300'));
    expect(given[0]!.apdu).toBe(`00FA03000804B0${hex(holder.photo.subarray(0, 6))}`);
    expect(given.map(({ apdu }) => apdu.slice(10)).join('')).toBe(`04B0${hex(holder.photo)}`);
  });

  it('shows its photo before the SAM hears anything', async () => {
    const bench = pair();
    let sentToSam: number | undefined;
    await readCard(bench.slots, {
      ...options,
      onPhoto: (jpeg) => {
        sentToSam = bench.passed.filter(({ to }) => to === 'sam').length;
        expect(jpeg).toEqual(holder.photo);
      },
    });
    expect(sentToSam).toBe(0);
  });

  it('leaves the activation state open when its byte is neither of the two expected', async () => {
    const activation = { fromEnd: 1, inactive: 0x10, active: 0x11 };
    const reading = valueIn(await read(pair(), { profile: { ...profile, activation } }));
    expect(reading).toMatchObject({ genuine: true, activated: null });
  });

  it('may hold minutiae of any format', async () => {
    const minutiae: [Uint8Array, Uint8Array] = [filler(40, 1), filler(50, 2)];
    expect(valueIn(await read(pair({ holder: { minutiae } }))).minutiae).toEqual(minutiae);
  });

  it('is read by 00 DF where the reader wants that', async () => {
    const bench = pair();
    valueIn(await read(bench, { profile: { ...profile, typeBUid: 'DF' } }));
    expect(bench.passed.some(({ apdu }) => apdu === '00DF000000')).toBe(true);
    expect(bench.passed.some(({ apdu }) => apdu === '00DD000008')).toBe(false);
  });
});

describe('a card that is not genuine', () => {
  it.each([
    ['photo', { photo: jpeg(1201) }],
    ['biodata', { biodata: { ...holder.biodata, nama: 'ORANG LAIN' } }],
    ['signature', { signature: filler(401, 9) }],
    ['first minutiae', { minutiae: [filler(300, 9), holder.minutiae[1]] as const }],
    ['second minutiae', { minutiae: [holder.minutiae[0], filler(333, 9)] as const }],
  ])('%s changed: the SAM refuses', async (_, shown) => {
    const reading = valueIn(await read(pair({ shown })));
    expect(reading.genuine).toBe(false);
    expect(reading.verdict).toEqual({
      code: 'KTP-NOT-GENUINE',
      detail: 'SAM SW 6300 at FA04 (verification failed)',
    });
    expect(reading.biodata).not.toBeNull();
    expect(reading.minutiae).toHaveLength(2);
  });

  it('biodata changed into something else: the verdict comes first', async () => {
    const content = contentOf();
    const files = new Map(content.files).set(0x6ff1, Uint8Array.of(0, 9, ...filler(9, 1)));
    const reading = valueIn(await read(wire(createChip({ ...content, files }), openableSam())));
    expect(reading).toMatchObject({ genuine: false, biodata: null, verdict: { code: 'KTP-NOT-GENUINE' } });
  });

  it('a clone that answers without a key: not genuine, nothing protected told', async () => {
    const bench = wire(createChip({ ...contentOf(), keys: 'clone' }), openableSam());
    expect(valueIn(await read(bench))).toMatchObject({
      genuine: false,
      verdict: { code: 'KTP-CLONE', detail: expect.stringMatching(/^SAM SW 6988 at F2/) },
      biodata: null,
      signature: null,
      minutiae: [],
      photo: holder.photo,
    });
  });

  it.each(['6D00', '6E00', '6A81'])('a chip that answers %s to GET CHALLENGE', async (sw) => {
    const bench = pair({}, answering('0084000008', sw));
    const reading = valueIn(await read(bench));
    expect(reading).toMatchObject({ genuine: false, biodata: null, verdict: { code: 'KTP-NO-PROOF' } });
  });

  it('a chip that does not know EXTERNAL AUTHENTICATE', async () => {
    const bench = pair({}, answering('0082000028', '6D00'));
    expect(valueIn(await read(bench))).toMatchObject({
      genuine: false,
      verdict: {
        code: 'KTP-NO-PROOF',
        detail: expect.stringMatching(/^card SW 6D00 at EXTERNAL AUTHENTICATE/),
      },
    });
  });
});

describe('a read that comes to no verdict', () => {
  it('a refused authentication may be either one’s fault', async () => {
    for (const bench of [
      wire(createChip({ ...contentOf(), keys: 'refusing' }), openableSam()),
      wire(createChip(contentOf()), createSam({ issuer: OTHER_TEST_ISSUER })),
    ])
      expect(failureIn(await read(bench))).toEqual({
        code: 'KTP-AUTH-REFUSED',
        detail: 'card SW 6300 at EXTERNAL AUTHENTICATE (verification failed)',
      });
  });

  it('no SAM: the photo still comes', async () => {
    const photos: Uint8Array[] = [];
    const result = await readCard(slotsOf(pair().card), {
      ...options,
      onPhoto: (jpeg) => photos.push(jpeg),
    });
    expect(failureIn(result)).toEqual({ code: 'KTP-SAM-ABSENT' });
    expect(photos).toEqual([holder.photo]);
  });

  it('another card', async () => {
    const bench = wire(createForeignCard(bytes('01020304')), openableSam());
    expect(failureIn(await read(bench)).code).toBe('KTP-NOT-A-KTP');
    expect(bench.passed).toHaveLength(1);
  });

  it.each([
    ['4', '01020304'],
    ['10', '0102030405060708090A'],
  ])('a type A card with a UID of %s bytes', async (_, uid) => {
    const chip = createChip({ ...contentOf({ type: 'A' }), uid: bytes(uid) });
    expect(failureIn(await read(wire(chip, openableSam()))).code).toBe('KTP-UID-UNKNOWN');
  });

  it('a photo that is no JPEG', async () => {
    const result = await read(pair({ holder: { photo: filler(500, 3) } }));
    expect(failureIn(result).code).toBe('KTP-PHOTO-NOT-JPEG');
  });

  it('signed biodata that are not 20 fields', async () => {
    const biodata = { ...holder.biodata, nama: 'SATU","DUA' };
    expect(failureIn(await read(pair({ holder: { biodata } })))).toEqual({
      code: 'KTP-BIODATA-INVALID',
      detail: expect.stringMatching(/^\d+ bytes in 6FF1$/),
    });
  });

  it.each([28, 30, 50, 52, 200])('card control of %i bytes', async (length) => {
    const content = contentOf();
    const files = new Map(content.files).set(0x6ff0, Uint8Array.of(0, length, ...filler(length, 1)));
    expect(failureIn(await read(wire(createChip({ ...content, files }), openableSam())))).toEqual({
      code: 'KTP-GENERATION-UNKNOWN',
      detail: `card control has ${length} bytes`,
    });
  });

  it('a cancel ends it between two APDUs', async () => {
    const abort = new AbortController();
    const bench = pair({}, ({ index }) => {
      if (index === 30) abort.abort();
      return undefined;
    });
    const result = await read(bench, { signal: abort.signal });
    expect(failureIn(result).code).toBe('KTP-CANCELLED');
    expect(bench.passed).toHaveLength(31);
  });
});

describe('a length that lies', () => {
  const files = [0x6ff0, 0x6ff1, 0x6ff2, 0x6ff3, 0x6ff4, 0x6ff5];
  const lies = [0, 1, 6, 7, 29, 51, 2000, 8190, 8191, 0x7fff, 0xffff];

  it.each(files)('in %i: no genuine card, no endless loop', async (file) => {
    const content = contentOf();
    const length = content.files.get(file)!.length - 2;
    for (const lie of [...lies, length - 1, length + 1, length + 8]) {
      if (lie === length) continue;
      const chip = createChip(content);
      chip.lie(file, lie);
      const bench = wire(chip, openableSam());
      const result = await read(bench);
      expect(bench.passed.length).toBeLessThan(200);
      if (result.ok) expect([lie, result.value.verdict?.code]).toEqual([lie, 'KTP-NOT-GENUINE']);
      if (!result.ok && lie > length && file !== 0x6ff0)
        expect([lie, result.failure.code]).toEqual([lie, 'KTP-LENGTH-INVALID']);
    }
  });
});

describe('a read begun again', () => {
  /** The line fails once, where that command goes for the first time. */
  const cutOnce = (command: string): Bend => {
    let cut = false;
    return ({ apdu }) => {
      if (cut || !apdu.startsWith(command)) return undefined;
      cut = true;
      return fail('CARD-ABSENT', 'pulled');
    };
  };

  it('after the line to the card failed, as often as the profile says', async () => {
    const bench = pair({}, cutOnce('0082000028'));
    const reading = valueIn(await read(bench, { profile: { ...profile, retries: 1 } }));
    expect(reading.genuine).toBe(true);
    expect(bench.passed.filter(({ apdu }) => apdu === '00A40000027F0A')).toHaveLength(2);

    const once = await read(pair({}, cutOnce('0082000028')), { profile: noRetry });
    expect(failureIn(once)).toEqual({
      code: 'CARD-ABSENT',
      detail: 'card at EXTERNAL AUTHENTICATE: pulled',
    });
  });

  it('never after the SAM failed', async () => {
    const bench = pair({}, cutOnce('00F3'));
    expect(failureIn(await read(bench))).toEqual({
      code: 'KTP-SAM-LOST',
      detail: 'CARD-ABSENT at F3 of SELECT 6FF6: pulled',
    });
    expect(bench.passed.at(-1)!.answer).toBe('CARD-ABSENT');
  });

  it('never after a refusal', async () => {
    const bench = pair({}, answering('00A40000026FF2', '6A82'));
    expect(failureIn(await read(bench))).toEqual({
      code: 'KTP-CARD-REFUSED',
      detail: 'card SW 6A82 at SELECT 6FF2 (file or application not found)',
    });
    expect(bench.passed).toHaveLength(2);
  });

  it('gives up when the line stays dead', async () => {
    const bench = pair({}, ({ to }) => (to === 'card' ? fail('CARD-ABSENT') : undefined));
    expect(failureIn(await read(bench, { profile: { ...profile, retries: 3 } })).code).toBe('CARD-ABSENT');
    expect(bench.passed).toHaveLength(4);
  });
});
