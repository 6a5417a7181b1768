/**
 * Scores from which two templates count as the same finger. Each is the lowest score that at most the named share
 * of impostor pairs reaches (false accept rate), measured as docs/fingerprints.md says.
 */
export interface Thresholds {
  /** 0.1 %: screening, e.g. whether a capture repeats another finger of the session. */
  readonly far1in1000: number;
  /** 0.01 %: deciding whether a finger belongs to a card. */
  readonly far1in10000: number;
}

/** Both templates from this extractor. */
export const OWN: Thresholds = { far1in1000: 3.9, far1in10000: 5 };

/** One template from another maker, as on the chip of a card, whose maker is not told. */
export const FOREIGN: Thresholds = { far1in1000: 4.2, far1in10000: 5.5 };
