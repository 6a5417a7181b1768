/** The finger-sensor port: what the rest of the kiosk knows of a fingerprint reader. */
import type { Result } from '../../failures/failure.ts';
import type { FingerPosition } from '../../rules/finger-position.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Device } from '../device.ts';
import type { SbiProof } from '../transport/sbi-proof.ts';

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
  /**
   * The fingers that are asked for, at least one: one on a sensor for single fingers; on a slap scanner those of one
   * slap (rules/finger-position.ts) that the resident has. A sensor that gives images does not check it.
   */
  readonly positions: readonly FingerPosition[];
  /** The fingers of that slap that the resident does not have; default none. */
  readonly exceptions?: readonly FingerPosition[];
}

export type Frame =
  | { readonly image: GrayImage }
  /** ISO/IEC 19794-4:2011, one finger, signed by the device. */
  | { readonly record: Uint8Array; readonly position: FingerPosition; readonly proof: SbiProof };

export interface FingerSensor extends Device {
  readonly traits: FingerTraits;
  /**
   * Waits for a finger and yields what it sees; a one-shot module yields once, a slap scanner a record a finger.
   * Returns ok when the sensor has no more to give, a failure when it broke. Aborting `signal` stops the frames at
   * once.
   */
  acquire(want: FingerRequest, signal: AbortSignal): AsyncGenerator<Frame, Result<void>>;
  /** JPEG pictures for the screen while a finger is waited for, never for the record; absent where there are none. */
  preview?(want: FingerRequest, signal: AbortSignal): AsyncGenerator<Uint8Array, Result<void>>;
}
