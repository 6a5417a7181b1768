/** The recording of a resident: the session and its order of work. */
import type { Entries } from './entry.ts';

export const session = {
  'SESSION-NIK-INVALID': {
    cause: { id: 'NIK harus 16 angka.', en: 'A NIK has 16 digits.' },
    resident: {
      id: 'Periksa lagi NIK di kartu keluarga Anda, lalu ketik 16 angkanya.',
      en: 'Look at the NIK on your family card again and type its 16 digits.',
    },
    staff: {
      id: 'Bacakan NIK dari kartu keluarga, atau cari dengan nama dan tanggal lahir.',
      en: 'Read the NIK from the family card, or search by name and date of birth.',
    },
  },
  'SESSION-INVITATION-UNKNOWN': {
    cause: { id: 'Kode undangan ini tidak dikenal.', en: 'This invitation code is not known.' },
    resident: {
      id: 'Ketik NIK Anda, atau panggil petugas. Anda tetap dapat direkam.',
      en: 'Type your NIK, or call the officer. You can be recorded all the same.',
    },
    staff: {
      id: 'Rekam dengan NIK; sesi akan ditandai tidak ada di daftar undangan.',
      en: 'Record by NIK; the session will be flagged as not on the roster.',
    },
  },
  'SESSION-REDONE': {
    cause: {
      id: 'Rekaman dihapus karena akan diulang.',
      en: 'The capture was thrown away, because it is made once more.',
    },
    resident: { id: 'Kita ulangi bagian ini.', en: 'We do this part once more.' },
    staff: { id: 'Lanjutkan; warga merekam ulang bagian ini.', en: 'Go on; the resident repeats this part.' },
  },
} as const satisfies Entries;
