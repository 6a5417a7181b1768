/**
 * What the desk's flows tell the outside: a public union. State names of the machines stay private; the screens
 * and the command line see this and nothing else. Plain JSON: ids instead of images and handles.
 */
import type { Failure } from '../failures/failure.ts';
import type { Biodata, BiodataField } from '../rules/biodata.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { CardRecord, ComparedField, DisputeReason } from '../rules/hand-over.ts';

export interface DeskStatus {
  readonly readers: readonly ReaderLine[];
  readonly sensor: SensorLine | null;
  readonly work: Work;
  /** Activations whose outcome nobody knows: the card was gone before it could be read back. */
  readonly unknownActivations: readonly UnknownActivation[];
  /** Why the desk takes no work at present, e.g. another SAM than the one bound to this kiosk. */
  readonly closed: Failure | null;
  /** The card at hand may be compared with print and lists, to be handed over. */
  readonly canHandOver: boolean;
  /** The card at hand may be set aside. */
  readonly canDispute: boolean;
  readonly finished: FinishedCards;
}

/** Finished cards that came here: how many lie in the safe, and of one village whose they are: who is to be told. */
export interface FinishedCards {
  readonly villages: readonly VillageCards[];
  /** The one whose cards are listed; null: none. */
  readonly village: string | null;
  readonly waiting: readonly WaitingCard[];
}

export interface VillageCards {
  readonly village: string;
  readonly arrived: number;
  readonly handedOver: number;
  readonly inSafe: number;
  /** Of those in the safe, for longer than a month. */
  readonly longer: number;
}

export interface WaitingCard {
  readonly nik: string;
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly arrivedOn: string;
  /** null: it may be handed over. */
  readonly setAside: DisputeReason | null;
}

export interface ReaderLine {
  readonly id: string;
  readonly generation: 'new' | 'old';
  readonly kind: 'apdu' | 'sealed';
  readonly state: 'connecting' | 'ready' | 'busy' | 'lost';
  /** null: the reader cannot tell. */
  readonly card: boolean | null;
  readonly sam: boolean | null;
  readonly failure: Failure | null;
}

export interface SensorLine {
  readonly id: string;
  readonly failure: Failure | null;
}

export interface UnknownActivation {
  readonly intentId: string;
  readonly uid: string;
  /** ISO 8601. */
  readonly since: string;
}

export type Work =
  | { readonly at: 'idle' }
  | VerificationStatus
  | ActivationStatus
  | ComparisonStatus
  | HandOverStatus;

/** What is known of the card on the reader; null where this kind of reader cannot tell (named in `untold`). */
export interface CardFacts {
  /** UID8, 16 upper-case hex digits. */
  readonly uid: string | null;
  readonly cardType: 'A' | 'B' | null;
  readonly cardGeneration: 'old' | 'new' | null;
  readonly genuine: boolean | null;
  readonly activated: boolean | null;
  readonly biodata: Biodata | null;
  readonly untold: readonly string[];
}

export interface FingerTry {
  readonly match: boolean;
  /** Of the captured image; null where the box matched. */
  readonly quality: number | null;
  /** Why the try was refused: a capture failure, or FINGER-NO-MATCH. null for a match. */
  readonly failure: Failure | null;
}

export interface VerificationStatus {
  readonly at: 'verification';
  readonly reader: string;
  readonly evidence: 'sam' | 'box';
  readonly step:
    | 'awaiting-card'
    | 'reading-photo'
    | 'reading'
    | 'awaiting-finger'
    | 'matching'
    | 'reading-biodata'
    /** Genuine, and the holder's finger matched. */
    | 'verified'
    /** Read to the end, but not genuine, or no match in all tries: the operator's path. */
    | 'refused'
    /** Broken off by a failure or by the officer. */
    | 'failed';
  /** The page fetches the photo by this id while the case is open. */
  readonly photoId: string | null;
  readonly card: CardFacts | null;
  /** The fingers that the chip holds; the holder may use either. */
  readonly fingers: readonly FingerPosition[];
  readonly tries: readonly FingerTry[];
  readonly triesLeft: number;
  readonly failure: Failure | null;
  /** Verified on an APDU reader, card still there, chip not yet activated. */
  readonly canActivate: boolean;
}

export type ActivationOutcome = 'done' | 'already' | 'refused' | 'unknown';

export interface ActivationStatus {
  readonly at: 'activation';
  readonly reader: string;
  readonly step: 'activating' | 'settling' | 'settled';
  readonly outcome: ActivationOutcome | null;
  readonly photoId: string | null;
  readonly card: CardFacts;
  readonly failure: Failure | null;
}

export interface ComparisonStatus {
  readonly at: 'comparison';
  readonly step: 'running' | 'done';
  readonly rows: readonly ComparisonRow[];
}

export interface ComparisonRow {
  readonly reader: string;
  readonly generation: 'new' | 'old';
  readonly step: 'waiting' | 'awaiting-card' | 'reading' | 'done';
  readonly readable: boolean | null;
  readonly failure: Failure | null;
}

/** What the kiosk's own lists tell of a card's holder. */
export interface CardListed {
  readonly record: CardRecord;
  /** YYYY-MM-DD; null: the card is in no list of finished cards. */
  readonly arrivedOn: string | null;
  /** Why a card of this holder was set aside and not yet decided over. */
  readonly setAside: DisputeReason | null;
}

export interface Dispute {
  readonly reason: DisputeReason;
  /** On which print, chip and record disagree. */
  readonly fields: readonly BiodataField[];
}

export interface HandOverStatus {
  readonly at: 'hand-over';
  readonly step: 'looking-up' | 'comparing' | 'recording' | 'settled' | 'failed';
  readonly photoId: string | null;
  readonly card: CardFacts;
  readonly evidence: 'sam' | 'box';
  /** The holder's finger matched. */
  readonly verified: boolean;
  /** null: this kiosk was told nothing of the holder. */
  readonly listed: CardListed | null;
  /** Fields on which chip and lists disagree. */
  readonly differences: readonly ComparedField[];
  readonly mayHandOver: boolean;
  /** null: handed over, or to be. */
  readonly dispute: Dispute | null;
  readonly failure: Failure | null;
}

/** What the officer can ask of the desk; `by` says who asks and is checked and audited in the server. */
export type DeskEvent =
  | { readonly type: 'verify'; readonly reader: string; readonly by: string }
  | { readonly type: 'activate'; readonly by: string }
  /** With a card that was verified, it stays at hand. */
  | { readonly type: 'compare'; readonly by: string }
  | { readonly type: 'begin-hand-over'; readonly by: string }
  /** `feesAsked`: whether the holder was asked if somebody took money. */
  | { readonly type: 'hand-over'; readonly feesAsked: boolean; readonly by: string }
  /** Sets the card aside. */
  | ({ readonly type: 'dispute'; readonly by: string } & Dispute)
  /** After a failure: the same work once more. */
  | { readonly type: 'retry'; readonly by: string }
  /** Breaks off the work at hand. */
  | { readonly type: 'cancel'; readonly by: string }
  /** Closes a finished case: photo and data leave the screen. */
  | { readonly type: 'finish'; readonly by: string };
