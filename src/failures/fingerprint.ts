/** Fingerprints: the image, its quality, the minutiae record, the match. */
import type { Entries } from './entry.ts';

export const fingerprint = {
  'FINGER-NONE': {
    cause: { id: 'Tidak ada jari di kaca pembaca.', en: 'There is no finger on the glass.' },
    resident: {
      id: 'Letakkan jari Anda di kaca, tekan lembut, lalu tahan sebentar.',
      en: 'Lay your finger on the glass, press gently and hold it for a moment.',
    },
    staff: {
      id: 'Tunjukkan kepada warga cara meletakkan jari.',
      en: 'Show the resident how to lay the finger.',
    },
  },
  'FINGER-NOT-A-FINGER': {
    cause: { id: 'Yang ada di kaca bukan jari.', en: 'What lies on the glass is not a finger.' },
    resident: {
      id: 'Letakkan jari Anda langsung di kaca, tanpa sarung tangan atau benda lain.',
      en: 'Lay your bare finger on the glass, without a glove or anything between.',
    },
    staff: {
      id: 'Bersihkan kaca dan pastikan hanya jari warga yang menempel.',
      en: "Clean the glass and make sure that only the resident's finger lies on it.",
    },
  },
  'FINGER-PARTIAL': {
    cause: { id: 'Hanya sebagian sidik jari yang terlihat.', en: 'Only part of the fingerprint is seen.' },
    resident: {
      id: 'Letakkan jari lebih rata dan tekan sedikit lebih kuat, supaya seluruh ujung jari menempel.',
      en: 'Lay the finger flatter and press a little more, so that the whole fingertip touches.',
    },
    staff: {
      id: 'Bantu warga meratakan jari di kaca.',
      en: 'Help the resident to lay the finger flat.',
    },
  },
  'FINGER-OFF-CENTRE': {
    cause: { id: 'Jari tidak di tengah kaca.', en: 'The finger is not in the middle of the glass.' },
    resident: {
      id: 'Geser jari Anda ke tengah kaca.',
      en: 'Move your finger to the middle of the glass.',
    },
    staff: {
      id: 'Tunjukkan letak tengah kaca kepada warga.',
      en: 'Show the resident where the middle of the glass is.',
    },
  },
  'FINGER-ROTATED': {
    cause: { id: 'Jari miring.', en: 'The finger is turned.' },
    resident: {
      id: 'Luruskan jari Anda ke arah depan.',
      en: 'Point your finger straight ahead.',
    },
    staff: {
      id: 'Minta warga berdiri tegak di depan pembaca.',
      en: 'Ask the resident to stand straight in front of the reader.',
    },
  },
  'FINGER-MOVED': {
    cause: { id: 'Jari bergerak di kaca.', en: 'The finger moved on the glass.' },
    resident: {
      id: 'Letakkan jari Anda di kaca, lalu tahan diam sebentar.',
      en: 'Lay your finger on the glass and keep it still for a moment.',
    },
    staff: {
      id: 'Minta warga menumpukan tangannya, supaya jari tidak bergeser.',
      en: 'Ask the resident to rest the hand, so that the finger does not slide.',
    },
  },
  'FINGER-TOO-DRY': {
    cause: { id: 'Jari terlalu kering.', en: 'The finger is too dry.' },
    resident: {
      id: 'Jari Anda kering. Usapkan ke dahi atau pakai sedikit pelembap, lalu coba lagi.',
      en: 'Your finger is dry. Rub it on your forehead or use a little lotion, then try again.',
    },
    staff: {
      id: 'Sediakan pelembap atau lap basah, lalu ulangi.',
      en: 'Offer lotion or a damp cloth, then repeat.',
    },
  },
  'FINGER-TOO-WET': {
    cause: { id: 'Jari basah atau ditekan terlalu kuat.', en: 'The finger is wet or pressed too hard.' },
    resident: {
      id: 'Keringkan jari Anda dengan tisu, lalu tekan lebih lembut.',
      en: 'Dry your finger with a tissue, then press more gently.',
    },
    staff: {
      id: 'Sediakan tisu kering; minta warga menekan lembut.',
      en: 'Offer a dry tissue; ask the resident to press gently.',
    },
  },
  'FINGER-GLASS-DIRTY': {
    cause: { id: 'Ada bekas di kaca pembaca.', en: 'There are traces on the glass.' },
    resident: {
      id: 'Tunggu sebentar, kaca perlu dibersihkan.',
      en: 'One moment, the glass needs cleaning.',
    },
    staff: {
      id: 'Lap kaca dengan kain lembut yang kering, lalu ulangi.',
      en: 'Wipe the glass with a soft dry cloth, then repeat.',
    },
  },
  'FINGER-WORN': {
    cause: { id: 'Guratan sidik jari kurang jelas.', en: 'The ridges are not clear.' },
    resident: {
      id: 'Guratan jari ini kurang jelas. Coba sekali lagi, atau pakai jari lain yang diminta di layar.',
      en: 'The ridges of this finger are faint. Try once more, or use the other finger named on the screen.',
    },
    staff: {
      id: 'Coba jari lain; bila semua kurang jelas, catat sebagai pengecualian.',
      en: 'Try another finger; if all are faint, record an exception.',
    },
  },
  'FINGER-NO-MATCH': {
    cause: {
      id: 'Sidik jari tidak cocok dengan yang tersimpan.',
      en: 'The fingerprint does not match the stored one.',
    },
    resident: {
      id: 'Sidik jari belum cocok. Coba lagi, atau pakai jari lain yang diminta di layar.',
      en: 'The fingerprint does not match yet. Try again, or use the other finger named on the screen.',
    },
    staff: {
      id: 'Pastikan jari yang benar, bersih dan kering, lalu ulangi.',
      en: 'Make sure it is the right finger, clean and dry, then repeat.',
    },
  },
  'FINGER-RECORD-INVALID': {
    cause: {
      id: 'Rekaman minutiae rusak atau bukan ISO/IEC 19794-2.',
      en: 'The minutiae record is torn or is not ISO/IEC 19794-2.',
    },
    staff: {
      id: 'Baca kartu sekali lagi; bila tetap gagal, catat sebagai sengketa kartu.',
      en: 'Read the card once more; if it fails again, record a dispute.',
    },
  },
} as const satisfies Entries;
