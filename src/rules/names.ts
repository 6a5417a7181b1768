/**
 * Names: Latin letters, at most 60 characters with spaces, at least two words for new registrations (Permendagri
 * 73/2022; not applied to names that are registered already, which also hold dots, commas, apostrophes and hyphens).
 */

export const NAME_LENGTH = 60;

export type NameFault = 'empty' | 'length' | 'letters' | 'one-word';

/** `isNew`: it is being registered now. null: nothing is wrong. */
export function nameFault(name: string, isNew: boolean): NameFault | null {
  const tidy = tidyName(name);
  if (tidy === '') return 'empty';
  if (tidy.length > NAME_LENGTH) return 'length';
  if (!(isNew ? /^[\p{Script=Latin} ]+$/u : /^[\p{Script=Latin} .,'’`-]+$/u).test(tidy)) return 'letters';
  return isNew && !tidy.includes(' ') ? 'one-word' : null;
}

/** As it is kept and compared: upper case, single spaces, composed letters. */
export function tidyName(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toUpperCase().normalize('NFC');
}

/**
 * How well a name that somebody says agrees with one that is written, 0–1: the share of its words that the other has,
 * give or take a letter, shortened or not (`M. YUSUP` for `MUHAMMAD YUSUF`). For finding people, never for deciding.
 */
export function nameLikeness(said: string, written: string): number {
  const words = wordsOf(said);
  const others = wordsOf(written);
  if (words.length === 0) return 0;
  return words.filter((word) => others.some((other) => isLike(word, other))).length / words.length;
}

function wordsOf(name: string): string[] {
  return tidyName(name)
    .split(/[\s.,]+/)
    .filter(Boolean);
}

function isLike(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return long.startsWith(short) || (short.length >= 4 && isOneApart(short, long));
}

/** One letter is other, lacking or too many. */
function isOneApart(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = short.slice(short.length === long.length ? at + 1 : at);
  return rest === long.slice(at + 1);
}
