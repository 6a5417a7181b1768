/** The technician's command line and its socket. */
import type { Entries } from './entry.ts';

export const console = {
  'CONSOLE-LOST': {
    cause: { id: 'Anjungan berhenti sebelum menjawab.', en: 'The kiosk stopped before it answered.' },
    staff: {
      id: 'Periksa apakah anjungan berjalan, lalu ulangi perintah.',
      en: 'Check whether the kiosk runs, then repeat the command.',
    },
  },
  'CONSOLE-FILE-UNREADABLE': {
    cause: { id: 'Berkas tidak dapat dibaca.', en: 'The file cannot be read.' },
    staff: { id: 'Periksa nama dan hak baca berkas itu.', en: 'Check its name and the right to read it.' },
  },
  'CONSOLE-FILE-NO-PICTURE': {
    cause: {
      id: 'Berkas ini rekaman minutiae, bukan gambar.',
      en: 'The file is a minutiae record, not a picture.',
    },
    staff: {
      id: 'Beri gambar sidik jari, misalnya PNG 500 dpi.',
      en: 'Give a picture of a finger, e.g. a PNG at 500 dpi.',
    },
  },
  'CONSOLE-FILE-UNWRITABLE': {
    cause: { id: 'Berkas hasil tidak dapat ditulis.', en: 'The output file cannot be written.' },
    staff: { id: 'Periksa folder dan hak tulisnya.', en: 'Check the folder and the right to write there.' },
  },
  'CONSOLE-NO-BENCH': {
    cause: {
      id: 'Gambar jari hanya dapat diberikan ke pembaca lama yang virtual.',
      en: 'A finger image can only be given to an old reader that is virtual.',
    },
    staff: {
      id: 'Tanpa --finger, tempelkan jari pada pembaca lama.',
      en: 'Leave --finger out and press the finger on the old reader.',
    },
  },
  'CONSOLE-NO-KIOSK': {
    cause: {
      id: 'Perintah ini hanya berlaku bagi anjungan yang sedang berjalan.',
      en: 'This command is for a kiosk that runs.',
    },
    staff: {
      id: 'Jalankan anjungan dengan konfigurasi yang sama, lalu ulangi perintah.',
      en: 'Start the kiosk with the same configuration, then repeat the command.',
    },
  },
  'CONSOLE-AUDIT-BROKEN': {
    cause: { id: 'Rantai catatan audit rusak.', en: 'The audit chain is broken.' },
    staff: {
      id: 'Jangan menghapus apa pun; laporkan kepada pengawas dan simpan folder data.',
      en: 'Delete nothing; report it to the supervisor and keep the data folder.',
    },
  },
  'DISK-LOW': {
    cause: { id: 'Ruang penyimpanan kios hampir habis.', en: "The kiosk's disk is nearly full." },
    staff: {
      id: 'Kirim paket yang sudah siap ke pusat, lalu kosongkan berkas yang tidak dipakai sebelum membuka layanan.',
      en: 'Send the packets that are ready to the centre, then free space before opening.',
    },
  },
  'CLOCK-BEHIND': {
    cause: {
      id: 'Jam kios lebih awal daripada catatan terakhirnya, atau daripada program ini.',
      en: "The kiosk's clock is earlier than its own last record, or than this program.",
    },
    staff: {
      id: 'Sambungkan kios ke jaringan agar jam disetel, atau setel tanggal dan jam sebelum membuka layanan.',
      en: 'Connect the kiosk to the network so that its clock is set, or set date and time before opening.',
    },
  },
  'DISK-UNREADABLE': {
    cause: {
      id: 'Penyimpanan kios tidak dapat diperiksa.',
      en: "The kiosk's disk cannot be examined.",
    },
    staff: {
      id: 'Periksa apakah folder data terpasang dan boleh dibaca, lalu ulangi.',
      en: 'See that the data folder is mounted and can be read, then repeat.',
    },
  },
} as const satisfies Entries;
