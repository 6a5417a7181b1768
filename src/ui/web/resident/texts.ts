/** Every sentence that a resident reads and hears: short, warm, one thought each. Indonesian first, then English. */
import type { Text } from '../../../failures/entry.ts';
import type { ReasonForComing } from '../../../rules/recording.ts';
import type { CaptureTargetView, ProgressStepView } from '../../contract/resident-view.ts';

const say = (id: string, en: string): Text => ({ id, en });

export const texts = {
  welcome: say('Selamat datang', 'Welcome'),
  welcomeHelp: say(
    'Rekam KTP-el, periksa kartu, atau tanyakan status Anda di sini.',
    'Be recorded for the KTP-el, check your card, or ask for your status here.',
  ),
  begin: say('Mulai', 'Begin'),
  kioskSelfTest: say('Anjungan sedang memeriksa perangkatnya', 'The kiosk is testing its devices'),
  kioskSelfTestHelp: say('Tunggu sebentar, layanan segera dibuka.', 'One moment: the service opens soon.'),
  kioskClosed: say('Layanan belum dibuka', 'The service is not open'),
  kioskPaused: say('Layanan berhenti sebentar', 'The service pauses for a moment'),
  kioskPausedHelp: say(
    'Silakan duduk. Nomor antrean Anda tetap berlaku.',
    'Please take a seat. Your number stays yours.',
  ),
  kioskOut: say('Anjungan ini sedang diperiksa', 'This kiosk is being seen to'),
  kioskOutHelp: say('Petugas akan membantu Anda.', 'An officer will help you.'),
  kioskPower: say('Listrik padam', 'The power is out'),
  kioskPowerHelp: say(
    'Yang sudah direkam tersimpan. Layanan baru dimulai setelah listrik menyala.',
    'What was recorded is kept. New service begins when the power is back.',
  ),

  free: say('Layanan ini gratis.', 'This service is free.'),
  reportFee: say('Diminta membayar?', 'Asked to pay?'),
  reportFeeTitle: say('Anda tidak perlu membayar apa pun', 'You need not pay anything'),
  reportFeeHelp: say(
    'KTP-el gratis menurut UU 24/2013 pasal 79A. Siapa pun yang meminta uang diancam penjara enam tahun dan denda Rp 75 juta (pasal 95B).',
    'The KTP-el is free by law 24/2013, article 79A. Whoever asks for money risks six years in prison and a fine of Rp 75 million (article 95B).',
  ),
  close: say('Tutup', 'Close'),
  back: say('Keluar', 'Leave'),
  leaveTitle: say('Anda ingin keluar?', 'Do you want to leave?'),
  leaveHelp: say(
    'Yang sudah direkam akan dihapus. Anda boleh mulai lagi kapan saja.',
    'What was recorded will be erased. You may begin again at any time.',
  ),
  leaveYes: say('Ya, keluar', 'Yes, leave'),
  leaveNo: say('Tetap di sini', 'Stay here'),
  callOfficer: say('Panggil petugas', 'Call an officer'),
  officerCalled: say('Petugas sudah dipanggil', 'An officer has been called'),
  hearAgain: say('Dengarkan', 'Listen'),
  contrast: say('Kontras', 'Contrast'),
  slow: say('Pelan', 'Slow'),
  largeText: say('Huruf besar', 'Large text'),
  training: say('LATIHAN: tidak ada yang dikirim', 'TRAINING: nothing is sent'),

  idleTitle: say('Anda masih di sini?', 'Are you still there?'),
  idleStay: say('Ya, lanjutkan', 'Yes, go on'),

  chooseTitle: say('Apa yang Anda perlukan?', 'What do you need?'),
  chooseHelp: say('Sentuh satu pilihan.', 'Touch one of these.'),
  serviceRecord: say('Rekam KTP-el', 'Be recorded for the KTP-el'),
  serviceCheck: say('Periksa kartu saya', 'Check my card'),
  serviceStatus: say('Status rekaman saya', 'Status of my record'),
  serviceQueue: say('Ambil nomor antrean', 'Take a queue number'),
  reasonTitle: say('Mengapa Anda datang?', 'Why do you come?'),
  reasonBack: say('Kembali', 'Back'),
  priorityTitle: say('Apakah Anda didahulukan?', 'Do you go first?'),
  priorityHelp: say(
    'Lansia, penyandang disabilitas, ibu hamil dan menyusui didahulukan.',
    'Elderly and disabled people, pregnant and nursing mothers go first.',
  ),

  identifyTitle: say('Siapa Anda?', 'Who are you?'),
  identifyHelp: say(
    'Tunjukkan kode pada undangan ke pemindai, atau ketik 16 angka NIK Anda.',
    'Show the code on your invitation to the scanner, or type the 16 digits of your NIK.',
  ),
  nik: say('NIK, 16 angka', 'NIK, 16 digits'),
  erase: say('Hapus', 'Erase'),
  next: say('Lanjut', 'Next'),
  identifyNone: say('Saya tidak tahu NIK saya', 'I do not know my NIK'),
  checking: say('Sedang dicari', 'Looking it up'),
  checkingHelp: say('Tunggu sebentar.', 'One moment.'),

  noticeTitle: say('Untuk apa data Anda?', 'What is your data for?'),
  noticePurpose: say(
    'Foto, tanda tangan, sidik jari dan iris mata Anda direkam untuk KTP-el.',
    'Your photo, signature, fingerprints and irises are recorded for the KTP-el.',
  ),
  noticeBasis: say(
    'Dasarnya undang-undang. Data hanya dikirim ke pusat data kependudukan.',
    'The law asks for it. The data goes to the national data centre alone.',
  ),
  noticeKeep: say(
    'Di anjungan ini data disandikan, lalu dihapus setelah pusat menerimanya.',
    'In this kiosk it is encrypted, and erased once the centre has received it.',
  ),
  noticeRights: say(
    'Anda boleh bertanya siapa yang membaca data Anda. Tercetak pada tanda terima.',
    'You may ask who has read your data. It is printed on your receipt.',
  ),
  noticeAgree: say('Saya mengerti', 'I understand'),
  guardianTitle: say('Siapa pendamping Anda?', 'Who is with you?'),
  guardianMinor: say(
    'Anda belum 18 tahun. Orang tua atau wali mendampingi dan menandatangani.',
    'You are not yet 18. A parent or guardian stays with you and signs.',
  ),
  guardianAssistance: say(
    'Pendamping Anda menandatangani bersama Anda.',
    'The person with you signs together with you.',
  ),
  guardianName: say('Nama pendamping', 'Name of the guardian'),
  guardianRelation: say('Hubungan', 'Relation'),
  relationParent: say('orang tua', 'parent'),
  relationGuardian: say('wali', 'guardian'),
  relationHelper: say('pendamping', 'helper'),

  recordedTitle: say('Anda sudah direkam', 'You are recorded already'),
  recordedHere: say('Perekaman Anda dibuat di anjungan ini.', 'You were recorded at this kiosk.'),
  recordedHelp: say('Anda tidak perlu direkam lagi.', 'You need not be recorded again.'),

  biodataTitle: say('Apakah data ini benar?', 'Is this right?'),
  biodataHelp: say('Baca pelan-pelan. Suara membacakannya juga.', 'Take your time. It is read out, too.'),
  biodataRight: say('Ya, benar', 'Yes, it is right'),
  biodataWrong: say('Ada yang salah', 'Something is wrong'),
  biodataDisputed: say('Petugas membetulkan data Anda', 'An officer corrects your data'),
  biodataDisputedHelp: say('Tunjukkan kartu keluarga Anda.', 'Show your family card.'),
  biodataUnknown: say('Petugas mengisi data Anda', 'An officer enters your data'),
  corrected: say('dibetulkan', 'corrected'),

  glassesOff: say(
    'Lepas kacamata dan lensa kontak. Hijab tetap dipakai.',
    'Take off glasses and contact lenses. The hijab stays.',
  ),
  start: say('Saya siap', 'I am ready'),
  moreTime: say('Perlu waktu lebih', 'More time'),
  tryAgain: say('Coba lagi', 'Try again'),
  signatureDone: say('Selesai', 'Done'),
  signatureClear: say('Ulangi dari awal', 'Begin anew'),
  hold: say('Tahan, jangan bergerak', 'Hold still'),
  judging: say('Sedang diperiksa', 'Being checked'),
  tryAgainTitle: say('Belum jelas. Kita coba lagi.', 'Not clear yet. Let us try again.'),
  stuckTitle: say('Tenang saja. Petugas membantu Anda.', 'Never mind. An officer helps you.'),
  stuckHelp: say(
    'Jari yang halus, kering atau terluka sering sulit dibaca. Ada jalan lain.',
    'Worn, dry or hurt fingers are often hard to read. There is another way.',
  ),
  deviceLost: say('Alat ini terputus', 'This device is not there'),
  deviceLostHelp: say(
    'Anjungan sedang menyambungkannya kembali. Yang sudah direkam tetap tersimpan.',
    'The kiosk is finding it again. What was recorded is kept.',
  ),
  triesLeft: say('Kesempatan tersisa', 'Tries left'),
  quality: say('Kejelasan', 'Clearness'),

  approvalTitle: say('Petugas kedua sedang memeriksa', 'A second officer is looking'),
  approvalHelp: say(
    'Tunggu sebentar, ini aturan untuk melindungi Anda.',
    'One moment: this rule protects you.',
  ),
  operatorFingerTitle: say('Petugas mengesahkan perbaikan', 'The officer confirms the correction'),
  gateTitle: say('Tunjukkan surat Anda kepada petugas', 'Show your papers to the officer'),
  gateHelp: say(
    'Kartu keluarga, atau ITAP dan paspor bagi orang asing. Petugas juga melihat wajah dan jari Anda.',
    'The family card, or ITAP and passport for foreigners. The officer looks at your face and fingers, too.',
  ),
  reviewTitle: say('Ini yang direkam', 'This is what was recorded'),
  reviewHelp: say(
    'Bila semuanya benar, setujui dengan tanda tangan.',
    'If all of it is right, approve with your signature.',
  ),
  reviewApprove: say('Setuju', 'Approve'),
  reviewRedo: say('Ulangi', 'Once more'),
  savingTitle: say('Sedang disimpan', 'Being saved'),
  proofTitle: say('Sedang diperiksa ulang', 'Being checked once more'),
  proofHelp: say('Semua rekaman dibaca kembali dan dicocokkan.', 'Everything is read back and compared.'),
  sealingTitle: say('Sedang disegel untuk pusat', 'Being sealed for the centre'),
  receiptTitle: say('Perekaman selesai', 'The recording is complete'),
  receiptHelp: say(
    'Simpan tanda terima ini. Dengan nomornya Anda dapat menanyakan status.',
    'Keep this receipt. With its number you can ask for the status.',
  ),
  receiptNumber: say('Nomor tanda terima', 'Receipt number'),
  receiptKept: say('rekaman disimpan', 'recordings kept'),
  receiptDiscarded: say('rekaman dihapus', 'recordings erased'),
  receiptPrintAgain: say('Cetak lagi', 'Print again'),
  receiptNotPrinted: say(
    'Catat nomor ini: tidak ada yang tercetak.',
    'Write this number down: nothing was printed.',
  ),
  surveyTitle: say('Bagaimana layanan kami?', 'How did we serve you?'),
  surveySkip: say('Lewati', 'Skip'),
  surveySend: say('Kirim', 'Send'),
  statusTitle: say('Status rekaman Anda', 'The status of your record'),
  statusAsk: say('Di mana rekaman Anda?', 'Where is your record?'),
  statusAskHelp: say(
    'Tunjukkan kode pada tanda terima atau undangan ke pemindai. Dengan NIK saja kami hanya memberi tahu langkah berikutnya.',
    'Show the code on your receipt or invitation to the scanner. By your NIK alone we only tell the next step.',
  ),
  statusStuck: say(
    'Ini lebih lama dari biasanya. Petugas menanyakannya ke pusat.',
    'This takes longer than usual. An officer asks the centre.',
  ),
  queueTitle: say('Nomor antrean Anda', 'Your queue number'),
  queueWait: say('menit lagi, kira-kira', 'minutes to wait, about'),
  queueNow: say('Sekarang dilayani', 'Now served'),
  cardTitle: say('Letakkan kartu di pembaca', 'Lay the card on the reader'),
  cardReading: say('Kartu sedang dibaca', 'The card is being read'),
  cardFinger: say('Tekan jari Anda', 'Press your finger'),
  cardGood: say('Kartu asli, dan jari Anda cocok', 'The card is genuine, and your finger matches'),
  cardBad: say('Kartu perlu dilihat petugas', 'An officer should see this card'),
  nextStep: say('Langkah berikutnya', 'The next step'),
  endedTitle: say('Terima kasih', 'Thank you'),
  endedHelp: say('Layar ini sudah dikosongkan.', 'This screen has been cleared.'),
  endedTimedOut: say('Sesi ditutup', 'The session was closed'),
  endedTimedOutHelp: say(
    'Tidak ada yang disimpan. Silakan mulai lagi kapan saja.',
    'Nothing was kept. You may begin again at any time.',
  ),
  endedRefused: say('Belum dapat direkam hari ini', 'You cannot be recorded today'),
  endedRefusedHelp: say('Petugas memberi tahu langkah berikutnya.', 'The officer tells you the next step.'),
  brokenTitle: say('Maaf, anjungan mengalami gangguan', 'Sorry, the kiosk has a fault'),
} as const;

