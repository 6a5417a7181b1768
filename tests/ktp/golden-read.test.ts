/**
 * The whole read of a card as written down in ktp-el-card.md, byte for byte. The wire is played back: whatever
 * protects chip and SAM here is made up, as the relay must not care.
 */
import { describe, expect, it } from 'vitest';
import type { Slots } from '../../src/devices/card-reader/port.ts';
import { ok } from '../../src/failures/failure.ts';
import { readCard } from '../../src/ktp/read-card.ts';
import { slotsOf, type Transmitter } from '../support/slots.ts';
import { bytes, failureIn, hex, never, profile, valueIn } from './bench.ts';

type Line = readonly [to: 'C' | 'S', apdu: string, answer: string];

const PCID = '0102030405060708090A0B0C0D0E0F10';
const CONF = `${'FF'.repeat(16)}${'F0'.repeat(16)}`;
const KEY = 'FEFDFCFBFAF9F8F7F6F5F4F3F2F1F0EFF1F2F3F4F5F6F7F8F9FAFBFCFDFEFFE0';

const control = `${'C5'.repeat(50)}01`;
const uid = '1122334455667788';
const challenge = 'A0A1A2A3A4A5A6A7';
const toCard = '5A'.repeat(40);
const fromCard = 'A5'.repeat(40);
const signature = '77'.repeat(80);
const csv = hex(
  new TextEncoder().encode(
    '"3201","JL. A, NO. 1","001","002","BOGOR","K","L","KAB","PEREMPUAN","O","ISLAM","KAWIN","GURU",' +
      '"SRI "ENDAH" WAHYUNI","01-01-1990","JABAR","x","y","z","WNI"',
  ),
);
const csvLength = csv.length / 2;
const image = 'D1'.repeat(13);
const first = 'E1'.repeat(22);
const second = 'E2'.repeat(14 + 208);

/** F3, the protected command, F4: `7E ‖ plain` stands for the protected form. */
function secure(plain: string, inner: string, cardSw = '9000'): Line[] {
  const lc = (data: string) => (data.length / 2).toString(16).padStart(2, '0');
  return [
    ['S', `00F30000${lc(plain)}${plain}`, `7E${plain}9000`],
    ['C', `7E${plain}`, `E7${inner}${cardSw}`],
    ['S', `00F40000${lc(`E7${inner}`)}E7${inner}`, `${inner}9000`],
  ];
}

const script: Line[] = [
  ['C', '00A40000027F0A', '9000'],
  ['C', '00A40000026FF2', '9000'],
  ['C', '00B0000008', '000FFFD8FFE000109000'],
  ['C', '00B0000809', 'F1F2F3F4F5F6F7F8F99000'],
  ['C', '00DD000008', `${uid}9000`],
  ['C', '00A40000026FF0', '9000'],
  ['C', '00B0000008', '0033C5C5C5C5C5C59000'],
  ['C', '00B000082D', `${'C5'.repeat(44)}019000`],
  ['S', `00F0000020${KEY}`, '9000'],
  ['S', '00F7000000', 'CAFE00019000'],
  ['S', '00FF000000', '9000'],
  ['C', '0084000008', `${challenge}9000`],
  ['S', `00F1000143${control}${uid}${challenge}`, `${toCard}9000`],
  ['C', `0082000028${toCard}`, `${fromCard}9000`],
  ['S', `00F2000028${fromCard}`, '9000'],
  ...secure('00A40000026FF6', '9000'),
  ...secure('00B0000050', `${signature}9000`),
  ['S', '00FA000000', '9000'],
  ['S', `00FA060050${signature}`, '9000'],
  ...secure('00A40000026FF1', '9000'),
  ...secure('00B0000008', `00${csvLength.toString(16)}${csv.slice(0, 12)}9000`),
  ...secure(`00B00008${(csvLength - 6).toString(16)}`, `${csv.slice(12)}9000`),
  ['S', '00FA030008000FFFD8FFE00010', '9000'],
  ['S', '00FA030009F1F2F3F4F5F6F7F8F9', '9000'],
  ['S', '00FA050000', '9000'],
  ...secure('00A40000026FF3', '9000'),
  ...secure('00B0000008', `000D${image.slice(0, 12)}9000`),
  // 7 bytes are left, 8 are asked for: the end of the file, inner 6282, outside 9000.
  ...secure('00B0000808', `${image.slice(12)}6282`),
  ...secure('00A40000026FF4', '9000'),
  ...secure('00B0000008', `0016${first.slice(0, 12)}9000`),
  ...secure('00B0000810', `${first.slice(12)}9000`),
  ...secure('00A40000026FF5', '9000'),
  ...secure('00B0000008', `00DE${second.slice(0, 12)}9000`),
  ...secure('00B00008D0', `${second.slice(12, 12 + 416)}9000`),
  // The stop comes right before the last READ is wrapped.
  ['S', '00FA020000', '9000'],
  ...secure('00B000D808', `${second.slice(12 + 416)}9000`),
  ['S', '00FA040000', '9000'],
];

