/** The bench: the virtual devices and what they need of the machine. */
import type { Entries } from './entry.ts';

export const bench = {
  'BENCH-PCSCD-RUNNING': {
    cause: {
      id: 'Layanan kartu (pcscd) lain sudah berjalan di mesin ini, sehingga pembaca virtual tidak dapat ditambahkan.',
      en: 'Another pcscd already runs on this machine, so the virtual readers cannot be added.',
    },
    staff: {
      id: 'Hentikan layanan itu sendiri (sudo systemctl stop pcscd.socket pcscd), atau pakai pembaca sungguhan dengan --config config/pi.json.',
      en: 'Stop it yourself (sudo systemctl stop pcscd.socket pcscd), or use real readers with --config config/pi.json.',
    },
  },
} as const satisfies Entries;
