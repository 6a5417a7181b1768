/** Numbers, dates and addresses as people read them. */
import type { Language } from '../../failures/entry.ts';
import type { CardView } from '../contract/desk-view.ts';

type Biodata = NonNullable<CardView['biodata']>;

/** 16 digits in fours, as on forms: `1607 1241 0385 0001`. */
export function groupInFours(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1 ');
}

/** An ISO 8601 moment in the desk's own time zone, e.g. `12 Jan 2026, 14.05`. */
export function moment(iso: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return format.format(new Date(iso));
}

/** Empty fields of the chip are left out. */
export function addressLines({
  alamat,
  rt,
  rw,
  kelurahan,
  kecamatan,
  kabupaten,
  provinsi,
}: Biodata): string[] {
  const join = (parts: string[], between: string) => parts.filter((part) => part.trim() !== '').join(between);
  const rtRw = join([rt, rw], '/');
  return [
    join([alamat, rtRw && `RT/RW ${rtRw}`], ', '),
    join([kelurahan, kecamatan], ', '),
    join([kabupaten, provinsi], ', '),
  ].filter((line) => line !== '');
}
