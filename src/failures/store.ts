/** The store: the encrypted database, its key, its audit chain. */
import type { Entries } from './entry.ts';

export const store = {
  'STORE-LOCKED': {
    cause: {
      id: 'Folder data sedang dipakai proses lain.',
      en: 'The data folder is in use by another process.',
    },
    staff: {
      id: 'Hentikan proses yang memakainya, atau pakai folder data lain.',
      en: 'Stop the process that uses it, or use another data folder.',
    },
  },
} as const satisfies Entries;
