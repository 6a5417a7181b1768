/** What a driver of the panel drives: a board with pins, whichever. Names, timing and polarity are the panel's. */
import type { Failure, Result } from '../../failures/failure.ts';

export interface PinBoard {
  /** Maker, model and firmware, as far as it tells them. */
  readonly identity: string;
  /** Sets an output high or low; a board that is gone takes no notice. */
  write(pin: number, high: boolean): void;
  /** The level of an input, asked for anew where the board can be asked. */
  read(pin: number): Promise<Result<boolean>>;
  /** A sign of life, and that every output is what it was set to, as far as the board can be asked. */
  verify(): Promise<Result>;
  /** Resolves when the board is gone: with the reason, or with undefined after `close`. */
  readonly ended: Promise<Failure | undefined>;
  /** What was written before has left when this resolves, unless the board is gone. Ends within a second. */
  close(): Promise<void>;
}

/** What each pin is for. */
export interface Pins {
  readonly inputs: readonly { readonly pin: number; readonly pullUp: boolean }[];
  readonly outputs: readonly { readonly pin: number; readonly high: boolean }[];
}

/**
 * Reaches the board and sets up its pins, the outputs as they shall be from the start. Failures are the driver's.
 * @param onLevel Called with what the board tells of its inputs, whether it has changed or not.
 * @param signal Nobody waits for the board any more: ends within half a second.
 */
export type OpenBoard = (
  pins: Pins,
  onLevel: (pin: number, high: boolean) => void,
  signal: AbortSignal,
) => Promise<Result<PinBoard>>;
