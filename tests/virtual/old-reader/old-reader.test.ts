import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeDeck } from '../../../src/virtual/card/deck.ts';
import { createSam } from '../../../src/virtual/card/sam.ts';
import type { BoxTraits } from '../../../src/virtual/old-reader/box.ts';
import { OldReader } from '../../../src/virtual/old-reader/old-reader.ts';
import { type Person, people } from '../../../src/virtual/people/people.ts';
import { CardSlot } from '../../../src/virtual/reader/slot.ts';

const OPERATOR = 'OP01#1607120101900001';

let everybody: readonly Person[];
let card: CardSlot;
let sam: CardSlot;
let sent: Buffer[];
let box: OldReader;

beforeAll(async () => {
  everybody = await people({ cacheDir: 'data/bench/people' });
}, 60_000);

beforeEach(() => setUp({}));

function setUp(traits: Partial<BoxTraits>): void {
  sent = [];
  card = new CardSlot();
  sam = new CardSlot();
  sam.put(createSam());
  box = new OldReader(card, sam, { firmware: 'old', cardTypes: 'both', ...traits }, (bytes) => {
    sent.push(Buffer.from(bytes));
  });
}

function lay(id: string): void {
  const onDeck = makeDeck(everybody).find((each) => each.id === id)!;
  card.put(onDeck.create());
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

/** Everything that is answered at once. */
async function ask(command: string): Promise<string> {
  sent = [];
  box.receive(Buffer.from(`${command}#;\0`));
  await tick();
  return Buffer.concat(sent).toString('latin1');
}

async function opened(traits: Partial<BoxTraits> = {}): Promise<void> {
  setUp(traits);
  await ask('ektpopen');
}

/** The person whose old card of type B is on the deck. */
const holder = () => everybody[1]!;
const right = () => holder().fingers[0]!.impressions;
const PUT = 'ektpput#5#LETAKKAN KTP-EL';

describe('who is there', () => {
  it('is told before it is open, and nothing else', async () => {
    expect(await ask('ektpack')).toBe('$ack#len442ektpreader#;');
    expect(await ask('ektpinfo')).toBe('$info#error,belum dibuka#;');
    expect(await ask('ektpopen')).toBe('$open#0#;');
    expect(await ask('ektpinfo')).toBe('$info#BENCH442,00000001,1.4.2#;');
    expect(await ask('ektpclose')).toBe('$close#0#;');
    expect(await ask(PUT)).toBe('$putktp#error,belum dibuka#;');
  });

  it('is told with or without NUL, in pieces, and after noise', async () => {
    for (const byte of Buffer.from('\r\nektpack#;')) box.receive(Uint8Array.of(byte));
    box.receive(Buffer.from('\0\0ektpack#;ektpack#;'));
    await tick();
    expect(Buffer.concat(sent).toString()).toBe('$ack#len442ektpreader#;'.repeat(3));
    expect(await ask('ektpnothing')).toBe('');
    expect(await ask('x'.repeat(5000))).toBe('');
    expect(await ask('ektpack')).toBe('$ack#len442ektpreader#;');
  });

  it('also displays, and has an empty log', async () => {
    await opened({ firmware: 'both' });
    expect(await ask('ektpdisplay#SELAMAT DATANG')).toBe('$display#0#;');
    expect(await ask('ektplog#2026-01-31')).toBe('$machinelg#kosong#;');
    expect(await ask('ektpinfo')).toBe('$info#BENCH442,00000001,2.0.0#;');
  });
});

describe('a card', () => {
  it('is read and tells its two fingers', async () => {
    await opened();
    lay('b-old');
    expect(await ask(PUT)).toBe('$putktp#0,2,7#;');
    expect(await ask('ektppoll')).toBe('$poll#0,34,0,0#;');
  });

  it('is waited for', async () => {
    await opened();
    expect(await ask(PUT)).toBe('');
    expect(await ask('ektppoll')).toBe('$poll#0,18,0,0#;');
    expect(await ask(PUT)).toBe('$putktp#error,sibuk#;');
    sent = [];
    lay('a-old');
    await tick();
    expect(Buffer.concat(sent).toString()).toBe('$putktp#0,2,7#;');
  });

  it('is waited for as long as asked', async () => {
    await opened();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await ask('ektpput#2#LETAKKAN');
      vi.advanceTimersByTime(1_999);
      await tick();
      expect(sent).toEqual([]);
      vi.advanceTimersByTime(1);
      await tick();
      expect(Buffer.concat(sent).toString()).toBe('$putktp#error,timeout#;');
      expect(await ask('ektppoll')).toBe('$poll#0,3,0,0#;');
    } finally {
      vi.useRealTimers();
    }
  });

  it('is not waited for after a reset', async () => {
    await opened();
    await ask(PUT);
    expect(await ask('ektpreset#c')).toBe('$reset#0#;');
    lay('b-old');
    await tick();
    expect(Buffer.concat(sent).toString()).toBe('$reset#0#;');
    expect(await ask(PUT)).toBe('$putktp#0,2,7#;');
  });

  it.each([
    ['b-new', {}, 'error,Kartu generasi baru tidak didukung'],
    ['a-new', { firmware: 'both' }, '0,2,7'],
    ['b-new', { firmware: 'both' }, '0,2,7'],
    ['a-old', { cardTypes: 'B' }, 'error,Tipe kartu tidak didukung'],
    ['b-old', { cardTypes: 'A' }, 'error,Tipe kartu tidak didukung'],
    ['a-old', { cardTypes: 'A' }, '0,2,7'],
    ['dead', {}, 'error,Kartu tidak dapat dibaca'],
    ['not-ktp', {}, 'error,Bukan KTP-el'],
    ['clone', { firmware: 'both' }, 'error,Kartu tidak dapat dibaca'],
    // The box checks no signature.
    ['tampered-photo', { firmware: 'both' }, '0,2,7'],
  ] as [string, Partial<BoxTraits>, string][])('%s on %o: %s', async (id, traits, payload) => {
    await opened(traits);
    lay(id);
    expect(await ask(PUT)).toBe(`$putktp#${payload}#;`);
    expect(await ask('ektppoll')).toBe(`$poll#0,${payload.startsWith('0') ? 34 : 27},0,0#;`);
  });

  it('cannot be read without a SAM', async () => {
    await opened();
    lay('b-old');
    sam.put(null);
    expect(await ask(PUT)).toBe('$putktp#error,SAM tidak menjawab#;');
    expect(await ask('ektppoll')).toBe('$poll#24,27,0,0#;');
  });
});

