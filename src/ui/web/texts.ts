/** Every sentence of the page, Indonesian and English. Failures bring their own texts from the catalogue. */
import type { Text } from '../../failures/entry.ts';
import { type FingerPosition, fingerName } from '../../rules/finger-position.ts';

const say = (id: string, en: string): Text => ({ id, en });

export const texts = {
  kiosk: say('Anjungan', 'Anjungan'),
  desk: say('Meja aktivasi KTP-el', 'KTP-el activation desk'),
  language: say('Bahasa', 'Language'),
  free: say(
    'Layanan ini gratis. Warga tidak membayar apa pun.',
    'This service is free. Residents pay nothing.',
  ),
  freeLaw: say('UU 24/2013 pasal 79A', 'Law 24/2013 art. 79A'),

  connecting: say('Menyambung ke anjungan…', 'Connecting to the kiosk…'),
  lost: say('Sambungan ke anjungan terputus', 'The connection to the kiosk is lost'),
  lostHelp: say(
    'Sedang menyambung kembali. Pekerjaan di anjungan tetap berjalan.',
    'Reconnecting. The work at the kiosk goes on.',
  ),
  refusedKey: say('Alamat ini tidak berlaku lagi', 'This address is no longer valid'),
  refusedKeyHelp: say(
    'Anjungan memakai kunci baru setiap kali dinyalakan. Buka alamat yang ditulisnya, yang dimulai dengan http://127.0.0.1.',
    'The kiosk takes a new key each time it starts. Open the address that it prints, beginning with http://127.0.0.1.',
  ),
  noAnswer: say(
    'Anjungan belum menjawab. Coba lagi setelah tersambung.',
    'The kiosk has not answered. Try again once it is connected.',
  ),

  devices: say('Perangkat', 'Devices'),
  newReader: say('Pembaca baru', 'New reader'),
  oldReader: say('Pembaca lama', 'Old reader'),
  sensor: say('Pemindai jari', 'Finger scanner'),
  noSensor: say('tidak dipasang', 'not configured'),
  ready: say('siap', 'ready'),
  busy: say('bekerja', 'working'),
  starting: say('menyambung', 'connecting'),
  broken: say('terputus', 'lost'),
  faulty: say('bermasalah', 'at fault'),
  cardOn: say('kartu terpasang', 'card in place'),
  cardOff: say('kosong', 'empty'),
  samMissing: say('tanpa SAM', 'no SAM'),

  greeting: say('Selamat datang', 'Welcome'),
  idleTitle: say('Kartu siapa yang kita periksa?', 'Whose card shall we check?'),
  idleHelp: say(
    'Minta warga meletakkan KTP-el mendatar di pembaca, lalu mulai pemeriksaan.',
    'Ask the resident to lay the KTP-el flat on the reader, then begin the check.',
  ),
  idlePlan: say('Yang akan berlangsung', 'What will happen'),
  planPhoto: say('Foto pada cip langsung tampil', 'The photo on the chip shows at once'),
  planPhotoHelp: say('Bandingkan dengan orang di depan Anda.', 'Compare it with the person before you.'),
  planGenuine: say('Keaslian cip dibuktikan', 'The chip is proved genuine'),
  planGenuineHelp: say('SAM memeriksa tanda tangan digitalnya.', 'The SAM checks its digital signature.'),
  planFinger: say('Jari pemegang dicocokkan', "The holder's finger is matched"),
  planFingerHelp: say('Paling banyak empat kali percobaan.', 'Four tries at most.'),
  planActivate: say('Kartu diaktifkan dan dibaca ulang', 'The card is activated and read back'),
  planActivateHelp: say('Lalu masuk antrean ke pusat data.', 'Then queued for the data centre.'),
  compare: say('Bandingkan pembaca', 'Compare the readers'),

  steps: say('Langkah', 'Steps'),
  stepCard: say('Kartu', 'Card'),
  stepPhoto: say('Foto', 'Photo'),
  stepGenuine: say('Keaslian', 'Genuine'),
  stepFinger: say('Sidik jari', 'Finger'),
  stepData: say('Data', 'Data'),
  stepActivation: say('Aktivasi', 'Activation'),
  stepDone: say('selesai', 'done'),
  stepNow: say('sekarang', 'now'),
  stepStopped: say('berhenti di sini', 'stopped here'),
  stepLater: say('nanti', 'later'),

  awaitCard: say('Letakkan KTP-el di pembaca', 'Lay the KTP-el on the reader'),
  awaitCardHelp: say(
    'Mendatar, di tengah, tanpa sampul plastik. Kartu tetap di sana sampai selesai.',
    'Flat, in the middle, out of its sleeve. The card stays there until the end.',
  ),
  readingPhoto: say('Membaca foto', 'Reading the photo'),
  readingPhotoHelp: say('Jangan angkat kartu.', 'Do not lift the card.'),
  reading: say('Apakah ini orangnya?', 'Is this the person?'),
  readingHelp: say(
    'Bandingkan foto dengan orang di depan Anda. Sementara itu SAM memeriksa keaslian cip; jangan angkat kartu.',
    'Compare the photo with the person before you. Meanwhile the SAM examines the chip; do not lift the card.',
  ),
  pressHelp: say(
    'Tempelkan rata, lalu tahan sampai layar ini berganti.',
    'Flat, and hold still until this screen changes.',
  ),
  pressOnBoxHelp: say(
    'Di pemindai pembaca lama itu sendiri: rata, lalu tahan sampai layar ini berganti.',
    "On the old reader's own scanner: flat, and hold still until this screen changes.",
  ),
  pressAny: say('Tempelkan jari pemegang', "Press the holder's finger"),
  matching: say('Mencocokkan jari', 'Matching the finger'),
  matchingHelp: say('Hasilnya segera tampil.', 'The result shows in a moment.'),
  readingData: say('Jari cocok. Membaca data', 'The finger matched. Reading the data'),
  readingDataHelp: say('Jangan angkat kartu.', 'Do not lift the card.'),

  verified: say('Terverifikasi', 'Verified'),
  verifiedBySam: say(
    'Kartu asli, dan jari pemegang cocok dengan cip.',
    "The card is genuine, and the holder's finger matches the chip.",
  ),
  verifiedByBox: say(
    'Pembaca lama menyatakan jari pemegang cocok. Keaslian cip tidak dapat diberitahukannya.',
    "The old reader says that the holder's finger matches. It cannot tell whether the chip is genuine.",
  ),
  canActivate: say(
    'Kartu belum aktif dan dapat diaktifkan sekarang.',
    'The card is not active yet and can be activated now.',
  ),
  alreadyActive: say('Kartu ini sudah aktif.', 'This card is active already.'),
  cardLeft: say(
    'Kartu sudah terangkat. Untuk mengaktifkannya, periksa sekali lagi.',
    'The card has left the reader. To activate it, check it once more.',
  ),
  activateElsewhere: say('Aktivasi dilakukan di pembaca baru.', 'Activation is done on the new reader.'),
  refused: say('Ditolak', 'Refused'),
  failed: say('Berhenti', 'Stopped'),

  tries: say('Percobaan jari', 'Finger tries'),
  tryMatch: say('cocok', 'matched'),

  photo: say('Foto pada cip', 'Photo on the chip'),
  photoLater: say(
    'Foto tampil di sini begitu kartu terbaca',
    'The photo shows here as soon as the card is read',
  ),
  photoUntold: say('Pembaca lama tidak memberikan foto', 'The old reader gives no photo'),
  photoBroken: say('Foto pada cip tidak dapat ditampilkan', 'The photo on the chip cannot be shown'),
  genuine: say('Asli', 'Genuine'),
  genuineHelp: say('dibuktikan oleh SAM', 'proved by SAM'),
  notGenuine: say('Tidak asli', 'Not genuine'),
  notGenuineHelp: say('menurut SAM', 'says the SAM'),
  genuineUnknown: say('Keaslian belum terbukti', 'Not yet proved genuine'),
  genuineChecking: say('Keaslian sedang diperiksa', 'Being proved genuine'),
  genuineUntold: say('Keaslian tidak diketahui', 'Not known to be genuine'),
  genuineUntoldHelp: say('pembaca lama tidak memberitahukannya', 'the old reader does not tell'),
  active: say('Aktif', 'Active'),
  inactive: say('Belum aktif', 'Not active yet'),

  person: say('Data pada kartu', 'Data on the card'),
  personLater: say(
    'Data tampil setelah kartu terbaca penuh.',
    'The data shows once the card is read in full.',
  ),
  personAfterMatch: say(
    'Pembaca lama memberikan data setelah jari cocok.',
    'The old reader gives the data after a match.',
  ),
  nik: say('NIK', 'NIK'),
  name: say('Nama', 'Name'),
  born: say('Lahir', 'Born'),
  sex: say('Jenis kelamin', 'Sex'),
  blood: say('Gol. darah', 'Blood group'),
  address: say('Alamat', 'Address'),
  religion: say('Agama', 'Religion'),
  marital: say('Status perkawinan', 'Marital status'),
  occupation: say('Pekerjaan', 'Occupation'),
  citizenship: say('Kewarganegaraan', 'Citizenship'),
  oldGeneration: say('generasi lama', 'old generation'),
  newGeneration: say('generasi baru', 'new generation'),

  activating: say('Mengaktifkan kartu', 'Activating the card'),
  activatingHelp: say(
    'Jangan angkat kartu. Hanya beberapa saat.',
    'Do not lift the card. It takes a moment.',
  ),
  settling: say('Membaca ulang kartu', 'Reading the card back'),
  settlingHelp: say(
    'Biarkan kartu di pembaca. Bila terangkat, letakkan kembali kartu yang sama.',
    'Leave the card on the reader. If it was lifted, lay the same card down again.',
  ),
  activated: say('Kartu aktif', 'The card is active'),
  activatedHelp: say('Kartu dapat diserahkan kepada pemegangnya.', 'It can be handed to its holder.'),
  wasActive: say('Kartu sudah aktif sebelumnya', 'The card was active already'),
  wasActiveHelp: say('Tidak ada yang diubah pada cip.', 'Nothing was changed on the chip.'),
  activationRefused: say('Kartu tidak diaktifkan', 'The card was not activated'),
  activationUnknown: say('Hasil aktivasi belum diketahui', 'The outcome of the activation is not known yet'),
  partCommand: say('Perintah aktivasi', 'Activation command'),
  partReadBack: say('Pembacaan ulang', 'Read-back'),
  partQueue: say('Laporan ke pusat data', 'Report to the data centre'),
  sentToChip: say('diterima cip', 'taken by the chip'),
  sending: say('sedang dikirim…', 'being sent…'),
  waiting: say('menunggu', 'waiting'),
  readingBack: say('sedang dibaca…', 'being read…'),
  readBackActive: say('cip menyatakan aktif', 'the chip says active'),
  queued: say('dalam antrean, dengan bukti', 'queued, with proof'),
  notNeeded: say('tidak diperlukan', 'not needed'),
  notDone: say('tidak terjadi', 'did not happen'),
  notKnown: say('belum diketahui', 'not known yet'),
  noted: say('dicatat sebagai belum diketahui', 'recorded as not known'),

  activate: say('Aktifkan kartu', 'Activate the card'),
  confirmTitle: say('Aktifkan kartu ini?', 'Activate this card?'),
  confirmHelp: say(
    'Setelah aktif, kartu berlaku dan tidak dapat dinonaktifkan dari meja ini.',
    'Once active, the card is valid and cannot be switched off from this desk.',
  ),
  confirmYes: say('Ya, aktifkan', 'Yes, activate'),
  back: say('Kembali', 'Back'),

  comparing: say('Membandingkan pembaca', 'Comparing the readers'),
  comparingHelp: say(
    'Letakkan kartu yang sama di setiap pembaca, sesuai baris yang menyala.',
    'Lay the same card on each reader, following the row that is lit.',
  ),
  compared: say('Hasil perbandingan', 'The comparison'),
  readableEverywhere: say('Kartu terbaca di semua pembaca.', 'The card is readable on every reader.'),
  readableSome: say(
    'Ada pembaca yang tidak dapat membaca kartu ini.',
    'Not every reader can read this card.',
  ),
  reader: say('Pembaca', 'Reader'),
  result: say('Hasil', 'Result'),
  reason: say('Penjelasan', 'Why'),
  readable: say('Terbaca', 'Readable'),
  unreadable: say('Tidak terbaca', 'Not readable'),
  rowWaiting: say('Menunggu giliran', 'Waits for its turn'),
  rowAwaitingCard: say('Letakkan kartu di sini', 'Lay the card here'),
  rowReading: say('Sedang membaca…', 'Reading…'),
  rowReadableHelp: say('Pembaca ini dapat membaca kartu tersebut.', 'This reader can read the card.'),

  remedy: say('Yang dapat dilakukan', 'What to do'),
  tellResident: say('Sampaikan kepada warga', 'Say to the resident'),
  code: say('Kode', 'Code'),
  retry: say('Ulangi', 'Try again'),
  checkAgain: say('Periksa lagi', 'Check again'),
  cancel: say('Batalkan', 'Cancel'),
  closeCase: say('Tutup kasus', 'Close the case'),
  anotherCard: say('Kartu berikutnya', 'Next card'),
  dismiss: say('Tutup pesan', 'Dismiss'),
  notPossible: say('Belum dapat dilakukan', 'Not possible now'),

  closed: say('Meja ini sedang ditutup', 'This desk is closed at present'),
  troublesTitle: say('Perangkat yang perlu diperiksa', 'Devices to look after'),
  unknownTitle: say('Aktivasi yang perlu dipastikan', 'Activations to be settled'),
  unknownHelp: say(
    'Kartu terangkat sebelum dapat dibaca ulang. Letakkan kartu itu di pembaca baru dan periksa lagi: keadaannya akan terbaca.',
    'The card left before it could be read back. Lay it on the new reader and check it again: its state will be read.',
  ),
  since: say('sejak', 'since'),

  bench: say('Perangkat virtual', 'Virtual devices'),
  benchHelp: say(
    'Bench: bukan kartu, jari, atau pembaca sungguhan.',
    'Bench: no real cards, fingers or readers.',
  ),
  benchPeople: say('Orang', 'People'),
  benchNobody: say('lainnya', 'others'),
  benchCards: say('Letakkan kartu', 'Lay a card'),
  benchReaders: say('Di atas pembaca', 'On the readers'),
  benchPull: say('Angkat', 'Pull'),
  benchEmpty: say('kosong', 'empty'),
  benchLeave: say('Pergi dari kamera', 'Leave the cameras'),
  benchFingers: say('Tekan jari, cap ke-', 'Press a finger, impression no.'),
} satisfies Record<string, Text>;

