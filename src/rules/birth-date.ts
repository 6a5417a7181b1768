/** Dates of birth as the card and the NIK tell them. */

/** `YYYY-MM-DD`. */
export type IsoDate = string;

/** Nobody younger comes to be recorded: a NIK whose two digits of the year say so means a century earlier. */
const YOUNGEST = 5;

/** Of a card's date, `DD-MM-YYYY`; null when it is not one. */
export function birthDateOnCard(tanggalLahir: string): IsoDate | null {
  const [, day, month, year] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(tanggalLahir) ?? [];
  return isoDate(Number(year), Number(month), Number(day));
}

/**
 * Of digits 7–12 of a NIK, DDMMYY, the day of women counted from 40 (domain.md, Rules).
 * @param on `YYYY-MM-DD…`: the day of the visit, which tells the century
 * @returns null when they are no date
 */
export function birthDateInNik(nik: string, on: string): IsoDate | null {
  const [, day, month, year] = /^\d{6}(\d{2})(\d{2})(\d{2})\d{4}$/.exec(nik) ?? [];
  if (day === undefined) return null;
  const dayOfMonth = Number(day) > 40 ? Number(day) - 40 : Number(day);
  const century = Math.floor(Number(on.slice(0, 4)) / 100) * 100;
  const recent = isoDate(century + Number(year), Number(month), dayOfMonth);
  if (recent !== null && ageAt(recent, on) >= YOUNGEST) return recent;
  return isoDate(century - 100 + Number(year), Number(month), dayOfMonth);
}

/** Full years. @param born and @param on `YYYY-MM-DD…` */
export function ageAt(born: IsoDate, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5, 10) < born.slice(5, 10) ? years - 1 : years;
}

function isoDate(year: number, month: number, day: number): IsoDate | null {
  if (Number.isNaN(year + month + day)) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  const text = date.toISOString().slice(0, 10);
  // 31 February would be taken for a day of March, the year 12 for 1912.
  const isDay = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return isDay.join() === [year, month, day].join() ? text : null;
}
