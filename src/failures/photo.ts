/** Photos of residents: what is wrong with the picture, and the record that carries it. */
import type { Entries } from './entry.ts';

export const photo = {
  'PHOTO-TOO-DARK': {
    cause: { id: 'Foto terlalu gelap.', en: 'The photo is too dark.' },
    resident: {
      id: 'Foto masih gelap. Hadapkan wajah ke lampu dan tunggu sebentar.',
      en: 'The photo is still dark. Turn your face to the lamp and wait a moment.',
    },
    staff: {
      id: 'Nyalakan lampu foto, atau geser lampu lebih dekat ke warga.',
      en: 'Switch the photo lamp on, or move it closer to the resident.',
    },
  },
  'PHOTO-TOO-BRIGHT': {
    cause: { id: 'Foto terlalu terang.', en: 'The photo is too bright.' },
    resident: {
      id: 'Cahaya terlalu terang. Mundur sedikit dari lampu.',
      en: 'The light is too bright. Step back from the lamp a little.',
    },
    staff: {
      id: 'Redupkan lampu foto atau tutup tirai jendela.',
      en: 'Dim the photo lamp or close the curtain.',
    },
  },
  'PHOTO-UNEVEN-LIGHT': {
    cause: {
      id: 'Satu sisi wajah jauh lebih terang daripada sisi lainnya.',
      en: 'One side of the face is much brighter than the other.',
    },
    resident: {
      id: 'Cahaya datang dari samping. Hadapkan wajah lurus ke kamera.',
      en: 'The light comes from one side. Face the camera straight on.',
    },
    staff: {
      id: 'Pasang lampu di kedua sisi kamera, dan tutup jendela di samping warga.',
      en: 'Put a lamp on both sides of the camera, and cover the window beside the resident.',
    },
  },
  'PHOTO-UNSHARP': {
    cause: { id: 'Foto buram.', en: 'The photo is blurred.' },
    resident: {
      id: 'Foto masih buram. Diam sebentar dan lihat ke kamera.',
      en: 'The photo is still blurred. Keep still for a moment and look at the camera.',
    },
    staff: {
      id: 'Lap lensa dengan kain lembut; bila tetap buram, atur fokus kamera.',
      en: "Wipe the lens with a soft cloth; if it stays blurred, set the camera's focus.",
    },
  },
  'PHOTO-BACKGROUND-COLOUR': {
    cause: {
      id: 'Warna latar belakang bukan yang ditentukan.',
      en: 'The background is not of the prescribed colour.',
    },
    resident: {
      id: 'Mohon tunggu, petugas akan mengganti latar belakang.',
      en: 'Please wait, the staff will change the background.',
    },
    staff: {
      id: 'Pasang latar merah untuk tahun lahir ganjil, biru untuk tahun genap, jingga untuk orang asing; lalu ulangi.',
      en: 'Hang the red background for odd birth years, blue for even ones, orange for foreigners; then repeat.',
    },
  },
  'PHOTO-BACKGROUND-UNEVEN': {
    cause: {
      id: 'Latar belakang tidak polos atau berbayang.',
      en: 'The background is not plain, or there are shadows on it.',
    },
    resident: {
      id: 'Pastikan tidak ada orang atau barang di belakang Anda, dan maju selangkah dari latar.',
      en: 'Make sure that nobody and nothing is behind you, and step forward from the background.',
    },
    staff: {
      id: 'Ratakan kain latar, singkirkan barang di belakang warga, dan terangi latar dari dua sisi.',
      en: 'Smooth the background, remove what stands behind the resident, and light it from two sides.',
    },
  },
  'PHOTO-NO-HEAD': {
    cause: { id: 'Tidak terlihat kepala di depan latar.', en: 'No head is seen before the background.' },
    resident: {
      id: 'Berdirilah di depan kamera sampai wajah Anda terlihat di layar.',
      en: 'Stand before the camera until you see your face on the screen.',
    },
    staff: {
      id: 'Atur tinggi kamera atau tempat berdiri; periksa bahwa kerudung atau baju tidak sewarna dengan latar.',
      en: 'Set the height of the camera or the place to stand; see that scarf and clothes differ from the background.',
    },
  },
  'PHOTO-HEAD-TOO-SMALL': {
    cause: { id: 'Kepala terlalu kecil di foto.', en: 'The head is too small on the photo.' },
    resident: { id: 'Maju sedikit ke arah kamera.', en: 'Come a little closer to the camera.' },
    staff: {
      id: 'Minta warga maju, atau dekatkan kamera.',
      en: 'Ask the resident to come closer, or move the camera closer.',
    },
  },
  'PHOTO-HEAD-TOO-LARGE': {
    cause: {
      id: 'Kepala terlalu besar atau terpotong di foto.',
      en: 'The head is too large on the photo, or cut off.',
    },
    resident: { id: 'Mundur sedikit dari kamera.', en: 'Step back from the camera a little.' },
    staff: {
      id: 'Minta warga mundur, atau jauhkan kamera.',
      en: 'Ask the resident to step back, or move the camera away.',
    },
  },
  'PHOTO-OFF-CENTRE': {
    cause: { id: 'Kepala tidak di tengah foto.', en: 'The head is not in the middle of the photo.' },
    resident: {
      id: 'Geser sampai wajah Anda tepat di bingkai pada layar.',
      en: 'Move until your face is in the frame on the screen.',
    },
    staff: {
      id: 'Tunjukkan tempat berdiri, atau atur arah dan tinggi kamera.',
      en: 'Show where to stand, or set the direction and the height of the camera.',
    },
  },
  'FACE-IMAGE-RECORD-INVALID': {
    cause: {
      id: 'Rekaman foto wajah rusak atau bukan ISO/IEC 19794-5:2011.',
      en: 'The face image record is torn or is not ISO/IEC 19794-5:2011.',
    },
    staff: {
      id: 'Ambil foto sekali lagi; bila berkas dari luar, minta dikirim ulang.',
      en: 'Take the photo once more; if the file came from outside, have it sent again.',
    },
  },
  'FACE-IMAGE-UNREADABLE': {
    cause: {
      id: 'Gambar di dalam rekaman foto wajah tidak dapat dibuka.',
      en: 'The picture inside a face image record cannot be opened.',
    },
    staff: {
      id: 'Ambil foto sekali lagi; bila berkas dari luar, minta dikirim ulang sebagai JPEG atau JPEG 2000.',
      en: 'Take the photo once more; if the file came from outside, have it sent again as JPEG or JPEG 2000.',
    },
  },
} as const satisfies Entries;
