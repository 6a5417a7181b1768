/** The recording of a resident: the session and its order of work. */
import { askStaff } from './ask-staff.ts';
import type { Entries } from './entry.ts';

export const session = {
  'SESSION-NIK-BIRTH-DATE': {
    cause: {
      id: 'NIK menunjukkan tanggal lahir lain daripada data.',
      en: 'The NIK tells another date of birth than the data.',
    },
    staff: {
      id: 'NIK berlaku seumur hidup dan tidak diubah. Periksa datanya di kartu keluarga.',
      en: 'A NIK is given for life and is not changed. Check the data against the family card.',
    },
  },
  'SESSION-NIK-SEX': {
    cause: {
      id: 'NIK menunjukkan jenis kelamin lain daripada data.',
      en: 'The NIK tells another sex than the data.',
    },
    staff: {
      id: 'NIK berlaku seumur hidup dan tidak diubah. Periksa datanya di kartu keluarga.',
      en: 'A NIK is given for life and is not changed. Check the data against the family card.',
    },
  },
  'SESSION-NIK-REGION': {
    cause: {
      id: 'NIK menunjukkan wilayah lain daripada data.',
      en: 'The NIK tells another region than the data.',
    },
    staff: {
      id: 'NIK berlaku seumur hidup dan tidak diubah. Periksa datanya di kartu keluarga.',
      en: 'A NIK is given for life and is not changed. Check the data against the family card.',
    },
  },
  'SESSION-NO-DEVICE': {
    cause: {
      id: 'Anjungan ini tidak punya perangkat untuk bagian ini.',
      en: 'This kiosk has no device for this part.',
    },
    resident: askStaff,
    staff: {
      id: 'Catat pengecualian, atau arahkan warga ke anjungan lain; teknisi dapat memasang perangkatnya.',
      en: 'Record an exception, or send the resident to another kiosk; a technician can configure the device.',
    },
  },
  'SESSION-FINGER-OTHER': {
    cause: {
      id: 'Jari ini bukan jari yang direkam pertama kali.',
      en: 'This is not the finger that was captured first.',
    },
    resident: {
      id: 'Tempelkan jari yang ditunjukkan di gambar.',
      en: 'Press the finger that the picture shows.',
    },
    staff: {
      id: 'Lihat jari mana yang ditempelkan. Bila benar, rekam ulang tangan itu dari tinjauan.',
      en: 'See which finger is pressed. If it is the right one, redo that hand from the review.',
    },
  },
  'SESSION-OPERATOR-FINGER': {
    cause: {
      id: 'Sidik jari ini bukan milik petugas yang memperbaiki data.',
      en: 'This finger is not that of the operator who corrected the data.',
    },
    staff: {
      id: 'Petugas yang memperbaiki data menempelkan telunjuk kanannya sendiri.',
      en: 'The operator who made the correction presses their own right index finger.',
    },
  },
  'SESSION-NOT-NOW': {
    cause: { id: 'Ini belum saatnya.', en: 'This is not the moment for it.' },
    resident: { id: 'Ikuti langkah di layar.', en: 'Follow the step on the screen.' },
    staff: {
      id: 'Selesaikan langkah di layar, lalu ulangi.',
      en: 'Finish the step on the screen, then repeat.',
    },
  },
  'KIOSK-CLOSED': {
    cause: { id: 'Anjungan belum buka.', en: 'The kiosk is not open.' },
    resident: {
      id: 'Lihat jam buka di layar, atau tanyakan petugas.',
      en: 'See the hours on the screen, or ask the staff.',
    },
    staff: {
      id: 'Petugas dapat membukanya di luar jadwal; lihat alasan di layar petugas.',
      en: "An operator may open it beyond the timetable; see the reason on the operator's screen.",
    },
  },
  'SESSION-NIK-INVALID': {
    cause: { id: 'NIK harus 16 angka.', en: 'A NIK has 16 digits.' },
    resident: {
      id: 'Periksa lagi NIK di kartu keluarga Anda, lalu ketik 16 angkanya.',
      en: 'Look at the NIK on your family card again and type its 16 digits.',
    },
    staff: {
      id: 'Bacakan NIK dari kartu keluarga, atau cari dengan nama dan tanggal lahir.',
      en: 'Read the NIK from the family card, or search by name and date of birth.',
    },
  },
  'SESSION-INVITATION-UNKNOWN': {
    cause: { id: 'Kode undangan ini tidak dikenal.', en: 'This invitation code is not known.' },
    resident: {
      id: 'Ketik NIK Anda, atau panggil petugas. Anda tetap dapat direkam.',
      en: 'Type your NIK, or call the officer. You can be recorded all the same.',
    },
    staff: {
      id: 'Rekam dengan NIK; sesi akan ditandai tidak ada di daftar undangan.',
      en: 'Record by NIK; the session will be flagged as not on the roster.',
    },
  },
  'SESSION-GIVEN-UP': {
    cause: {
      id: 'Sebuah sesi berulang kali menghentikan anjungan, lalu dihapus.',
      en: 'A session brought the kiosk down again and again, and was wiped.',
    },
    staff: {
      id: 'Rekam ulang warganya dari awal, dan kirim catatan log kepada teknisi.',
      en: 'Record the resident again from the beginning, and send the log to the technician.',
    },
  },
  'SESSION-CODE-UNKNOWN': {
    cause: {
      id: 'Kode ini bukan undangan atau tanda terima dari anjungan ini.',
      en: 'This code is of no invitation and of no receipt of this kiosk.',
    },
    resident: {
      id: 'Ketik NIK Anda, atau panggil petugas.',
      en: 'Type your NIK, or call the officer.',
    },
    staff: {
      id: 'Lihat kartu keluarganya, lalu cari dengan NIK di sesi ini.',
      en: 'See the family card, then look up by the NIK in this session.',
    },
  },
  'SESSION-REDONE': {
    cause: {
      id: 'Rekaman dihapus karena akan diulang.',
      en: 'The capture was thrown away, because it is made once more.',
    },
    resident: { id: 'Kita ulangi bagian ini.', en: 'We do this part once more.' },
    staff: { id: 'Lanjutkan; warga merekam ulang bagian ini.', en: 'Go on; the resident repeats this part.' },
  },
} as const satisfies Entries;
