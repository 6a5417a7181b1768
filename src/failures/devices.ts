/** Devices in general, as their supervisor sees them. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

export const devices = {
  'DEVICE-UNKNOWN': {
    cause: { id: 'Tidak ada perangkat dengan nama itu.', en: 'There is no device of that name.' },
    staff: {
      id: 'Pakai nama perangkat dari daftar perintah check.',
      en: 'Use the name of a device as the command check lists it.',
    },
  },
  'DEVICE-DISABLED': {
    cause: { id: 'Perangkat dimatikan oleh teknisi.', en: 'The device was switched off by a technician.' },
    resident: askStaff,
    staff: {
      id: 'Minta teknisi menyalakan perangkat lagi, atau lanjutkan tanpa perangkat itu.',
      en: 'Ask the technician to switch the device on again, or go on without it.',
    },
  },
  'DEVICE-BUG': {
    cause: {
      id: 'Program penggerak perangkat gagal karena kesalahan di dalamnya.',
      en: "The device's driver failed through a mistake of its own.",
    },
    resident: askStaff,
    staff: {
      id: 'Mulai ulang perangkat; bila berulang, kirim rekaman perangkat kepada teknisi.',
      en: "Restart the device; if it happens again, send the device's recording to the technician.",
    },
  },
  'TRACE-INVALID': {
    cause: {
      id: 'Berkas rekaman perangkat rusak atau bukan rekaman dari kios ini.',
      en: "The device's recording is damaged, or is no recording of a kiosk.",
    },
    staff: {
      id: 'Ambil lagi rekaman dari folder traces di kios itu.',
      en: "Take the recording again from that kiosk's folder traces.",
    },
  },
} as const satisfies Entries;
