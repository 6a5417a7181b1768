/** Ages in whole years, on calendar days (YYYY-MM-DD). */

/** Somebody born on 29 February is a year older on 1 March where the year has no such day. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Who must hold a KTP-el: everybody of 17 or more, or ever married (UU 24/2013 art. 63). */
export function mustHoldCard(birthDate: string, day: string, everMarried: boolean): boolean {
  return everMarried || ageOn(birthDate, day) >= CARD_AGE;
}

/** The card comes at this age; a recording may come earlier. */
export const CARD_AGE = 17;

/** Whole days from one to the other; negative when `to` comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
