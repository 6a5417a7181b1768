/** The service around the recording: roster, statuses, finished cards, the queue. */
import type { Entries } from './entry.ts';

export const service = {
  'ROSTER-OLDER': {
    cause: {
      id: 'Daftar undangan ini lebih lama dari yang sudah dipakai.',
      en: 'This roster is older than the one in use.',
    },
    staff: {
      id: 'Minta daftar terbaru dari pusat; daftar yang dipakai tidak diubah.',
      en: 'Ask the centre for the newest roster; the one in use was not changed.',
    },
  },
  'ROSTER-INVALID': {
    cause: {
      id: 'Daftar undangan tidak dapat dibaca.',
      en: 'The roster cannot be read.',
    },
    staff: {
      id: 'Minta pusat mengirimnya lagi dan sampaikan rinciannya; daftar yang dipakai tidak diubah.',
      en: 'Have the centre send it again and tell them the detail; the one in use was not changed.',
    },
  },
  'ROSTER-INVITATION-UNKNOWN': {
    cause: { id: 'Undangan ini tidak ada dalam daftar.', en: 'This invitation is not on the roster.' },
    resident: {
      id: 'Undangan ini tidak ditemukan. Ketik NIK Anda, atau tanyakan kepada petugas.',
      en: 'This invitation was not found. Type your NIK, or ask the officer.',
    },
    staff: {
      id: 'Cari dengan NIK atau nama dan tanggal lahir. Warga di luar daftar tetap dapat direkam.',
      en: 'Look them up by NIK or by name and birth date. People off the roster can be recorded, too.',
    },
  },
  'STATUS-INVALID': {
    cause: {
      id: 'Laporan status dari pusat tidak dapat dibaca.',
      en: "The centre's report of statuses cannot be read.",
    },
    staff: {
      id: 'Minta pusat mengirimnya lagi dan sampaikan rinciannya.',
      en: 'Have the centre send it again and tell them the detail.',
    },
  },
  'SHIPMENT-INVALID': {
    cause: {
      id: 'Daftar kiriman kartu tidak dapat dibaca.',
      en: 'The list of a shipment of cards cannot be read.',
    },
    staff: {
      id: 'Minta pusat mengirimnya lagi; hitung kartu yang datang sementara itu.',
      en: 'Have the centre send it again; count the cards that came meanwhile.',
    },
  },
  'HAND-OVER-UNAPPROVED': {
    cause: {
      id: 'Penyerahan tanpa jari telunjuk di chip memerlukan persetujuan orang kedua.',
      en: 'Handing over without the index finger on the chip needs the approval of a second person.',
    },
    staff: { id: 'Panggil supervisor untuk menyetujuinya.', en: 'Call the supervisor to approve it.' },
  },
  'HAND-OVER-CONFLICT': {
    cause: {
      id: 'Penyerahan ini sudah tercatat dengan hasil lain; catatan lama tetap berlaku.',
      en: 'This hand-over is already recorded with another outcome; the old record stands.',
    },
    staff: {
      id: 'Mulai penyerahan dari awal; laporkan kepada teknisi bila terulang.',
      en: 'Begin the hand-over again; tell the technician if it happens again.',
    },
  },
  'QUEUE-NUMBER-WRONG': {
    cause: {
      id: 'Nomor antrean ini bukan dari hari ini, atau sudah dilayani.',
      en: 'This queue number is not of today, or was served already.',
    },
    resident: {
      id: 'Nomor ini sudah tidak berlaku. Silakan ambil nomor baru.',
      en: 'This number is no longer valid. Please take a new one.',
    },
    staff: { id: 'Beri warga nomor baru.', en: 'Give the resident a new number.' },
  },
  'ALARM-EXCEPTIONS-RECORDED': {
    cause: {
      id: 'Petugas ini mencatat pengecualian lebih sering daripada biasanya.',
      en: 'This operator records exceptions more often than usual.',
    },
    staff: {
      id: 'Lihat foto pengecualian hari-hari terakhir bersama petugasnya; periksa juga alat sidik jari.',
      en: 'Look at the photos of the last exceptions together with the operator; check the fingerprint reader, too.',
    },
  },
  'ALARM-EXCEPTIONS-APPROVED': {
    cause: {
      id: 'Orang ini menyetujui pengecualian lebih sering daripada biasanya.',
      en: 'This person approves exceptions more often than usual.',
    },
    staff: {
      id: 'Mintalah supervisor lain menilai beberapa persetujuan terakhir.',
      en: 'Have another supervisor judge some of the last approvals.',
    },
  },
  'CLOSING-DAY-WRONG': {
    cause: {
      id: 'Hari ini belum tiba, atau sudah ditutup.',
      en: 'That day is still to come, or is closed already.',
    },
    staff: {
      id: 'Pilih hari ini atau hari sebelumnya yang belum ditutup.',
      en: 'Choose today, or an earlier day that is not closed.',
    },
  },
  'CLOSING-COUNTS-DISAGREE': {
    cause: {
      id: 'Jumlah dalam catatan dan dalam jejak audit tidak sama.',
      en: 'The counts of the records and of the audit are not the same.',
    },
    staff: {
      id: 'Jangan hapus apa pun. Jalankan “audit verify” dan laporkan rinciannya; hari tetap dapat ditutup dengan catatan ini.',
      en: 'Erase nothing. Run “audit verify” and report the detail; the day can be closed with this note.',
    },
  },
  'CLOSING-PACKET-MISSING': {
    cause: {
      id: 'Ada perekaman yang selesai tanpa berkas untuk dikirim ke pusat.',
      en: 'A recording was finished, and there is no packet of it to be sent to the centre.',
    },
    staff: {
      id: 'Laporkan kepada teknisi hari ini juga: warganya perlu direkam ulang bila berkasnya tidak ditemukan.',
      en: 'Tell the technician today: the resident has to be recorded again if the packet is not found.',
    },
  },
  'CLOSING-SAM-UNAUDITED': {
    cause: {
      id: 'SAM dipakai membaca kartu lebih sering daripada yang tercatat.',
      en: 'The SAM was used to read cards more often than the audit tells.',
    },
    staff: {
      id: 'Periksa apakah listrik padam saat membaca kartu. Bila tidak, cabut SAM dan laporkan: mungkin dipakai tanpa izin.',
      en: 'See whether the power failed during a read. If not, take the SAM out and report it: it may have been misused.',
    },
  },
  'CARD-SET-ASIDE': {
    cause: {
      id: 'Kartu ini disisihkan karena sanggahan dan menunggu keputusan supervisor.',
      en: 'This card was set aside after a dispute and waits for a supervisor to decide.',
    },
    resident: {
      id: 'Kartu Anda sedang diperiksa. Petugas akan memberi tahu langkah berikutnya.',
      en: 'Your card is being looked into. The officer will tell you the next step.',
    },
    staff: {
      id: 'Minta supervisor memutuskan sanggahannya lebih dahulu.',
      en: 'Have a supervisor settle the dispute first.',
    },
  },
  'DISPUTE-UNKNOWN': {
    cause: {
      id: 'Tidak ada sanggahan seperti itu yang masih menunggu keputusan.',
      en: 'There is no such dispute that still waits to be settled.',
    },
    staff: { id: 'Muat ulang daftar sanggahan.', en: 'Load the list of disputes anew.' },
  },
} as const satisfies Entries;
