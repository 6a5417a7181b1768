/** The way to the centre and back. */
import type { Entries } from './entry.ts';

const askCentre = {
  id: 'Minta berkas yang benar kepada pusat data; yang lama tetap berlaku.',
  en: 'Ask the data centre for the right file; what was there before stays in force.',
};
const nothingLost = {
  id: 'Tidak ada yang hilang: pasang kembali stik atau folder tujuan, lalu kirim lagi.',
  en: 'Nothing is lost: put the stick or the target folder back, then send again.',
};

export const uplink = {
  'UPLINK-UNTOLD': {
    cause: {
      id: 'Konfigurasi tidak menyebut pusat data atau jalur kirimnya.',
      en: 'The configuration names no data centre, or no way to it.',
    },
    staff: {
      id: 'Isi centre dan uplink pada konfigurasi, lalu jalankan ulang kios.',
      en: 'Set centre and uplink in the configuration, then restart the kiosk.',
    },
  },
  'UPLINK-TARGET-LOST': {
    cause: {
      id: 'Folder tujuan tidak ada, atau stiknya dicabut saat ditulisi.',
      en: 'The target folder is not there, or its stick was pulled while it was written to.',
    },
    staff: nothingLost,
  },
  'UPLINK-TARGET-FULL': {
    cause: { id: 'Stik atau folder tujuan penuh.', en: 'The stick or the target folder is full.' },
    staff: {
      id: 'Pakai stik lain atau kosongkan ruangnya, lalu kirim lagi.',
      en: 'Use another stick or free space on it, then send again.',
    },
  },
  'UPLINK-TARGET-READ-ONLY': {
    cause: {
      id: 'Stik atau folder tujuan tidak dapat ditulisi.',
      en: 'The stick or the target folder cannot be written to.',
    },
    staff: {
      id: 'Periksa kunci tulis pada stik dan hak akses foldernya, lalu kirim lagi.',
      en: 'Check the write lock of the stick and the permissions of the folder, then send again.',
    },
  },
  'UPLINK-SIGNATURE-INVALID': {
    cause: {
      id: 'Berkas ini tidak ditandatangani pusat data.',
      en: 'This file is not signed by the data centre.',
    },
    staff: askCentre,
  },
  'UPLINK-OTHER-KIOSK': {
    cause: {
      id: 'Berkas dari pusat data ini untuk kios lain.',
      en: 'This file of the data centre is for another kiosk.',
    },
    staff: askCentre,
  },
  'UPLINK-DOCUMENT-INVALID': {
    cause: {
      id: 'Berkas dari pusat data ini tidak dikenal kios.',
      en: 'This file of the data centre is not one that the kiosk knows.',
    },
    staff: {
      id: 'Minta berkas yang benar kepada pusat data, atau pasang versi kios yang lebih baru.',
      en: 'Ask the data centre for the right file, or install a newer version of the kiosk.',
    },
  },
} as const satisfies Entries;
