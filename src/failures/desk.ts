/** The activation desk: verification, activation, comparison. */
import type { Entries } from './entry.ts';

export const desk = {
  'DESK-CANCELLED': {
    cause: { id: 'Pekerjaan dihentikan.', en: 'The work was broken off.' },
    staff: { id: 'Mulai lagi bila perlu.', en: 'Start again when needed.' },
  },
  'DESK-NOT-NOW': {
    cause: { id: 'Meja layanan sedang mengerjakan hal lain.', en: 'The desk is at something else.' },
    staff: {
      id: 'Selesaikan atau hentikan pekerjaan di layar, lalu ulangi.',
      en: 'Finish or break off the work on the screen, then repeat.',
    },
  },
  'DESK-READER-UNKNOWN': {
    cause: { id: 'Tidak ada pembaca dengan nama itu.', en: 'There is no reader of that name.' },
    staff: {
      id: 'Pakai salah satu nama pembaca di berkas konfigurasi.',
      en: 'Use one of the reader ids of the configuration.',
    },
  },
  'DESK-SEALED-READER': {
    cause: {
      id: 'Pembaca lama hanya dapat mencocokkan jari; isi kartu dan aktivasi tidak dibukanya.',
      en: 'The old reader only matches a finger; it opens neither the content of the card nor its activation.',
    },
    staff: {
      id: 'Pakai verifikasi di pembaca lama, atau letakkan kartu di pembaca baru.',
      en: 'Use verification on the old reader, or lay the card on the new reader.',
    },
  },
  'DESK-OPEN-READER': {
    cause: { id: 'Pembaca ini bukan pembaca lama.', en: 'This reader is not an old one.' },
    staff: { id: 'Pilih pembaca lama.', en: 'Choose the old reader.' },
  },
  'DESK-NO-CARD': {
    cause: { id: 'Tidak ada kartu yang diletakkan.', en: 'No card was laid down.' },
    resident: { id: 'Letakkan KTP-el Anda di pembaca.', en: 'Lay your KTP-el on the reader.' },
    staff: {
      id: 'Letakkan kartu mendatar di tengah pembaca, lalu ulangi.',
      en: 'Lay the card flat on the middle of the reader, then repeat.',
    },
  },
  'DESK-READ-TOO-LONG': {
    cause: { id: 'Membaca kartu terlalu lama.', en: 'Reading the card took too long.' },
    resident: { id: 'Jangan menggerakkan kartu.', en: 'Do not move the card.' },
    staff: {
      id: 'Lepas sampul kartu, letakkan mendatar, lalu ulangi. Bila tetap gagal, coba pembaca lain.',
      en: 'Take the card out of its sleeve, lay it flat, then repeat. If it fails again, try another reader.',
    },
  },
  'DESK-NO-FINGER': {
    cause: { id: 'Tidak ada jari yang ditempelkan.', en: 'No finger was pressed.' },
    resident: {
      id: 'Tempelkan jari yang diminta di pemindai.',
      en: 'Press the finger that is asked for on the scanner.',
    },
    staff: {
      id: 'Tunjukkan jari yang diminta, lalu ulangi. Bila pemegang tidak dapat, panggil pengawas.',
      en: 'Show which finger is asked for, then repeat. If the holder cannot, call the supervisor.',
    },
  },
  'DESK-ACTIVATION-UNKNOWN': {
    cause: {
      id: 'Kartu terangkat saat diaktifkan; belum diketahui apakah kartu sudah aktif.',
      en: 'The card left while it was being activated; nobody knows yet whether it is active.',
    },
    resident: {
      id: 'Tunggu, kartu Anda perlu dibaca sekali lagi.',
      en: 'Please wait, your card must be read once more.',
    },
    staff: {
      id: 'Letakkan kartu yang sama di pembaca dan verifikasi lagi: keadaannya akan terbaca.',
      en: 'Lay the same card on the reader and verify it again: its state will be read.',
    },
  },
  'DESK-NOT-VERIFIED': {
    cause: {
      id: 'Kartu hanya diaktifkan setelah jari pemegang cocok dan kartu terbukti asli.',
      en: "A card is only activated after the holder's finger matched and the card proved genuine.",
    },
    staff: { id: 'Verifikasi pemegang lebih dahulu.', en: 'Verify the holder first.' },
  },
  'DESK-NO-SENSOR': {
    cause: { id: 'Tidak ada pemindai sidik jari yang diatur.', en: 'No finger sensor is configured.' },
    staff: {
      id: 'Minta teknisi mengatur pemindai sidik jari, atau pakai pembaca lama.',
      en: 'Have the technician configure a finger sensor, or use the old reader.',
    },
  },
  'DESK-MINUTIAE-UNKNOWN': {
    cause: {
      id: 'Sidik jari di kartu ini tersimpan dalam bentuk yang tidak dikenali.',
      en: 'The fingers on this card are stored in a form that is not known.',
    },
    resident: {
      id: 'Petugas akan memeriksa dengan cara lain.',
      en: 'The officer will check in another way.',
    },
    staff: {
      id: 'Coba verifikasi di pembaca lama, atau panggil pengawas.',
      en: 'Try verification on the old reader, or call the supervisor.',
    },
  },
  'DESK-SAM-OTHER': {
    cause: {
      id: 'SAM di pembaca bukan SAM yang terdaftar di anjungan ini.',
      en: 'The SAM in the reader is not the one bound to this kiosk.',
    },
    staff: {
      id: 'Pasang kembali SAM semula, atau minta teknisi menjalankan: kiosk sam confirm.',
      en: 'Put the former SAM back, or have the technician run: kiosk sam confirm.',
    },
  },
} as const satisfies Entries;
