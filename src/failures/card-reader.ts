/** The PC/SC side: readers, slots, the service behind them. */
import type { Entries } from './entry.ts';

export const cardReader = {
  'CARD-ABSENT': {
    cause: { id: 'Tidak ada kartu di pembaca.', en: 'There is no card on the reader.' },
    resident: { id: 'Letakkan KTP-el Anda di pembaca.', en: 'Lay your KTP-el on the reader.' },
    staff: {
      id: 'Letakkan kartu mendatar di pembaca dan ulangi.',
      en: 'Lay the card flat on the reader and repeat.',
    },
  },
  'CARD-REMOVED': {
    cause: {
      id: 'Kartu diangkat sebelum selesai dibaca.',
      en: 'The card was taken away before the reader had finished.',
    },
    resident: {
      id: 'Letakkan KTP-el Anda lagi dan biarkan sampai selesai.',
      en: 'Lay your KTP-el down again and leave it there until it is done.',
    },
    staff: {
      id: 'Letakkan kartu lagi dan ulangi. Bila berulang, periksa apakah kartu terletak rata.',
      en: 'Lay the card down again and repeat. If it happens again, see whether the card lies flat.',
    },
  },
  'CARD-MUTE': {
    cause: {
      id: 'Kartu tidak menjawab; chipnya mungkin rusak.',
      en: 'The card does not answer; its chip may be broken.',
    },
    resident: {
      id: 'Letakkan KTP-el Anda sekali lagi. Bila tetap tidak terbaca, panggil petugas.',
      en: 'Lay your KTP-el down once more. If it still cannot be read, call an officer.',
    },
    staff: {
      id: 'Coba balik kartu atau pakai pembaca lain. Bila semua pembaca gagal, chip rusak: ajukan cetak ulang.',
      en: 'Turn the card over or try another reader. If every reader fails, the chip is broken: ask for a reprint.',
    },
  },
  'CARD-COMM': {
    cause: {
      id: 'Hubungan antara pembaca dan kartu terganggu.',
      en: 'The connection between reader and card was disturbed.',
    },
    resident: {
      id: 'Letakkan KTP-el Anda lagi tanpa dompet atau sarungnya, dan jangan digeser.',
      en: 'Lay your KTP-el down again without its wallet or sleeve, and do not move it.',
    },
    staff: {
      id: 'Ulangi tanpa sarung kartu; jauhkan logam dan kartu lain dari pembaca.',
      en: 'Repeat without a sleeve; keep metal and other cards away from the reader.',
    },
  },
  'CARD-TIMEOUT': {
    cause: {
      id: 'Kartu tidak menjawab perintah dalam waktunya.',
      en: 'The card did not answer a command in time.',
    },
    resident: {
      id: 'Angkat KTP-el Anda, lalu letakkan lagi.',
      en: 'Take your KTP-el away, then lay it down again.',
    },
    staff: {
      id: 'Angkat kartu, letakkan lagi dan ulangi. Bila semua kartu begitu, cabut dan pasang pembaca.',
      en: 'Take the card away, lay it down again and repeat. If every card does so, replug the reader.',
    },
  },
  'CARD-ABORTED': {
    cause: { id: 'Pembacaan kartu dibatalkan.', en: 'Working with the card was cancelled.' },
    staff: { id: 'Mulai lagi bila perlu.', en: 'Start again if need be.' },
  },
  'CARD-READER-LOST': {
    cause: {
      id: 'Pembaca kartu tidak terhubung.',
      en: 'The card reader is not connected.',
    },
    staff: {
      id: 'Periksa kabel pembaca. Bila terpasang, cocokkan isian "chip" di konfigurasi dengan nama dari pcsc_scan.',
      en: 'Check the reader\'s cable. If it is plugged in, compare "chip" in the configuration with the names of pcsc_scan.',
    },
  },
  'CARD-READER-TIMEOUT': {
    cause: {
      id: 'Pembaca kartu tidak menanggapi.',
      en: 'The card reader does not react.',
    },
    staff: {
      id: 'Tunggu beberapa detik dan ulangi. Bila berulang, cabut dan pasang pembaca.',
      en: 'Wait a few seconds and repeat. If it happens again, replug the reader.',
    },
  },
  'CARD-READER-SHARED': {
    cause: {
      id: 'Program lain sedang memakai pembaca kartu.',
      en: 'Another program is using the card reader.',
    },
    staff: {
      id: 'Tutup program lain yang memakai pembaca (misalnya gpg-agent, peramban, kios kedua) dan ulangi.',
      en: 'Close the other program that uses the reader (gpg-agent, a browser, a second kiosk) and repeat.',
    },
  },
  'CARD-SERVICE-ABSENT': {
    cause: {
      id: 'Layanan kartu (pcscd) tidak berjalan.',
      en: 'The card service (pcscd) is not running.',
    },
    staff: {
      id: 'Kios menyambung sendiri begitu layanan kembali. Bila tidak kembali: sudo systemctl restart pcscd.',
      en: 'The kiosk connects by itself when the service is back. If it does not come back: sudo systemctl restart pcscd.',
    },
  },
  'CARD-HELPER-ENDED': {
    cause: {
      id: 'Bagian program yang berbicara dengan pembaca kartu berhenti dan dimulai ulang.',
      en: 'The part of the program that speaks to the card reader ended and is being started again.',
    },
    staff: {
      id: 'Ulangi. Bila berulang, jalankan scripts/setup dan lihat catatan (log) kios.',
      en: "Repeat. If it happens again, run scripts/setup and look at the kiosk's log.",
    },
  },
  'CARD-SAM-ABSENT': {
    cause: {
      id: 'Tidak ada SAM di pembaca.',
      en: 'There is no SAM in the reader.',
    },
    staff: {
      id: 'Pasang SAM di slotnya. Bila terpasang, cocokkan isian "sam" di konfigurasi dengan nama dari pcsc_scan.',
      en: 'Put the SAM into its slot. If it is there, compare "sam" in the configuration with the names of pcsc_scan.',
    },
  },
  'CARD-SAM-GONE': {
    cause: {
      id: 'SAM terlepas atau kehilangan daya saat dipakai.',
      en: 'The SAM was pulled or lost its power while it was in use.',
    },
    staff: { id: 'Pasang SAM dengan benar dan ulangi.', en: 'Seat the SAM properly and repeat.' },
  },
  'CARD-SAM-MUTE': {
    cause: { id: 'SAM tidak menjawab saat dinyalakan.', en: 'The SAM does not answer its reset.' },
    staff: {
      id: 'Lepas SAM, bersihkan kontaknya, pasang lagi. Bila tetap, mintakan SAM pengganti.',
      en: 'Take the SAM out, clean its contacts, put it back. If nothing changes, ask for another SAM.',
    },
  },
  'CARD-SAM-COMM': {
    cause: { id: 'Hubungan dengan SAM terganggu.', en: 'The connection to the SAM was disturbed.' },
    staff: {
      id: 'Ulangi. Bila berulang, bersihkan kontak SAM dan pasang lagi.',
      en: "Repeat. If it happens again, clean the SAM's contacts and put it back.",
    },
  },
  'CARD-SAM-TIMEOUT': {
    cause: {
      id: 'SAM tidak menjawab perintah dalam waktunya.',
      en: 'The SAM did not answer a command in time.',
    },
    staff: {
      id: 'Ulangi. Bila berulang, cabut dan pasang pembaca.',
      en: 'Repeat. If it happens again, replug the reader.',
    },
  },
  'CARD-SAM-ESCAPE': {
    cause: {
      id: 'Pembaca menolak perintah untuk memilih slot SAM.',
      en: 'The reader refused the command that chooses its SAM slot.',
    },
    staff: {
      id: 'Periksa "samSlotCommand" di konfigurasi dan ifdDriverOptions (0x0001) di Info.plist penggerak CCID.',
      en: 'Check "samSlotCommand" in the configuration and ifdDriverOptions (0x0001) in the Info.plist of the CCID driver.',
    },
  },
} as const satisfies Entries;