describe('its holder', () => {
  beforeEach(async () => {
    await opened();
    lay('b-old');
    await ask(PUT);
  });

  it('is matched by the box, and only then tells the biodata', async () => {
    const demog = `ektpdemog#5#${OPERATOR}`;
    expect(await ask(demog)).toBe('$demog#error,belum diverifikasi#;');
    box.press(right()[1]!);
    expect(await ask(`ektpfinger#5#2#${OPERATOR}#LETAKKAN JARI`)).toBe('$finger#Y#;');
    expect(await ask('ektppoll')).toBe('$poll#0,34,35,0#;');
    const { nik, alamat, nama } = holder().biodata;
    const csv = await ask(demog);
    expect(csv.startsWith(`$demog#"${nik}","${alamat}","`)).toBe(true);
    expect(csv).toContain(`","${nama}","`);
    expect(csv.endsWith('","WNI"#;')).toBe(true);
    expect(csv.split('","')).toHaveLength(20);
  });

  it('is somebody else', async () => {
    box.press(everybody[0]!.fingers[0]!.impressions[0]!);
    expect(await ask(`ektpfinger#5#2#${OPERATOR}#x`)).toBe('$finger#N#;');
    expect(await ask('ektppoll')).toBe('$poll#0,34,30,0#;');
    expect(await ask(`ektpdemog#5#${OPERATOR}`)).toBe('$demog#error,belum diverifikasi#;');
  });

  it('presses late, once; or rests', async () => {
    expect(box.awaitsFinger).toBe(false);
    expect(await ask(`ektpfinger#5#2#${OPERATOR}#x`)).toBe('');
    expect(box.awaitsFinger).toBe(true);
    expect(await ask('ektppoll')).toBe('$poll#0,34,19,0#;');
    sent = [];
    box.press(right()[2]!);
    await tick();
    expect(Buffer.concat(sent).toString()).toBe('$finger#Y#;');
    expect(await ask(`ektpfinger#5#2#${OPERATOR}#x`)).toBe('');
    box.press(right()[0]!, true);
    await tick();
    expect(await ask(`ektpfinger#5#2#${OPERATOR}#x`)).toBe('$finger#Y#;');
    box.press(null);
    expect(await ask(`ektpfinger#5#2#${OPERATOR}#x`)).toBe('');
  });

  it('takes the card away meanwhile', async () => {
    await ask(`ektpfinger#5#2#${OPERATOR}#x`);
    sent = [];
    card.put(null);
    await tick();
    expect(Buffer.concat(sent).toString()).toBe('$finger#error,kartu diambil#;');
    expect(await ask(`ektpdemog#5#${OPERATOR}`)).toBe('$demog#error,tidak ada kartu#;');
  });

  it.each([
    ['ektpfinger#5#3#OP01#1607120101900001#x', 'error,jari tidak ada di kartu'],
    ['ektpfinger#5#11#OP01#1607120101900001#x', 'error,parameter salah'],
    ['ektpfinger#x#2#OP01#1607120101900001#x', 'error,parameter salah'],
    ['ektpfinger#5#2##1607120101900001#x', 'error,petugas tidak dikenal'],
    ['ektpfinger#5#2#OP01#16071201#x', 'error,petugas tidak dikenal'],
  ])('%s: %s', async (command, payload) => {
    expect(await ask(command)).toBe(`$finger#${payload}#;`);
  });
});

describe('disturbed', () => {
  it.each([
    ['silence', ''],
    ['error', '$ack#error,Kerusakan alat#;'],
    ['noise', '\0\r\n$~#;\xff#\0$ack#len442ektpreader#;\0\r\n$~#;\xff#\0'],
  ] as const)('%s', async (disturbance, answer) => {
    box.disturbance = disturbance;
    expect(await ask('ektpack')).toBe(answer);
    box.disturbance = null;
    expect(await ask('ektpack')).toBe('$ack#len442ektpreader#;');
  });

  it('garbage is as long and holds no answer', async () => {
    box.disturbance = 'garbage';
    const answer = await ask('ektpack');
    expect(answer).toHaveLength('$ack#len442ektpreader#;'.length);
    expect(answer).not.toContain('#;');
  });
});
