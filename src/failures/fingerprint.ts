/** Fingerprints: the sensor, the image, the minutiae record, the match. */
import type { Entries } from './entry.ts';

export const fingerprint = {
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
