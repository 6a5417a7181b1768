import { describe, expect, it } from 'vitest';
import { addressLines, groupInFours, moment } from '../../../src/ui/web/format.ts';
import * as words from '../../../src/ui/web/texts.ts';
import { card } from '../statuses.ts';

describe('every text', () => {
  it.each(Object.entries(words.texts))('%s is there in both languages', (_, { id, en }) => {
    expect(id.trim()).toBe(id);
    expect(en.trim()).toBe(en);
    expect(id.length * en.length).toBeGreaterThan(0);
  });
});

describe('the finger to press', () => {
  it.each([
    [[], 'Tempelkan jari pemegang', "Press the holder's finger"],
    [[2], 'Tempelkan telunjuk kanan', 'Press the right index finger'],
    [[7, 2], 'Tempelkan telunjuk kanan atau kiri', 'Press the right or the left index finger'],
    [[1, 7], 'Tempelkan ibu jari kanan atau telunjuk kiri', 'Press the right thumb or the left index finger'],
  ] as const)('%j', (positions, id, en) => {
    expect(words.pressFinger(positions)).toEqual({ id, en });
  });
});

it('tries that are left are counted in words', () => {
  expect([0, 1, 3].map((count) => words.triesLeft(count).id)).toEqual([
    'Tidak ada percobaan lagi',
    'Tinggal 1 percobaan',
    'Tersisa 3 percobaan',
  ]);
});

it('a NIK is read in fours', () => {
  expect(groupInFours('1607124103850001')).toBe('1607 1241 0385 0001');
});

it('an address leaves out what is empty', () => {
  const biodata = card.biodata!;
  expect(addressLines(biodata)).toEqual([
    'DUSUN II JALUR 8, RT/RW 004/002',
    'SUKA DAMAI, TANJUNG LAGO',
    'BANYUASIN, SUMATERA SELATAN',
  ]);
  expect(addressLines({ ...biodata, rt: '', rw: ' ', kelurahan: '', kecamatan: '' })).toEqual([
    'DUSUN II JALUR 8',
    'BANYUASIN, SUMATERA SELATAN',
  ]);
});

it('a moment is told in the language of the page', () => {
  expect(moment('2026-05-12T07:05:00Z', 'id')).toContain('Mei 2026');
  expect(moment('2026-05-12T07:05:00Z', 'en')).toContain('May 2026');
});