/** Both slots of one script; a command that is not the next line fails the test. */
function play(lines: readonly Line[]): { slots: Slots; left: Line[] } {
  const left = [...lines];
  const slot = (end: 'C' | 'S'): Transmitter => ({
    async transmit(apdu) {
      const [to, expected, answer] = left.shift() ?? ['C', 'nothing', ''];
      expect(`${end} ${hex(apdu)}`).toBe(`${to} ${expected.toUpperCase()}`);
      return ok(bytes(answer));
    },
  });
  return { slots: slotsOf(slot('C'), slot('S')), left };
}

const options = { profile, samOpen: { pcid: bytes(PCID), conf: bytes(CONF) }, signal: never };

describe('a read as the document tells it', () => {
  it('sends these bytes in this order, and nothing else', async () => {
    const { slots, left } = play(script);
    const photos: [jpeg: string, before: string | undefined][] = [];
    const read = await readCard(slots, {
      ...options,
      onPhoto: (jpeg) => photos.push([hex(jpeg), left[0]?.[1]]),
    });
    const { timings, ...reading } = valueIn(read);
    expect(left).toEqual([]);
    expect(reading).toMatchObject({
      cardType: 'B',
      cardGeneration: 'new',
      uid,
      samUid: 'CAFE0001',
      photo: bytes('FFD8FFE00010F1F2F3F4F5F6F7F8F9'),
      signature: bytes(image),
      minutiae: [bytes(first), bytes(second)],
      genuine: true,
      verdict: null,
      activated: true,
      apdus: script.length,
    });
    expect(reading.biodata).toMatchObject({
      nik: '3201',
      alamat: 'JL. A, NO. 1',
      nama: 'SRI "ENDAH" WAHYUNI',
    });
    expect(Object.keys(timings)).toEqual([
      'photo',
      'identity',
      'sam',
      'authentication',
      'digital-signature',
      'biodata',
      'photo-check',
      'signature',
      'minutiae',
      'verdict',
    ]);
    // Told as soon as it is there, before the UID is asked for.
    expect(photos).toEqual([['FFD8FFE00010F1F2F3F4F5F6F7F8F9', '00DD000008']]);
  });

  it('takes 6282 with data from the card itself where the last block was rounded', async () => {
    const rounded = script.findIndex(([to, apdu]) => to === 'C' && apdu === '7E00B0000808');
    const lines = script.map((line, index): Line => {
      const [to, apdu, answer] = line;
      return index === rounded ? [to, apdu, answer.replace(/9000$/, '6282')] : line;
    });
    const { slots } = play(lines);
    expect(valueIn(await readCard(slots, options)).genuine).toBe(true);
  });

  it('asks a type A card for its UID by FF CA, and the old generation by P2 00', async () => {
    const old = `${'C6'.repeat(28)}00`;
    const { slots, left } = play([
      ...script.slice(0, 4),
      ['C', '00DD000008', '6D00'],
      ['C', 'FFCA000000', '041122334455669000'],
      ['C', '00A40000026FF0', '9000'],
      ['C', '00B0000008', '001DC6C6C6C6C6C69000'],
      ['C', '00B0000817', `${'C6'.repeat(22)}009000`],
      ...script.slice(8, 12),
      ['S', `00F100002D${old}8004112233445566${challenge}`, `${toCard}9000`],
      ...script.slice(13),
    ]);
    const reading = valueIn(await readCard(slots, options));
    expect(left).toEqual([]);
    expect(reading).toMatchObject({
      cardType: 'A',
      cardGeneration: 'old',
      uid: '8004112233445566',
      activated: false,
      genuine: true,
    });
  });
});

