/** The activation desk: verification, activation, comparison. */
import type { Entries } from './entry.ts';

export const desk = {
  'DESK-CANCELLED': {
    cause: { id: 'Petugas membatalkan.', en: 'The officer cancelled.' },
    staff: { id: 'Mulai lagi bila perlu.', en: 'Start again when needed.' },
  },
} as const satisfies Entries;
