/** People for tests that need no real fingers: quick to make, and told apart at a glance. */
import type { Biodata } from '../../src/rules/biodata.ts';
import type { Person } from '../../src/virtual/people/people.ts';

export const biodata: Biodata = {
  nik: '1607124107850001',
  nama: 'SRI "ENDAH" WAHYUNI, S.PD',
  alamat: 'JL. CONTOH NO. 1',
  rt: '003',
  rw: '001',
  tempatLahir: 'PALEMBANG',
  kecamatan: 'TANJUNG LAGO',
  kelurahan: 'SUKA DAMAI',
  kabupaten: 'BANYUASIN',
  jenisKelamin: 'PEREMPUAN',
  golonganDarah: 'O',
  agama: 'ISLAM',
  statusPerkawinan: 'KAWIN',
  pekerjaan: 'GURU',
  tanggalLahir: '01-07-1985',
  provinsi: 'SUMATERA SELATAN',
  kewarganegaraan: 'WNI',
};

/** The first and the second of two people; lengths straddle the chunk sizes. */
export function standIn(id: string, mark: number): Person {
  const filled = (length: number) => new Uint8Array(length).fill(mark);
  return {
    id,
    label: id,
    biodata: { ...biodata, pekerjaan: `PEKERJAAN ${mark}` },
    photo: filled(2400 + mark),
    signature: filled(301 + mark),
    fingers: [
      { position: 2, impressions: [], record: filled(206 + mark) },
      { position: 7, impressions: [], record: filled(415 + mark) },
    ],
  };
}
