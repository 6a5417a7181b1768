/** What a driver tells the flight recorder of its wire. Bytes are redacted by the recorder, as the driver says how. */
export interface WireTrace {
  sent(bytes: Uint8Array): void;
  received(bytes: Uint8Array): void;
  /** The line was opened, closed or lost: in words, without personal data. */
  event(what: string): void;
}

/**
 * Takes a stream in one direction, in any pieces, and gives the same number of bytes back with everything that could
 * be of a person (images, templates, codes) overwritten and checksums adjusted by the difference, so that a good
 * frame stays good and a spoilt one spoilt. Bytes that belong to no frame are overwritten too.
 */
export type Redact = (bytes: Uint8Array) => Uint8Array;

/** One of each for a line; each call makes new ones, at the start of a frame. */
export interface Redaction {
  readonly sent: Redact;
  readonly received: Redact;
}
