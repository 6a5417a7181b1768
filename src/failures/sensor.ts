/** The fingerprint sensor: reaching it, hearing from it, what it refuses. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

export const sensor = {
  'SENSOR-ABSENT': {
    cause: { id: 'Pemindai sidik jari tidak terpasang.', en: 'The fingerprint sensor is not connected.' },
    resident: askStaff,
    staff: {
      id: 'Periksa kabel pemindai, lalu nama port di berkas konfigurasi; kemudian ulangi.',
      en: "Check the sensor's cable, then the port's name in the configuration file; then repeat.",
    },
  },
  'SENSOR-LOST': {
    cause: {
      id: 'Sambungan ke pemindai sidik jari terputus.',
      en: 'The connection to the fingerprint sensor was lost.',
    },
    resident: askStaff,
    staff: {
      id: 'Pasang lagi kabel pemindai, lalu ulangi: kios menyambung sendiri.',
      en: "Plug the sensor's cable in again, then repeat: the kiosk reconnects by itself.",
    },
  },
  'SENSOR-SILENT': {
    cause: { id: 'Pemindai sidik jari tidak menjawab.', en: 'The fingerprint sensor does not answer.' },
    resident: askStaff,
    staff: {
      id: 'Ulangi; bila tetap diam, cabut dan pasang lagi pemindai, dan periksa baudRate di konfigurasi.',
      en: 'Repeat; if it stays silent, unplug the sensor and plug it in again, and check baudRate in the configuration.',
    },
  },
  'SENSOR-GARBLED': {
    cause: {
      id: 'Jawaban pemindai sidik jari rusak di jalan.',
      en: "The fingerprint sensor's answers arrive spoilt.",
    },
    resident: askStaff,
    staff: {
      id: 'Ulangi; bila berulang, ganti kabel pemindai dan jauhkan dari sumber gangguan listrik.',
      en: "Repeat; if it happens again, change the sensor's cable and keep it away from electrical noise.",
    },
  },
  'SENSOR-BUSY': {
    cause: { id: 'Pemindai sidik jari sedang dipakai.', en: 'The fingerprint sensor is in use.' },
    resident: askStaff,
    staff: {
      id: 'Selesaikan atau batalkan pengambilan sidik jari yang sedang berjalan, lalu ulangi.',
      en: 'Finish or cancel the fingerprint capture that is under way, then repeat.',
    },
  },
  'SENSOR-REFUSED': {
    cause: {
      id: 'Pemindai sidik jari menolak perintah.',
      en: 'The fingerprint sensor refuses a command.',
    },
    resident: askStaff,
    staff: {
      id: 'Cabut dan pasang lagi pemindai; bila berulang, kirim rincian kode ini kepada teknisi.',
      en: 'Unplug the sensor and plug it in again; if it happens again, send the detail of this code to the technician.',
    },
  },
  'SENSOR-SCAN-FAILED': {
    cause: {
      id: 'Pemindai tidak dapat mengambil gambar jari.',
      en: 'The sensor could not take a picture of the finger.',
    },
    resident: {
      id: 'Letakkan jari Anda mendatar di kaca, tekan lembut, dan jangan digerakkan.',
      en: 'Lay your finger flat on the glass, press gently and keep it still.',
    },
    staff: {
      id: 'Bersihkan kaca pemindai; bantu warga meletakkan jari; jari yang kering dilembapkan sedikit.',
      en: "Clean the sensor's glass; help the resident to lay the finger; moisten a dry finger a little.",
    },
  },
  'SENSOR-GLASS-COVERED': {
    cause: {
      id: 'Ada sesuatu di kaca pemindai sidik jari: kotoran, sisa jejak, atau jari.',
      en: "Something lies on the fingerprint sensor's glass: dirt, a left print, or a finger.",
    },
    staff: {
      id: 'Bersihkan kaca pemindai dengan kain lembut yang kering, lalu ulangi pemeriksaan tanpa jari di kaca.',
      en: "Wipe the sensor's glass with a soft, dry cloth, then repeat the check with no finger on it.",
    },
  },
} as const satisfies Entries;
