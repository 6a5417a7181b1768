/** The code scanner: reaching it and hearing from it. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

export const codeScanner = {
  'SCANNER-ABSENT': {
    cause: { id: 'Pemindai kode tidak terpasang.', en: 'The code scanner is not connected.' },
    resident: askStaff,
    staff: {
      id: 'Periksa kabel pemindai kode, lalu namanya di berkas konfigurasi; kemudian ulangi.',
      en: "Check the code scanner's cable, then its name in the configuration file; then repeat.",
    },
  },
  'SCANNER-LOST': {
    cause: { id: 'Sambungan ke pemindai kode terputus.', en: 'The connection to the code scanner was lost.' },
    resident: askStaff,
    staff: {
      id: 'Pasang lagi kabel pemindai kode, lalu ulangi: kios menyambung sendiri.',
      en: "Plug the code scanner's cable in again, then repeat: the kiosk reconnects by itself.",
    },
  },
  'SCANNER-BUSY': {
    cause: { id: 'Pemindai kode sedang dipakai.', en: 'The code scanner is in use.' },
    resident: askStaff,
    staff: {
      id: 'Selesaikan atau batalkan pemindaian yang sedang berjalan, lalu ulangi.',
      en: 'Finish or cancel the scan that is under way, then repeat.',
    },
  },
} as const satisfies Entries;
