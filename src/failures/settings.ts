/** Configuration: a wrong file is refused with field, value and expectation. */
import type { Entries } from './entry.ts';

export const settings = {
  'CONFIG-INVALID': {
    cause: { id: 'Berkas konfigurasi salah.', en: 'The configuration file is wrong.' },
    staff: {
      id: 'Perbaiki isian yang disebut, lalu jalankan lagi.',
      en: 'Correct the field that is named, then start again.',
    },
  },
} as const satisfies Entries;
