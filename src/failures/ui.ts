/** The screens: what the server refuses. */
import type { Entries } from './entry.ts';

export const ui = {
  'UI-INTENT-INVALID': {
    cause: { id: 'Perintah layar tidak dikenali.', en: 'The screen sent a command that is not known.' },
    staff: { id: 'Muat ulang halaman.', en: 'Reload the page.' },
  },
  'UI-KEY-WRONG': {
    cause: {
      id: 'Kunci layar ini tidak berlaku; kunci berganti setiap kali anjungan dinyalakan.',
      en: 'The key of this screen is not valid; it changes each time the kiosk starts.',
    },
    staff: {
      id: 'Buka alamat yang ditulis anjungan ketika dinyalakan.',
      en: 'Open the address that the kiosk printed when it started.',
    },
  },
  'UI-ORIGIN-REFUSED': {
    cause: {
      id: 'Permintaan datang dari halaman lain, bukan dari layar anjungan.',
      en: 'The request came from another page than the screen of the kiosk.',
    },
    staff: {
      id: 'Buka alamat yang ditulis anjungan, langsung di mesin ini.',
      en: 'Open the address that the kiosk printed, on this machine.',
    },
  },
  'UI-NOT-FOUND': {
    cause: {
      id: 'Yang diminta tidak ada, atau kasusnya sudah ditutup.',
      en: 'There is no such thing, or its case is closed.',
    },
    staff: { id: 'Muat ulang halaman.', en: 'Reload the page.' },
  },
  'UI-TOO-FAST': {
    cause: { id: 'Terlalu banyak perintah dalam waktu singkat.', en: 'Too many commands in a short time.' },
    staff: { id: 'Tunggu satu detik, lalu ulangi.', en: 'Wait a second, then repeat.' },
  },
  'UI-TOO-MANY-SCREENS': {
    cause: { id: 'Terlalu banyak layar terbuka sekaligus.', en: 'Too many screens are open at once.' },
    staff: { id: 'Tutup halaman yang tidak dipakai.', en: 'Close the pages that are not used.' },
  },
  'UI-NOT-ALLOWED': {
    cause: { id: 'Layar ini tidak berhak melakukan itu.', en: 'This screen may not do that.' },
    staff: { id: 'Minta petugas yang berhak.', en: 'Ask a member of staff who may.' },
  },
  'UI-OTHER-CARD': {
    cause: {
      id: 'Kartu yang terlihat di layar bukan lagi kartu yang sedang diperiksa.',
      en: 'The card seen on the screen is no longer the one at hand.',
    },
    staff: {
      id: 'Lihat foto dan nama sekali lagi, lalu ulangi bila benar.',
      en: 'Look at photo and name again, then repeat if they are right.',
    },
  },
  'UI-PORT-BUSY': {
    cause: {
      id: 'Port layar sudah dipakai program lain.',
      en: "The screens' port is in use by another program.",
    },
    staff: {
      id: 'Hentikan program itu, atau ganti screens.port dalam konfigurasi.',
      en: 'Stop that program, or change screens.port in the configuration.',
    },
  },
  'UI-PAGE-MISSING': {
    cause: { id: 'Halaman layar belum dibangun.', en: 'The page has not been built.' },
    staff: { id: 'Jalankan npm start, yang membangunnya.', en: 'Run npm start, which builds it.' },
  },
} as const satisfies Entries;
