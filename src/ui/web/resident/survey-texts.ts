/** The nine elements of the satisfaction survey (PermenPANRB 14/2017) as short questions, and the four answers. */
import type { Text } from '../../../failures/entry.ts';
import type { IkmElement } from '../../../rules/ikm.ts';

const say = (id: string, en: string): Text => ({ id, en });

export const ikmElements: Readonly<Record<IkmElement, Text>> = {
  persyaratan: say('Persyaratannya', 'What you had to bring'),
  prosedur: say('Urutannya', 'The procedure'),
  waktu: say('Waktunya', 'The time it took'),
  biaya: say('Biayanya (gratis)', 'What it cost (nothing)'),
  produk: say('Hasilnya', 'The result'),
  kompetensi: say('Kemampuan petugas', 'What the officers know'),
  perilaku: say('Sikap petugas', 'How the officers behaved'),
  pengaduan: say('Penanganan keluhan', 'How complaints are handled'),
  sarana: say('Tempat dan alatnya', 'The place and the devices'),
};

export const ikmAnswers = [
  { value: 1, name: say('tidak baik', 'bad') },
  { value: 2, name: say('kurang baik', 'not so good') },
  { value: 3, name: say('baik', 'good') },
  { value: 4, name: say('sangat baik', 'very good') },
] as const;