/** Names of the fields of biodata (rules/biodata.ts), as on the card. */
export const fieldNames = {
  nik: say('NIK', 'NIK'),
  nama: say('Nama', 'Name'),
  tempatLahir: say('Tempat lahir', 'Place of birth'),
  tanggalLahir: say('Tanggal lahir', 'Date of birth'),
  jenisKelamin: say('Jenis kelamin', 'Sex'),
  golonganDarah: say('Golongan darah', 'Blood group'),
  alamat: say('Alamat', 'Address'),
  rt: say('RT', 'RT'),
  rw: say('RW', 'RW'),
  kelurahan: say('Desa atau kelurahan', 'Village'),
  kecamatan: say('Kecamatan', 'Sub-district'),
  kabupaten: say('Kabupaten atau kota', 'Regency or city'),
  provinsi: say('Provinsi', 'Province'),
  agama: say('Agama', 'Religion'),
  statusPerkawinan: say('Status perkawinan', 'Marital status'),
  pekerjaan: say('Pekerjaan', 'Occupation'),
  kewarganegaraan: say('Kewarganegaraan', 'Citizenship'),
} as const;

export function checkOn(reader: Text): Text {
  return say(`Periksa di ${lowerFirst(reader.id)}`, `Check on the ${lowerFirst(reader.en)}`);
}

