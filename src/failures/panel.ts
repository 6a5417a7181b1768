/** The panel of lamps, buttons, contacts and relays. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

export const panel = {
  'PANEL-ABSENT': {
    cause: { id: 'Papan panel tidak terpasang.', en: "The panel's board is not connected." },
    resident: askStaff,
    staff: {
      id: 'Periksa kabel papan panel, lalu namanya di berkas konfigurasi; kemudian ulangi.',
      en: "Check the cable of the panel's board, then its name in the configuration file; then repeat.",
    },
  },
  'PANEL-LOST': {
    cause: { id: 'Sambungan ke papan panel terputus.', en: "The connection to the panel's board was lost." },
    resident: askStaff,
    staff: {
      id: 'Pasang lagi kabel papan panel: kios menyambung sendiri. Tanpa panel, lampu dan tombol tidak bekerja.',
      en: "Plug the cable of the panel's board in again: the kiosk reconnects by itself. Lamps and buttons rest meanwhile.",
    },
  },
  'PANEL-SILENT': {
    cause: { id: 'Papan panel tidak menjawab.', en: "The panel's board does not answer." },
    resident: askStaff,
    staff: {
      id: 'Periksa daya papan panel dan pastikan StandardFirmata terpasang di papan itu.',
      en: "Check the power of the panel's board, and that StandardFirmata is installed on it.",
    },
  },
  'PANEL-RESTARTED': {
    cause: {
      id: 'Papan panel menyala ulang dengan sendirinya.',
      en: "The panel's board has restarted by itself.",
    },
    staff: {
      id: 'Kios mengatur papan lagi. Bila berulang, periksa catu daya papan: beban relai mungkin terlalu besar.',
      en: "The kiosk sets it up again. If it happens again, check the board's power supply: the relays may draw too much.",
    },
  },
  'PANEL-PIN-UNFIT': {
    cause: {
      id: 'Papan panel tidak memiliki pin yang diatur, atau pin itu tidak dapat dipakai begitu.',
      en: "The panel's board does not have a configured pin, or the pin cannot be used in that way.",
    },
    staff: {
      id: 'Periksa nomor pin di berkas konfigurasi; pin dengan pull-up memerlukan Firmata 2.5 atau yang lebih baru.',
      en: 'Check the pin numbers in the configuration file; pins with a pull-up need Firmata 2.5 or later.',
    },
  },
  'PANEL-OUTPUT-WRONG': {
    cause: {
      id: 'Sebuah keluaran papan panel tidak seperti yang diatur.',
      en: "An output of the panel's board is not what it was set to.",
    },
    staff: {
      id: 'Kios mengatur papan lagi. Bila berulang, ganti kabel papan, lalu papan itu sendiri.',
      en: "The kiosk sets the board up again. If it happens again, change the board's cable, then the board itself.",
    },
  },
  'PANEL-CHIP-ABSENT': {
    cause: {
      id: 'Chip GPIO dengan label yang diatur tidak ada di komputer ini.',
      en: 'This computer has no GPIO chip with the configured label.',
    },
    staff: {
      id: 'Lihat label dengan perintah gpiodetect, lalu perbaiki "chip" di berkas konfigurasi.',
      en: 'See the labels with the command gpiodetect, then correct "chip" in the configuration file.',
    },
  },
  'PANEL-GPIO-REFUSED': {
    cause: {
      id: 'Pin GPIO tidak boleh dipakai atau sedang dipakai program lain.',
      en: 'A GPIO pin may not be used, or is in use by another program.',
    },
    staff: {
      id: 'Masukkan pengguna kios ke grup gpio, pastikan paket gpiod terpasang, dan tutup program lain yang memakai pin itu.',
      en: "Add the kiosk's user to the group gpio, see that the package gpiod is installed, and close other programs that use the pin.",
    },
  },
} as const satisfies Entries;
