/** What a reader's slot can hold: a chip, a SAM, or something else with contacts. */
export interface VirtualCard {
  /** Answer to reset (ISO/IEC 7816-3 clause 8); null: mute, as a dead card is. */
  readonly atr: Uint8Array | null;
  /** Power-on and reset: volatile state is gone. */
  reset(): void;
  /** One command APDU → data ‖ SW1 SW2. */
  transmit(apdu: Uint8Array): Uint8Array;
}

/** Gives that many bytes nobody can guess, or, on a seeded bench, always the same ones. */
export type Random = (length: number) => Uint8Array;

/** T=1 only (TD1 81, TD2 31), IFSC 254, BWI 4, CWI 5, then the historical bytes and TCK. */
export function t1Atr(historical: string): Uint8Array {
  const text = Buffer.from(historical, 'latin1');
  const body = Uint8Array.of(0x80 | text.length, 0x81, 0x31, 0xfe, 0x45, ...text);
  return Uint8Array.of(
    0x3b,
    ...body,
    body.reduce((sum, byte) => sum ^ byte, 0),
  );
}
