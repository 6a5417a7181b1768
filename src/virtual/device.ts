/** A virtual device on the bench: what stands for the hardware at the far end of a wire. */
import type { Result } from '../failures/failure.ts';
import type { GrayImage } from '../rules/gray-image.ts';
import type { Person } from './people/people.ts';
import type { Random } from './people/random.ts';

/** The device itself: speaks its protocol in frames, knows nothing of the wire's faults. */
export interface VirtualDevice {
  /** Bytes from the host, in any pieces. */
  receive(bytes: Uint8Array): void;
  /** Something that people or the surroundings do to it, e.g. `{"paper": "out"}`; each device checks it itself. */
  act?(act: unknown): Result<unknown>;
  /** A finger on its glass; null lifts it. `rests`: for every scan until it is lifted. */
  press?(image: GrayImage | null, rests?: boolean): void;
  /** A scan waits for a finger. */
  readonly awaitsFinger?: boolean;
  /** The host listens for the pen; absent where the device cannot tell. */
  readonly awaitsPen?: boolean;
  /** As after its supply was switched off and on: timers ended, settings forgotten. */
  restart(): void;
  /** Ends its timers. */
  close(): void;
}

/**
 * What goes wrong on a wire. silent: hears, never answers. noise: random bytes before each frame. torn: bytes are
 * missing from each frame. checksum: one bit of each frame is flipped. slow: a pause before each piece.
 * hung: neither hears nor answers until its power was switched off and on.
 */
export const WIRE_FAULTS = ['silent', 'noise', 'torn', 'checksum', 'slow', 'hung'] as const;
export type WireFault = (typeof WIRE_FAULTS)[number];

export interface FaultExtent {
  /** For so many frames; default: until healed. */
  readonly frames?: number | undefined;
  /** The share of frames that it strikes, 0 to 1; default 1. */
  readonly rate?: number | undefined;
}

/** The device with its wire, its plug and its power: what the bench's commands act on. */
export interface BenchDevice {
  readonly device: VirtualDevice;
  readonly plugged: boolean;
  readonly fault: WireFault | null;
  disturb(fault: WireFault | null, extent?: FaultExtent): void;
  plug(into: boolean): Promise<Result>;
  /** Off: it neither hears nor answers. On: it has restarted, and a hung one has come back. */
  power(on: boolean): void;
  close(): Promise<void>;
}

/** What the bench gives to an emulator. */
export interface BenchSide {
  readonly people: readonly Person[];
  /** Speed of the lines: 0 as fast as possible, 1 as slow as the hardware. */
  readonly pace: number;
  /** Dice for one owner, seeded when the bench is. */
  random(owner: string): Random;
  /** A relay of the panel switches the power of every device that names it. */
  supply(relay: string, on: boolean): void;
}
