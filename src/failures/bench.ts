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
  'BENCH-PCSCD-START': {
    cause: { id: 'Layanan kartu (pcscd) tidak dapat dijalankan.', en: 'pcscd could not be started.' },
    staff: {
      id: 'Pasang pcscd dan libccid, dan jalankan sebagai root atau dengan sudo tanpa sandi.',
      en: 'Install pcscd and libccid, and run as root or with sudo that asks for no password.',
    },
  },
  'BENCH-PTY': {
    cause: {
      id: 'Jalur serial virtual tidak dapat dibuat.',
      en: 'A virtual serial line could not be made.',
    },
    staff: {
      id: 'Pasang socat dan periksa izin menulis pada folder data.',
      en: 'Install socat and check that the data folder can be written.',
    },
  },
  'BENCH-FIFO': {
    cause: {
      id: 'Pipa kamera virtual tidak dapat dibuat.',
      en: 'The pipe of a virtual camera could not be made.',
    },
    staff: {
      id: 'Periksa izin menulis pada folder data, dan bahwa disknya mendukung FIFO.',
      en: 'Check that the data folder can be written and that its disk takes FIFOs.',
    },
  },
  'BENCH-RUNNING': {
    cause: {
      id: 'Perangkat virtual sudah berjalan dengan folder data ini.',
      en: 'Virtual devices already run with this data folder.',
    },
    staff: {
      id: 'Pakai kios yang sedang berjalan, atau hentikan dahulu.',
      en: 'Use the kiosk that is running, or stop it first.',
    },
  },
  'BENCH-ENDED': {
    cause: { id: 'Perangkat virtual telah berhenti.', en: 'The virtual devices have ended.' },
    staff: { id: 'Jalankan kios lagi.', en: 'Start the kiosk again.' },
  },
  'BENCH-COMMAND-INVALID': {
    cause: {
      id: 'Perintah untuk perangkat virtual tidak dapat dijalankan.',
      en: 'A command for the virtual devices cannot be carried out.',
    },
    staff: {
      id: 'Periksa nama kartu, pembaca, atau jari pada perintah itu.',
      en: 'Check the names of card, reader or finger in the command.',
    },
  },
  'BENCH-IMAGE-UNREADABLE': {
    cause: {
      id: 'Gambar sidik jari tidak dapat dibaca.',
      en: 'The picture of the finger cannot be read.',
    },
    staff: {
      id: 'Berikan berkas PNG sidik jari 500 dpi.',
      en: 'Give a PNG file of a fingerprint at 500 dpi.',
    },
  },
} as const satisfies Entries;
