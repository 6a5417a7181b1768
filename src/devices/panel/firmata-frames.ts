/**
 * Whole messages out of what a Firmata board sends (github.com/firmata/protocol, protocol.md). A message begins with
 * the only byte that has bit 7 set, beside the mark that ends a sysex; so what is torn ends where the next one begins.
 * There is no checksum: a flipped bit makes another message, so nothing is believed that was said once (contact.ts).
 */

const DIGITAL = 0x90;
const ANALOG = 0xe0;
const REPORT_VERSION = 0xf9;
const START_SYSEX = 0xf0;
const END_SYSEX = 0xf7;

/** The capabilities of a board with 128 pins, which is the most that there can be, of five modes each. */
const MOST_BYTES = 2_048;

export class FirmataFrames {
  #message: number[] = [];

  /** The messages that have become whole: versions, levels of ports, and sysex. */
  push(bytes: Uint8Array): Uint8Array[] {
    const whole: Uint8Array[] = [];
    for (const byte of bytes) {
      if (byte >= 0x80 && byte !== END_SYSEX) this.#message = isKnown(byte) ? [byte] : [];
      else if (this.#message.length > 0) this.#message.push(byte);
      const isWhole = this.#isWhole(byte);
      if (isWhole) whole.push(Uint8Array.from(this.#message));
      if (isWhole || byte === END_SYSEX || this.#message.length >= MOST_BYTES) this.#message = [];
    }
    return whole;
  }

  #isWhole(last: number): boolean {
    const { length } = this.#message;
    // One that says nothing beside its two marks is none.
    if (this.#message[0] === START_SYSEX) return last === END_SYSEX && length > 2;
    return length === 3 && last !== END_SYSEX;
  }
}

function isKnown(first: number): boolean {
  const kind = first < START_SYSEX ? first & 0xf0 : first;
  return kind === DIGITAL || kind === ANALOG || kind === REPORT_VERSION || kind === START_SYSEX;
}
