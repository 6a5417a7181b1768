/** Irises: the image, its record, what a capture lacks. */
import type { Entries } from './entry.ts';

export const iris = {
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
} as const satisfies Entries;
