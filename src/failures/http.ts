/** Services on this computer that a device comes with, reached by HTTP: not there, silent, torn. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

const restart = {
  id: 'Jalankan ulang layanan perangkat dari pabriknya di komputer kios ini, lalu ulangi.',
  en: "Restart the maker's device service on this kiosk's computer, then repeat.",
};

export const http = {
  'HTTP-ABSENT': {
    cause: {
      id: 'Layanan perangkat di komputer kios ini tidak berjalan.',
      en: "The device service on this kiosk's computer is not running.",
    },
    resident: askStaff,
    staff: restart,
  },
  'HTTP-SILENT': {
    cause: {
      id: 'Layanan perangkat di komputer kios ini tidak menjawab.',
      en: "The device service on this kiosk's computer does not answer.",
    },
    resident: askStaff,
    staff: restart,
  },
  'HTTP-LOST': {
    cause: {
      id: 'Sambungan ke layanan perangkat di komputer kios ini terputus.',
      en: "The connection to the device service on this kiosk's computer was lost.",
    },
    resident: askStaff,
    staff: restart,
  },
  'HTTP-GARBLED': {
    cause: {
      id: 'Jawaban layanan perangkat tidak utuh atau tidak dapat dibaca.',
      en: 'The answer of the device service is torn or cannot be read.',
    },
    resident: askStaff,
    staff: {
      id: 'Ulangi; bila berulang, jalankan ulang layanan perangkat dan periksa apakah versinya didukung.',
      en: 'Repeat; if it happens again, restart the device service and see whether its version is supported.',
    },
  },
} as const satisfies Entries;
