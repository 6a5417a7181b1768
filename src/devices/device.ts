/** What every device of the kiosk has in common, so that one supervisor keeps all of them alive. */
import type { Failure, Result } from '../failures/failure.ts';

/** What a test of a device found. */
export interface Findings {
  /** Maker, model, firmware and serial number as far as the device tells them. */
  readonly identity: string;
  /** It works, but somebody should see to it: a dirty glass, paper that runs low. */
  readonly complaint?: Failure;
  /** Degrees Celsius, where the device measures them. */
  readonly temperature?: number;
}

export interface Device {
  readonly id: string;
  /**
   * What a technician would want to know: reach, identity, and a real capture or echo as far as that needs nobody.
   * It opens the line when it is not open, so it is also how a lost device is found again.
   */
  check(signal: AbortSignal): Promise<Result<Findings>>;
  /** A quick sign of life on an open line; absent where the protocol has none. Never while a capture runs. */
  heartbeat?(signal: AbortSignal): Promise<Result<void>>;
  /** Calls back when an open line is lost that nobody uses; absent where only a heartbeat tells. */
  onLost?(listener: (failure: Failure) => void): () => void;
  /** Ends what runs and lets go of the line, within two seconds. */
  close(): Promise<void>;
}
