/** Staff: who they are, their PINs, and whether they may work here today. */
import type { Entries } from './entry.ts';

export const staff = {
  'STAFF-LOGIN-REFUSED': {
    cause: {
      id: 'Nama petugas atau PIN tidak cocok.',
      en: 'The name of the member of staff and the PIN do not go together.',
    },
    staff: {
      id: 'Periksa nama dan PIN, lalu coba lagi. Beberapa kali salah akan mengunci akun.',
      en: 'Check name and PIN, then try again. Some wrong tries lock the account.',
    },
  },
  'STAFF-LOCKED': {
    cause: {
      id: 'Akun petugas terkunci karena terlalu banyak percobaan yang salah.',
      en: 'The account is locked after too many wrong tries.',
    },
    staff: {
      id: 'Tunggu sampai kuncinya berakhir, atau minta supervisor membukanya.',
      en: 'Wait until the lock ends, or have a supervisor lift it.',
    },
  },
  'STAFF-CARD-REFUSED': {
    cause: {
      id: 'Kartu petugas tidak ditempelkan atau bukan milik petugas ini.',
      en: 'The staff card was not shown, or it is not of this member of staff.',
    },
    staff: {
      id: 'Tempelkan kartu petugas Anda sendiri, lalu masukkan PIN lagi.',
      en: 'Lay down your own staff card, then enter the PIN again.',
    },
  },
  'STAFF-FINGER-REFUSED': {
    cause: {
      id: 'Sidik jari tidak cocok dengan petugas ini.',
      en: 'The finger is not of this member of staff.',
    },
    staff: {
      id: 'Masukkan PIN lagi, lalu tempelkan jari yang terdaftar.',
      en: 'Enter the PIN again, then press the finger that is enrolled.',
    },
  },
  'STAFF-FACTOR-MISSING': {
    cause: {
      id: 'Kartu atau jari petugas yang diwajibkan di sini belum didaftarkan.',
      en: 'The card or finger that is required here has not been enrolled.',
    },
    staff: {
      id: 'Minta supervisor mendaftarkan kartu atau jari Anda.',
      en: 'Have a supervisor enrol your card or finger.',
    },
  },
  'STAFF-FACTOR-DEVICE': {
    cause: {
      id: 'Anjungan ini tidak punya pembaca kartu atau pemindai jari untuk masuk petugas.',
      en: 'This kiosk has no card reader or finger sensor for the login of staff.',
    },
    staff: {
      id: 'Teknisi memasang perangkatnya, atau mengubah cara masuk di konfigurasi.',
      en: 'A technician sets the device up, or changes the login in the configuration.',
    },
  },
  'STAFF-APPOINTMENT-EXPIRED': {
    cause: {
      id: 'Surat keputusan pengangkatan petugas sudah tidak berlaku.',
      en: 'The appointment (SK) of this member of staff has expired.',
    },
    staff: {
      id: 'Minta supervisor mencatat surat keputusan yang baru.',
      en: 'Have a supervisor enter the new appointment.',
    },
  },
  'STAFF-TRAINING-EXPIRED': {
    cause: {
      id: 'Pelatihan petugas sudah tidak berlaku.',
      en: 'The training of this member of staff has expired.',
    },
    staff: {
      id: 'Ikuti pelatihan ulang, lalu minta supervisor mencatatnya.',
      en: 'Take the training again, then have a supervisor enter it.',
    },
  },
  'STAFF-NOT-ALLOWED': {
    cause: {
      id: 'Hanya supervisor yang boleh mengubah data petugas.',
      en: 'Only a supervisor may change the staff records.',
    },
    staff: { id: 'Minta supervisor melakukannya.', en: 'Have a supervisor do it.' },
  },
  'STAFF-UNKNOWN': {
    cause: { id: 'Tidak ada petugas dengan nama itu.', en: 'There is no member of staff of that name.' },
    staff: { id: 'Periksa daftar petugas.', en: 'Look at the list of staff.' },
  },
  'STAFF-EXISTS': {
    cause: {
      id: 'Nama petugas itu sudah dipakai.',
      en: 'That name of a member of staff is already used.',
    },
    staff: {
      id: 'Pilih nama lain; nama petugas yang berhenti tidak dipakai lagi.',
      en: 'Choose another; the name of somebody who left is not used again.',
    },
  },
  'STAFF-PIN-WEAK': {
    cause: {
      id: 'PIN terlalu mudah: pakai 6–12 angka, bukan angka berulang atau berurutan, dan beda dari PIN darurat.',
      en: 'The PIN is too easy: use 6 to 12 digits, neither repeated nor in sequence, and another than the duress PIN.',
    },
    staff: { id: 'Pilih PIN lain.', en: 'Choose another PIN.' },
  },
} as const satisfies Entries;