/** Why somebody is not recorded now; never without a next step. */
export const stopped: Readonly<
  Record<'recorded-before' | 'finger-guard' | 'minimum-age', { title: Text; help: Text; next: Text }>
> = {
  'recorded-before': { title: texts.recordedTitle, help: texts.recordedHere, next: texts.recordedHelp },
  'finger-guard': {
    title: say('Petugas perlu melihat sebentar', 'An officer needs to have a look'),
    help: say(
      'Sidik jari ini mirip dengan sidik jari orang lain di sini. Itu bisa kebetulan.',
      "This fingerprint looks like another person's here. It may be a coincidence.",
    ),
    next: say('Tunggu sebentar, petugas datang kepada Anda.', 'One moment: an officer comes to you.'),
  },
  'minimum-age': {
    title: say('Anda belum 16 tahun', 'You are not yet 16'),
    help: say(
      'KTP-el direkam mulai umur 16 tahun, dan dibuat pada umur 17 tahun.',
      'One is recorded for the KTP-el from the age of 16; the card comes at 17.',
    ),
    next: say(
      'Datanglah lagi setelah Anda berumur 16 tahun. Yang sudah menikah boleh direkam: beri tahu petugas.',
      'Come again when you are 16. Who is or was married may be recorded: tell the officer.',
    ),
  },
};

