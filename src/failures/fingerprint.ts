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
  'FINGER-WORKER-DIED': {
    cause: {
      id: 'Pengolah sidik jari berhenti di tengah pekerjaan; penggantinya sudah berjalan.',
      en: 'The fingerprint processor stopped in the middle of its work; another one has taken its place.',
    },
    resident: {
      id: 'Maaf, ada gangguan sebentar. Silakan tempelkan jari Anda sekali lagi.',
      en: 'Sorry, a short fault. Please lay your finger on the glass once more.',
    },
    staff: {
      id: 'Ulangi. Bila sering terjadi, periksa memori mesin dan kirim log ke teknisi.',
      en: "Repeat. If it happens often, check the machine's memory and send the log to the technician.",
    },
  },
} as const satisfies Entries;
