import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ack,
  demog,
  finger,
  info,
  open,
  put,
  upsets,
} from '../../../../src/devices/card-reader/len/protocol.ts';
import { meaningOf } from '../../../../src/devices/card-reader/len/refusal.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const by = { id: 'op7', nik: '3273011203900004' };
const value = (of: unknown) => ({ ok: true, value: of });
const failure = (code: string) => ({ ok: false, failure: expect.objectContaining({ code }) });

describe('answers', () => {
  it.each([
    [ack, 'len442ektpreader', value(undefined)],
    [ack, 'len442', failure('OLD-NOT-FOUND')],
    [open, '0', value(undefined)],
    [open, '1', failure('OLD-NOT-OPEN')],
    [open, 'error,busy', failure('OLD-BUSY')],
    [ack, 'error,Kerusakan alat', failure('OLD-FAULT')],
    [info, '442A,000123,1.4', value('len442ektpreader, hardware 442A, serial 000123, firmware 1.4')],
    [info, '442A,000123', failure('OLD-GARBLED')],
    [info, 'error,not open', failure('OLD-NOT-OPEN')],
    [put(2), '34,2,7', value([2, 7])],
    [put(2), '0,02,07', value([2, 7])],
    [put(2), '34,2,0', value([2])],
    [put(2), '34,0,0', failure('OLD-NO-FINGER')],
    [put(2), '34,2,11', failure('OLD-GARBLED')],
    [put(2), '34,2', failure('OLD-GARBLED')],
    [put(2), '34,2,7,1', failure('OLD-GARBLED')],
    [put(2), '', failure('OLD-GARBLED')],
    [put(2), '3,0,0', value(undefined)],
    [put(2), '18', value(undefined)],
    [put(2), '27,0,0', failure('OLD-CARD-REFUSED')],
    [put(2), 'error,waktu habis', value(undefined)],
    [put(2), 'error,tidak ada kartu', value(undefined)],
    [put(2), 'error', failure('OLD-REFUSED')],
    [finger(10, 2, by), 'Y', value(true)],
    [finger(10, 2, by), 'N', value(false)],
    [finger(10, 2, by), 'y', failure('OLD-GARBLED')],
    [finger(10, 2, by), 'error,timeout', value(undefined)],
    [finger(10, 2, by), 'error,kartu diambil', failure('CARD-ABSENT')],
    [demog(10, by), '"a","b"', failure('OLD-BIODATA-INVALID')],
    [demog(10, by), 'error,timeout', failure('OLD-TIMED-OUT')],
  ])('$name: %s', (command, payload, expected) => {
    expect(command.read(bytes(payload as string))).toEqual(expected);
  });

  it('reads UTF-8 in the biodata, and refuses what is not', () => {
    const fields = Array.from({ length: 20 }, (_, index) => (index === 13 ? 'RENÉ' : `${index}`));
    const text = `"${fields.join('","')}"`;
    expect(demog(10, by).read(bytes(text))).toMatchObject({ ok: true, value: { nama: 'RENÉ', nik: '0' } });
    expect(demog(10, by).read(Buffer.from(text, 'latin1'))).toEqual(failure('OLD-BIODATA-INVALID'));
  });

  it('never become a match or a card by accident', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (payload) => {
        const text = Buffer.from(payload).toString('latin1').trim();
        if (text !== 'Y') expect(finger(10, 2, by).read(payload)).not.toEqual(value(true));
        const card = put(2).read(payload);
        if (card.ok && card.value) expect(text).toMatch(/^\d+,\d+,\d+$/);
      }),
    );
  });
});

describe('texts of refusal', () => {
  it.each([
    ['kartu generasi baru tidak didukung', 'OLD-GENERATION-ONLY'],
    ['new card', 'OLD-GENERATION-ONLY'],
    ['Unsupported card generation', 'OLD-GENERATION-ONLY'],
    ['Tipe kartu tidak didukung', 'OLD-CARD-TYPE'],
    ['card type B not supported', 'OLD-CARD-TYPE'],
    ['Bukan KTP-el', 'KTP-NOT-A-KTP'],
    ['sibuk', 'OLD-BUSY'],
    ['jari tidak ada di kartu', 'OLD-FINGER-REFUSED'],
    ['unsupported card', 'OLD-CARD-REFUSED'],
    ['kartu tidak dikenal', 'OLD-CARD-REFUSED'],
    ['unknown card', 'OLD-CARD-REFUSED'],
    ['kartu rusak', 'OLD-CARD-REFUSED'],
    ['gagal baca ktp', 'OLD-CARD-REFUSED'],
    ['tidak ada kartu', 'CARD-ABSENT'],
    ['card removed', 'CARD-ABSENT'],
    ['belum verifikasi', 'OLD-NOT-MATCHED'],
    ['finger not verified', 'OLD-NOT-MATCHED'],
    ['operator tidak terdaftar', 'OLD-OPERATOR-REFUSED'],
    ['SAM error', 'OLD-FAULT'],
    ['sensor jari rusak', 'OLD-FAULT'],
    ['jari tidak ada di data', 'OLD-FINGER-REFUSED'],
    ['belum dibuka', 'OLD-NOT-OPEN'],
    ['-1012', 'OLD-NOT-OPEN'],
    ['-1007', 'OLD-SILENT'],
    ['-1001', 'OLD-NOT-FOUND'],
    ['xyzzy', 'OLD-REFUSED'],
    ['', 'OLD-REFUSED'],
  ])('%s', (text, code) => {
    expect(meaningOf('ektpput', text).failure.code).toBe(code);
  });

  it('keep the text for the technician, without numbers that could be a NIK, and short', () => {
    expect(meaningOf('ektpput', 'xyzzy 3273014107850001 é').failure.detail).toBe('ektpput: "xyzzy … ?"');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('7', '3', ' ', 'é', '😀', '\0', 'a'), minLength: 60 }),
        (text) => {
          const { detail } = meaningOf('ektpput', text).failure;
          expect(detail!.length).toBeLessThanOrEqual(100);
          expect(detail).not.toMatch(/\d{6}|[^ -~…]/);
        },
      ),
    );
  });
});

it('a box that may be in any state is opened anew', () => {
  expect(upsets({ code: 'OLD-SILENT' })).toBe(true);
  expect(upsets({ code: 'OLD-CARD-REFUSED' })).toBe(false);
});
