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
} as const satisfies Entries;
