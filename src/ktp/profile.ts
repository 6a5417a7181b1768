/** How to speak to the cards of one reader: what differs between sites, chips and readers (settings.ts). */
export interface CardProfile {
  /** Bytes asked for in one READ in clear, after the first eight. */
  readonly clearChunk: number;
  /** Bytes asked for in one READ under secure messaging, after the first eight; a multiple of 8. */
  readonly smChunk: number;
  /** How often a whole read is begun again when the line to the card failed. Never after a refusal. */
  readonly retries: number;
  /** The command that asks a type B chip for its UID: INS DD, or DF as some readers want it. */
  readonly typeBUid: 'DD' | 'DF';
  /** Where card control tells the activation state, an assumption of ktp-el-card.md. */
  readonly activation: ActivationByte;
}

export interface ActivationByte {
  /** Counted from the end of card control: 1 is its last byte. */
  readonly fromEnd: number;
  readonly inactive: number;
  readonly active: number;
}
