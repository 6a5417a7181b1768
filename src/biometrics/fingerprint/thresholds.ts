/**
 * Scores (decibels, see match.ts) from which two templates count as the same finger: the named share of impostor
 * pairs reaches them (false accept rate), measured as docs/fingerprints.md says.
 */
export interface Thresholds {
  /** 0.1 %: screening, e.g. whether a capture repeats another finger of the session. */
  readonly far1in1000: number;
  /** 0.01 %: deciding whether a finger belongs to a card. */
  readonly far1in10000: number;
}

/** Both templates from this extractor. */
export const OWN: Thresholds = { far1in1000: 30, far1in10000: 40 };

/**
 * One template from another maker, as on the chip of a card, whose maker is not told: the highest of the thresholds
 * measured for any maker.
 */
export const FOREIGN: Thresholds = { far1in1000: 33, far1in10000: 45 };
