/** What is used of two packages that bring no types. */
declare module 'firmata-io' {
  import type { EventEmitter } from 'node:events';

  /** Emits `data`; of a line that firmata-io did not open itself it needs no more. */
  export interface Transport extends EventEmitter {
    write(bytes: Uint8Array, written: () => void): void;
  }
  export interface Pin {
    /** By their numbers in the protocol. */
    readonly supportedModes: readonly number[];
    readonly mode: number;
    /** As of the last answer to queryPinState. */
    readonly state?: number;
  }
  /** Emits `ready`, `reportversion`, `queryfirmware`, `digital-read-⟨pin⟩` (level). */
  export class Firmata extends EventEmitter {
    constructor(transport: Transport, options: { readonly reportVersionTimeout: number });
    readonly isReady: boolean;
    readonly versionReceived: boolean;
    readonly firmware: { readonly name?: string; readonly version?: { major: number; minor: number } };
    readonly pins: readonly Pin[];
    reportVersion(heard: () => void): void;
    queryFirmware(heard: () => void): void;
    queryCapabilities(heard: () => void): void;
    queryAnalogMapping(heard: () => void): void;
    queryPinState(pin: number, heard: () => void): void;
    reportDigitalPin(pin: number, wanted: 0 | 1): void;
  }
  const bindTransport: { readonly Firmata: typeof Firmata };
  export default bindTransport;
}

declare module 'johnny-five' {
  import type { EventEmitter } from 'node:events';

  /** Emits `ready` and `error`. */
  export class Board extends EventEmitter {
    constructor(options: {
      readonly io: object;
      readonly repl: false;
      readonly debug: false;
      readonly sigint: false;
    });
    pinMode(pin: number, mode: number): this;
    digitalWrite(pin: number, level: 0 | 1): this;
    digitalRead(pin: number, told: (level: 0 | 1) => void): this;
  }
  const johnnyFive: { readonly Board: typeof Board };
  export default johnnyFive;
}
