/** The receipt printer: reaching it, its paper and its cover. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

const receiptFollows = {
  id: 'Data Anda sudah aman. Petugas akan mencetak bukti Anda sebentar lagi.',
  en: 'Your data is safe. The staff will print your receipt in a moment.',
};

export const printer = {
  'PRINTER-ABSENT': {
    cause: { id: 'Pencetak bukti tidak terpasang.', en: 'The receipt printer is not connected.' },
    resident: askStaff,
    staff: {
      id: 'Periksa kabel dan daya pencetak, lalu nama port di berkas konfigurasi; kemudian ulangi.',
      en: "Check the printer's cable and power, then the port's name in the configuration file; then repeat.",
    },
  },
  'PRINTER-LOST': {
    cause: {
      id: 'Sambungan ke pencetak bukti terputus.',
      en: 'The connection to the receipt printer was lost.',
    },
    resident: receiptFollows,
    staff: {
      id: 'Pasang lagi kabel pencetak, buang cetakan yang terpotong, lalu cetak ulang.',
      en: "Plug the printer's cable in again, throw the unfinished print away, then print again.",
    },
  },
  'PRINTER-SILENT': {
    cause: { id: 'Pencetak bukti tidak menjawab.', en: 'The receipt printer does not answer.' },
    resident: receiptFollows,
    staff: {
      id: 'Matikan dan nyalakan pencetak, buang cetakan yang terpotong, lalu ulangi; periksa baudRate di konfigurasi.',
      en: 'Switch the printer off and on, throw an unfinished print away, then repeat; check baudRate in the configuration.',
    },
  },
  'PRINTER-GARBLED': {
    cause: {
      id: 'Jawaban pencetak bukti rusak di jalan.',
      en: "The receipt printer's answers arrive spoilt.",
    },
    resident: receiptFollows,
    staff: {
      id: 'Ulangi; bila berulang, ganti kabel pencetak dan jauhkan dari sumber gangguan listrik.',
      en: "Repeat; if it happens again, change the printer's cable and keep it away from electrical noise.",
    },
  },
  'PRINTER-BUSY': {
    cause: { id: 'Pencetak bukti sedang mencetak.', en: 'The receipt printer is printing.' },
    resident: askStaff,
    staff: {
      id: 'Tunggu sampai cetakan yang berjalan selesai, lalu ulangi.',
      en: 'Wait until the print under way has finished, then repeat.',
    },
  },
  'PRINTER-PAPER-OUT': {
    cause: { id: 'Kertas pencetak bukti habis.', en: 'The receipt printer is out of paper.' },
    resident: receiptFollows,
    staff: {
      id: 'Pasang gulungan kertas baru, buang cetakan yang terpotong, lalu cetak ulang.',
      en: 'Put a new roll of paper in, throw the unfinished print away, then print again.',
    },
  },
  'PRINTER-PAPER-LOW': {
    cause: { id: 'Kertas pencetak bukti hampir habis.', en: 'The receipt printer is low on paper.' },
    staff: {
      id: 'Siapkan gulungan kertas baru dan ganti sebelum antrean berikutnya.',
      en: 'Have a new roll of paper ready and change it before the next people queue.',
    },
  },
  'PRINTER-COVER-OPEN': {
    cause: { id: 'Tutup pencetak bukti terbuka.', en: 'The cover of the receipt printer is open.' },
    resident: receiptFollows,
    staff: {
      id: 'Tutup pencetak sampai berbunyi klik, buang cetakan yang terpotong, lalu cetak ulang.',
      en: 'Close the cover until it clicks, throw the unfinished print away, then print again.',
    },
  },
  'PRINTER-FAULT': {
    cause: {
      id: 'Pencetak bukti melaporkan gangguan pada pemotong atau kepala cetaknya.',
      en: 'The receipt printer reports a fault of its cutter or its print head.',
    },
    resident: receiptFollows,
    staff: {
      id: 'Buka tutup, keluarkan kertas yang tersangkut, biarkan dingin beberapa menit, tutup, lalu cetak ulang.',
      en: 'Open the cover, take jammed paper out, let it cool for some minutes, close it, then print again.',
    },
  },
  'PRINTER-ABORTED': {
    cause: { id: 'Pencetakan dibatalkan.', en: 'The print was cancelled.' },
    resident: receiptFollows,
    staff: {
      id: 'Buang cetakan yang terpotong; cetak ulang bila masih diperlukan.',
      en: 'Throw the unfinished print away; print again if it is still wanted.',
    },
  },
} as const satisfies Entries;
