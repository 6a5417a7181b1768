import { describe, expect, it } from 'vitest';
import {
  ask,
  authenticate,
  identify,
  need,
  OPEN_SAM,
  readPhoto,
  secure,
  signatureVerdict,
} from '../card/reading.ts';
import { bytes, hex } from '../hex.ts';
import { cmac } from './cmac.ts';
import { createOtherChip, createOtherSam, OTHER_CONF, OTHER_PCID } from './pair.ts';

const contents = [40, 2500, 300, 210, 417].map((length, mark) => new Uint8Array(length).fill(mark + 1));

function openSam() {
  const sam = createOtherSam();
  const opening = OTHER_CONF.map((byte, index) => byte ^ OTHER_PCID[index % 16]!);
  need(sam, `00F0000020${hex(opening)}`);
  return sam;
}

/** RFC 4493, section 4. */
it.each([
  ['', 'BB1D6929E95937287FA37D129B756746'],
  ['6BC1BEE22E409F96E93D7E117393172A', '070A16B46B4D4144F79BDD9DD04A287C'],
  [
    '6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E5130C81C46A35CE411',
    'DFA66747DE9AE63030CA32611497C827',
  ],
])('CMAC of %s', (message, mac) => {
  expect(hex(cmac(bytes('2B7E151628AED2A6ABF7158809CF4F3C'), bytes(message)))).toBe(mac);
});

describe('the other pair', () => {
  const chipOf = (generation: 'old' | 'new', tampered?: 2 | 5) =>
    createOtherChip({ generation, contents: contents as never, ...(tampered && { tampered }) });

  it.each([
    ['old', undefined, '9000'],
    ['new', undefined, '9000'],
    ['new', 2, '6A88'],
    ['new', 5, '6A88'],
  ] as const)('%s, tampered file %s: %s', (generation, tampered, verdict) => {
    const chip = chipOf(generation, tampered);
    const sam = openSam();
    need(chip, '00A40000027F0A');
    const photo = readPhoto(chip);
    authenticate(chip, sam);
    expect(signatureVerdict(chip, sam, photo)).toBe(verdict);
  });

  it('is activated', () => {
    const chip = chipOf('new');
    const sam = openSam();
    authenticate(chip, sam);
    secure(chip, sam, '00A40000026FF0');
    const answer = ask(chip, need(sam, '00F8000000'));
    expect(need(sam, `00F400000E${answer.slice(0, -4)}`)).toBe('9000');
    chip.reset();
    expect(identify(chip).cardControl.slice(-2)).toBe('01');
  });

  it('does not open as the bench’s SAM does', () => {
    expect(ask(createOtherSam(), OPEN_SAM)).toBe('6982');
  });
});
