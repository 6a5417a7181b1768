/** Irises: the image, its record, what a capture lacks. */
import type { Entries } from './entry.ts';

export const iris = {
  'IRIS-NONE': {
    cause: { id: 'Mata belum terlihat.', en: 'No eye is seen.' },
    resident: {
      id: 'Lihat lurus ke kamera dan buka mata lebar-lebar.',
      en: 'Look straight into the camera and open your eyes wide.',
    },
    staff: {
      id: 'Minta warga melepas kacamata dan melihat ke kamera; atur tinggi kamera.',
      en: 'Ask the resident to take off glasses and to look into the camera; adjust its height.',
    },
  },
  'IRIS-EYELID': {
    cause: {
      id: 'Kelopak atau bulu mata menutupi sebagian iris.',
      en: 'A lid or lashes cover part of the iris.',
    },
    resident: {
      id: 'Buka mata Anda lebih lebar sebentar.',
      en: 'Open your eyes a little wider for a moment.',
    },
    staff: {
      id: 'Bila perlu, bantu warga menahan kelopak mata atas dengan lembut.',
      en: 'If needed, help the resident to hold the upper lid gently.',
    },
  },
  'IRIS-BLUR': {
    cause: { id: 'Gambar iris tidak tajam.', en: 'The image of the iris is not sharp.' },
    resident: { id: 'Diam sebentar dan tahan kepala Anda.', en: 'Hold your head still for a moment.' },
    staff: {
      id: 'Periksa jarak warga ke kamera dan bersihkan lensa.',
      en: 'Check the distance to the camera and clean its lens.',
    },
  },
  'IRIS-GAZE': {
    cause: { id: 'Mata tidak melihat ke kamera.', en: 'The eye does not look into the camera.' },
    resident: {
      id: 'Lihat lurus ke titik cahaya di kamera.',
      en: 'Look straight at the light of the camera.',
    },
    staff: { id: 'Tunjukkan titik yang harus dilihat.', en: 'Show the resident where to look.' },
  },
  'IRIS-GLARE': {
    cause: { id: 'Pantulan cahaya menutupi iris.', en: 'Reflections of light cover the iris.' },
    resident: {
      id: 'Lepas kacamata Anda, lalu lihat ke kamera lagi.',
      en: 'Take off your glasses, then look into the camera again.',
    },
    staff: {
      id: 'Jauhkan lampu atau cahaya matahari dari wajah warga.',
      en: "Keep lamps and sunlight off the resident's face.",
    },
  },
  'IRIS-LOW-CONTRAST': {
    cause: {
      id: 'Iris kurang jelas terhadap sekitarnya.',
      en: 'The iris hardly stands out from its surroundings.',
    },
    resident: {
      id: 'Tunggu sebentar, cahaya kamera sedang diatur.',
      en: "One moment, the camera's light is being adjusted.",
    },
    staff: {
      id: 'Periksa lampu inframerah kamera; kurangi cahaya dari luar.',
      en: "Check the camera's infrared lamps; reduce light from outside.",
    },
  },
  'IRIS-TOO-FAR': {
    cause: { id: 'Mata terlalu jauh dari kamera.', en: 'The eye is too far from the camera.' },
    resident: { id: 'Majulah sedikit.', en: 'Come a little closer.' },
    staff: {
      id: 'Minta warga maju sampai mata mengisi bingkai di layar.',
      en: 'Ask the resident to come closer until the eyes fill the frame on the screen.',
    },
  },
  'IRIS-TOO-NEAR': {
    cause: { id: 'Mata terlalu dekat dengan kamera.', en: 'The eye is too near to the camera.' },
    resident: { id: 'Mundurlah sedikit.', en: 'Move back a little.' },
    staff: {
      id: 'Minta warga mundur sampai seluruh mata terlihat.',
      en: 'Ask the resident to move back until the whole eye is seen.',
    },
  },
  'IRIS-OFF-CENTRE': {
    cause: { id: 'Mata tidak di tengah gambar.', en: 'The eye is not in the middle of the image.' },
    resident: {
      id: 'Geser kepala Anda sampai mata berada di tengah bingkai.',
      en: 'Move your head until the eye is in the middle of the frame.',
    },
    staff: { id: 'Atur tinggi kamera atau kursi.', en: 'Adjust the height of the camera or the chair.' },
  },
  'IRIS-PUPIL-WIDE': {
    cause: { id: 'Pupil terlalu lebar.', en: 'The pupil is too wide.' },
    resident: {
      id: 'Tunggu sebentar, ruangan dibuat lebih terang.',
      en: 'One moment, the room is being made brighter.',
    },
    staff: {
      id: 'Terangi ruangan; bila warga memakai obat tetes mata, ulangi di lain waktu.',
      en: 'Light up the room; if the resident uses eye drops, repeat at another time.',
    },
  },
  'IRIS-PUPIL-NARROW': {
    cause: { id: 'Pupil terlalu sempit.', en: 'The pupil is too narrow.' },
    resident: {
      id: 'Tunggu sebentar, cahaya di ruangan dikurangi.',
      en: 'One moment, the light in the room is being dimmed.',
    },
    staff: {
      id: 'Redupkan cahaya yang mengarah ke mata warga.',
      en: "Dim the light that falls into the resident's eyes.",
    },
  },
  'IRIS-IMAGE-RECORD-INVALID': {
    cause: {
      id: 'Rekaman gambar iris rusak atau bukan ISO/IEC 19794-6:2011.',
      en: 'The iris image record is torn or is not ISO/IEC 19794-6:2011.',
    },
    staff: {
      id: 'Rekam iris itu sekali lagi; bila berkas dari luar, minta dikirim ulang.',
      en: 'Record the iris once more; if the file came from outside, have it sent again.',
    },
  },
  'IRIS-IMAGE-UNREADABLE': {
    cause: {
      id: 'Gambar iris tidak dapat dibuka, atau ukurannya lain dari yang tertulis.',
      en: 'The iris image cannot be opened, or has another size than was written.',
    },
    staff: {
      id: 'Rekam iris itu sekali lagi; bila berkas dari luar, minta dikirim ulang.',
      en: 'Record the iris once more; if the file came from outside, have it sent again.',
    },
  },
  'IRIS-IMAGE-UNSUPPORTED': {
    cause: {
      id: 'Gambar iris memakai bentuk yang belum dikenal kios ini.',
      en: 'The iris image is of a kind that this kiosk does not know.',
    },
    staff: {
      id: 'Simpan gambar sebagai PNG atau JPEG 2000: abu-abu 8 bit, paling besar 4 megapiksel.',
      en: 'Save the image as PNG or JPEG 2000: 8-bit grey, at most 4 megapixels.',
    },
  },
  'IRIS-SAME-EYE': {
    cause: {
      id: 'Mata yang sama diperlihatkan dua kali.',
      en: 'One and the same eye was shown twice.',
    },
    resident: {
      id: 'Sekarang perlihatkan mata yang satunya.',
      en: 'Now show the other eye.',
    },
    staff: {
      id: 'Tunjukkan kepada warga mata mana yang diminta.',
      en: 'Show the resident which eye is asked for.',
    },
  },
  'IRIS-CODE-INVALID': {
    cause: {
      id: 'Kode iris yang tersimpan rusak atau dari versi lain.',
      en: 'The stored iris code is broken or of another version.',
    },
    staff: {
      id: 'Rekam iris itu sekali lagi; laporkan rincian kode ini kepada teknisi.',
      en: 'Record the iris once more; report the detail of this code to the technician.',
    },
  },
} as const satisfies Entries;
