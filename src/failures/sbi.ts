/**
 * Certified biometric devices behind a MOSIP SBI service: finding them, what they refuse (codes 100 to 202 of the
 * specification), and each check of their signed answers that can fail.
 */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

const again = {
  id: 'Mari kita coba sekali lagi. Ikuti gambar di layar.',
  en: 'Let us try once more. Follow the picture on the screen.',
};
/** An answer that is not what was asked for may come from something other than the device. */
const distrust = {
  id: 'Jangan pakai perangkat ini. Jalankan ulang layanannya; bila berulang, laporkan kepada teknisi beserta rincian kode ini.',
  en: 'Do not use this device. Restart its service; if it happens again, report it to the technician with the detail of this code.',
};
const maker = {
  id: 'Hubungi penyedia perangkat: perangkat perlu didaftarkan atau diperbarui lewat server pengelolanya.',
  en: "Call the device's provider: the device must be registered or renewed through its management server.",
};

export const sbi = {
  'SBI-ABSENT': {
    cause: {
      id: 'Perangkat biometrik dengan nomor seri yang diatur tidak ditemukan.',
      en: 'No biometric device with the configured serial number was found.',
    },
    resident: askStaff,
    staff: {
      id: 'Periksa kabel perangkat, layanannya, lalu serialNumber dan ports di berkas konfigurasi.',
      en: "Check the device's cable, its service, then serialNumber and ports in the configuration file.",
    },
  },
  'SBI-LOST': {
    cause: {
      id: 'Sambungan ke perangkat biometrik terputus.',
      en: 'The connection to the biometric device was lost.',
    },
    resident: askStaff,
    staff: {
      id: 'Pasang lagi kabel perangkat, lalu ulangi: kios menyambung sendiri.',
      en: "Plug the device's cable in again, then repeat: the kiosk reconnects by itself.",
    },
  },
  'SBI-BUSY': {
    cause: { id: 'Perangkat biometrik sedang dipakai.', en: 'The biometric device is in use.' },
    resident: askStaff,
    staff: {
      id: 'Selesaikan atau batalkan pengambilan yang sedang berjalan, tutup program lain yang memakainya, lalu ulangi.',
      en: 'Finish or cancel the capture that is under way, close other programs that use it, then repeat.',
    },
  },
  'SBI-NOT-READY': {
    cause: { id: 'Perangkat biometrik belum siap.', en: 'The biometric device is not ready.' },
    resident: askStaff,
    staff: {
      id: 'Tunggu sebentar lalu ulangi; bila tetap, cabut dan pasang lagi perangkat.',
      en: 'Wait a moment and repeat; if it stays so, unplug the device and plug it in again.',
    },
  },
  'SBI-NOT-REGISTERED': {
    cause: { id: 'Perangkat biometrik belum terdaftar.', en: 'The biometric device is not registered.' },
    resident: askStaff,
    staff: maker,
  },
  'SBI-NOTHING-SEEN': {
    cause: {
      id: 'Perangkat tidak melihat jari, mata atau wajah.',
      en: 'The device saw no finger, eye or face.',
    },
    resident: again,
    staff: {
      id: 'Bantu warga menempatkan jari, mata atau wajah; bersihkan kaca perangkat.',
      en: "Help the resident to place the fingers, eyes or face; clean the device's glass.",
    },
  },
  'SBI-EXTRACTION-FAILED': {
    cause: { id: 'Perangkat gagal mengolah gambar.', en: 'The device failed to process the picture.' },
    resident: again,
    staff: {
      id: 'Ulangi; bila berulang, jalankan ulang layanan perangkat.',
      en: 'Repeat; if it happens again, restart the device service.',
    },
  },
  'SBI-TAMPERED': {
    cause: {
      id: 'Perangkat melaporkan telah dibongkar.',
      en: 'The device reports that it was tampered with.',
    },
    resident: askStaff,
    staff: {
      id: 'Jangan pakai perangkat ini. Segel, catat, dan laporkan kepada pengawas.',
      en: 'Do not use this device. Seal it, write it down and report it to the supervisor.',
    },
  },
  'SBI-MANAGEMENT-UNREACHABLE': {
    cause: {
      id: 'Perangkat tidak dapat menghubungi server pengelolanya.',
      en: 'The device cannot reach its management server.',
    },
    resident: askStaff,
    staff: {
      id: 'Periksa jaringan; perangkat perlu sesekali terhubung ke server penyedianya.',
      en: "Check the network; the device must reach its provider's server from time to time.",
    },
  },
  'SBI-ORIENTATION': {
    cause: { id: 'Gambar terambil miring atau terbalik.', en: 'The picture came out turned.' },
    resident: again,
    staff: {
      id: 'Bantu warga menghadap lurus ke perangkat; periksa apakah perangkat terpasang tegak.',
      en: 'Help the resident to face the device straight; see that the device is mounted upright.',
    },
  },
  'SBI-KEY-EXPIRED': {
    cause: { id: 'Kunci perangkat sudah kedaluwarsa.', en: "The device's key has expired." },
    resident: askStaff,
    staff: maker,
  },
  'SBI-KEY-MISSING': {
    cause: { id: 'Kunci enkripsi pada perangkat tidak ada.', en: 'The device lacks an encryption key.' },
    resident: askStaff,
    staff: maker,
  },
  'SBI-REQUEST-UNSUPPORTED': {
    cause: {
      id: 'Perangkat tidak dapat mengambil jari atau mata sebanyak itu sekaligus.',
      en: 'The device cannot take so many fingers or eyes at once.',
    },
    resident: askStaff,
    staff: {
      id: 'Periksa subType perangkat ini di berkas konfigurasi.',
      en: "Check this device's subType in the configuration file.",
    },
  },
  'SBI-COUNT-WRONG': {
    cause: {
      id: 'Perangkat tidak memberi jari atau mata sebanyak yang diminta.',
      en: 'The device did not give as many fingers or eyes as were asked for.',
    },
    resident: {
      id: 'Letakkan semua jari yang ditunjukkan di layar bersama-sama, tekan lembut.',
      en: 'Lay all the fingers shown on the screen down together and press gently.',
    },
    staff: {
      id: 'Bantu warga menempatkan semua jari; jari yang tidak ada dicatat sebagai pengecualian.',
      en: 'Help the resident to lay all fingers; a finger that is missing is recorded as an exception.',
    },
  },
  'SBI-REFUSED': {
    cause: { id: 'Perangkat biometrik menolak permintaan.', en: 'The biometric device refuses a request.' },
    resident: askStaff,
    staff: {
      id: 'Jalankan ulang layanan perangkat; bila berulang, kirim rincian kode ini kepada teknisi.',
      en: 'Restart the device service; if it happens again, send the detail of this code to the technician.',
    },
  },
  'SBI-TRUST-UNREADABLE': {
    cause: {
      id: 'Berkas sertifikat tepercaya untuk perangkat biometrik tidak dapat dibaca.',
      en: 'The file of trusted certificates for the biometric device cannot be read.',
    },
    resident: askStaff,
    staff: {
      id: 'Periksa trust di berkas konfigurasi: sebuah berkas PEM dengan sertifikat akar.',
      en: 'Check trust in the configuration file: a PEM file with the root certificates.',
    },
  },
  'SBI-SIGNATURE-INVALID': {
    cause: { id: 'Tanda tangan jawaban perangkat tidak sah.', en: "The device's signature is not valid." },
    resident: askStaff,
    staff: distrust,
  },
  'SBI-CERTIFICATE-UNTRUSTED': {
    cause: {
      id: 'Sertifikat perangkat tidak berasal dari akar yang dipercaya.',
      en: "The device's certificate does not come from a trusted root.",
    },
    resident: askStaff,
    staff: {
      id: 'Jangan pakai perangkat ini sebelum asalnya jelas; bila asli, tambahkan sertifikat akarnya ke berkas trust.',
      en: 'Do not use this device before its origin is clear; if it is genuine, add its root certificate to the trust file.',
    },
  },
  'SBI-CERTIFICATE-EXPIRED': {
    cause: {
      id: 'Sertifikat perangkat tidak berlaku pada tanggal ini.',
      en: "The device's certificate is not valid at this date.",
    },
    resident: askStaff,
    staff: {
      id: 'Periksa tanggal kios; bila benar, minta penyedia memperbarui kunci perangkat.',
      en: "Check the kiosk's date; if it is right, have the provider renew the device's key.",
    },
  },
  'SBI-DIGITAL-ID-INVALID': {
    cause: {
      id: 'Identitas digital perangkat tidak sah.',
      en: "The device's digital identity is not valid.",
    },
    resident: askStaff,
    staff: distrust,
  },
  'SBI-DEVICE-OTHER': {
    cause: {
      id: 'Jawaban berasal dari perangkat lain.',
      en: 'The answer comes from another device.',
    },
    resident: askStaff,
    staff: distrust,
  },
  'SBI-HASH-CHAIN-BROKEN': {
    cause: {
      id: 'Rantai hash dari rekaman perangkat terputus.',
      en: "The hash chain of the device's records is broken.",
    },
    resident: askStaff,
    staff: distrust,
  },
  'SBI-TRANSACTION-OTHER': {
    cause: {
      id: 'Jawaban perangkat milik permintaan lain.',
      en: "The device's answer belongs to another request.",
    },
    resident: askStaff,
    staff: distrust,
  },
  'SBI-TIME-OFF': {
    cause: {
      id: 'Waktu pada jawaban perangkat berbeda lebih dari lima menit.',
      en: "The time in the device's answer is off by more than five minutes.",
    },
    resident: askStaff,
    staff: {
      id: 'Periksa jam kios dan jam perangkat, lalu ulangi.',
      en: "Check the kiosk's clock and the device's, then repeat.",
    },
  },
  'SBI-SUBTYPE-OTHER': {
    cause: {
      id: 'Perangkat memberi jari atau mata lain dari yang diminta.',
      en: 'The device gave another finger or eye than was asked for.',
    },
    resident: again,
    staff: {
      id: 'Bantu warga memakai tangan atau mata yang ditunjukkan di layar.',
      en: 'Help the resident to use the hand or eye shown on the screen.',
    },
  },
  'SBI-ENVIRONMENT-OTHER': {
    cause: {
      id: 'Perangkat terdaftar untuk lingkungan lain.',
      en: 'The device is registered for another environment.',
    },
    resident: askStaff,
    staff: {
      id: 'Periksa env di berkas konfigurasi; perangkat uji tidak boleh dipakai untuk perekaman.',
      en: 'Check env in the configuration file; a test device must not be used for recording.',
    },
  },
  'SBI-PURPOSE-OTHER': {
    cause: {
      id: 'Perangkat terdaftar untuk keperluan lain, bukan perekaman.',
      en: 'The device is registered for another purpose than recording.',
    },
    resident: askStaff,
    staff: maker,
  },
  'SBI-VERSION-OTHER': {
    cause: {
      id: 'Perangkat memakai versi spesifikasi lain.',
      en: 'The device uses another version of the specification.',
    },
    resident: askStaff,
    staff: {
      id: 'Samakan specVersion di berkas konfigurasi dengan versi layanan perangkat.',
      en: "Make specVersion in the configuration file agree with the device service's version.",
    },
  },
} as const satisfies Entries;
