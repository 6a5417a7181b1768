/** The driver over a real pcscd and Debian's serial CCID driver: card and SAM lent to one exchange at a time. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApduReader, ReaderStatus, Slot } from '../../../../src/devices/card-reader/port.ts';
import { ok } from '../../../../src/failures/failure.ts';
import {
  codeOf,
  EchoCard,
  lay,
  never,
  openReader,
  read,
  readOften,
  startTwoSlots,
  type TwoSlots,
  until,
  value,
} from './two-slots.ts';

const chip = new EchoCard('CHIP');
const sam = new EchoCard('SAM');
let two: TwoSlots;
let reader: ApduReader;

beforeAll(async () => {
  two = await startTwoSlots();
});
afterAll(() => two.end());

beforeEach(async () => {
  reader = openReader();
  await lay(two, reader, { card: chip, sam });
  chip.commands = 0;
});
afterEach(async () => {
  await reader.close();
});

const samOf = (from = reader) => from.exchange(never, async (_, slot) => ok(slot));

describe('an exchange', () => {
  test('carries APDUs to card and SAM, also at the same time', async () => {
    const answers = await reader.exchange(never, async (card, slot) =>
      ok(await Promise.all([card.transmit(read(8)), slot!.transmit(read(4))])),
    );
    const [fromChip, fromSam] = value(answers).map((answer) => Buffer.from(value(answer)).toString('latin1'));
    expect(fromChip).toBe('CCCCCCCC\x90\x00');
    expect(fromSam).toBe('SSSS\x90\x00');
  });

  test.each([
    ['the longest short answer', read(0), 256 + 2],
    ['an extended answer', Uint8Array.of(0x00, 0xb0, 0x00, 0x00, 0x00, 0x10, 0x00), 4096 + 2],
  ])('carries %s', async (_, apdu, length) => {
    const answer = await reader.exchange(never, (card) => card.transmit(apdu));
    expect(value(answer).length).toBe(length);
  });

  test('resets the card at its start, and the SAM only the first time', async () => {
    await samOf();
    const before = { chip: chip.resets, sam: sam.resets };
    await samOf();
    expect(chip.resets).toBeGreaterThan(before.chip);
    expect(sam.resets).toBe(before.sam);
  });

  test('gets the same SAM as the one before, and another card', async () => {
    const first = value(await reader.exchange(never, async (card, slot) => ok({ card, slot })));
    const second = value(await reader.exchange(never, async (card, slot) => ok({ card, slot })));
    expect(second.slot).toBe(first.slot);
    expect(second.card).not.toBe(first.card);
  });

  test('waits for the one before', async () => {
    const log: string[] = [];
    const work = (name: string) => async (card: Slot) => {
      log.push(`${name} begins`);
      const done = await readOften(card, 3);
      log.push(`${name} ends`);
      return done;
    };
    await Promise.all([reader.exchange(never, work('a')), reader.exchange(never, work('b'))]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('that is aborted while it waits never touches the card', async () => {
    const abort = new AbortController();
    const first = reader.exchange(never, async (card) => {
      abort.abort();
      return readOften(card, 3);
    });
    const second = reader.exchange(abort.signal, (card) => readOften(card, 1));
    expect(codeOf(await second)).toBe('CARD-ABORTED');
    expect(codeOf(await first)).toBe('ok');
    expect(chip.commands).toBe(3);
  });

  test('ends between two APDUs when it is aborted; the answer under way still arrives', async () => {
    const abort = new AbortController();
    const codes = await reader.exchange(abort.signal, async (card) => {
      const underWay = card.transmit(read(8));
      abort.abort();
      return ok([codeOf(await underWay), codeOf(await card.transmit(read(8)))]);
    });
    expect(value(codes)).toEqual(['ok', 'CARD-ABORTED']);
    expect(chip.commands).toBe(1);
  });

  test('a command outside of it, or a second one at once, is a bug', async () => {
    const kept: Slot[] = [];
    const both = await reader.exchange(never, async (card, slot) => {
      kept.push(card, slot!);
      return ok(await Promise.allSettled([card.transmit(read(8)), card.transmit(read(8))]));
    });
    expect(value(both).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    for (const slot of kept) await expect(slot.transmit(read(8))).rejects.toThrow('outside of an exchange');
  });

  test('a bug inside it comes out of it, and the reader goes on', async () => {
    const bug = new Error('a bug');
    await expect(reader.exchange(never, () => Promise.reject(bug))).rejects.toBe(bug);
    expect(codeOf(await samOf())).toBe('ok');
  });
});

describe('cards that come, go and fail', () => {
  test('insertion and removal are events', async () => {
    const seen: ReaderStatus[] = [];
    reader.subscribe((status) => seen.push(status));
    await lay(two, reader, { card: null });
    await lay(two, reader, { card: chip });
    expect(seen).toEqual([
      { state: 'ready', card: false, sam: true },
      { state: 'ready', card: true, sam: true },
    ]);
  });

  test('no card, also when the service has not noticed yet', async () => {
    two.chip.put(null);
    expect(codeOf(await samOf())).toBe('CARD-ABSENT');
    await until(reader, ({ card }) => card === false);
    expect(codeOf(await samOf())).toBe('CARD-ABSENT');
  });

  test.each([0, 1, 5])('pulled at APDU %i', async (after) => {
    two.chip.addFault({ after, effect: 'pull', carriedOut: false });
    const pulled = await reader.exchange(never, async (card) => {
      const first = await readOften(card, 10);
      return ok([codeOf(first), codeOf(await card.transmit(read(8)))]);
    });
    expect(value(pulled)).toEqual(['CARD-REMOVED', 'CARD-REMOVED']);
    await lay(two, reader, { card: new EchoCard('NEXT') });
    expect(codeOf(await samOf())).toBe('ok');
  });

  test('a dead card', async () => {
    await lay(two, reader, { card: new EchoCard('DEAD', true) });
    expect(codeOf(await samOf())).toBe('CARD-MUTE');
  });

  test('a disturbed line: the card is reset, and the exchange can begin again', async () => {
    const codes = await reader.exchange(never, async (card) => {
      two.garbled = true;
      chip.onReset = () => {
        two.garbled = false;
      };
      return ok([codeOf(await card.transmit(read(8))), codeOf(await card.transmit(read(8)))]);
    });
    expect(value(codes)).toEqual(['CARD-COMM', 'ok']);
  });

  test('another program holds the reader', async () => {
    const other = openReader();
    const refused = await other.exchange(never, () => samOf());
    expect(codeOf(refused)).toBe('CARD-READER-SHARED');
    expect(codeOf(await samOf(other))).toBe('ok');
    await other.close();
  });
});

describe('the SAM', () => {
  test('pulled in the middle: its commands fail, the card goes on, and it is another SAM afterwards', async () => {
    const before = value(await samOf());
    two.sam.addFault({ after: 1, effect: 'pull', carriedOut: false });
    const codes = await reader.exchange(never, async (card, slot) => {
      const first = await readOften(slot!, 5);
      return ok([codeOf(first), codeOf(await card.transmit(read(8))), codeOf(await slot!.transmit(read(8)))]);
    });
    expect(value(codes)).toEqual(['CARD-SAM-GONE', 'ok', 'CARD-SAM-GONE']);
    await lay(two, reader, { sam });
    const after = value(await samOf());
    expect(after).toBeDefined();
    expect(after).not.toBe(before);
  });

  test('pulled and put back while nobody used it: it is another one', async () => {
    const before = value(await samOf());
    await lay(two, reader, { sam: null });
    await lay(two, reader, { sam });
    expect(value(await samOf())).not.toBe(before);
  });

  test('absent: the card can be read without it, and check says so', async () => {
    await lay(two, reader, { sam: null });
    const answers = await reader.exchange(never, async (card, slot) =>
      ok([slot, codeOf(await card.transmit(read(8)))]),
    );
    expect(value(answers)).toEqual([undefined, 'ok']);
    expect(reader.status()).toMatchObject({ state: 'ready', failure: { code: 'CARD-SAM-ABSENT' } });
    expect(codeOf(await reader.check(never))).toBe('CARD-SAM-ABSENT');
  });

  test('mute: it is handed out and says why', async () => {
    await lay(two, reader, { sam: new EchoCard('MUTE', true) });
    const code = await reader.exchange(never, async (_, slot) => ok(codeOf(await slot!.transmit(read(8)))));
    expect(value(code)).toBe('CARD-SAM-MUTE');
  });

  test.each([
    // 02 asks a Gemalto reader for its firmware, the one escape command that Debian's driver lets through.
    ['is accepted', '02', 'ok'],
    ['is refused', '6892010003000000', 'CARD-SAM-ESCAPE'],
  ])('an escape command before its first use %s', async (_, samSlotCommand, expected) => {
    const other = openReader({ wire: { samSlotCommand } });
    const code = await other.exchange(never, async (_, slot) => ok(codeOf(await slot!.transmit(read(8)))));
    expect(value(code)).toBe(expected);
    await other.close();
  });
});

test('check names both readers', async () => {
  expect(value(await reader.check(never)).identity).toBe(
    'Anjungan Test Chip 00 00 + Anjungan Test SAM 01 00',
  );
});

test('a reader whose name matches nothing is lost, and says what there is', async () => {
  const other = openReader({ chip: '^ACS' });
  const checked = await other.check(never);
  expect(checked).toEqual({
    ok: false,
    failure: { code: 'CARD-READER-LOST', detail: 'among Anjungan Test Chip 00 00, Anjungan Test SAM 01 00' },
  });
  expect(codeOf(await samOf(other))).toBe('CARD-READER-LOST');
  await other.close();
});
