/**
 * The report of a fee that was asked for a free service (UU 24/2013 art. 79A, 95B). It holds choices and, where somebody
 * wants to write, a few words: no name, no session and no time are asked for.
 */

/** At which point of the service money was asked for. */
export const FEE_STAGES = ['invitation', 'recording', 'collection', 'elsewhere'] as const;
export type FeeStage = (typeof FEE_STAGES)[number];

/** Thousands of rupiah. */
export const FEE_AMOUNTS = ['up-to-20', 'up-to-50', 'up-to-100', 'more'] as const;
export type FeeAmount = (typeof FEE_AMOUNTS)[number];

export const FEE_ASKERS = ['officer', 'village', 'go-between', 'somebody-else'] as const;
export type FeeAsker = (typeof FEE_ASKERS)[number];

/** Of the words, in UTF-16 code units: so that every report fits the size to which all are filled up when sealed. */
export const FEE_WORDS_LENGTH = 300;

export interface FeeReport {
  readonly stage: FeeStage;
  /** null: not told, here and below. */
  readonly amount: FeeAmount | null;
  readonly asker: FeeAsker | null;
  /** May be empty. */
  readonly words: string;
}
