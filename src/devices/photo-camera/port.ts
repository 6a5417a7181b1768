/** The photo camera's port: what the rest of the kiosk knows of the camera that takes the resident's photo. */
import type { Result } from '../../failures/failure.ts';
import type { RgbImage } from '../../rules/rgb-image.ts';
import type { Device } from '../device.ts';
import type { SbiProof } from '../transport/sbi-proof.ts';

export interface PhotoTraits {
  /** Yields frames as long as it is asked, not one record. */
  readonly live: boolean;
}

export interface PhotoRequest {
  /** `face-and-hands`: the picture that goes with an exception. A plain camera takes either without checking it. */
  readonly subject: 'face' | 'face-and-hands';
}

export type PhotoFrame =
  | { readonly image: RgbImage }
  /** ISO/IEC 19794-5:2011, signed by the device. */
  | { readonly record: Uint8Array; readonly proof: SbiProof };

export interface PhotoCamera extends Device {
  readonly traits: PhotoTraits;
  /**
   * Yields what the camera sees, the newest frame whenever the consumer comes for one. Returns ok when it was aborted
   * or has no more to give, a failure when it broke. Aborting `signal` stops the frames at once.
   */
  acquire(want: PhotoRequest, signal: AbortSignal): AsyncGenerator<PhotoFrame, Result<void>>;
  /** JPEG pictures for the screen, never for the record, of a camera that is not live; absent where there are none. */
  preview?(want: PhotoRequest, signal: AbortSignal): AsyncGenerator<Uint8Array, Result<void>>;
}
