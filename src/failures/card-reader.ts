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
} as const satisfies Entries;