/** The answer to one line of the script, and what the relay makes of it. */
const bent: [name: string, to: 'C' | 'S', apdu: string, answer: string, code: string, detail: string][] = [
  [
    'a UID of 7 bytes',
    'C',
    '00DD000008',
    '112233445566779000',
    'KTP-CARD-ANSWER',
    'card returned 7 bytes at GET UID B',
  ],
  ['half a SOI', 'C', '00B0000008', '000FFFD9FFE000109000', 'KTP-PHOTO-NOT-JPEG', ''],
  [
    'a challenge of 7 bytes',
    'C',
    '0084000008',
    'A0A1A2A3A4A5A69000',
    'KTP-CARD-ANSWER',
    'card returned 7 bytes at GET CHALLENGE',
  ],
  [
    '41 bytes of F1',
    'S',
    '00F1000143',
    `${'5A'.repeat(41)}9000`,
    'KTP-SAM-ANSWER',
    'SAM returned 41 bytes at F1',
  ],
  [
    '39 bytes of the card',
    'C',
    '0082000028',
    `${'A5'.repeat(39)}9000`,
    'KTP-CARD-ANSWER',
    'card returned 39 bytes at EXTERNAL AUTHENTICATE',
  ],
  [
    'nothing wrapped',
    'S',
    '00F3000007',
    '9000',
    'KTP-SAM-ANSWER',
    'SAM returned 0 bytes at F3 of SELECT 6FF6',
  ],
  [
    'too much wrapped',
    'S',
    '00F3000007',
    `${'7E'.repeat(262)}9000`,
    'KTP-SAM-ANSWER',
    'SAM returned 262 bytes at F3 of SELECT 6FF6',
  ],
  ['nothing to unwrap', 'C', '7E00A4', '9000', 'KTP-CARD-ANSWER', 'card returned 0 bytes at SELECT 6FF6'],
  [
    'too much to unwrap',
    'C',
    '7E00A4',
    `${'E7'.repeat(256)}9000`,
    'KTP-CARD-ANSWER',
    'card returned 256 bytes at SELECT 6FF6',
  ],
  [
    'a card that lost the channel',
    'C',
    '7E00A4',
    '6988',
    'KTP-CHANNEL-BROKEN',
    'card SW 6988 at SELECT 6FF6 (secure messaging objects incorrect)',
  ],
  [
    'a SAM that lost the channel',
    'S',
    '00F4',
    '6988',
    'KTP-CHANNEL-BROKEN',
    'SAM SW 6988 at F4 of SELECT 6FF6 (secure messaging objects incorrect)',
  ],
  [
    '9000 of the SAM around 6A82 of the card',
    'S',
    '00F4',
    '6A829000',
    'KTP-CARD-REFUSED',
    'inner SW 6A82 at SELECT 6FF6 (file or application not found)',
  ],
  [
    'no inner status word',
    'S',
    '00F4',
    '9000',
    'KTP-SAM-ANSWER',
    'SAM returned 0 bytes at F4 of SELECT 6FF6',
  ],
  [
    '79 bytes of digital signature',
    'S',
    `00F4000053E7${signature}`,
    `${'77'.repeat(79)}90009000`,
    'KTP-CARD-ANSWER',
    '79 inner bytes at READ 6FF6 at 0',
  ],
  [
    'an end of 6FF6',
    'S',
    `00F4000053E7${signature}`,
    `${'77'.repeat(79)}62829000`,
    'KTP-LENGTH-INVALID',
    'inner SW 6282 at READ 6FF6 at 0 (end of file before the bytes asked for)',
  ],
  [
    '9000 with the rest only',
    'S',
    `00F400000AE7${image.slice(12)}`,
    `${'D1'.repeat(7)}90009000`,
    'KTP-CARD-ANSWER',
    '7 inner bytes at READ 6FF3 at 8',
  ],
  [
    '6282 with less than the rest',
    'S',
    `00F400000AE7${image.slice(12)}`,
    `${'D1'.repeat(6)}62829000`,
    'KTP-LENGTH-INVALID',
    'inner SW 6282 at READ 6FF3 at 8 (end of file before the bytes asked for)',
  ],
  [
    '6282 with all that was asked',
    'S',
    `00F400000AE7${image.slice(12)}`,
    `${'D1'.repeat(8)}62829000`,
    'KTP-CARD-ANSWER',
    '8 inner bytes at READ 6FF3 at 8',
  ],
  ['a verdict with data', 'S', '00FA040000', '019000', 'KTP-SAM-ANSWER', 'SAM returned 1 bytes at FA04'],
];

describe('an answer that is not as it must be', () => {
  it.each(bent)('%s', async (_, to, apdu, answer, code, detail) => {
    const at = script.findIndex(([end, line]) => end === to && line.toUpperCase().startsWith(apdu));
    const { slots, left } = play(script.map((line, index) => (index === at ? [to, line[1], answer] : line)));
    const result = await readCard(slots, options);
    const failure = failureIn(result);
    expect(failure.code).toBe(code);
    expect(failure.detail ?? '').toBe(detail);
    // Nothing more is sent; only the photo is read to its end before it is looked at.
    expect(script.length - left.length).toBe(at + (code === 'KTP-PHOTO-NOT-JPEG' ? 2 : 1));
  });
});
