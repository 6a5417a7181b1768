import { describe, expect, test } from 'vitest';
import {
  hasLeft,
  initialLink,
  type Link,
  type LinkEffect,
  type LinkEvent,
  linkStatus,
  seenReader,
  stepLink,
} from '../../../../src/devices/card-reader/pcsc/link.ts';

const wanted = { chip: /^Chip/, sam: /^SAM/ };
// dwEventState: EMPTY 0x10, PRESENT 0x20, EXCLUSIVE 0x80, UNAVAILABLE 0x08; the upper half counts changes.
const EMPTY = 0x0000_0012;
const PRESENT = 0x0001_0022;
const IN_USE = 0x0001_00a2;
const SWAPPED = 0x0003_0022;
const UNAVAILABLE = 0x0000_000a;

const READERS: LinkEvent[] = [
  { type: 'reader', reader: 0, name: 'Chip 00 00' },
  { type: 'reader', reader: 1, name: 'SAM 01 00' },
  { type: 'state', reader: 0, state: EMPTY },
  { type: 'state', reader: 1, state: PRESENT },
];
const UP: LinkEvent[] = [...READERS, { type: 'service', error: 0 }];
const ENDED: LinkEvent = { type: 'ended', detail: 'SIGKILL' };

function run(events: readonly LinkEvent[], from: Link = initialLink) {
  const effects: LinkEffect[] = [];
  let link = from;
  for (const event of events) {
    const step = stepLink(link, event, wanted);
    link = step.link;
    if (step.effect) effects.push(step.effect);
  }
  return { link, effects, status: linkStatus(link), code: linkStatus(link).failure?.code };
}

describe('what is known of service and readers', () => {
  test('at first it is connecting, then ready with what lies in the slots', () => {
    expect(linkStatus(initialLink)).toEqual({ state: 'connecting', card: null, sam: null });
    expect(run(READERS).status.state).toBe('connecting');
    expect(run(UP).status).toEqual({ state: 'ready', card: false, sam: true });
  });

  test('cards come and go', () => {
    const laid = run([...UP, { type: 'state', reader: 0, state: PRESENT }]);
    expect(laid.status.card).toBe(true);
    expect(run([{ type: 'state', reader: 0, state: EMPTY }], laid.link).status.card).toBe(false);
  });

  test('without a SAM it is ready and says what it lacks', () => {
    const pulled = run([...UP, { type: 'state', reader: 1, state: EMPTY }]);
    expect(pulled.status).toMatchObject({ state: 'ready', sam: false });
    expect(pulled.code).toBe('CARD-SAM-ABSENT');
    const noReader = run([READERS[0]!, READERS[2]!, { type: 'service', error: 0 }]);
    expect(noReader.status).toMatchObject({ state: 'ready', sam: false });
    expect(noReader.status.failure).toEqual({
      code: 'CARD-SAM-ABSENT',
      detail: 'no reader has the configured name',
    });
  });

  test('without the reader it is lost, until the reader is plugged in', () => {
    const none = run([{ type: 'service', error: 0 }]);
    expect(none.status).toMatchObject({ state: 'lost', card: null, sam: null });
    expect(none.code).toBe('CARD-READER-LOST');
    expect(run(READERS, none.link).status.state).toBe('ready');
    expect(run([...UP, { type: 'gone', reader: 0 }]).code).toBe('CARD-READER-LOST');
    expect(run([...UP, { type: 'state', reader: 0, state: UNAVAILABLE }]).code).toBe('CARD-READER-LOST');
  });

  test('no service at the start: lost while the child tries by itself, then ready', () => {
    const absent = run([
      { type: 'service', error: 0x8010001d },
      { type: 'service', error: 0x8010001d },
    ]);
    expect(absent.status.state).toBe('lost');
    expect(absent.status.failure).toEqual({ code: 'CARD-SERVICE-ABSENT', detail: 'PC/SC 8010001D' });
    expect(absent.effects).toEqual([]);
    expect(run(UP, absent.link).status).toEqual({ state: 'ready', card: false, sam: true });
  });

  test('a service that is lost ends the child, once it has ended the next is started after a wait', () => {
    const lost = run([...UP, { type: 'service', error: 0x80100013 }, { type: 'gone', reader: 0 }]);
    expect(lost.code).toBe('CARD-SERVICE-ABSENT');
    expect(lost.effects).toEqual(['kill']);
    const again = run([ENDED, { type: 'retry' }], lost.link);
    expect(again.effects).toEqual(['wait-then-retry', 'start']);
    expect(again.status.state).toBe('lost');
    expect(again.link.readers).toEqual([]);
    expect(run(UP, again.link).status).toEqual({ state: 'ready', card: false, sam: true });
  });

  test('a command that hung: connecting with its code, and the service may still wait for the command', () => {
    const stuck = run([...UP, { type: 'stuck', op: 'transmit' }, ENDED]);
    expect(stuck.status).toMatchObject({
      state: 'connecting',
      card: null,
      failure: { code: 'CARD-TIMEOUT' },
    });
    const back = run([{ type: 'retry' }, ...UP], stuck.link);
    expect(back.status).toEqual({ state: 'ready', card: false, sam: true });
    expect(back.link.leftover).toBe(true);
    expect(run([{ type: 'worked' }], back.link).link.leftover).toBe(false);
    expect(run([...UP, { type: 'stuck', op: 'connect' }]).code).toBe('CARD-READER-TIMEOUT');
  });

  test('a child that keeps ending is a lost reader, until something works', () => {
    const crash: LinkEvent[] = [ENDED, { type: 'retry' }];
    const once = run(crash);
    expect(once.status.state).toBe('connecting');
    expect(once.code).toBe('CARD-HELPER-ENDED');
    const often = run([...crash, ...crash], once.link);
    expect(often.status.state).toBe('lost');
    const works = run([...UP, { type: 'worked' }, ENDED], often.link);
    expect(works.status.state).toBe('connecting');
  });
});

describe('has a card left since it was seen', () => {
  const { link } = run([...UP, { type: 'state', reader: 0, state: PRESENT }]);
  const seen = seenReader(link, 'chip')!;
  test.each([
    ['still there', PRESENT, false],
    ['still there, now in use', IN_USE, false],
    ['taken away', EMPTY, true],
    ['taken away and laid down again between two looks', SWAPPED, true],
  ])('%s', (_, state, left) => {
    expect(hasLeft(run([{ type: 'state', reader: 0, state }], link).link, seen)).toBe(left);
  });

  test('with its reader', () => {
    expect(hasLeft(run([{ type: 'gone', reader: 0 }], link).link, seen)).toBe(true);
  });
});
