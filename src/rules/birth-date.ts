/** Dates of birth as the card and the NIK tell them, `YYYY-MM-DD`. */
import { ageOn } from './age.ts';
import { parseNik } from './nik.ts';

/** Nobody younger comes to be recorded: a NIK whose two digits of the year say so means a century earlier. */
const YOUNGEST = 5;

/** Of a card's date, `DD-MM-YYYY`; null when it is not one. */
export function birthDateOnCard(tanggalLahir: string): string | null {
  const [, day, month, year] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(tanggalLahir) ?? [];
  return isoDate(Number(year), Number(month), Number(day));
}

/**
 * @param on `YYYY-MM-DD`: the day of the visit, which tells the century
 * @returns null when the NIK holds no date
 */
export function birthDateInNik(text: string, on: string): string | null {
  const birth = parseNik(text)?.birth;
  if (!birth) return null;
  const century = Math.floor(Number(on.slice(0, 4)) / 100) * 100;
  const recent = isoDate(century + birth.yearOfCentury, birth.month, birth.day);
  if (recent !== null && ageOn(recent, on) >= YOUNGEST) return recent;
  return isoDate(century - 100 + birth.yearOfCentury, birth.month, birth.day);
}

function isoDate(year: number, month: number, day: number): string | null {
  if (Number.isNaN(year + month + day)) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  // 31 February would be taken for a day of March, the year 12 for 1912.
  const isDay = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return isDay.join() === [year, month, day].join() ? date.toISOString().slice(0, 10) : null;
}
