/** The finger-sensor port: what the rest of the kiosk knows of a fingerprint reader. */
import type { Result } from '../../failures/failure.ts';
import type { FingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';

export interface FingerTraits {
  /** Takes several fingers at once. */
  readonly slap: boolean;
  /** Yields frames while the finger rests, not one picture an attempt. */
  readonly live: boolean;
  /** Good enough for recording: 500 dpi, 8 bits (ISO/IEC 19794-4 image acquisition level 31). */
  readonly enrolmentGrade: boolean;
  readonly dpi: number;
}

export interface FingerRequest {
  /** The finger that is asked for; the sensor does not check it. */
  readonly position: FingerPosition;
}

export interface Frame {
  readonly image: GrayImage;
}

export interface FingerSensor {
  readonly id: string;
  readonly traits: FingerTraits;
  /**
   * Waits for a finger and yields what it sees; a one-shot module yields once. Returns ok when the sensor has
   * no more to give, a failure when it broke. Aborting `signal` stops the frames at once.
   */
  acquire(want: FingerRequest, signal: AbortSignal): AsyncGenerator<Frame, Result<void>>;
  /** Reach and identity, without a finger. */
  check(signal: AbortSignal): Promise<Result<{ readonly identity: string }>>;
  close(): Promise<void>;
}
