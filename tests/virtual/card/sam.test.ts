import { beforeEach, describe, expect, it } from 'vitest';
import { makeDeck } from '../../../src/virtual/card/deck.ts';
import { createSam, TEST_CONF, TEST_PCID } from '../../../src/virtual/card/sam.ts';
import { makeSam } from '../../../src/virtual/card/sams.ts';
import type { VirtualCard } from '../../../src/virtual/card/virtual-card.ts';
import { hex } from '../hex.ts';
import { standIn } from '../holder.ts';
import {
  ask,
  authenticate,
  identify,
  need,
  OPEN_SAM,
  readPhoto,
  readSecure,
  secure,
  signatureVerdict,
} from './reading.ts';

const deck = makeDeck([standIn('one', 1), standIn('two', 2)]);
const create = (id: string) => deck.find((card) => card.id === id)!.create();

let sam: VirtualCard;
beforeEach(() => {
  sam = createSam();
});

describe('opening', () => {
  it('takes the values of config/bench.json', () => {
    expect(hex(TEST_PCID)).toBe('5C0417C3CEB58021802A8B0CC790BF05');
    expect(hex(TEST_CONF)).toBe('D3AF5A3FF3D401AAF338C805D07788842B6797E16FB912FD7819E7939AD4ACC9');
    expect(ask(sam, OPEN_SAM)).toBe('9000');
  });

  it('is asked for before everything else, and again after a reset', () => {
    const others = [
      '00FF000000',
      `00F1000043${'00'.repeat(67)}`,
      '00F300000400B00000',
      '00F7000000',
      '00FA000000',
    ];
    for (const command of others) expect(ask(sam, command)).toBe('6985');
    need(sam, OPEN_SAM);
    need(sam, '00FF000000');
    expect(need(sam, '00F7000000')).toHaveLength(16);
    sam.reset();
    expect(ask(sam, '00FF000000')).toBe('6985');
  });

  it('counts refusals and locks after three, for good', () => {
    const wrong = OPEN_SAM.replace(/CC$/, 'CD');
    expect(ask(sam, OPEN_SAM.replace('20', '1F').slice(0, -2))).toBe('6700');
    expect(ask(sam, wrong)).toBe('63C2');
    expect(ask(sam, OPEN_SAM)).toBe('9000');
    expect([wrong, wrong, wrong].map((command) => ask(sam, command))).toEqual(['63C2', '63C1', '6983']);
    sam.reset();
    expect(ask(sam, OPEN_SAM)).toBe('6983');
  });

  it.each([
    ['an unknown instruction', '00F5000000', '6D00'],
    ['another class', '80F7000000', '6E00'],
    ['a torn command', '00F000', '6700'],
  ])('refuses %s', (_, command, sw) => {
    expect(ask(sam, command)).toBe(sw);
  });
});

describe('the session', () => {
  beforeEach(() => void need(sam, OPEN_SAM));

  it('answers F1 with 40 bytes, for the two lengths and generations only', () => {
    expect(need(sam, `00F1000143${'11'.repeat(67)}`)).toHaveLength(80);
    expect(need(sam, `00F100002D${'11'.repeat(45)}`)).toHaveLength(80);
    expect(ask(sam, `00F100022D${'11'.repeat(45)}`)).toBe('6B00');
    expect(ask(sam, `00F100002C${'11'.repeat(44)}`)).toBe('6700');
  });

  it('takes F2 once after F1, and not what a clone makes up', () => {
    expect(ask(sam, `00F2000028${'00'.repeat(40)}`)).toBe('6985');
    expect(() => authenticate(create('clone'), sam)).toThrow(/^00F2.* answered 6988$/);
    expect(() => authenticate(create('clone-refusing'), sam)).toThrow(/^0082.* answered 6300$/);
    authenticate(create('b-new'), sam);
    expect(ask(sam, `00F2000028${'00'.repeat(40)}`)).toBe('6985');
  });

  it('wraps and unwraps in turns', () => {
    const chip = create('b-new');
    expect(ask(sam, '00F300000700A40000026FF1')).toBe('6985');
    authenticate(chip, sam);
    expect(ask(sam, '00F400000499029000')).toBe('6985');
    const wrapped = need(sam, '00F300000700A40000026FF1');
    expect(ask(sam, '00F300000700A40000026FF1')).toBe('6985');
    const answer = ask(chip, wrapped).slice(0, -4);
    // Success ends in the card's status word and then the SAM's.
    expect(ask(sam, `00F400000E${answer}`)).toBe('90009000');
    expect(ask(sam, '00F300000400B000')).toBe('6700');
    expect(ask(sam, '00F300000580B0000008')).toBe('6A80');
  });

  it('is void after an answer that it cannot unwrap', () => {
    const chip = create('b-new');
    authenticate(chip, sam);
    const answer = ask(chip, need(sam, '00F300000700A40000026FF1')).slice(0, -4);
    expect(ask(sam, `00F400000E${answer.slice(0, -2)}00`)).toBe('6988');
    expect(ask(sam, '00F300000700A40000026FF1')).toBe('6985');
  });

  it('is void after FF', () => {
    authenticate(create('b-new'), sam);
    need(sam, '00FF000000');
    expect(ask(sam, '00F300000700A40000026FF1')).toBe('6985');
  });
});