export function pressFinger(positions: readonly FingerPosition[]): Text {
  const [lower, higher] = [...positions].sort((one, other) => one - other);
  if (lower === undefined) return texts.pressAny;
  const first = fingerName(lower);
  if (higher === undefined) return say(`Tempelkan ${first.id}`, `Press the ${first.en}`);
  const second = fingerName(higher);
  // The same finger of both hands; right hands come first in ISO/IEC 19794-2.
  if (higher === lower + 5)
    return say(`Tempelkan ${first.id} atau kiri`, `Press the right or the ${second.en}`);
  return say(`Tempelkan ${first.id} atau ${second.id}`, `Press the ${first.en} or the ${second.en}`);
}

export function triesLeft(count: number): Text {
  if (count === 0) return say('Tidak ada percobaan lagi', 'No tries left');
  return count === 1
    ? say('Tinggal 1 percobaan', '1 try left')
    : say(`Tersisa ${count} percobaan`, `${count} tries left`);
}

export function tryNumber(number: number): Text {
  return say(`Percobaan ${number}`, `Try ${number}`);
}

export function imageQuality(quality: number): Text {
  return say(`mutu ${quality} dari 100`, `quality ${quality} of 100`);
}

export function numbered(name: Text, id: string): Text {
  return say(`${name.id} (${id})`, `${name.en} (${id})`);
}

/** Between two pictures of which either will do. */
export const or = say('atau', 'or');

export function doesWhatIsAsked(person: string): Text {
  return say(`${person} melakukan yang diminta`, `${person} does what is asked`);
}

export function layOn(card: Text, reader: Text): Text {
  return say(
    `Letakkan ${card.id} di ${lowerFirst(reader.id)}`,
    `Lay ${card.en} on the ${lowerFirst(reader.en)}`,
  );
}

export function pressImpression(person: string, finger: Text, impression: number): Text {
  return say(
    `Tekan ${finger.id} ${person}, cap ${impression}`,
    `Press ${person}'s ${finger.en}, impression ${impression}`,
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
