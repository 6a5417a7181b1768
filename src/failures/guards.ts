/** Guards: a print that is not what it is given as. */
import type { Entries } from './entry.ts';

export const guards = {
  'GUARD-FINGER-REPEATED': {
    cause: {
      id: 'Satu jari direkam pada dua posisi.',
      en: 'One finger was captured under two positions.',
    },
    resident: {
      id: 'Jari ini sepertinya sudah direkam. Silakan tempelkan jari yang diminta di layar.',
      en: 'This finger seems to be recorded already. Please lay down the finger named on the screen.',
    },
    staff: {
      id: 'Rekam ulang kedua posisi itu sambil memperhatikan jari warga.',
      en: "Capture both positions again and watch the resident's fingers.",
    },
  },
  'GUARD-HAND-REPEATED': {
    cause: { id: 'Satu tangan direkam dua kali.', en: 'One hand was captured twice.' },
    resident: {
      id: 'Tangan ini sepertinya sudah direkam. Silakan pakai tangan yang satunya.',
      en: 'This hand seems to be recorded already. Please use the other hand.',
    },
    staff: {
      id: 'Pastikan tangan mana yang benar, lalu rekam ulang tangan yang keliru.',
      en: 'Find out which hand is right and capture the wrong one again.',
    },
  },
  'GUARD-HANDS-SWAPPED': {
    cause: { id: 'Tangan kanan dan kiri tertukar.', en: 'Right and left hand are swapped.' },
    resident: {
      id: 'Tangan kanan dan kiri sepertinya tertukar. Silakan ulangi sesuai gambar di layar.',
      en: 'Right and left hand seem to be swapped. Please repeat as the screen shows.',
    },
    staff: {
      id: 'Rekam ulang kedua tangan. Bila tetap tertukar, data yang lama mungkin keliru: catat sebagai sengketa.',
      en: 'Capture both hands again. If they still seem swapped, the older data may be wrong: record a dispute.',
    },
  },
  'GUARD-OPERATOR-FINGER': {
    cause: {
      id: 'Sidik jari yang direkam mirip milik petugas yang sedang bertugas.',
      en: 'The captured print resembles that of an operator on duty.',
    },
    staff: {
      id: 'Rekam ulang dengan jari warga sendiri. Bila terulang, panggil supervisor.',
      en: "Capture again with the resident's own finger. If it happens again, call the supervisor.",
    },
  },
  'GUARD-RECENT-FINGER': {
    cause: {
      id: 'Sidik jari yang direkam mirip milik warga dari sesi sebelumnya.',
      en: 'The captured print resembles that of the resident of an earlier session.',
    },
    staff: {
      id: 'Periksa identitas warga dan rekam ulang. Bila terulang, panggil supervisor.',
      en: "Check the resident's identity and capture again. If it happens again, call the supervisor.",
    },
  },
  'GUARD-REPLAY': {
    cause: {
      id: 'Gambar sidik jari ini sama dengan gambar yang sudah pernah diterima.',
      en: 'This fingerprint image is one that was received before.',
    },
    resident: {
      id: 'Silakan angkat jari Anda, lalu tempelkan sekali lagi.',
      en: 'Please lift your finger and lay it down once more.',
    },
    staff: {
      id: 'Ulangi dengan jari warga di kaca. Bila terulang, hentikan sesi dan lapor teknisi: alat mungkin diganti atau disusupi.',
      en: "Repeat with the resident's finger on the glass. If it happens again, stop and tell the technician: the device may have been replaced or tampered with.",
    },
  },
} as const satisfies Entries;