describe('the signature check', () => {
  const genuine = ['a-old', 'b-old', 'a-new', 'b-new', 'b-new-activated'];
  const tampered = ['tampered-photo', 'tampered-biodata', 'tampered-minutiae', 'tampered-signature'];
  beforeEach(() => void need(sam, OPEN_SAM));

  function verdictOf(id: string, chunk?: number): string {
    const chip = create(id);
    need(chip, '00A40000027F0A');
    const photo = readPhoto(chip);
    authenticate(chip, sam);
    return signatureVerdict(chip, sam, photo, chunk);
  }

  it.each(genuine)('finds %s genuine', (id) => {
    expect(verdictOf(id)).toBe('9000');
    expect(verdictOf(id, 96)).toBe('9000');
  });

  it.each(tampered)('finds %s not genuine', (id) => {
    expect(verdictOf(id)).toBe('6300');
  });

  it('wants its steps in order', () => {
    expect(ask(sam, '00FA000000')).toBe('6985');
    authenticate(create('b-new'), sam);
    expect(ask(sam, '00FA040000')).toBe('6985');
    need(sam, '00FA000000');
    for (const step of ['00FA030001FF', '00FA050000', '00FA020000', '00FA040000']) {
      expect(ask(sam, step)).toBe('6985');
    }
    expect(ask(sam, `00FA06004F${'00'.repeat(79)}`)).toBe('6700');
    need(sam, `00FA060050${'00'.repeat(80)}`);
    expect(ask(sam, `00FA060050${'00'.repeat(80)}`)).toBe('6985');
    need(sam, '00FA050000');
    expect(ask(sam, '00FA030001FF')).toBe('6985');
    need(sam, '00FA020000');
    expect(ask(sam, '00FA020000')).toBe('6985');
    expect(ask(sam, '00FA070000')).toBe('6B00');
    expect(ask(sam, '00FA040000')).toBe('6300');
    expect(ask(sam, '00FA040000')).toBe('6985');
  });

  type Step = (chip: VirtualCard, photo: string) => void;
  const start: Step = (chip) => {
    secure(chip, sam, '00A40000026FF6');
    const signature = secure(chip, sam, '00B0000050').slice(0, -4);
    need(sam, '00FA000000');
    need(sam, `00FA060050${signature}`);
  };
  const read =
    (id: string): Step =>
    (chip) =>
      void readSecure(chip, sam, { id });
  const photo: Step = (_, bytes) => {
    for (let at = 0; at < bytes.length; at += 400) {
      const chunk = bytes.slice(at, at + 400);
      need(sam, `00FA0300${(chunk.length / 2).toString(16).padStart(2, '0')}${chunk}`);
    }
  };
  const automatic: Step = () => void need(sam, '00FA050000');
  const last: Step = (chip) =>
    void readSecure(chip, sam, { id: '6FF5', beforeLast: () => void need(sam, '00FA020000') });
  const announced: Step = () => void need(sam, '00FA020000');
  const rest = [read('6FF3'), read('6FF4')];

  it.each([
    ['in order', [start, read('6FF1'), photo, automatic, ...rest, last], '9000'],
    [
      'with a file between that nobody signed',
      [start, read('6FF1'), photo, read('6FF0'), automatic, ...rest, last],
      '9000',
    ],
    ['biodata before FA00', [read('6FF1'), start, photo, automatic, ...rest, last], '6300'],
    ['photo before biodata', [start, photo, read('6FF1'), automatic, ...rest, last], '6300'],
    [
      'a photo without its length field',
      [
        start,
        read('6FF1'),
        (chip: VirtualCard, bytes: string) => photo(chip, bytes.slice(4)),
        automatic,
        ...rest,
        last,
      ],
      '6300',
    ],
    ['FA05 too late', [start, read('6FF1'), photo, read('6FF3'), automatic, read('6FF4'), last], '6300'],
    ['a file twice', [start, read('6FF1'), read('6FF1'), photo, automatic, ...rest, last], '6300'],
    ['a file left out', [start, read('6FF1'), photo, automatic, read('6FF3'), last], '6300'],
    ['FA02 too early', [start, read('6FF1'), photo, automatic, ...rest, announced, read('6FF5')], '6300'],
    [
      'FA02 with nothing after it',
      [start, read('6FF1'), photo, automatic, ...rest, read('6FF5'), announced],
      '6300',
    ],
  ] as [string, Step[], string][])('%s', (_, steps, verdict) => {
    const chip = create('a-new');
    need(chip, '00A40000027F0A');
    const bytes = readPhoto(chip);
    authenticate(chip, sam);
    for (const step of steps) step(chip, bytes);
    expect(ask(sam, '00FA040000')).toBe(verdict);
  });
});

describe('other SAMs', () => {
  const random = (length: number) => new Uint8Array(length).fill(7);

  it('a spare one works and tells another UID', () => {
    const spare = makeSam('spare', random)!;
    need(spare, OPEN_SAM);
    authenticate(create('b-new'), spare);
    need(sam, OPEN_SAM);
    expect(need(spare, '00F7000000')).not.toBe(need(sam, '00F7000000'));
  });

  it('another issuer’s opens, but no chip takes what it computes', () => {
    const other = makeSam('other-issuer', random)!;
    need(other, OPEN_SAM);
    expect(() => authenticate(create('b-new'), other)).toThrow(/^0082.* answered 6300$/);
  });

  it('repeats itself when its nonces do', () => {
    const cryptogram = () => {
      const seeded = makeSam('genuine', random)!;
      need(seeded, OPEN_SAM);
      const { cardControl, uid8 } = identify(create('a-old'));
      return need(seeded, `00F100002D${cardControl}${uid8}${'22'.repeat(8)}`);
    };
    expect(cryptogram()).toBe(cryptogram());
  });
});
