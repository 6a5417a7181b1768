/** The iris camera's port: what the rest of the kiosk knows of a camera for irises. */
import type { Result } from '../../failures/failure.ts';
import type { GrayImage } from '../../rules/gray-image.ts';
import type { Device } from '../device.ts';
import type { SbiProof } from '../transport/sbi-proof.ts';

export type Eye = 'left' | 'right';

export interface IrisTraits {
  /** Yields frames as long as it is asked, not one record an eye. */
  readonly live: boolean;
  /** Sees both eyes at once. */
  readonly bothEyes: boolean;
}

export interface IrisRequest {
  /** The resident's own left and right. A camera that cannot tell them apart does not check it. */
  readonly eyes: readonly Eye[];
}

export type IrisFrame =
  /** As the camera sees it, near-infrared. Its scale depends on the distance: `dpi` is 0. */
  | { readonly image: GrayImage; readonly eye?: Eye }
  /** ISO/IEC 19794-6:2011, one eye, signed by the device. */
  | { readonly record: Uint8Array; readonly eye: Eye; readonly proof: SbiProof };

export interface IrisCamera extends Device {
  readonly traits: IrisTraits;
  /**
   * Yields what the camera sees, the newest frame whenever the consumer comes for one. Returns ok when it was aborted
   * or has no more to give, a failure when it broke. Aborting `signal` stops the frames at once.
   */
  acquire(want: IrisRequest, signal: AbortSignal): AsyncGenerator<IrisFrame, Result<void>>;
  /** JPEG pictures for the screen, never for the record, of a camera that is not live; absent where there are none. */
  preview?(want: IrisRequest, signal: AbortSignal): AsyncGenerator<Uint8Array, Result<void>>;
}
