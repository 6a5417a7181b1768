/** What is plugged into the kiosk: devices nobody allowed, and USB sticks. */
import type { Entries } from './entry.ts';

const anotherStick = {
  id: 'Pakai stik USB yang disiapkan oleh pusat data; jangan menyalin berkas sendiri ke dalamnya.',
  en: 'Use a USB stick that the data centre has prepared; copy no files onto it yourself.',
};

export const usb = {
  'USB-REFUSAL-FAILED': {
    cause: {
      id: 'Perangkat asing terpasang dan tidak dapat dimatikan oleh kios.',
      en: 'A foreign device is plugged in and the kiosk cannot switch it off.',
    },
    staff: {
      id: 'Cabut perangkat itu. Beri kios hak menulis "authorized" di /sys/bus/usb/devices (lihat petunjuk).',
      en: 'Unplug that device. Let the kiosk write "authorized" in /sys/bus/usb/devices (see the manual).',
    },
  },
  'STICK-MOUNT-FAILED': {
    cause: { id: 'Stik USB tidak dapat dibaca.', en: 'The USB stick cannot be mounted.' },
    staff: {
      id: 'Pakai stik dengan format FAT32 atau exFAT, dan jalankan kios dengan hak untuk mount.',
      en: 'Use a stick formatted as FAT32 or exFAT, and run the kiosk with the right to mount.',
    },
  },
  'STICK-MANIFEST-INVALID': {
    cause: {
      id: 'Daftar isi (manifest.json) di stik USB tidak ada atau rusak.',
      en: 'The list of contents (manifest.json) on the USB stick is missing or spoilt.',
    },
    staff: anotherStick,
  },
  'STICK-FILE-REFUSED': {
    cause: {
      id: 'Berkas di stik USB tidak sesuai dengan daftar isinya.',
      en: 'A file on the USB stick is not what its list of contents says.',
    },
    staff: anotherStick,
  },
} as const satisfies Entries;
