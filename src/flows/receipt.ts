/** The receipt of a recording on paper: what was kept and thrown away, that it is free, and how to ask about it. */
import type { Receipt } from '../devices/receipt-printer/port.ts';
import type { ReceiptData } from './recording-parts.ts';

/** Whoever has no paper in their language reads Indonesian. */
const texts = {
  id: {
    title: 'Tanda terima perekaman KTP-el',
    number: 'Nomor',
    name: 'Nama',
    kept: 'Rekaman disimpan',
    discarded: 'Rekaman dihapus',
    free: 'Gratis (UU 24/2013 pasal 79A). Siapa pun yang meminta bayaran dapat dipidana (pasal 95B).',
    next: 'Simpan tanda terima ini. Nomornya dipakai untuk menanyakan status kartu Anda.',
    report: 'Diminta membayar, juga saat mengambil kartu? Laporkan tanpa nama:',
  },
  en: {
    title: 'Receipt of your KTP-el recording',
    number: 'Number',
    name: 'Name',
    kept: 'Captures kept',
    discarded: 'Captures erased',
    free: 'Free of charge (law 24/2013, art. 79A). Whoever asks for money may be punished (art. 95B).',
    next: 'Keep this receipt. With its number you can ask where your card is.',
    report: 'Asked for money, also when you collect the card? Report it without your name:',
  },
} as const;

/** @param feeChannel where a fee can be reported from outside; null: nobody was named */
export function receiptOf(
  { receipt, name, kept, discarded }: ReceiptData,
  language: string,
  feeChannel: string | null,
): Receipt {
  const words = language === 'en' ? texts.en : texts.id;
  return [
    { type: 'title', text: words.title },
    { type: 'rule' },
    { type: 'row', label: words.number, value: receipt },
    { type: 'row', label: words.name, value: name },
    { type: 'row', label: words.kept, value: String(kept) },
    { type: 'row', label: words.discarded, value: String(discarded) },
    { type: 'rule' },
    { type: 'line', text: words.free },
    { type: 'line', text: words.next },
    { type: 'qr', data: receipt },
    // Nothing of the recording is in it: who follows it stays nameless.
    ...(feeChannel === null
      ? []
      : ([
          { type: 'rule' },
          { type: 'line', text: words.report },
          { type: 'line', text: feeChannel },
          { type: 'qr', data: feeChannel },
        ] as const)),
    { type: 'cut' },
  ];
}
