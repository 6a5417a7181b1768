/** The signature-pad port: what the rest of the kiosk knows of a pad. */
import type { Result } from '../../failures/failure.ts';
import type { Device } from '../device.ts';

/** One moment of the pen. The origin is the upper left corner of the pad's active area. */
export interface PenSample {
  /** Millimetres to the right, from 0 to the width of the area. */
  readonly x: number;
  /** Millimetres down, from 0 to the height of the area. */
  readonly y: number;
  /** 0 to 1; 0 while the pen is up, 1 while it is down on a pad that does not measure it. */
  readonly pressure: number;
  /** Milliseconds since the first sample of this capture, never falling. */
  readonly time: number;
  /** The pen touches the pad; otherwise it hovers above it. */
  readonly down: boolean;
}

export interface PadAxis {
  /** The highest count that the pad tells; the lowest is 0. */
  readonly max: number;
  readonly perMm: number;
}

/** How finely the pad measures: what an ISO/IEC 19794-7 record says of its channels. */
export interface PadTraits {
  readonly x: PadAxis;
  readonly y: PadAxis;
  /** Count of the highest pressure; null: it tells only whether the pen is down. */
  readonly maxPressure: number | null;
}

export interface SignaturePad extends Device {
  /** Undefined until the pad has been reached for the first time: it tells them itself. */
  readonly traits: PadTraits | undefined;
  /**
   * Yields every sample until `signal` aborts: whether a signature is finished only its writer knows. Returns ok then,
   * at once, and a failure when the pad could not be reached or was lost: PAD-…, or why its line does not open.
   */
  acquire(signal: AbortSignal): AsyncGenerator<PenSample, Result<void>>;
}
