/**
 * The panel port: the lamps, buttons, contacts, buzzer, lock and relays around the screen. What a kiosk's panel has is
 * configured; whatever it does not have is passed over, so that nobody who uses it needs to ask first.
 */
import type { Result } from '../../failures/failure.ts';
import type { Device } from '../device.ts';

export type LampState = 'off' | 'on' | 'blink';

/** What a lamp shows of its device: that it can be used, or that somebody has to see to it. */
export type LampShows = 'ready' | 'fault';

export interface Lamp {
  readonly name: string;
  /** Id of the device (or card reader) whose state it shows, and what of it; absent: whoever wants to lights it. */
  readonly device?: string | undefined;
  readonly shows?: LampShows | undefined;
}

export const INPUT_KINDS = ['button', 'proximity', 'door', 'tamper', 'power-fail'] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

export interface Input {
  readonly name: string;
  readonly kind: InputKind;
  /** Pressed, somebody near, open, tampered with, mains gone; null while the panel is not reached. */
  readonly active: boolean | null;
}

/** An input that has settled. */
export interface PanelEvent {
  readonly name: string;
  readonly kind: InputKind;
  readonly active: boolean;
  /** false: found so when the panel was reached, at the start or after a loss. A button held then was not pressed now. */
  readonly changed: boolean;
}

/** Outputs may be set at any time: they are applied as soon as the panel is reached, and again whenever it comes back. */
export interface Panel extends Device {
  readonly lamps: readonly Lamp[];
  lamp(name: string, state: LampState): void;
  /** Sounds for so long, ms; 0 ends it. */
  buzz(ms: number): void;
  /** Opens the lock for so long, ms; 0 locks it. */
  unlock(ms: number): void;
  inputs(): readonly Input[];
  /** Calls back for each input when the panel is reached, then at each change. */
  subscribe(listener: (event: PanelEvent) => void): () => void;
  hasRelay(name: string): boolean;
  /**
   * Switches off and on what the relay feeds, and resolves when that has had time to start. Power is on again in any
   * case, also when `signal` aborts. Of two at a time the second shares the first one's outcome.
   * Errors: PANEL-LOST, and nothing was switched.
   */
  powerCycle(relay: string, signal: AbortSignal): Promise<Result>;
}
