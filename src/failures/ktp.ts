/** The chip and the SAM: every refusal in the relay between them. */
import type { Entries } from './entry.ts';

export const ktp = {
  'KTP-NOT-A-KTP': {
    cause: { id: 'Kartu ini bukan KTP-el.', en: 'This card is not a KTP-el.' },
    resident: {
      id: 'Letakkan KTP-el Anda, bukan kartu lain.',
      en: 'Lay down your KTP-el, not another card.',
    },
    staff: { id: 'Minta KTP-el pemegang.', en: "Ask for the holder's KTP-el." },
  },
} as const satisfies Entries;
