/**
 * Five residents who do not exist, of the sub-district that the project is about. Their NIK follow the rule
 * (region, day of birth + 40 for women, month, year, serial number); everything in them is invented.
 */
import type { Biodata } from '../../rules/biodata.ts';

export interface Resident {
  /** Short name for commands and files. */
  readonly id: string;
  /** For a technician's list. */
  readonly label: string;
  readonly biodata: Biodata;
  readonly looks: Looks;
  /** How worn the fingers are, 0 … 1. */
  readonly wear: number;
}

export interface Looks {
  readonly skin: string;
  readonly hair: string;
  readonly clothes: string;
  /** Colour of the headscarf. */
  readonly hijab?: string;
  readonly moustache?: boolean;
  readonly longHair?: boolean;
}

const here = {
  kecamatan: 'TANJUNG LAGO',
  kabupaten: 'BANYUASIN',
  provinsi: 'SUMATERA SELATAN',
  kewarganegaraan: 'WNI',
};

export const residents: readonly Resident[] = [
  {
    id: 'endah',
    label: 'Sri "Endah" Wahyuni, 38, teacher (quotes in the name)',
    biodata: {
      ...here,
      nik: '1607125204880001',
      nama: 'SRI "ENDAH" WAHYUNI',
      alamat: 'JL. CONTOH RAYA NO. 12',
      rt: '003',
      rw: '001',
      tempatLahir: 'PALEMBANG',
      kelurahan: 'TANJUNG LAGO',
      jenisKelamin: 'PEREMPUAN',
      golonganDarah: 'O',
      agama: 'ISLAM',
      statusPerkawinan: 'KAWIN',
      pekerjaan: 'GURU',
      tanggalLahir: '12-04-1988',
    },
    looks: { skin: '#c68d63', hair: '#2b2320', clothes: '#5b3f7a', hijab: '#7d5ba6' },
    wear: 0.1,
  },
  {
    id: 'karto',
    label: 'Karto Padi Sentosa, born 1951, farmer (worn, dry fingers)',
    biodata: {
      ...here,
      nik: '3404073112510002',
      nama: 'KARTO PADI SENTOSA',
      alamat: 'DUSUN CONTOH II',
      rt: '007',
      rw: '002',
      tempatLahir: 'SLEMAN',
      kelurahan: 'MULIA SARI',
      jenisKelamin: 'LAKI-LAKI',
      golonganDarah: '-',
      agama: 'ISLAM',
      statusPerkawinan: 'CERAI MATI',
      pekerjaan: 'PETANI/PEKEBUN',
      tanggalLahir: '31-12-1951',
    },
    looks: { skin: '#a8734c', hair: '#d9d6d0', clothes: '#4d5a48', moustache: true },
    wear: 0.8,
  },
  {
    id: 'bagus',
    label: 'Bagus Contoh Pratama, born 2008, pupil (first card)',
    biodata: {
      ...here,
      nik: '1607121708080003',
      nama: 'BAGUS CONTOH PRATAMA',
      alamat: 'JL. SIMPANG UJI NO. 3',
      rt: '001',
      rw: '001',
      tempatLahir: 'BANYUASIN',
      kelurahan: 'SUKADAMAI',
      jenisKelamin: 'LAKI-LAKI',
      golonganDarah: 'B',
      agama: 'ISLAM',
      statusPerkawinan: 'BELUM KAWIN',
      pekerjaan: 'PELAJAR/MAHASISWA',
      tanggalLahir: '17-08-2008',
    },
    looks: { skin: '#c9976b', hair: '#1c1714', clothes: '#e8e8ee' },
    wear: 0,
  },
  {
    id: 'ketut',
    label: 'Ni Ketut Teladan Asri, born 1975, trader',
    biodata: {
      ...here,
      nik: '1607126802750004',
      nama: 'NI KETUT TELADAN ASRI',
      alamat: 'JL. BANYU URIP JALUR 8',
      rt: '012',
      rw: '004',
      tempatLahir: 'TABANAN',
      kelurahan: 'BANYU URIP',
      jenisKelamin: 'PEREMPUAN',
      golonganDarah: 'A',
      agama: 'HINDU',
      statusPerkawinan: 'KAWIN',
      pekerjaan: 'PEDAGANG',
      tanggalLahir: '28-02-1975',
    },
    looks: { skin: '#b98056', hair: '#231a17', clothes: '#a03b3b', longHair: true },
    wear: 0.3,
  },
  {
    id: 'yosef',
    label: 'Yosef Uji Coba, born 1996, fisherman (comma in the address)',
    biodata: {
      ...here,
      nik: '1671011506960005',
      nama: 'YOSEF UJI COBA',
      alamat: 'JL. PASAR LAMA NO. 7, LORONG MAWAR',
      rt: '005',
      rw: '002',
      tempatLahir: 'PALEMBANG',
      kelurahan: 'KUALA PUNTIAN',
      jenisKelamin: 'LAKI-LAKI',
      golonganDarah: 'AB',
      agama: 'KRISTEN',
      statusPerkawinan: 'BELUM KAWIN',
      pekerjaan: 'NELAYAN/PERIKANAN',
      tanggalLahir: '15-06-1996',
    },
    looks: { skin: '#8f5f40', hair: '#15110f', clothes: '#27506b', moustache: true },
    wear: 0.2,
  },
];
