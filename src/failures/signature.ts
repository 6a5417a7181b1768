/** The signature pad: reaching it and hearing from it; what is written on it. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

export const signature = {
  'PAD-ABSENT': {
    cause: { id: 'Papan tanda tangan tidak terpasang.', en: 'The signature pad is not connected.' },
    resident: askStaff,
    staff: {
      id: 'Periksa kabel papan tanda tangan, lalu namanya di berkas konfigurasi; kemudian ulangi.',
      en: "Check the signature pad's cable, then its name in the configuration file; then repeat.",
    },
  },
  'PAD-LOST': {
    cause: {
      id: 'Sambungan ke papan tanda tangan terputus.',
      en: 'The connection to the signature pad was lost.',
    },
    resident: askStaff,
    staff: {
      id: 'Pasang lagi kabelnya, lalu minta warga menandatangani dari awal: kios menyambung sendiri.',
      en: 'Plug its cable in again, then ask the resident to sign anew: the kiosk reconnects by itself.',
    },
  },
  'PAD-SILENT': {
    cause: { id: 'Papan tanda tangan tidak menjawab.', en: 'The signature pad does not answer.' },
    resident: askStaff,
    staff: {
      id: 'Ulangi; bila tetap diam, cabut dan pasang lagi, dan periksa baudRate di konfigurasi.',
      en: 'Repeat; if it stays silent, unplug it and plug it in again, and check baudRate in the configuration.',
    },
  },
  'PAD-GARBLED': {
    cause: {
      id: 'Jawaban papan tanda tangan rusak di jalan.',
      en: "The signature pad's answers arrive spoilt.",
    },
    resident: askStaff,
    staff: {
      id: 'Ulangi; bila berulang, ganti kabelnya dan jauhkan dari sumber gangguan listrik.',
      en: 'Repeat; if it happens again, change its cable and keep it away from electrical noise.',
    },
  },
  'PAD-BUSY': {
    cause: { id: 'Papan tanda tangan sedang dipakai.', en: 'The signature pad is in use.' },
    resident: askStaff,
    staff: {
      id: 'Selesaikan atau batalkan tanda tangan yang sedang berjalan, lalu ulangi.',
      en: 'Finish or cancel the signature that is under way, then repeat.',
    },
  },
  'PAD-SCALE-UNKNOWN': {
    cause: {
      id: 'Papan tanda tangan tidak memberitahukan ukurannya.',
      en: 'The signature pad does not tell its size.',
    },
    staff: {
      id: 'Isi "ranges" papan itu di berkas konfigurasi menurut lembar datanya.',
      en: 'Fill in the "ranges" of the pad in the configuration file from its data sheet.',
    },
  },
  'SIGNATURE-EMPTY': {
    cause: { id: 'Belum ada tanda tangan di papan.', en: 'There is no signature on the pad yet.' },
    resident: {
      id: 'Tanda tangani di papan dengan penanya, lalu tekan Selesai.',
      en: 'Sign on the pad with its pen, then press Done.',
    },
    staff: {
      id: 'Tunjukkan pena dan papan; bila warga tidak dapat menandatangani, catat sebagai pengecualian.',
      en: 'Show pen and pad; if the resident cannot sign, record an exception.',
    },
  },
  'SIGNATURE-TOO-SHORT': {
    cause: {
      id: 'Yang ditulis terlalu pendek untuk sebuah tanda tangan.',
      en: 'What was written is too short for a signature.',
    },
    resident: {
      id: 'Tulis tanda tangan Anda selengkapnya, seperti di kartu, lalu tekan Selesai.',
      en: 'Write your whole signature, as on a card, then press Done.',
    },
    staff: {
      id: 'Minta warga mengulang; satu titik atau goresan bukan tanda tangan.',
      en: 'Ask the resident to sign again; a dot or a dash is no signature.',
    },
  },
} as const satisfies Entries;
