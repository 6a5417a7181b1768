/** What the recording's flows work with; compose.ts puts it together. Everything with an effect comes in here. */
import type { Result } from '../failures/failure.ts';
import type { Sealing } from '../packet/seal-session.ts';
import type { Biodata } from '../rules/biodata.ts';
import type { NewSample } from '../store/samples.ts';
import type { StoredFact } from '../store/session-facts.ts';
import type { StandingStatus } from '../store/statuses.ts';
import type { Store } from '../store/store.ts';
import type { HeldCaptures } from './captures.ts';
import type { DeskParts } from './parts.ts';
import type { QueuePlace, QueuePriority } from './queue-status.ts';
import type { RecordingPolicy } from './recording-policy.ts';

/** Somebody on the roster. */
export interface Invited {
  readonly nik: string;
  /** null: the roster has no more than the NIK. */
  readonly biodata: Partial<Biodata> | null;
}

/** Who is invited, and what is known of earlier recordings. */
export interface Registry {
  /** @param code as the invitation's QR holds it. null: no such invitation. */
  byInvitation(code: string): Promise<Result<Invited | null>>;
  /** NIK of whose sealed recording a receipt is. null: none of this kiosk's. */
  byReceipt(receipt: string): Promise<Result<string | null>>;
  byNik(nik: string): Promise<Result<Invited | null>>;
  /** Of the record there is, from the centre or from this kiosk's own packets; null: there is none. */
  status(nik: string): Promise<Result<StandingStatus | null>>;
}

/** The identity checks of what was just captured; a failure names the guard. */
export interface Guards {
  /** @param held what is to be stored next @param lifted the rules that a second person lifted for this session */
  check(
    sessionId: string,
    facts: readonly StoredFact[],
    held: readonly NewSample[],
    lifted: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<Result>;
  /** The session has ended: its fingers leave memory. */
  forget(): void;
  /** The operator's own right index finger, live; the score. */
  operatorFinger(operator: string, signal: AbortSignal): Promise<Result<{ readonly score: number }>>;
}

export interface RecordingParts {
  readonly store: Store;
  readonly captures: HeldCaptures;
  readonly registry: Registry;
  readonly guards: Guards;
  readonly sealing: Pick<Sealing, 'prove' | 'receiptNumber' | 'seal'>;
  /** Waits for an invitation held before the scanner; absent without one. */
  readonly scanCode: ((signal: AbortSignal) => Promise<Result<string>>) | undefined;
  /** Prints the receipt of a session that is sealed; absent without a printer. */
  readonly print:
    | ((receipt: ReceiptData, language: string, signal: AbortSignal) => Promise<Result>)
    | undefined;
  /** Prints the slip of a queue number; absent without a printer. */
  readonly printNumber:
    | ((place: QueuePlace, language: string, signal: AbortSignal) => Promise<Result>)
    | undefined;
  /** What “verify my card” is done with. */
  readonly desk: DeskParts;
  readonly policy: RecordingPolicy;
}

/** And the station's queue, of which a session may take a number. */
export interface SessionParts extends RecordingParts {
  takeNumber(priority: QueuePriority | null): Promise<Result<QueuePlace>>;
}

export interface ReceiptData {
  readonly receipt: string;
  readonly name: string;
  readonly captures: number;
  readonly discarded: number;
  readonly kept: number;
}
