/** Configuration: a wrong file is refused with field, value and expectation. */
import type { Entries } from './entry.ts';

export const settings = {
  'CONFIG-UNREADABLE': {
    cause: { id: 'Berkas konfigurasi tidak dapat dibaca.', en: 'The configuration file cannot be read.' },
    staff: {
      id: 'Periksa nama dan hak baca berkas yang disebut.',
      en: 'Check the name and the read permission of the file that is named.',
    },
  },
  'CONFIG-INVALID': {
    cause: { id: 'Berkas konfigurasi salah.', en: 'The configuration file is wrong.' },
    staff: {
      id: 'Perbaiki isian yang disebut, lalu jalankan lagi.',
      en: 'Correct the field that is named, then start again.',
    },
  },
  'CONFIG-CREDENTIAL-MISSING': {
    cause: {
      id: 'Kredensial yang disebut konfigurasi tidak ada.',
      en: 'A credential that the configuration names is not there.',
    },
    staff: {
      id: 'Pasang kredensial itu (lihat panduan operasi, bagian kunci), lalu jalankan lagi.',
      en: 'Provide the credential (operations guide, keys), then start again.',
    },
  },
} as const satisfies Entries;
