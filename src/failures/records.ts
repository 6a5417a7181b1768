/** Files of fingers (WSQ, ISO/IEC 19794-4 and the pictures inside), signatures, and the envelope of all records. */
import type { Entries } from './entry.ts';

const sendAgain = {
  id: 'Minta berkasnya dikirim ulang, atau rekam jari itu sekali lagi.',
  en: 'Have the file sent again, or record the finger once more.',
};

export const records = {
  'FINGER-WSQ-INVALID': {
    cause: { id: 'Berkas WSQ sidik jari rusak.', en: 'The WSQ file of a fingerprint is broken.' },
    staff: sendAgain,
  },
  'FINGER-IMAGE-RECORD-INVALID': {
    cause: {
      id: 'Rekaman gambar jari rusak atau bukan ISO/IEC 19794-4:2011.',
      en: 'The finger image record is torn or is not ISO/IEC 19794-4:2011.',
    },
    staff: sendAgain,
  },
  'FINGER-IMAGE-UNREADABLE': {
    cause: {
      id: 'Gambar jari tidak dapat dibuka, atau ukurannya lain dari yang tertulis.',
      en: 'The finger image cannot be opened, or has another size than was written.',
    },
    staff: sendAgain,
  },
  'FINGER-IMAGE-UNSUPPORTED': {
    cause: {
      id: 'Gambar jari memakai bentuk yang belum dikenal kios ini.',
      en: 'The finger image is of a kind that this kiosk does not know.',
    },
    staff: {
      id: 'Simpan gambar sebagai PNG atau WSQ: abu-abu 8 bit, paling besar 4 megapiksel.',
      en: 'Save the image as PNG or WSQ: 8-bit grey, at most 4 megapixels.',
    },
  },
  'FINGER-FILE-UNKNOWN': {
    cause: {
      id: 'Berkas ini bukan gambar sidik jari dan bukan rekaman ISO/IEC 19794-2 atau 19794-4.',
      en: 'The file is neither a picture of a fingerprint nor an ISO/IEC 19794-2 or 19794-4 record.',
    },
    staff: {
      id: 'Berikan berkas PNG, WSQ, JPEG 2000, atau rekaman ISO/IEC 19794-2 atau 19794-4.',
      en: 'Give a PNG, WSQ or JPEG 2000 file, or an ISO/IEC 19794-2 or 19794-4 record.',
    },
  },
  'SIGNATURE-RECORD-INVALID': {
    cause: {
      id: 'Rekaman tanda tangan rusak atau bukan ISO/IEC 19794-7:2014.',
      en: 'The signature record is torn or is not ISO/IEC 19794-7:2014.',
    },
    staff: {
      id: 'Minta warga menandatangani sekali lagi; bila berkas dari luar, minta dikirim ulang.',
      en: 'Have the resident sign once more; if the file came from outside, have it sent again.',
    },
  },
  'BIR-INVALID': {
    cause: {
      id: 'Berkas rekaman biometrik (CBEFF) rusak atau tidak dikenal.',
      en: 'The file of biometric records (CBEFF) is torn or of an unknown kind.',
    },
    staff: {
      id: 'Jangan pakai berkas ini; minta dikirim ulang, dan laporkan rincian kode ini kepada teknisi.',
      en: 'Do not use this file; have it sent again, and report the detail of this code to the technician.',
    },
  },
} as const satisfies Entries;
