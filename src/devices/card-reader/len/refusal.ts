/**
 * What the old reader's `error,<text>` means. No list of its texts is public and firmwares differ, so this is
 * a table of patterns, Indonesian and English, first hit wins. A new text from the field becomes a line here;
 * until then it is OLD-REFUSED, with the text in the detail.
 */
import { type Failure, fail } from '../../../failures/failure.ts';

const meanings: readonly (readonly [RegExp, Failure['code']])[] = [
  // The maker's host codes (legacy-reader.md), should a firmware pass them on.
  [/-1001\b/, 'OLD-NOT-FOUND'],
  [/-10(03|04|12)\b/, 'OLD-NOT-OPEN'],
  [/-100[567]\b/, 'OLD-SILENT'],
  [/\bbusy\b|sibuk/i, 'OLD-BUSY'],
  [/not (yet )?open|belum (di)?buka|tidak terbuka/i, 'OLD-NOT-OPEN'],
  [/time[d ]*-?out|waktu habis|habis waktu|batas waktu/i, 'OLD-TIMED-OUT'],
  // Only a text that speaks of generations is taken for one: a card may be refused for other reasons too.
  [/generasi|generation|(kartu|ktp(-el)?) baru|new (card|ktp)/i, 'OLD-GENERATION-ONLY'],
  [
    /no card|card (absent|removed|gone)|(kartu|ktp(-el)?) (tidak ada|diambil|dicabut)|tidak ada (kartu|ktp)/i,
    'CARD-ABSENT',
  ],
  [/(tipe|jenis) kartu|card type|\b(type|tipe) [ab]\b/i, 'OLD-CARD-TYPE'],
  [/(bukan|not an?) (e-?)?ktp/i, 'KTP-NOT-A-KTP'],
  [/not (yet )?verified|belum (di)?(verifikasi|cocok)|verif\w* (first|dulu)/i, 'OLD-NOT-MATCHED'],
  [/operator|petugas|opid|opnik|\bnik\b/i, 'OLD-OPERATOR-REFUSED'],
  [/\bsam\b|sensor|fault|hardware|kerusakan|(alat|pembaca) rusak/i, 'OLD-FAULT'],
  [/finger|jari/i, 'OLD-FINGER-REFUSED'],
  [/card|kartu|ktp|unsupported|not supported|tidak (di)?dukung/i, 'OLD-CARD-REFUSED'],
];

/** The failure for a text of the box; what in it could be a person's number is blotted out of the detail. */
export function meaningOf(command: string, text: string) {
  const code = meanings.find(([pattern]) => pattern.test(text))?.[1] ?? 'OLD-REFUSED';
  return fail(code, `${command}: "${blot(text)}"`);
}

function blot(text: string): string {
  return text
    .replace(/\d{6,}/g, '…')
    .replace(/[^ -~…]/g, '?')
    .slice(0, 80);
}
