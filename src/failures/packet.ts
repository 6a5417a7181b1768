/** Packets: what is sealed for the centre, and the keys for it. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

const askCentre = {
  id: 'Simpan berkasnya, jangan dikirim ulang sebagai pengganti, lalu hubungi pusat data.',
  en: 'Keep the file, do not pass it on in place of another, and call the data centre.',
};
const sealAgain = {
  id: 'Selesaikan sesi ini lebih dahulu. Bila terulang, laporkan kepada teknisi beserta rinciannya.',
  en: 'Finish this session first. If it happens again, report it to the technician with its detail.',
};

export const packet = {
  'PACKET-TRAINING': {
    cause: {
      id: 'Sesi latihan tidak pernah menjadi paket.',
      en: 'A training session never becomes a packet.',
    },
    staff: {
      id: 'Rekam warga yang sebenarnya dalam sesi biasa.',
      en: 'Record a real resident in an ordinary session.',
    },
  },
  'PACKET-INCOMPLETE': {
    cause: {
      id: 'Sesi ini belum lengkap, jadi paketnya tidak disegel.',
      en: 'This session is not complete, so its packet was not sealed.',
    },
    resident: askStaff,
    staff: sealAgain,
  },
  'PACKET-UNPROVED': {
    cause: {
      id: 'Rekaman di disk tidak sama dengan yang terbukti lengkap, jadi paketnya tidak disegel.',
      en: 'What is on disk is not what was proved complete, so the packet was not sealed.',
    },
    resident: askStaff,
    staff: {
      id: 'Periksa kembali sesi ini; bila terulang, rekam ulang dan laporkan disknya kepada teknisi.',
      en: 'Prove the session again; if that fails, record anew and report the disk to the technician.',
    },
  },
  'PACKET-TOO-LARGE': {
    cause: {
      id: 'Rekaman dan surat-surat sesi ini melebihi 20 MB.',
      en: 'The records and papers of this session are larger than 20 MB.',
    },
    resident: askStaff,
    staff: {
      id: 'Pindai surat-surat dengan ukuran lebih kecil, lalu segel lagi.',
      en: 'Scan the papers at a smaller size, then seal again.',
    },
  },
  'PACKET-CENTRE-UNTOLD': {
    cause: {
      id: 'Konfigurasi tidak menyebut pusat data, jadi tidak ada yang dapat disegel.',
      en: 'The configuration names no data centre, so nothing can be sealed.',
    },
    resident: askStaff,
    staff: {
      id: 'Isi centre.key pada konfigurasi dengan berkas kunci publik pusat data, lalu jalankan ulang kios.',
      en: 'Set centre.key in the configuration to the public key file of the data centre, then restart the kiosk.',
    },
  },
  'PACKET-FILE-UNREADABLE': {
    cause: { id: 'Berkas paket tidak dapat dibaca.', en: 'The packet file cannot be read.' },
    staff: {
      id: 'Periksa nama berkas dan hak aksesnya; paling besar 32 MB.',
      en: 'Check the file name and its permissions; at most 32 MB.',
    },
  },
  'PACKET-UNKNOWN': {
    cause: {
      id: 'Berkas ini bukan paket Anjungan, atau dibuat versi yang lebih baru.',
      en: 'This file is no packet of Anjungan, or of a newer version.',
    },
    staff: {
      id: 'Periksa apakah berkasnya benar, atau pasang versi yang lebih baru.',
      en: 'Check that it is the right file, or install the newer version.',
    },
  },
  'PACKET-CUT': {
    cause: { id: 'Paket terpotong: akhirnya tidak ada.', en: 'The packet was cut: its end is missing.' },
    staff: {
      id: 'Salin sekali lagi dari kios; paket tetap di sana sampai pusat menyatakan menerimanya.',
      en: 'Copy it from the kiosk once more; it stays there until the centre says that it has it.',
    },
  },
  'PACKET-ALTERED': {
    cause: {
      id: 'Paket berubah setelah disegel.',
      en: 'The packet was altered after it was sealed.',
    },
    staff: {
      id: 'Salin sekali lagi dari kios. Bila tetap berubah, simpan berkasnya dan hubungi pusat data.',
      en: 'Copy it from the kiosk once more. If it still differs, keep the file and call the data centre.',
    },
  },
  'PACKET-SIGNATURE-INVALID': {
    cause: {
      id: 'Tanda tangan paket bukan dari kios yang disebutnya.',
      en: 'The signature of the packet is not of the kiosk that it names.',
    },
    staff: askCentre,
  },
  'PACKET-OTHER-KIOSK': {
    cause: { id: 'Paket ini dari kios lain.', en: 'This packet is of another kiosk.' },
    staff: {
      id: 'Periksa paket di kios yang membuatnya.',
      en: 'Inspect the packet at the kiosk that made it.',
    },
  },
  'PACKET-OTHER-CENTRE': {
    cause: {
      id: 'Paket ini disegel untuk pusat data lain.',
      en: 'This packet is sealed to another data centre.',
    },
    staff: {
      id: 'Periksa dengan kunci pusat data yang benar, dan kunci pusat pada konfigurasi kios.',
      en: 'Use the key of the right data centre, and check the key in the configuration of the kiosk.',
    },
  },
  'PACKET-INVALID': {
    cause: {
      id: 'Isi paket tidak sesuai dengan daftar isinya.',
      en: 'The content of the packet is not what its manifest tells.',
    },
    staff: askCentre,
  },
  'CENTRE-KEY-UNREADABLE': {
    cause: {
      id: 'Berkas kunci pusat data tidak dapat dibaca.',
      en: 'The key file of the data centre cannot be read.',
    },
    staff: {
      id: 'Periksa centre.key pada konfigurasi, atau pilihan --key.',
      en: 'Check centre.key in the configuration, or the option --key.',
    },
  },
  'CENTRE-KEY-INVALID': {
    cause: {
      id: 'Berkas kunci pusat data bukan kunci yang diperlukan di sini.',
      en: 'The key file of the data centre is not the key that is needed here.',
    },
    staff: {
      id: 'Kios memakai kunci publik pusat; packet inspect memakai kunci rahasia pusat uji. Minta berkas yang benar.',
      en: 'A kiosk has the public key; packet inspect needs the private key of the test centre. Ask for the right file.',
    },
  },
  'OVERSIGHT-KEY-INVALID': {
    cause: {
      id: 'Berkas kunci pengawas laporan pungutan tidak dapat dipakai.',
      en: 'The key file of the oversight for reports of fees cannot be used.',
    },
    staff: {
      id: 'Periksa oversight.key pada konfigurasi: kunci publik X25519 milik pengawas, bukan kunci rahasia.',
      en: 'Check oversight.key in the configuration: the public X25519 key of the oversight, not a private one.',
    },
  },
  'OVERSIGHT-UNTOLD': {
    cause: {
      id: 'Anjungan ini belum tahu kepada siapa laporan pungutan disegel.',
      en: 'This kiosk has not been told to whom reports of fees are sealed.',
    },
    resident: {
      id: 'Laporan belum dapat diterima di sini. Sampaikan kepada petugas lain atau kantor pengawas.',
      en: 'A report cannot be taken here yet. Tell another officer or the oversight office.',
    },
    staff: { id: 'Isi oversight pada konfigurasi.', en: 'Fill in oversight in the configuration.' },
  },
} as const satisfies Entries;
