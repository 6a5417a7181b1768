/** Captures: from a device's frames to what is kept of them. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

export const capture = {
  'BIOMETRICS-WORKER-DIED': {
    cause: {
      id: 'Pengolah gambar berhenti di tengah pekerjaan; penggantinya sudah berjalan.',
      en: 'The image processor stopped in the middle of its work; another one has taken its place.',
    },
    resident: {
      id: 'Maaf, ada gangguan sebentar. Silakan ulangi sekali lagi.',
      en: 'Sorry, a short fault. Please do it once more.',
    },
    staff: {
      id: 'Ulangi. Bila sering terjadi, periksa memori mesin dan kirim log ke teknisi.',
      en: "Repeat. If it happens often, check the machine's memory and send the log to the technician.",
    },
  },
  'CAPTURE-CANCELLED': {
    cause: { id: 'Pengambilan dibatalkan.', en: 'The capture was cancelled.' },
    resident: {
      id: 'Pengambilan dihentikan. Tidak ada yang disimpan.',
      en: 'The capture was stopped. Nothing was kept.',
    },
    staff: {
      id: 'Mulai lagi bila warga sudah siap.',
      en: 'Start again when the resident is ready.',
    },
  },
  'CAPTURE-SENSOR-GRADE': {
    cause: {
      id: 'Pemindai ini tidak cukup teliti untuk perekaman (di bawah 500 dpi, 8 bit).',
      en: 'This sensor is not fit for recording (below 500 dpi, 8 bits).',
    },
    resident: askStaff,
    staff: {
      id: 'Pakai pemindai kelas perekaman; pemindai ini hanya untuk verifikasi kartu.',
      en: 'Use a sensor of enrolment grade; this one is for verifying cards only.',
    },
  },
  'CAPTURE-RECORD-OTHER': {
    cause: {
      id: 'Rekaman dari perangkat memuat jari atau mata lain dari yang diminta.',
      en: "The device's record is of another finger or eye than was asked for.",
    },
    resident: askStaff,
    staff: {
      id: 'Jangan pakai rekaman ini. Ulangi; bila berulang, hentikan pemakaian perangkat dan lapor teknisi.',
      en: 'Do not use this record. Repeat; if it happens again, stop using the device and tell the technician.',
    },
  },
  'CAPTURE-CAMERA-UNSUITABLE': {
    cause: {
      id: 'Kamera ini hanya memotret wajah, bukan berkas.',
      en: 'This camera takes faces only, no papers.',
    },
    resident: askStaff,
    staff: {
      id: 'Pakai kamera foto biasa untuk kartu keluarga.',
      en: 'Use a plain photo camera for the family card.',
    },
  },
  'SAMPLE-ALTERED': {
    cause: {
      id: 'Rekaman yang tersimpan tidak sama dengan yang direkam.',
      en: 'A stored record is not what was recorded.',
    },
    staff: {
      id: 'Rekam ulang bagian ini; periksa media penyimpanan, dan laporkan kepada teknisi.',
      en: 'Record this part again; check the storage, and report it to the technician.',
    },
  },
  'SAMPLE-UNREADABLE': {
    cause: {
      id: 'Rekaman yang tersimpan tidak dapat dibaca kembali.',
      en: 'A stored record cannot be read back.',
    },
    staff: {
      id: 'Rekam ulang bagian ini; laporkan rincian kode ini kepada teknisi.',
      en: 'Record this part again; report the detail of this code to the technician.',
    },
  },
} as const satisfies Entries;
