/** Sentences of the report of a fee, on the resident's screen and on the desk's. */
import type { Text } from '../../../failures/entry.ts';
import type { FeeAmount, FeeAsker, FeeStage } from '../../../rules/fee-report.ts';

const say = (id: string, en: string): Text => ({ id, en });

export const feeTexts = {
  title: say('Laporkan permintaan bayaran', 'Report that money was asked for'),
  help: say(
    'Tanpa nama. Laporan disegel untuk pengawas; petugas di sini tidak dapat membacanya, dan waktunya tidak dicatat.',
    'No name. The report is sealed to the oversight; nobody here can read it, and its time is not kept.',
  ),
  stage: say('Kapan bayaran diminta?', 'When was money asked for?'),
  amount: say('Berapa?', 'How much?'),
  asker: say('Siapa yang meminta?', 'Who asked?'),
  words: say('Keterangan (bila ingin)', 'A few words (if you like)'),
  send: say('Kirim laporan', 'Send the report'),
  sent: say('Terima kasih. Laporan Anda sudah disegel.', 'Thank you. Your report is sealed.'),
} satisfies Record<string, Text>;

export const feeStages: Readonly<Record<FeeStage, Text>> = {
  invitation: say('Saat undangan', 'With the invitation'),
  recording: say('Saat perekaman', 'At the recording'),
  collection: say('Saat mengambil kartu', 'When collecting the card'),
  elsewhere: say('Di tempat lain', 'Elsewhere'),
};
export const feeAmounts: Readonly<Record<FeeAmount, Text>> = {
  'up-to-20': say('Sampai Rp 20.000', 'Up to Rp 20,000'),
  'up-to-50': say('Sampai Rp 50.000', 'Up to Rp 50,000'),
  'up-to-100': say('Sampai Rp 100.000', 'Up to Rp 100,000'),
  more: say('Lebih', 'More'),
};
export const feeAskers: Readonly<Record<FeeAsker, Text>> = {
  officer: say('Petugas', 'An officer'),
  village: say('Perangkat desa', 'Somebody of the village office'),
  'go-between': say('Perantara', 'A go-between'),
  'somebody-else': say('Orang lain', 'Somebody else'),
};
