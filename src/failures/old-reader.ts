/** The old integrated reader (`len`), a sealed box on a serial line. Its own texts are not standardised. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

export const oldReader = {
  'OLD-NOT-FOUND': {
    cause: {
      id: 'Pembaca lama tidak ditemukan di satu pun port yang diatur.',
      en: 'The old reader answers on none of the configured ports.',
    },
    resident: askStaff,
    staff: {
      id: 'Periksa kabel dan daya pembaca lama, lalu ulangi pemeriksaan.',
      en: "Check the old reader's cable and power, then repeat the check.",
    },
  },
  'OLD-LOST': {
    cause: { id: 'Sambungan ke pembaca lama terputus.', en: 'The connection to the old reader was lost.' },
    resident: askStaff,
    staff: {
      id: 'Pasang lagi kabel pembaca lama; kios menemukannya sendiri. Lalu ulangi dari awal.',
      en: "Plug the old reader's cable in again; the kiosk finds it by itself. Then start over.",
    },
  },
  'OLD-SILENT': {
    cause: { id: 'Pembaca lama tidak menjawab.', en: 'The old reader does not answer.' },
    resident: askStaff,
    staff: {
      id: 'Ulangi; bila tetap diam, matikan dan nyalakan pembaca lama.',
      en: 'Repeat; if it stays silent, switch the old reader off and on.',
    },
  },
  'OLD-GARBLED': {
    cause: {
      id: 'Jawaban pembaca lama tidak dapat dimengerti.',
      en: "The old reader's answer makes no sense.",
    },
    resident: askStaff,
    staff: {
      id: 'Ulangi; bila berulang, ganti kabel pembaca lama dan jauhkan dari sumber gangguan listrik.',
      en: "Repeat; if it happens again, change the old reader's cable and keep it away from electrical noise.",
    },
  },
  'OLD-BUSY': {
    cause: {
      id: 'Pembaca lama masih mengerjakan perintah sebelumnya.',
      en: 'The old reader is still busy with an earlier command.',
    },
    resident: askStaff,
    staff: {
      id: 'Tunggu beberapa detik dan ulangi; tutup program lain yang memakai pembaca ini.',
      en: 'Wait a few seconds and repeat; close other programs that use this reader.',
    },
  },
  'OLD-NOT-OPEN': {
    cause: { id: 'Pembaca lama tidak mau dibuka.', en: 'The old reader does not open.' },
    resident: askStaff,
    staff: {
      id: 'Ulangi; bila tetap gagal, matikan dan nyalakan pembaca lama.',
      en: 'Repeat; if it fails again, switch the old reader off and on.',
    },
  },
  'OLD-FAULT': {
    cause: {
      id: 'Pembaca lama melaporkan kerusakan pada SAM, sensor, atau alatnya sendiri.',
      en: 'The old reader reports a fault of its SAM, its sensor or itself.',
    },
    resident: askStaff,
    staff: {
      id: 'Matikan dan nyalakan pembaca lama; bila berulang, pakai pembaca lain dan panggil teknisi.',
      en: 'Switch the old reader off and on; if it happens again, use another reader and call the technician.',
    },
  },
  'OLD-GENERATION-ONLY': {
    cause: {
      id: 'Firmware pembaca ini hanya mengenal KTP-el generasi lama.',
      en: "This reader's firmware knows the old card generation only.",
    },
    resident: {
      id: 'KTP-el Anda baik. Pembaca ini terlalu lama untuk kartu Anda; mohon pakai pembaca baru.',
      en: 'Your KTP-el is fine. This reader is too old for it; please use the new reader.',
    },
    staff: {
      id: 'Pakai pembaca baru; mintakan pembaruan firmware untuk pembaca lama.',
      en: 'Use the new reader; ask for a firmware update of the old one.',
    },
  },
  'OLD-CARD-REFUSED': {
    cause: { id: 'Pembaca lama menolak kartu ini.', en: 'The old reader refused this card.' },
    resident: {
      id: 'Letakkan kembali KTP-el Anda; bila tetap ditolak, petugas akan memakai pembaca lain.',
      en: 'Lay your KTP-el down again; if it is refused again, the staff will use another reader.',
    },
    staff: {
      id: 'Pembaca tidak menyebut sebabnya. Paling mungkin: kartu generasi baru pada firmware lama; tipe kartu (A atau B) yang tidak didukung; kartu rusak atau bukan KTP-el. Coba di pembaca baru: bila terbaca di sana, kartunya baik.',
      en: 'The reader does not say why. Most likely: a card of the new generation on old firmware; a card type (A or B) that it does not handle; a broken card or no KTP-el. Try the new reader: if it reads there, the card is fine.',
    },
  },
  'OLD-CARD-TYPE': {
    cause: {
      id: 'Pembaca ini tidak mendukung tipe kartu ini (A atau B).',
      en: 'This reader does not handle this type of card (A or B).',
    },
    resident: {
      id: 'KTP-el Anda baik. Pembaca ini tidak cocok untuknya; mohon pakai pembaca baru.',
      en: 'Your KTP-el is fine. This reader does not suit it; please use the new reader.',
    },
    staff: { id: 'Pakai pembaca baru untuk kartu ini.', en: 'Use the new reader for this card.' },
  },
  'OLD-NO-FINGER': {
    cause: {
      id: 'Pembaca lama tidak menemukan sidik jari di kartu ini.',
      en: 'The old reader finds no finger on this card.',
    },
    resident: askStaff,
    staff: {
      id: 'Pemegang tidak dapat dicocokkan di pembaca ini; pakai pembaca baru.',
      en: 'The holder cannot be matched on this reader; use the new reader.',
    },
  },
  'OLD-TIMED-OUT': {
    cause: {
      id: 'Pembaca lama tidak selesai membaca kartu pada waktunya.',
      en: 'The old reader did not finish reading the card in time.',
    },
    resident: {
      id: 'Biarkan KTP-el Anda di pembaca, lalu tunggu.',
      en: 'Leave your KTP-el on the reader, please, and wait.',
    },
    staff: {
      id: 'Pastikan kartu terletak mendatar di pembaca, lalu ulangi.',
      en: 'See that the card lies flat on the reader, then repeat.',
    },
  },
  'OLD-FINGER-REFUSED': {
    cause: { id: 'Pembaca lama menolak jari ini.', en: 'The old reader refused this finger.' },
    resident: {
      id: 'Bersihkan jari yang diminta, lalu letakkan lagi pada pembaca lama.',
      en: 'Clean the finger asked for, then place it on the old reader again.',
    },
    staff: {
      id: 'Ulangi dengan jari lain yang tersimpan di kartu; bila tetap ditolak, pakai pembaca baru.',
      en: 'Repeat with the other finger on the card; if it is refused too, use the new reader.',
    },
  },
  'OLD-NOT-MATCHED': {
    cause: {
      id: 'Pembaca lama memberi biodata hanya setelah sidik jari cocok.',
      en: 'The old reader gives the biodata only after a match.',
    },
    staff: {
      id: 'Cocokkan sidik jari pemegang lebih dahulu.',
      en: "Match the holder's finger first.",
    },
  },
  'OLD-OPERATOR-REFUSED': {
    cause: { id: 'Pembaca lama menolak petugas ini.', en: 'The old reader refused this operator.' },
    staff: {
      id: 'Periksa id petugas (huruf dan angka tanpa # dan ;) serta NIK-nya.',
      en: "Check the operator's id (letters and digits, without # and ;) and NIK.",
    },
  },
  'OLD-BIODATA-INVALID': {
    cause: {
      id: 'Biodata dari pembaca lama rusak.',
      en: 'The biodata from the old reader is torn.',
    },
    staff: {
      id: 'Ulangi sekali; bila tetap gagal, baca kartu di pembaca baru.',
      en: 'Repeat once; if it fails again, read the card on the new reader.',
    },
  },
  'OLD-REFUSED': {
    cause: { id: 'Pembaca lama menolak perintah.', en: 'The old reader refused a command.' },
    resident: askStaff,
    staff: {
      id: 'Ulangi; bila berulang, catat teks pembaca pada rincian dan panggil teknisi.',
      en: "Repeat; if it happens again, note the reader's text in the detail and call the technician.",
    },
  },
  'OLD-CANCELLED': {
    cause: {
      id: 'Perintah ke pembaca lama dibatalkan.',
      en: 'The command to the old reader was cancelled.',
    },
    staff: { id: 'Mulai lagi bila perlu.', en: 'Start again when needed.' },
  },
} as const satisfies Entries;
