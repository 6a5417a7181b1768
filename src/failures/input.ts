/** Input devices of Linux (evdev, hidraw): opening and losing them. */
import type { Entries } from './entry.ts';

export const input = {
  'INPUT-ABSENT': {
    cause: {
      id: 'Perangkat masukan yang diatur tidak ada.',
      en: 'The configured input device does not exist.',
    },
    staff: {
      id: 'Periksa kabel perangkat, lalu nama perangkat (/dev/input/by-id/…) di berkas konfigurasi.',
      en: "Check the device's cable, then its name (/dev/input/by-id/…) in the configuration file.",
    },
  },
  'INPUT-FORBIDDEN': {
    cause: { id: 'Perangkat masukan tidak boleh dibuka.', en: 'The input device may not be opened.' },
    staff: {
      id: 'Masukkan pengguna kios ke grup input (hidraw: pasang aturan udev dari petunjuk), lalu jalankan lagi.',
      en: "Add the kiosk's user to the group input (hidraw: install the udev rule of the manual), then start again.",
    },
  },
  'INPUT-BUSY': {
    cause: {
      id: 'Perangkat masukan sedang dipakai program lain.',
      en: 'Another program uses the input device.',
    },
    staff: {
      id: 'Tutup program yang memakainya, dan pastikan satu perangkat hanya diatur sekali.',
      en: 'Close the program that uses it, and see that a device is configured only once.',
    },
  },
  'INPUT-OPEN-FAILED': {
    cause: { id: 'Perangkat masukan tidak dapat dibuka.', en: 'The input device cannot be opened.' },
    staff: {
      id: 'Cabut dan pasang lagi perangkat; pastikan python3 terpasang dan nama perangkat di konfigurasi benar.',
      en: 'Unplug the device and plug it in again; see that python3 is installed and that the device named in the configuration is the right one.',
    },
  },
  'INPUT-LOST': {
    cause: {
      id: 'Sambungan ke perangkat masukan terputus.',
      en: 'The connection to the input device was lost.',
    },
    staff: { id: 'Periksa kabel perangkat.', en: "Check the device's cable." },
  },
} as const satisfies Entries;
