/** Serial lines: opening, losing and not hearing from the device at the other end. */
import type { Entries } from './entry.ts';

export const serial = {
  'SERIAL-ABSENT': {
    cause: { id: 'Port serial yang diatur tidak ada.', en: 'The configured serial port does not exist.' },
    staff: {
      id: 'Periksa kabel perangkat, lalu nama port di berkas konfigurasi.',
      en: "Check the device's cable, then the port's name in the configuration file.",
    },
  },
  'SERIAL-FORBIDDEN': {
    cause: { id: 'Port serial tidak boleh dibuka.', en: 'The serial port may not be opened.' },
    staff: {
      id: 'Masukkan pengguna kios ke grup dialout, lalu jalankan lagi.',
      en: "Add the kiosk's user to the group dialout, then start again.",
    },
  },
  'SERIAL-BUSY': {
    cause: { id: 'Port serial sedang dipakai.', en: 'The serial port is in use.' },
    staff: {
      id: 'Pastikan satu port hanya diatur untuk satu perangkat, dan tutup program lain yang memakainya.',
      en: 'See that a port is configured for one device only, and close other programs that use it.',
    },
  },
  'SERIAL-OPEN-FAILED': {
    cause: { id: 'Port serial tidak dapat dibuka.', en: 'The serial port cannot be opened.' },
    staff: {
      id: 'Cabut dan pasang lagi perangkat, lalu ulangi pemeriksaan.',
      en: 'Unplug the device, plug it in again, then repeat the check.',
    },
  },
  'SERIAL-LOST': {
    cause: { id: 'Sambungan ke perangkat terputus.', en: 'The connection to the device was lost.' },
    staff: {
      id: 'Periksa kabel dan daya perangkat.',
      en: "Check the device's cable and power.",
    },
  },
  'SERIAL-WRITE-FAILED': {
    cause: { id: 'Perangkat tidak menerima data.', en: 'The device does not take data.' },
    staff: {
      id: 'Periksa kabel perangkat; bila berulang, matikan dan nyalakan perangkat.',
      en: "Check the device's cable; if it happens again, switch the device off and on.",
    },
  },
  'SERIAL-SILENT': {
    cause: { id: 'Perangkat tidak menjawab.', en: 'The device does not answer.' },
    staff: {
      id: 'Periksa daya perangkat; bila berulang, matikan dan nyalakan perangkat.',
      en: "Check the device's power; if it happens again, switch the device off and on.",
    },
  },
} as const satisfies Entries;
