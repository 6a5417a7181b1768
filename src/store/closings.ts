/** The end of a day: what the kiosk counted of it, who reviewed and who approved it. */

/** Counted two ways each, from the rows and from the audit, so that a row or an entry too few shows. */
export interface DayCounts {
  /** Sessions without the training ones. */
  readonly opened: number;
  readonly sealed: number;
  /** Ended without a packet: abandoned, refused, recorded before. */
  readonly unsealed: number;
  /** Neither sealed nor ended. */
  readonly unfinished: number;
  readonly exceptions: number;
  /** Sealed sessions whose packet is in the outbox. */
  readonly packets: number;
  /** Mutual authentications of a chip and the SAM. */
  readonly samAuthentications: number;
  /** Reads and activations that the audit tells of, each of which has one at most. */
  readonly auditedReads: number;
  /** Cards handed over, by the rows and by the audit. */
  readonly handedOver: number;
  readonly auditedHandOvers: number;
  /** Cards in the safe. */
  readonly inSafe: number;
  /** Sessions that the audit says were opened, and were sealed. */
  readonly auditedOpened: number;
  readonly auditedSealed: number;
}
