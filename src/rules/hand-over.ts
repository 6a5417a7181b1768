/** Words of handing over a finished card (domain.md, Handing over a card). */
import type { Biodata } from './biodata.ts';

/** Why a card is set aside instead of handed over. */
export const DISPUTE_REASONS = [
  /** Print, chip and record do not say the same. */
  'field-differs',
  'photo-differs',
  'not-genuine',
  /** No finger of the holder matched. */
  'no-match',
  'damaged',
  /** Another person's card. */
  'not-theirs',
] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

/** What a supervisor makes of it: the card is handed over all the same, or goes back for a new one. */
export const DISPUTE_DECISIONS = ['hand-over', 'return'] as const;
export type DisputeDecision = (typeof DISPUTE_DECISIONS)[number];

/** What the kiosk's own lists tell of the holder; null: not told. */
export type CardRecord = Readonly<Record<ComparedField, string | null>>;
/** Fields of the chip that can be held against the lists. */
export const COMPARED_FIELDS = [
  'nik',
  'nama',
  'tanggalLahir',
  'kelurahan',
] as const satisfies (keyof Biodata)[];
export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** Fields on which chip and lists disagree; what a list does not tell disagrees with nothing. */
export function differences(chip: Biodata, record: CardRecord): readonly ComparedField[] {
  const plain = (text: string) => text.normalize('NFC').toUpperCase().replace(/\s+/g, ' ').trim();
  return COMPARED_FIELDS.filter((field) => {
    const told = record[field];
    return told !== null && plain(told) !== plain(chip[field]);
  });
}