export const reasons: Readonly<Record<ReasonForComing, Text>> = {
  new: say('KTP-el pertama saya', 'My first KTP-el'),
  moved: say('Pindah alamat', 'I have moved'),
  'data-changed': say('Data saya berubah', 'My data has changed'),
  'itap-extended': say('ITAP diperpanjang', 'My ITAP was extended'),
  'lost-or-damaged': say('Kartu hilang atau rusak', 'My card is lost or damaged'),
  'outside-domicile': say('Di luar daerah asal', 'Outside my home area'),
};

export const priorities = [
  { priority: 'elderly', name: say('Lansia', 'Elderly') },
  { priority: 'disabled', name: say('Penyandang disabilitas', 'Disabled') },
  { priority: 'pregnant', name: say('Ibu hamil', 'Pregnant') },
  { priority: 'nursing', name: say('Ibu menyusui', 'Nursing') },
  { priority: null, name: say('Tidak', 'None of these') },
] as const;

export const progressNames: Readonly<Record<ProgressStepView['step'], Text>> = {
  identity: say('Siapa Anda', 'Who you are'),
  biodata: say('Data', 'Data'),
  photo: say('Foto', 'Photo'),
  signature: say('Tanda tangan', 'Signature'),
  'right-four': say('Tangan kanan', 'Right hand'),
  'left-four': say('Tangan kiri', 'Left hand'),
  thumbs: say('Ibu jari', 'Thumbs'),
  irises: say('Mata', 'Eyes'),
  'chip-fingers': say('Telunjuk', 'Index fingers'),
  review: say('Periksa', 'Review'),
  gate: say('Surat', 'Papers'),
  sealed: say('Selesai', 'Complete'),
};

