/** The store: the encrypted database, its keys, its lock, its audit chain. */
import type { Entries } from './entry.ts';

export const store = {
  'STORE-LOCKED': {
    cause: {
      id: 'Folder data sedang dipakai proses lain.',
      en: 'The data folder is in use by another process.',
    },
    staff: {
      id: 'Hentikan proses yang memakainya, atau pakai folder data lain.',
      en: 'Stop the process that uses it, or use another data folder.',
    },
  },
  'STORE-KEY-MISSING': {
    cause: {
      id: 'Kunci penyimpanan tidak ada, padahal basis datanya sudah ada, atau kredensialnya tidak diberikan.',
      en: 'The key of the store is missing although its database exists, or its credential was not handed over.',
    },
    staff: {
      id: 'Kembalikan berkas kunci dari cadangan, atau periksa LoadCredential pada layanan systemd. Tanpa kunci itu data tidak dapat dibuka.',
      en: 'Bring the key file back from its backup, or check LoadCredential of the systemd service. Without that key the data cannot be opened.',
    },
  },
  'STORE-KEY-EXPOSED': {
    cause: {
      id: 'Berkas kunci dapat dibaca pengguna lain di mesin ini.',
      en: 'The key file can be read by other users of this machine.',
    },
    staff: {
      id: 'Cari tahu siapa yang dapat membacanya, lalu batasi dengan chmod 600 dan jalankan lagi.',
      en: 'Find out who could read it, then restrict it with chmod 600 and start again.',
    },
  },
  'STORE-KEY-INVALID': {
    cause: {
      id: 'Berkas kunci rusak: isinya harus tepat 32 byte.',
      en: 'The key file is damaged: it must hold exactly 32 bytes.',
    },
    staff: {
      id: 'Kembalikan berkas kunci dari cadangan.',
      en: 'Bring the key file back from its backup.',
    },
  },
  'STORE-KEY-WRONG': {
    cause: {
      id: 'Kunci ini bukan kunci basis data di folder data.',
      en: 'This key is not the key of the database in the data folder.',
    },
    staff: {
      id: 'Pasang kunci yang dipakai saat basis data ini dibuat; basis data tidak diubah.',
      en: 'Put back the key that this database was made with; the database was not changed.',
    },
  },
  'STORE-CORRUPT': {
    cause: { id: 'Basis data rusak.', en: 'The database is damaged.' },
    staff: {
      id: 'Jangan hapus apa pun. Salin folder data, periksa kartu memori atau disk, lalu hubungi pusat dukungan.',
      en: 'Delete nothing. Copy the data folder, check the memory card or disk, then call support.',
    },
  },
  'STORE-FULL': {
    cause: {
      id: 'Disk penuh; langkah terakhir tidak disimpan.',
      en: 'The disk is full; the last step was not saved.',
    },
    staff: {
      id: 'Kosongkan ruang di disk, lalu ulangi langkah terakhir.',
      en: 'Free space on the disk, then repeat the last step.',
    },
  },
  'STORE-READ-ONLY': {
    cause: {
      id: 'Folder data tidak dapat ditulisi; langkah terakhir tidak disimpan.',
      en: 'The data folder cannot be written to; the last step was not saved.',
    },
    staff: {
      id: 'Periksa hak akses folder data, dan apakah disk menjadi hanya-baca karena rusak.',
      en: 'Check the permissions of the data folder, and whether the disk turned read-only because it is failing.',
    },
  },
  'STORE-IO': {
    cause: {
      id: 'Disk gagal membaca atau menulis; langkah terakhir tidak disimpan.',
      en: 'The disk failed to read or write; the last step was not saved.',
    },
    staff: {
      id: 'Salin folder data ke tempat aman, lalu ganti kartu memori atau disk.',
      en: 'Copy the data folder to a safe place, then replace the memory card or disk.',
    },
  },
  'STORE-NEWER': {
    cause: {
      id: 'Basis data ini dibuat oleh versi Anjungan yang lebih baru.',
      en: 'This database was made by a newer version of Anjungan.',
    },
    staff: {
      id: 'Pasang versi yang lebih baru itu; basis data tidak diubah.',
      en: 'Install that newer version; the database was not changed.',
    },
  },
  'STORE-STOPPED': {
    cause: {
      id: 'Penyimpanan berhenti sebelum menjawab; belum pasti langkah terakhir tersimpan.',
      en: 'The store stopped before it answered; whether the last step was saved is not certain.',
    },
    staff: {
      id: 'Ulangi langkah terakhir. Bila terjadi lagi, jalankan ulang kiosk.',
      en: 'Repeat the last step. If it happens again, restart the kiosk.',
    },
  },
  'STORE-ENTRY-REFUSED': {
    cause: {
      id: 'Catatan ditolak: isinya tidak sesuai dengan daftar yang diizinkan.',
      en: 'The entry was refused: it holds something that the closed catalogue does not allow.',
    },
    staff: {
      id: 'Laporkan kepada teknisi beserta rincian teknisnya; tidak ada yang disimpan.',
      en: 'Report it to the technician with its technical detail; nothing was saved.',
    },
  },
  'STORE-ACTIVATION-NOT-BEGUN': {
    cause: {
      id: 'Hasil aktivasi ini tidak punya niat yang tersimpan sebelumnya.',
      en: 'This outcome of an activation has no intent that was stored before it.',
    },
    staff: {
      id: 'Laporkan kepada teknisi, dan baca ulang kartunya untuk melihat apakah sudah aktif.',
      en: 'Report it to the technician, and read the card again to see whether it is active.',
    },
  },
  'STORE-ACTIVATION-CONFLICT': {
    cause: {
      id: 'Aktivasi ini sudah tercatat dengan isi atau hasil yang lain; catatan lama tetap berlaku.',
      en: 'This activation is already recorded with other content or another outcome; the old record stands.',
    },
    staff: {
      id: 'Baca ulang kartunya untuk melihat apakah sudah aktif, lalu laporkan kepada teknisi.',
      en: 'Read the card again to see whether it is active, then report it to the technician.',
    },
  },
  'STORE-INTENT-NOT-BEGUN': {
    cause: {
      id: 'Hasil ini tidak punya niat yang tersimpan sebelumnya.',
      en: 'This outcome has no intent that was stored before it.',
    },
    staff: {
      id: 'Laporkan kepada teknisi; langkah itu tidak disimpan.',
      en: 'Report it to the technician; the step was not saved.',
    },
  },
  'STORE-INTENT-CONFLICT': {
    cause: {
      id: 'Langkah ini sudah tercatat dengan isi atau hasil yang lain; catatan lama tetap berlaku.',
      en: 'This act is already recorded with other content or another outcome; the old record stands.',
    },
    staff: {
      id: 'Laporkan kepada teknisi beserta rincian teknisnya.',
      en: 'Report it to the technician with its technical detail.',
    },
  },
  'STORE-SESSION-UNKNOWN': {
    cause: { id: 'Sesi ini tidak ada di penyimpanan.', en: 'The store knows no such session.' },
    staff: { id: 'Mulai sesi baru untuk warga ini.', en: 'Begin a new session for this resident.' },
  },
  'STORE-SESSION-ENDED': {
    cause: { id: 'Sesi ini sudah selesai.', en: 'This session has ended.' },
    staff: { id: 'Mulai sesi baru untuk warga ini.', en: 'Begin a new session for this resident.' },
  },
  'STORE-SESSION-CONFLICT': {
    cause: {
      id: 'Nomor sesi atau langkah ini sudah dipakai untuk hal lain.',
      en: 'The number of this session or step is already used for something else.',
    },
    staff: {
      id: 'Hentikan sesi dan mulai lagi; laporkan kepada teknisi bila terulang.',
      en: 'Break the session off and begin again; tell the technician if it happens again.',
    },
  },
  'STORE-STEP-REFUSED': {
    cause: {
      id: 'Langkah ini tidak dapat disimpan pada keadaan sesi sekarang; tidak ada yang disimpan.',
      en: 'This step cannot be stored as the session stands; nothing was saved.',
    },
    staff: {
      id: 'Laporkan kepada teknisi beserta rincian teknisnya.',
      en: 'Report it to the technician with its technical detail.',
    },
  },
  'STORE-SAMPLE-UNKNOWN': {
    cause: {
      id: 'Hasil rekaman ini tidak ada dalam sesi, atau sudah dihapus.',
      en: 'The session holds no such sample, or it was erased.',
    },
    staff: { id: 'Ulangi pengambilan bagian ini.', en: 'Capture this part again.' },
  },
  'STORE-SAMPLE-DAMAGED': {
    cause: {
      id: 'Hasil rekaman yang tersimpan rusak atau bukan dari sesi ini.',
      en: 'A stored sample is damaged or does not belong to this session.',
    },
    staff: {
      id: 'Ulangi pengambilan bagian ini, lalu minta teknisi memeriksa disk.',
      en: 'Capture this part again, then have the technician check the disk.',
    },
  },
} as const satisfies Entries;
