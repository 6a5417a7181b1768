/** What a capture tells while it runs, what it leaves, and what it works with. */
import type { Biometrics } from '../biometrics/pool.ts';
import type { FailureCode } from '../failures/catalogue.ts';
import type { Failure, Result } from '../failures/failure.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { Eye } from '../rules/recording.ts';
import type { NewSample } from '../store/samples.ts';
import type { Preview } from './previews.ts';

/** Why what is seen will not do yet: a code whose text for residents is the advice. */
export type Reason = FailureCode;

/** Which finger or eye; neither for photos, signatures and papers. */
export interface Place {
  readonly position?: FingerPosition;
  readonly eye?: Eye;
}

/** Small, without anything biometric: flows and screens may keep it. */
export type CaptureEvent =
  /** What is wanted now; the fingers of a slap at once. */
  | { readonly type: 'awaited'; readonly places: readonly Place[] }
  /** What to mend first. */
  | ({ readonly type: 'feedback'; readonly reason: Reason } & Place)
  /** The best so far of its place; a later one may take its place. */
  | { readonly type: 'kept'; readonly sample: SampleSummary }
  | { readonly type: 'failed'; readonly failure: Failure };

/** What is kept of a capture. The flow hands it to the store in the transaction of its step. */
export interface KeptSample extends NewSample {
  readonly reasons: readonly Reason[];
  /** The policy's threshold is reached. */
  readonly good: boolean;
}

/** A sample without its bytes. */
export type SampleSummary = Omit<KeptSample, 'record' | 'template' | 'device' | 'proof'>;

export function summaryOf(sample: KeptSample): SampleSummary {
  const { record: _, template: __, device: ___, proof: ____, ...summary } = sample;
  return summary;
}

export interface Captured {
  /** At most one a place. */
  readonly samples: readonly KeptSample[];
  /** Captures that could have been kept, and those of them that were thrown away. */
  readonly tries: number;
  readonly discarded: number;
}

/** What every capture works with. */
export interface Capturing {
  readonly biometrics: Biometrics;
  now(): Date;
  tell(event: CaptureEvent): void;
  /** Shows what is seen, where somebody watches; the newest wins. */
  show(make: () => Promise<Result<Preview>>): void;
  /** Cancels: nothing is kept. */
  readonly signal: AbortSignal;
  /** Patience has run out, or the signer is done: the best so far is what there is. */
  readonly enough: AbortSignal;
}
