/** Sentences of the finished cards and of their hand-over. */
import type { Text } from '../../../failures/entry.ts';
import type { DisputeReason } from '../../../rules/hand-over.ts';

const say = (id: string, en: string): Text => ({ id, en });

export const cardTexts = {
  title: say('Kartu jadi', 'Finished cards'),
  help: say('Siapa yang perlu diberi tahu, per desa.', 'Who is to be told, by village.'),
  none: say('Belum ada kartu jadi yang diterima.', 'No finished cards have come yet.'),
  village: say('Desa', 'Village'),
  arrived: say('Diterima', 'Received'),
  handedOver: say('Diserahkan', 'Handed over'),
  inSafe: say('Di brankas', 'In the safe'),
  longer: say('Lebih dari sebulan', 'Longer than a month'),
  holder: say('Nama', 'Name'),
  since: say('Sejak', 'Since'),
  state: say('Keadaan', 'State'),
  waits: say('menunggu diambil', 'waits to be collected'),
  allCollected: say('Tidak ada kartu dari desa ini di brankas.', 'No card of this village is in the safe.'),
  close: say('Tutup daftar', 'Close the list'),

  begin: say('Serahkan kartu', 'Hand the card over'),
  lookingUp: say('Mencari kartu dalam daftar', 'Looking the card up'),
  compare: say('Apakah ketiganya sama?', 'Do all three agree?'),
  compareHelp: say(
    'Bandingkan cetakan kartu dengan isi cip dan daftar. Tandai setiap yang berbeda.',
    'Hold the print on the card against chip and lists. Mark whatever differs.',
  ),
  field: say('Isian', 'Field'),
  chip: say('Cip', 'Chip'),
  listed: say('Daftar', 'Lists'),
  print: say('Cetakan berbeda', 'Print differs'),
  differs: say('berbeda', 'differs'),
  unlisted: say(
    'Kartu ini tidak ada dalam daftar kartu jadi di anjungan ini.',
    'This card is in no list of finished cards of this kiosk.',
  ),
  stateUntold: say(
    'Pembaca lama tidak memberitahukan apakah cip aktif. Periksa di pembaca baru bila ada.',
    'The old reader does not tell whether the chip is active. Check on a new reader where there is one.',
  ),
  setAsideBefore: say(
    'Kartu pemegang ini disisihkan dan menunggu keputusan supervisor.',
    "This holder's card was set aside and waits for a supervisor to decide.",
  ),
  mustSetAside: say(
    'Isian berbeda membuka koreksi: kartu disisihkan, tidak diserahkan.',
    'A field that differs opens a correction: the card is set aside, not handed over.',
  ),
  dispute: say('Sisihkan kartu', 'Set the card aside'),
  disputeTitle: say('Mengapa kartu disisihkan?', 'Why is the card set aside?'),
  disputeHelp: say(
    'Supervisor memutuskan: diserahkan juga, atau dikembalikan untuk dibuat baru.',
    'A supervisor decides: handed over all the same, or sent back for a new one.',
  ),
  reason: say('Alasan', 'Reason'),
  back: say('Kembali', 'Back'),

  askTitle: say('Tanyakan kepada pemegang', 'Ask the holder'),
  ask: say(
    '“Adakah yang meminta bayaran untuk KTP-el ini? Layanan ini gratis menurut undang-undang.”',
    '“Has anybody asked you for money for this KTP-el? The service is free by law.”',
  ),
  askHelp: say(
    'Jawabannya tidak dicatat pada penyerahan. Bila ada, hadapkan layar ini kepadanya, atau tunjukkan QR pada slip.',
    'The answer is in no record of the hand-over. If so, turn this screen to them, or show them the QR on the slip.',
  ),
  asked: say('Sudah ditanya: serahkan', 'Asked: hand over'),
  report: say('Ada: buat laporan', 'Yes: make a report'),

  recording: say('Mencatat penyerahan', 'Recording the hand-over'),
  handedOverTitle: say('Kartu diserahkan', 'The card is handed over'),
  handedOverHelp: say(
    'Tercatat dan masuk antrean ke pusat data. Ucapkan selamat kepada pemegang.',
    'Recorded, and queued for the data centre. Wish the holder well.',
  ),
  setAsideTitle: say('Kartu disisihkan', 'The card is set aside'),
  setAsideHelp: say(
    'Simpan kartu terpisah. Supervisor memutuskan; beri pemegang langkah berikutnya secara tertulis.',
    'Keep the card apart. A supervisor decides; give the holder the next step in writing.',
  ),
  unrecorded: say('Penyerahan belum tercatat', 'The hand-over is not recorded'),
} satisfies Record<string, Text>;

export const disputeReasons: Readonly<Record<DisputeReason, Text>> = {
  'field-differs': say('Isian berbeda', 'A field differs'),
  'photo-differs': say('Foto bukan pemegangnya', 'The photo is not the holder'),
  'not-genuine': say('Kartu tidak asli', 'The card is not genuine'),
  'no-match': say('Jari tidak cocok', 'No finger matched'),
  damaged: say('Kartu rusak', 'The card is damaged'),
  'not-theirs': say('Kartu orang lain', "Another person's card"),
};
