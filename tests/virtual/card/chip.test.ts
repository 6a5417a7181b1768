import { beforeEach, describe, expect, it } from 'vitest';
import { type Chip, isChip } from '../../../src/virtual/card/chip.ts';
import { type DeckCard, makeDeck } from '../../../src/virtual/card/deck.ts';
import { createSam } from '../../../src/virtual/card/sam.ts';
import type { VirtualCard } from '../../../src/virtual/card/virtual-card.ts';
import { bytes, hex } from '../hex.ts';
import { biodata, standIn } from '../holder.ts';
import { ask, authenticate, identify, need, OPEN_SAM, readPhoto, readSecure, secure } from './reading.ts';

const deck = makeDeck([standIn('one', 1), standIn('two', 2)]);
const card = (id: string) => deck.find((each) => each.id === id) as DeckCard;
const chipOf = (id: string): Chip => {
  const made = card(id).create();
  if (!isChip(made)) throw new Error(`${id} is no chip`);
  return made;
};

function openSam(): VirtualCard {
  const sam = createSam();
  need(sam, OPEN_SAM);
  return sam;
}

describe('four kinds', () => {
  it.each([
    ['a-old', '6D00', 14, '001D'],
    ['b-old', '9000', 8, '001D'],
    ['a-new', '6D00', 14, '0033'],
    ['b-new', '9000', 8, '0033'],
  ])('%s answers 00 DD with %s and has card control of its length', (id, sw, anticollision, length) => {
    const chip = chipOf(id);
    need(chip, '00A40000027F0A');
    for (const command of ['00DD000008', '00DF000000']) {
      const answer = ask(chip, command);
      expect(answer.slice(-4)).toBe(sw);
      expect(answer.length).toBe(sw === '9000' ? 20 : 4);
    }
    // On type B the four bytes of the PUPI, with 9000, say nothing about the type.
    expect(need(chip, 'FFCA000000')).toHaveLength(anticollision);
    need(chip, '00A40000026FF0');
    expect(need(chip, '00B0000002')).toBe(length);
  });

  it('tells the same identity every time, and another on another card', () => {
    const identities = ['a-old', 'b-old', 'a-new', 'b-new'].map((id) => identify(chipOf(id)));
    expect(identities).toEqual(['a-old', 'b-old', 'a-new', 'b-new'].map((id) => identify(chipOf(id))));
    expect(new Set(identities.map(({ uid8 }) => uid8)).size).toBe(4);
    expect(new Set(identities.map(({ cardControl }) => cardControl)).size).toBe(4);
  });

  it('ends card control in the activation state', () => {
    expect(identify(chipOf('b-new')).cardControl.slice(-2)).toBe('00');
    expect(identify(chipOf('b-new-activated')).cardControl.slice(-2)).toBe('01');
    expect(identify(card('b-new').create({ activated: true })).cardControl.slice(-2)).toBe('01');
  });
});

describe('in clear', () => {
  let chip: Chip;
  beforeEach(() => {
    chip = chipOf('b-new');
    need(chip, '00A40000027F0A');
  });

  it('answers to reset as T=1', () => {
    expect(hex(chip.atr!).slice(0, 2)).toBe('3B');
    expect(hex(chip.atr!).slice(4, 12)).toBe('8131FE45');
    expect(chip.atr!.slice(1).reduce((sum, byte) => sum ^ byte, 0)).toBe(0);
  });

  it('reads the photo in chunks and answers 6282 with the rest at its end', () => {
    const photo = readPhoto(chip);
    expect(photo).toBe(`0961${'01'.repeat(2401)}`);
    expect(ask(chip, '00B0095B0A')).toBe(`${'01'.repeat(8)}6282`);
    expect(ask(chip, '00B0096300')).toBe('6B00');
    expect(ask(chip, '00B0095B00')).toBe(`${'01'.repeat(8)}6282`);
  });

  it.each([
    ['a file before the DF', '00A40000026FF0', '6A82', true],
    ['a file that is not there', '00A40000026FF7', '6A82'],
    ['an application identifier', '00A4040007A0000002471001', '6A82'],
    ['an SM file', '00A40000026FF1', '6982'],
    ['READ BINARY of nothing', '00B0000008', '6985'],
    ['READ BINARY without Le', '00B00000', '6985'],
    ['a short file identifier', '00B0820008', '6B00', false, '00A40000026FF0'],
    ['no Le', '00B00000', '6700', false, '00A40000026FF0'],
    ['a torn length', '00A40000037F0A', '6700'],
    ['a write', '00D600340101', '6982', false, '00A40000026FF0'],
    ['an unknown instruction', '00CA000000', '6D00'],
    ['another class', '80A40000026FF0', '6E00'],
    ['secure messaging without a session', '0CB000000D9701048E08ED6705417E96BA5500', '6985'],
    ['a challenge of another length', '0084000004', '6700'],
    ['authentication without a challenge', `0082000028${'00'.repeat(40)}`, '6985'],
    ['a type-B UID before the DF', '00DD000008', '6985', true],
  ])('refuses %s', (_, command, sw, atReset = false, before = '') => {
    if (atReset) chip.reset();
    if (before) need(chip, before);
    expect(ask(chip, command)).toBe(sw);
  });

  it('takes 40 bytes for a challenge, once', () => {
    need(chip, '0084000008');
    expect(ask(chip, `0082000027${'00'.repeat(39)}`)).toBe('6700');
    need(chip, '0084000008');
    expect(ask(chip, `0082000028${'00'.repeat(40)}`)).toBe('6300');
    expect(ask(chip, `0082000028${'00'.repeat(40)}`)).toBe('6985');
  });

  it('lies about a length when told to', () => {
    chip.lie(0x6ff2, 0x7fff);
    need(chip, '00A40000026FF2');
    expect(need(chip, '00B0000004')).toBe('7FFF0101');
    chip.lie(0x6ff2, null);
    expect(need(chip, '00B0000004')).toBe('09610101');
  });
});

