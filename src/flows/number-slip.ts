/** A queue number on paper: a number, the estimate, that it is free. Nobody's name. */
import type { Receipt } from '../devices/receipt-printer/port.ts';
import type { QueuePlace } from './queue-status.ts';

/** Whoever has no paper in their language reads Indonesian. */
const texts = {
  id: {
    title: 'Nomor antrean',
    wait: 'Perkiraan tunggu',
    minutes: (count: number) => `${count} menit`,
    priority: 'Didahulukan',
    yes: 'ya',
    listen: 'Nomor Anda tampil di layar saat dipanggil. Bila terlewat, beri tahu petugas.',
    free: 'Layanan ini gratis (UU 24/2013 pasal 79A).',
  },
  en: {
    title: 'Queue number',
    wait: 'Estimated wait',
    minutes: (count: number) => `${count} min`,
    priority: 'Goes first',
    yes: 'yes',
    listen: 'Your number is on the screen when it is called. Tell the staff if you missed it.',
    free: 'This service is free of charge (law 24/2013, art. 79A).',
  },
} as const;

export function numberSlip({ number, priority, waitMinutes }: QueuePlace, language: string): Receipt {
  const words = language === 'en' ? texts.en : texts.id;
  return [
    { type: 'line', text: words.title },
    { type: 'title', text: String(number) },
    { type: 'rule' },
    { type: 'row', label: words.wait, value: words.minutes(waitMinutes) },
    ...(priority === null ? [] : [{ type: 'row', label: words.priority, value: words.yes } as const]),
    { type: 'line', text: words.listen },
    { type: 'line', text: words.free },
    { type: 'cut' },
  ];
}
