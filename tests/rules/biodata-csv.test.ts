import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBiodata } from '../../src/rules/biodata-csv.ts';

const fields = [
  '3273014107850001',
  'JL. MERDEKA NO. 5, BLOK "C"',
  '004',
  '011',
  'BANDUNG',
  'COBLONG',
  'DAGO',
  'KOTA BANDUNG',
  'PEREMPUAN',
  'O',
  'ISLAM',
  'KAWIN',
  'PEGAWAI NEGERI SIPIL',
  'SRI "ENDAH" WAHYUNI, S.PD',
  '01-07-1985',
  'JAWA BARAT',
  'KOTA BANDUNG',
  '17-08-2012',
  'SEUMUR HIDUP',
  'WNI',
];
const written = (values: readonly string[]) => `"${values.join('","')}"`;

/** Any text in which the seam between two fields stays the only `","`. */
const field = fc
  .string({
    unit: fc.oneof(fc.constantFrom('"', ',', '#', ';', ' '), fc.string({ unit: 'grapheme', maxLength: 1 })),
  })
  .filter((text) => !text.includes('","') && !text.startsWith(',"') && !text.endsWith('",') && text !== ',');
const twenty = fc.array(field, { minLength: 20, maxLength: 20 });

describe('parseBiodata', () => {
  it('reads every field from its place', () => {
    expect(parseBiodata(written(fields))).toEqual({
      nik: '3273014107850001',
      alamat: 'JL. MERDEKA NO. 5, BLOK "C"',
      rt: '004',
      rw: '011',
      tempatLahir: 'BANDUNG',
      kecamatan: 'COBLONG',
      kelurahan: 'DAGO',
      kabupaten: 'KOTA BANDUNG',
      jenisKelamin: 'PEREMPUAN',
      golonganDarah: 'O',
      agama: 'ISLAM',
      statusPerkawinan: 'KAWIN',
      pekerjaan: 'PEGAWAI NEGERI SIPIL',
      nama: 'SRI "ENDAH" WAHYUNI, S.PD',
      tanggalLahir: '01-07-1985',
      provinsi: 'JAWA BARAT',
      kewarganegaraan: 'WNI',
    });
  });

  it('keeps quotes, commas and any UTF-8 inside a field', () => {
    fc.assert(
      fc.property(twenty, (values) => {
        const parsed = parseBiodata(new TextEncoder().encode(written(values)));
        expect(parsed?.nik).toBe(values[0]);
        expect(parsed?.nama).toBe(values[13]);
        expect(parsed?.provinsi).toBe(values[15]);
        expect(parsed?.kewarganegaraan).toBe(values[19]);
      }),
    );
  });

  it('refuses any other number of fields', () => {
    fc.assert(
      fc.property(
        fc.array(field, { maxLength: 40 }).filter((values) => values.length !== 20),
        (values) => {
          expect(parseBiodata(written(values))).toBeUndefined();
        },
      ),
    );
  });

  it('refuses a text without its outer quotes', () => {
    const text = written(fields);
    for (const torn of ['', '"', text.slice(1), text.slice(0, -1), `\uFEFF${text}`, `${text}\0`])
      expect(parseBiodata(torn)).toBeUndefined();
  });

  it('refuses bytes that are not UTF-8, and a byte order mark', () => {
    const bytes = new TextEncoder().encode(written(fields));
    expect(parseBiodata(bytes)).toBeDefined();
    expect(parseBiodata(bytes.with(3, 0xff))).toBeUndefined();
    expect(parseBiodata(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes))).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseBiodata(bytes)));
  });
});
