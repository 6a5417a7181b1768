/** The old integrated reader (`len`), a sealed box on a serial line. */
import type { Entries } from './entry.ts';

export const oldReader = {
  'OLD-NOT-FOUND': {
    cause: {
      id: 'Pembaca lama tidak ditemukan di satu pun port yang diatur.',
      en: 'The old reader answers on none of the configured ports.',
    },
    staff: {
      id: 'Periksa kabel dan daya pembaca lama, lalu ulangi pemeriksaan.',
      en: "Check the old reader's cable and power, then repeat the check.",
    },
  },
} as const satisfies Entries;