describe('under secure messaging', () => {
  it.each(['a-old', 'b-old', 'a-new', 'b-new'])('%s reads all files', (id) => {
    const chip = chipOf(id);
    const sam = openSam();
    authenticate(chip, sam);
    const text = Buffer.from(readSecure(chip, sam, { id: '6FF1', chunk: 96 }), 'hex')
      .subarray(2)
      .toString();
    const fields = text.slice(1, -1).split('","');
    expect(fields).toHaveLength(20);
    expect(fields[0]).toBe(biodata.nik);
    expect(fields[13]).toBe(biodata.nama);
    expect(fields[19]).toBe('WNI');
    const lengths = ['6FF0', '6FF2', '6FF3', '6FF4', '6FF5'].map((file) =>
      readSecure(chip, sam, { id: file }).slice(0, 4),
    );
    expect(lengths.map((length) => Number.parseInt(length, 16))).toHaveLength(5);
    secure(chip, sam, '00A40000026FF6');
    expect(secure(chip, sam, '00B0000050')).toHaveLength(160 + 4);
  });

  it('answers errors inside, and repeats them as the status word', () => {
    const chip = chipOf('a-new');
    const sam = openSam();
    authenticate(chip, sam);
    const wrapped = need(sam, '00F300000700A40000026FF9');
    const answer = ask(chip, wrapped);
    expect(answer).toMatch(/^99026A828E08.{16}6A82$/);
    expect(need(sam, `00F400000E${answer.slice(0, -4)}`)).toBe('6A82');
    // A failed SELECT leaves the current file as it was (ISO/IEC 7816-4:2020, 11.1.1).
    expect(secure(chip, sam, '00B0000002')).toBe('00339000');
    expect(secure(chip, sam, '00A40000026FF6')).toBe('9000');
    expect(secure(chip, sam, '00B000005A')).toMatch(/^.{160}6282$/);
    expect(secure(chip, sam, '00B00000E8')).toBe('6700');
    expect(secure(chip, sam, '00B0005008')).toBe('6B00');
    expect(secure(chip, sam, '0084000008')).toBe('6D00');
  });

  it('ends at a wrong MAC and at a plain command', () => {
    const chip = chipOf('a-new');
    const sam = openSam();
    authenticate(chip, sam);
    const wrapped = bytes(need(sam, '00F300000700A40000026FF1'));
    wrapped[wrapped.length - 2]! ^= 1;
    expect(ask(chip, hex(wrapped))).toBe('6988');
    expect(ask(chip, hex(wrapped))).toBe('6985');
    authenticate(chip, sam);
    secure(chip, sam, '00A40000026FF1');
    expect(ask(chip, '00B0000008')).toBe('6982');
    expect(ask(chip, need(sam, '00F300000500B0000008'))).toBe('6985');
  });

  it('is not reached with the master key of the other generation', () => {
    for (const [id, p2] of [
      ['b-new', '00'],
      ['b-old', '01'],
    ] as const) {
      expect(() => authenticate(chipOf(id), openSam(), p2)).toThrow(/^00820000.* answered 6300$/);
    }
  });
});

describe('activation', () => {
  it('writes the last byte once, by F8 only after an SM select of 6FF0', () => {
    let told = 0;
    const chip = card('b-new').create({ onActivated: () => told++ });
    const sam = openSam();
    authenticate(chip, sam);
    expect(ask(sam, '00F8000000')).toBe('6985');
    secure(chip, sam, '00A40000026FF0');
    const finish = () => {
      const answer = ask(chip, need(sam, '00F8000000'));
      return need(
        sam,
        `00F40000${(answer.length / 2 - 2).toString(16).padStart(2, '0')}${answer.slice(0, -4)}`,
      );
    };
    expect(finish()).toBe('9000');
    expect(told).toBe(1);
    expect(finish()).toBe('6985');
    expect(told).toBe(1);
    expect(readSecure(chip, sam, { id: '6FF0' }).slice(-2)).toBe('01');
    chip.reset();
    expect(identify(chip).cardControl.slice(-2)).toBe('01');
    authenticate(chip, sam); // the keys do not depend on it
    expect(identify(card('b-new').create()).cardControl.slice(-2)).toBe('00');
  });

  it('lets nothing else be written', () => {
    const chip = chipOf('b-new');
    const sam = openSam();
    authenticate(chip, sam);
    secure(chip, sam, '00A40000026FF1');
    expect(secure(chip, sam, '00D600340101')).toBe('6985');
    secure(chip, sam, '00A40000026FF0');
    expect(secure(chip, sam, '00D600330101')).toBe('6B00');
    expect(secure(chip, sam, '00D600340102')).toBe('6A80');
    expect(secure(chip, sam, '00D60034020101')).toBe('6700');
    expect(chip.activated).toBe(false);
  });
});
