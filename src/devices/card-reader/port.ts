/**
 * The card-reader port: what the rest of the kiosk knows of a reader. Two kinds (docs/decisions/readers.md):
 * an APDU reader carries commands to the chip and to the SAM, a sealed reader does everything itself.
 */
import type { Failure, Result } from '../../failures/failure.ts';
import type { Biodata } from '../../rules/biodata.ts';
import type { FingerPosition } from '../../rules/finger-position.ts';

/**
 * A powered card or SAM. The same object is handed out for as long as it stays powered: a card for one exchange, a SAM
 * from one exchange to the next, until it is pulled, reset or fails.
 */
export interface Slot {
  /**
   * Carries one command APDU (ISO/IEC 7816-3 clause 12), short or extended, and returns data ‖ SW1 SW2, at least 2
   * bytes; what the status word means is the caller's. One command at a time, and only during the exchange: anything
   * else is a bug, and rejects.
   * Fails with a CARD-… code when the card is gone, mute or past the APDU's time-out, with CARD-ABORTED once the
   * exchange's signal is aborted. After CARD-COMM the card was reset: the exchange may begin again with its first
   * command. After any other failure every further command fails alike.
   */
  transmit(apdu: Uint8Array): Promise<Result<Uint8Array>>;
}

export type ReaderState = 'connecting' | 'ready' | 'busy' | 'lost';

/** What a reader can say of itself without a card command. */
export interface ReaderStatus {
  readonly state: ReaderState;
  /** Is a card on the antenna? null: the reader cannot tell (a sealed reader, or one that is lost). */
  readonly card: boolean | null;
  /** Is a SAM in its slot? null: no SAM slot configured, or unknown. */
  readonly sam: boolean | null;
  /** Why it is lost or not ready, or what a ready reader lacks (CARD-SAM-ABSENT); a code of the catalogue. */
  readonly failure?: Failure;
}

interface Reader {
  readonly id: string;
  readonly generation: 'new' | 'old';
  status(): ReaderStatus;
  /** Calls the listener at every change of status; returns the function that ends it. */
  subscribe(listener: (status: ReaderStatus) => void): () => void;
  /** A self-test without a card: reach, identity, firmware. The value names what was found. */
  check(signal: AbortSignal): Promise<Result<{ readonly identity: string }>>;
  close(): Promise<void>;
}

export interface ApduReader extends Reader {
  readonly kind: 'apdu';
  /**
   * Connects to the card (and to the SAM, when one is there), alone: a second exchange waits for the first.
   * The card is reset at the start and unpowered at the end; the SAM stays powered from one exchange to the next.
   * Fails with CARD-ABSENT when no card lies on the reader, with CARD-MUTE when it does not answer its reset, and with
   * what `status` says when the reader is lost. A SAM that is there but fails is handed out; its commands say why.
   * `signal` ends it between two APDUs; an exchange aborted while it waits its turn never touches the card.
   */
  exchange<T>(
    signal: AbortSignal,
    f: (card: Slot, sam: Slot | undefined) => Promise<Result<T>>,
  ): Promise<Result<T>>;
}

/** Who is at the desk, as the old reader wants to know it. */
export interface Operator {
  readonly id: string;
  /** 16 digits. */
  readonly nik: string;
}

export interface SealedReader extends Reader {
  readonly kind: 'sealed';
  /** Waits for a card until `signal` ends it; answers which two fingers the card holds. */
  awaitCard(signal: AbortSignal): Promise<Result<FingerPosition[]>>;
  /** The box's own 1:1 match of a live finger against the card. */
  matchHolder(finger: FingerPosition, by: Operator, signal: AbortSignal): Promise<Result<boolean>>;
  /** Only after a match. */
  biodata(by: Operator, signal: AbortSignal): Promise<Result<Biodata>>;
}

export type CardReader = ApduReader | SealedReader;
