/** Cameras for photos and irises: reaching them, losing them, what they see. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

const replug = {
  id: 'Cabut dan pasang lagi kabel kamera; bila berulang, coba kabel atau port USB lain.',
  en: "Unplug the camera's cable and plug it in again; if it happens again, try another cable or USB port.",
};

export const camera = {
  'CAMERA-ABSENT': {
    cause: { id: 'Kamera tidak terpasang.', en: 'The camera is not connected.' },
    resident: askStaff,
    staff: {
      id: 'Periksa kabel kamera, lalu nama port di berkas konfigurasi; kemudian ulangi.',
      en: "Check the camera's cable, then the port's name in the configuration file; then repeat.",
    },
  },
  'CAMERA-FORBIDDEN': {
    cause: { id: 'Kamera tidak boleh dibuka.', en: 'The camera may not be opened.' },
    resident: askStaff,
    staff: {
      id: 'Masukkan pengguna kios ke grup video, lalu jalankan lagi.',
      en: "Add the kiosk's user to the group video, then start again.",
    },
  },
  'CAMERA-BUSY': {
    cause: { id: 'Kamera sedang dipakai.', en: 'The camera is in use.' },
    resident: askStaff,
    staff: {
      id: 'Tutup program lain yang memakai kamera, atau batalkan pengambilan yang sedang berjalan, lalu ulangi.',
      en: 'Close other programs that use the camera, or cancel the capture that is under way, then repeat.',
    },
  },
  'CAMERA-BANDWIDTH': {
    cause: {
      id: 'Jalur USB tidak cukup untuk kamera ini bersama perangkat lain.',
      en: 'The USB bus has no room for this camera beside the other devices.',
    },
    resident: askStaff,
    staff: {
      id: 'Pasang kamera di port USB lain, atau turunkan framesPerSecond atau ukuran gambar di konfigurasi.',
      en: 'Plug the camera into another USB port, or lower framesPerSecond or the picture size in the configuration.',
    },
  },
  'CAMERA-FORMAT': {
    cause: {
      id: 'Kamera tidak memberi gambar dengan format atau ukuran yang diatur.',
      en: 'The camera does not give pictures of the configured format or size.',
    },
    resident: askStaff,
    staff: {
      id: 'Lihat format kamera dengan `v4l2-ctl --list-formats-ext`, lalu perbaiki format, width dan height di konfigurasi.',
      en: 'See what the camera offers with `v4l2-ctl --list-formats-ext`, then correct format, width and height in the configuration.',
    },
  },
  'CAMERA-STALLED': {
    cause: { id: 'Kamera tidak mengirim gambar.', en: 'The camera sends no pictures.' },
    resident: askStaff,
    staff: replug,
  },
  'CAMERA-LOST': {
    cause: { id: 'Sambungan ke kamera terputus.', en: 'The connection to the camera was lost.' },
    resident: askStaff,
    staff: {
      id: 'Pasang lagi kabel kamera, lalu ulangi: kios menyambung sendiri.',
      en: "Plug the camera's cable in again, then repeat: the kiosk reconnects by itself.",
    },
  },
  'CAMERA-FAILED': {
    cause: { id: 'Kamera tidak dapat dibaca.', en: 'The camera cannot be read.' },
    resident: askStaff,
    staff: replug,
  },
  'CAMERA-FFMPEG-ABSENT': {
    cause: {
      id: 'Program pembaca kamera (ffmpeg) tidak ada.',
      en: 'The program that reads cameras (ffmpeg) is missing.',
    },
    resident: askStaff,
    staff: {
      id: 'Jalankan `scripts/setup`, lalu ulangi.',
      en: 'Run `scripts/setup`, then repeat.',
    },
  },
  'CAMERA-STUCK': {
    cause: {
      id: 'Kamera mengulang gambar yang sama terus-menerus.',
      en: 'The camera repeats one and the same picture.',
    },
    resident: askStaff,
    staff: replug,
  },
  'CAMERA-DARK': {
    cause: {
      id: 'Kamera hanya melihat gelap.',
      en: 'The camera sees nothing but darkness.',
    },
    resident: askStaff,
    staff: {
      id: 'Buka penutup lensa dan nyalakan lampu, lalu ulangi.',
      en: 'Uncover the lens and switch the lights on, then repeat.',
    },
  },
  'CAMERA-BLINDED': {
    cause: {
      id: 'Kamera silau: hampir seluruh gambar putih.',
      en: 'The camera is blinded: nearly all of the picture is white.',
    },
    resident: askStaff,
    staff: {
      id: 'Jauhkan cahaya langsung dari lensa: tutup tirai, putar lampu atau kamera.',
      en: 'Keep direct light off the lens: close the curtain, turn the lamp or the camera.',
    },
  },
  'CAMERA-UNSHARP': {
    cause: { id: 'Gambar kamera buram.', en: "The camera's picture is blurred." },
    resident: askStaff,
    staff: {
      id: 'Lap lensa dengan kain lembut, lalu atur fokus kamera.',
      en: "Wipe the lens with a soft cloth, then set the camera's focus.",
    },
  },
} as const satisfies Entries;
