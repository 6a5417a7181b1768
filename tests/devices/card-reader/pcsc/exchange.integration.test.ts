/** The driver over a real pcscd and Debian's serial CCID driver: card and SAM lent to one exchange at a time. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApduReader, ReaderStatus, Slots, Step } from '../../../../src/devices/card-reader/port.ts';
import { ok } from '../../../../src/failures/failure.ts';
import {
  apart,
  codeOf,
  EchoCard,
  lay,
  never,
  openReader,
  read,
  readOften,
  startTwoSlots,
  step,
  type TwoSlots,
  told,
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

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const samOf = (from = reader) => from.exchange(never, async ({ sam }) => ok(sam));

describe('an exchange', () => {
  test('carries APDUs to card and SAM', async () => {
    const answers = await reader.exchange(
      never,
      apart(async (card, slot) => ok([await card.transmit(read(8)), await slot!.transmit(read(4))])),
    );
    expect(value(answers).map((answer) => text(value(answer)))).toEqual(['CCCCCCCC\x90\x00', 'SSSS\x90\x00']);
  });

  test.each([
    ['the longest short answer', read(0), 256 + 2],
    ['an extended answer', Uint8Array.of(0x00, 0xb0, 0x00, 0x00, 0x00, 0x10, 0x00), 4096 + 2],
  ])('carries %s', async (_, apdu, length) => {
    const answer = await reader.exchange(
      never,
      apart((card) => card.transmit(apdu)),
    );
    expect(value(answer).length).toBe(length);
  });

  test('resets the card at its start, and the SAM only the first time', async () => {
    await samOf();
    const before = { chip: chip.resets, sam: sam.resets };
    await samOf();
    expect(chip.resets).toBeGreaterThan(before.chip);
    expect(sam.resets).toBe(before.sam);
  });

  test('gets the same SAM as the one before', async () => {
    const first = value(await samOf());
    expect(first).toBeDefined();
    expect(value(await samOf())).toBe(first);
  });

  test('waits for the one before', async () => {
    const log: string[] = [];
    const work = (name: string) =>
      apart(async (card) => {
        log.push(`${name} begins`);
        const done = await readOften(card, 3);
        log.push(`${name} ends`);
        return done;
      });
    await Promise.all([reader.exchange(never, work('a')), reader.exchange(never, work('b'))]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('that is aborted while it waits never touches the card', async () => {
    const abort = new AbortController();
    const first = reader.exchange(
      never,
      apart(async (card) => {
        abort.abort();
        return readOften(card, 3);
      }),
    );
    const second = reader.exchange(
      abort.signal,
      apart((card) => readOften(card, 1)),
    );
    expect(codeOf(await second)).toBe('CARD-ABORTED');
    expect(codeOf(await first)).toBe('ok');
    expect(chip.commands).toBe(3);
  });

  test('a script outside of it, or a second one at once, is a bug', async () => {
    const kept: Slots[] = [];
    const both = await reader.exchange(never, async (slots) => {
      kept.push(slots);
      return ok(await Promise.allSettled([slots.run([step(8)], never), slots.run([step(8)], never)]));
    });
    expect(value(both).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(kept[0]!.run([step(8)], never)).rejects.toThrow('outside of an exchange');
  });

  test('a bug inside it comes out of it, and the reader goes on', async () => {
    const bug = new Error('a bug');
    await expect(reader.exchange(never, () => Promise.reject(bug))).rejects.toBe(bug);
    expect(codeOf(await samOf())).toBe('ok');
  });
});

describe('a script', () => {
  const carryOn = { header: new Uint8Array(), data: new Uint8Array(), back: 1, drop: 2 };
  const run = (script: readonly Step[], signal = never) =>
    reader.exchange(never, async (slots) => ok(told(await slots.run(script, signal))));

  test('goes from card to SAM and back, commands carrying on the answers before them', async () => {
    const received: string[] = [];
    const note = (name: string) => (apdu: Uint8Array) => received.push(`${name} ${text(apdu)}`);
    chip.onCommand = note('card');
    sam.onCommand = note('SAM');
    const before = { header: Uint8Array.from(Buffer.from('abcd')), data: Uint8Array.from(Buffer.from('-')) };
    const outcome = await run([
      step(2),
      { ...step(0, 'sam'), apdu: { ...carryOn, ...before } },
      step(5, 'sam'),
      { ...step(0), apdu: carryOn },
      { ...step(0), apdu: { ...carryOn, ...before, back: 4 } },
    ]);
    // The echoing cards take the fifth byte, 3 and S, for the length.
    expect(value(outcome)).toEqual([2, 3, 5, 'S'.charCodeAt(0), 3]);
    expect(received).toEqual([
      `card ${text(read(2))}`,
      'SAM abcd\x03-CC',
      `SAM ${text(read(5))}`,
      'card SSSSS',
      'card abcd\x03-CC',
    ]);
    chip.onCommand = () => {};
    sam.onCommand = () => {};
  });

  test('stops at the first answer that is not as expected', async () => {
    const [expected] = step(8).goOn;
    const other = [{ ...expected!, ending: Uint8Array.of(0x62, 0x82) }];
    const longer = [{ ...expected!, least: 11 }];
    expect(value(await run([step(8), { ...step(7), goOn: other }, step(6)]))).toEqual([8, 7]);
    expect(value(await run([step(8), { ...step(8), goOn: longer }, step(6)]))).toEqual([8, 8]);
    expect(chip.commands).toBe(4);
  });

  test('stops where a follow-up cannot be built', async () => {
    expect(value(await run([step(3), { ...step(0), apdu: carryOn }, step(6)]))).toEqual([3]);
    expect(chip.commands).toBe(1);
  });

  test('that is aborted ends between two commands; the answer under way still arrives', async () => {
    const abort = new AbortController();
    chip.onCommand = () => {
      if (chip.commands === 3) abort.abort();
    };
    const outcome = value(await run(Array(2000).fill(step(8)), abort.signal));
    chip.onCommand = () => {};
    expect(outcome.at(-1)).toBe('CARD-ABORTED');
    expect(outcome.length - 1).toBe(chip.commands);
    expect(chip.commands).toBeGreaterThanOrEqual(3);
    expect(chip.commands).toBeLessThan(2000);
    expect(value(await run([step(8)], abort.signal))).toEqual(['CARD-ABORTED']);
  });

  test.each([0, 1, 5])('whose card is pulled at command %i tells the answers before it', async (after) => {
    two.chip.addFault({ after, effect: 'pull', carriedOut: false });
    const script = Array(10).fill(step(8));
    const outcomes = await reader.exchange(never, async (slots) =>
      ok([told(await slots.run(script, never)), told(await slots.run(script, never))]),
    );
    expect(value(outcomes)).toEqual([[...Array(after).fill(8), 'CARD-REMOVED'], ['CARD-REMOVED']]);
    await lay(two, reader, { card: null });
    await lay(two, reader, { card: chip });
  });

  test('whose SAM is pulled goes as far as the card alone can from then on', async () => {
    two.sam.addFault({ after: 1, effect: 'pull', carriedOut: false });
    const script = [step(8), step(4, 'sam'), step(7), step(4, 'sam'), step(6)];
    const outcomes = await reader.exchange(never, async (slots) =>
      ok([told(await slots.run(script, never)), told(await slots.run(script, never))]),
    );
    expect(value(outcomes)).toEqual([
      [8, 4, 7, 'CARD-SAM-GONE'],
      [8, 'CARD-SAM-GONE'],
    ]);
    await lay(two, reader, { sam });
  });

  test('on a disturbed line ends there; the card is reset, and it can begin again', async () => {
    const script = [step(8), step(8), step(8), step(8)];
    const outcomes = await reader.exchange(never, async (slots) => {
      chip.onCommand = () => {
        two.garbled = chip.commands > 2;
      };
      chip.onReset = () => {
        two.garbled = false;
        chip.onCommand = () => {};
      };
      return ok([told(await slots.run(script, never)), told(await slots.run(script, never))]);
    });
    expect(value(outcomes)).toEqual([
      [8, 8, 'CARD-COMM'],
      [8, 8, 8, 8],
    ]);
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
    const pulled = await reader.exchange(
      never,
      apart(async (card) => {
        const first = await readOften(card, 10);
        return ok([codeOf(first), codeOf(await card.transmit(read(8)))]);
      }),
    );
    expect(value(pulled)).toEqual(['CARD-REMOVED', 'CARD-REMOVED']);
    await lay(two, reader, { card: new EchoCard('NEXT') });
    expect(codeOf(await samOf())).toBe('ok');
  });

  test('a dead card', async () => {
    await lay(two, reader, { card: new EchoCard('DEAD', true) });
    expect(codeOf(await samOf())).toBe('CARD-MUTE');
  });

  test('a disturbed line: the card is reset, and the exchange can begin again', async () => {
    const codes = await reader.exchange(
      never,
      apart(async (card) => {
        two.garbled = true;
        chip.onReset = () => {
          two.garbled = false;
        };
        return ok([codeOf(await card.transmit(read(8))), codeOf(await card.transmit(read(8)))]);
      }),
    );
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
    const codes = await reader.exchange(
      never,
      apart(async (card, slot) => {
        const first = await readOften(slot!, 5);
        return ok([
          codeOf(first),
          codeOf(await card.transmit(read(8))),
          codeOf(await slot!.transmit(read(8))),
        ]);
      }),
    );
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
    const answers = await reader.exchange(
      never,
      apart(async (card, slot) => ok([slot, codeOf(await card.transmit(read(8)))])),
    );
    expect(value(answers)).toEqual([undefined, 'ok']);
    expect(reader.status()).toMatchObject({ state: 'ready', failure: { code: 'CARD-SAM-ABSENT' } });
    expect(codeOf(await reader.check(never))).toBe('CARD-SAM-ABSENT');
  });

  test('mute: it is handed out and says why', async () => {
    await lay(two, reader, { sam: new EchoCard('MUTE', true) });
    const code = await reader.exchange(
      never,
      apart(async (_, slot) => ok(codeOf(await slot!.transmit(read(8))))),
    );
    expect(value(code)).toBe('CARD-SAM-MUTE');
  });

  test.each([
    // 02 asks a Gemalto reader for its firmware, the one escape command that Debian's driver lets through.
    ['is accepted', '02', 'ok'],
    ['is refused', '6892010003000000', 'CARD-SAM-ESCAPE'],
  ])('an escape command before its first use %s', async (_, samSlotCommand, expected) => {
    const other = openReader({ wire: { samSlotCommand } });
    const code = await other.exchange(
      never,
      apart(async (_, slot) => ok(codeOf(await slot!.transmit(read(8))))),
    );
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
