/** A fingerprint template: what extraction finds, what ISO/IEC 19794-2 stores, what matching compares. */
import type { FingerPosition } from '../../rules/finger-position.ts';

export interface Minutia {
  /** Pixels from the left edge. */
  readonly x: number;
  /** Pixels from the top edge. */
  readonly y: number;
  /**
   * Radians, 0 ≤ angle < 2π, counter-clockwise from the x axis pointing right (ISO/IEC 19794-2:2005, 6.4):
   * along the ridge for an ending, between the closest arms for a bifurcation.
   */
  readonly angle: number;
  readonly type: 'ending' | 'bifurcation' | 'other';
  /** 1–100; 0: not told. */
  readonly quality: number;
}

/**
 * The ridges themselves, for comparing prints beyond their minutiae. Only templates fresh from the extractor carry
 * them: no ISO/IEC 19794-2 record does.
 */
export interface RidgeMap {
  /** Size of the pattern: half the image's, in samples of 2 × 2 pixels. */
  readonly columns: number;
  readonly rows: number;
  /** Filtered grey level per sample, ridges positive, local amplitude levelled out; 0 outside the print. */
  readonly pattern: Int8Array;
  /** Size of the flow, in whole cells of 8 × 8 pixels. */
  readonly flowColumns: number;
  readonly flowRows: number;
  /** Ridge direction per cell in 120ths of half a turn, from x to y (downwards); −1 outside the print. */
  readonly flow: Int8Array;
}

export interface FingerTemplate {
  /** Size of the image that the minutiae were found in, pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels per inch. */
  readonly dpi: number;
  /** 0: unknown. */
  readonly position: FingerPosition | 0;
  /** 0–100; what the maker says of the whole finger. */
  readonly quality: number;
  /**
   * Who or what made the record, where it tells: `device:0a1` (ISO/IEC 19794-2:2005, 12 bits that each maker assigns
   * as it likes) or `vendor:001b` (2011, the registered number of the maker).
   */
  readonly maker?: string;
  readonly minutiae: readonly Minutia[];
  readonly ridges?: RidgeMap;
}