/** Title and one sentence of each capture. */
export const captures: Readonly<Record<CaptureTargetView, { title: Text; help: Text }>> = {
  photo: {
    title: say('Foto wajah', 'Photo of your face'),
    help: say(
      'Lihat lurus ke kamera. Wajah di dalam bingkai.',
      'Look straight at the camera, your face in the frame.',
    ),
  },
  signature: {
    title: say('Tanda tangan', 'Your signature'),
    help: say('Tulis tanda tangan Anda di papan.', 'Write your signature on the pad.'),
  },
  'right-four': {
    title: say('Empat jari tangan kanan', 'Four fingers of the right hand'),
    help: say('Letakkan jari yang berwarna, tekan lembut.', 'Lay down the coloured fingers, press gently.'),
  },
  'left-four': {
    title: say('Empat jari tangan kiri', 'Four fingers of the left hand'),
    help: say('Letakkan jari yang berwarna, tekan lembut.', 'Lay down the coloured fingers, press gently.'),
  },
  thumbs: {
    title: say('Kedua ibu jari', 'Both thumbs'),
    help: say('Letakkan ibu jari yang berwarna.', 'Lay down the coloured thumb.'),
  },
  irises: {
    title: say('Kedua mata', 'Both eyes'),
    help: say(
      'Buka mata lebar-lebar, lihat ke titik di kamera.',
      'Open your eyes wide and look at the dot in the camera.',
    ),
  },
  'chip-fingers': {
    title: say('Telunjuk sekali lagi', 'The index fingers once more'),
    help: say('Kedua jari ini disimpan di kartu Anda.', 'These two fingers go on your card.'),
  },
  'exception-photo': {
    title: say('Foto wajah dan tangan', 'Photo of face and hands'),
    help: say('Angkat kedua tangan di samping wajah.', 'Hold both hands up beside your face.'),
  },
  'family-card': {
    title: say('Kartu keluarga', 'Family card'),
    help: say('Petugas memindai kartu keluarga Anda.', 'The officer scans your family card.'),
  },
  itap: {
    title: say('ITAP dan paspor', 'ITAP and passport'),
    help: say('Petugas memindai surat Anda.', 'The officer scans your papers.'),
  },
  review: {
    title: say('Tanda tangan persetujuan', 'Signature of approval'),
    help: say(
      'Dengan tanda tangan ini Anda menyetujui rekaman.',
      'With this signature you approve what was recorded.',
    ),
  },
  witness: {
    title: say('Tanda tangan saksi', "The witness's signature"),
    help: say('Saksi menandatangani di papan.', 'The witness signs on the pad.'),
  },
  guardian: {
    title: say('Tanda tangan pendamping', "The guardian's signature"),
    help: say('Pendamping menandatangani di papan.', 'The guardian signs on the pad.'),
  },
};

export const eyes = { right: say('mata kanan', 'right eye'), left: say('mata kiri', 'left eye') } as const;

export const backgrounds = {
  red: say('Latar merah', 'Red background'),
  blue: say('Latar biru', 'Blue background'),
  orange: say('Latar jingga', 'Orange background'),
} as const;

export function opensAt(from: string, to: string): Text {
  return say(`Buka pukul ${from} sampai ${to}.`, `Open from ${from} to ${to}.`);
}

export function questionOf(number: number, all: number): Text {
  return say(`Pertanyaan ${number} dari ${all}`, `Question ${number} of ${all}`);
}

export function idleHelp(seconds: number): Text {
  return say(
    `Demi keamanan data Anda, layar ditutup dalam ${seconds} detik.`,
    `To keep your data safe, the screen closes in ${seconds} seconds.`,
  );
}
