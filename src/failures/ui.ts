/** The screens: what the server refuses. */
import type { Entries } from './entry.ts';

export const ui = {
  'UI-INTENT-INVALID': {
    cause: { id: 'Perintah layar tidak dikenali.', en: 'The screen sent a command that is not known.' },
    staff: { id: 'Muat ulang halaman.', en: 'Reload the page.' },
  },
} as const satisfies Entries;
