/**
 * Scores (decibels, see match.ts) from which two templates count as the same finger: at most the named share of
 * strangers' pairs was counted to reach them (false accept rate), on each set that was measured (docs/fingerprints.md).
 */
import type { FingerTemplate } from './template.ts';

export interface Thresholds {
  /** 0.1 %: screening, e.g. whether a capture repeats another finger of the session. */
  readonly far1in1000: number;
  /** 0.01 %: deciding whether a finger belongs to a card. */
  readonly far1in10000: number;
}

/** Both templates from this extractor, with their ridges. */
export const OWN: Thresholds = { far1in1000: 37, far1in10000: 47 };

/** A fresh print against a record, as on the chip of a card, whoever made it. */
export const FOREIGN: Thresholds = { far1in1000: 39, far1in10000: 50 };

/** Two records, without the ridges of either. */
export const RECORDS: Thresholds = { far1in1000: 47, far1in10000: 65 };

/** Those of what match.ts compares for these two. */
export function thresholdsFor(a: FingerTemplate, b: FingerTemplate): Thresholds {
  if (a.ridges && b.ridges) return OWN;
  return a.ridges || b.ridges ? FOREIGN : RECORDS;
}
