/**
 * NIK: PPKKCC (province, regency, district of the first registration), DDMMYY of the birth (women: day + 40), four
 * digits of a running number. It is given for life and not corrected when somebody moves or a birth date is put right,
 * so what differs is a note for the operator, never a refusal.
 */
export interface Nik {
  /** PPKKCC. */
  readonly region: string;
  readonly female: boolean;
  /** The birth date as written: null when those digits are no date. The century is not in it. */
  readonly birth: { readonly day: number; readonly month: number; readonly yearOfCentury: number } | null;
  readonly serial: string;
}

export type NikNote = 'birth-date' | 'sex' | 'region';

const FORM = /^(\d{6})(\d{2})(\d{2})(\d{2})(\d{4})$/;

export function isNik(text: string): boolean {
  return FORM.test(text);
}

/** undefined: not 16 digits. */
export function parseNik(text: string): Nik | undefined {
  const found = FORM.exec(text);
  if (found === null) return undefined;
  const [region, dayText, monthText, yearText, serial] = found.slice(1) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const written = Number(dayText);
  const female = written > 40;
  const [day, month, yearOfCentury] = [female ? written - 40 : written, Number(monthText), Number(yearText)];
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= longest(month, yearOfCentury);
  return { region, female, birth: isDate ? { day, month, yearOfCentury } : null, serial };
}

/** What is known of the person otherwise; what is not known is left out. */
export interface Person {
  /** YYYY-MM-DD. */
  readonly birthDate?: string;
  readonly female?: boolean;
  /** PPKKCC of where they live. */
  readonly region?: string;
}

/** Where the NIK tells other than the rest; empty for a text that is no NIK. */
export function nikNotes(text: string, person: Person): NikNote[] {
  const nik = parseNik(text);
  if (nik === undefined) return [];
  const notes: NikNote[] = [];
  if (person.birthDate !== undefined && birthDigits(nik) !== person.birthDate.slice(2))
    notes.push('birth-date');
  if (person.female !== undefined && person.female !== nik.female) notes.push('sex');
  if (person.region !== undefined && person.region !== nik.region) notes.push('region');
  return notes;
}

/** YY-MM-DD. */
function birthDigits({ birth }: Nik): string | null {
  if (birth === null) return null;
  return [birth.yearOfCentury, birth.month, birth.day].map((part) => String(part).padStart(2, '0')).join('-');
}

/** Days of a month; 29 February where one of the centuries in question has it. */
function longest(month: number, yearOfCentury: number): number {
  if (month === 2) return yearOfCentury % 4 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
