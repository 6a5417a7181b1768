/**
 * The card-reader port: what the rest of the kiosk knows of a reader. Two kinds (docs/decisions/readers.md):
 * an APDU reader carries commands to the chip and to the SAM, a sealed reader does everything itself.
 */
import type { Failure, Result } from '../../failures/failure.ts';
import type { Biodata } from '../../rules/biodata.ts';
import type { FingerPosition } from '../../rules/finger-position.ts';

/** A command APDU (ISO/IEC 7816-3 clause 12): its bytes, short or extended, or made of an answer before it. */
export type Apdu = Uint8Array | FollowUp;

/** A command in short form that carries on what was answered before: `header` ‖ Lc ‖ `data` ‖ that. */
export interface FollowUp {
  /** CLA INS P1 P2; empty: what is carried on is the whole command. */
  readonly header: Uint8Array;
  readonly data: Uint8Array;
  /** Whose answer is carried on: 1 is the step right before. */
  readonly back: number;
  /** Bytes at its end that are not: its status word, or two where one answer is packed into another. */
  readonly drop: number;
}

/** One command of a script. */
export interface Step {
  readonly to: 'card' | 'sam';
  readonly apdu: Apdu;
  /** After an answer like one of these the script goes on; any other is its last. */
  readonly goOn: readonly Expected[];
}

export interface Expected {
  /** How the answer ends: in a status word, or in two where one answer is packed into another. */
  readonly ending: Uint8Array;
  /** Its bytes, the status word included: so many at least and at most. */
  readonly least: number;
  readonly most: number;
}

/** What came of a script. */
export interface ScriptOutcome {
  /** data ‖ SW1 SW2 of each step that was answered, at least 2 bytes; what they mean is the caller's. */
  readonly answers: readonly Uint8Array[];
  /** How long each of them took on the wire, ms. */
  readonly took: readonly number[];
  /** Why the step after them was not answered, though the script would have gone on. */
  readonly failure?: Failure;
}

/** A powered card, and the SAM when there is one, lent to one exchange. */
export interface Slots {
  /** Stands for the SAM: the same object from one exchange to the next, until it is pulled, reset or fails. */
  readonly sam: object | undefined;
  /**
   * Carries the commands one after the other, until all are answered, an answer is not as expected, or a follow-up
   * cannot be built. One script at a time, and only during the exchange: anything else is a bug, and rejects.
   * Fails with a CARD-… code when the card is gone, mute or past the time-out of one APDU, with CARD-ABORTED once
   * `signal` is aborted: no step begins after that. After CARD-COMM the card was reset: the exchange may begin again
   * with its first command. After any other failure every further command to that slot fails alike.
   */
  run(script: readonly Step[], signal: AbortSignal): Promise<ScriptOutcome>;
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
   * `signal` ends the waiting for its turn, before the card is touched, and for the card; then it is up to `f`.
   */
  exchange<T>(signal: AbortSignal, f: (slots: Slots) => Promise<Result<T>>): Promise<Result<T>>;
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
