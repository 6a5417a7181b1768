/** What a session's machine remembers beside its facts: plain JSON, ids instead of samples. */
import { randomUUID } from 'node:crypto';
import type { Failure } from '../failures/failure.ts';
import type { CaptureStep, ExceptionSubject, ExceptionType } from '../rules/recording.ts';
import type { Ending, SessionFact, StoredFact } from '../store/session-facts.ts';
import type { CaptureDone } from './capture-machine.ts';
import type { QueuePlace, QueuePriority } from './queue-status.ts';
import type { CaptureStage, OverridableRule, RecordStatusStage } from './session-status.ts';
import type { VerificationStatus } from './status.ts';

/** `by` of what nobody asked for. */
export const KIOSK = 'kiosk';

/** A capture beside the order of work: it is asked for by an event and ends in a fact of its own. */
export type Errand =
  | {
      readonly for: 'exception';
      readonly subject: ExceptionSubject;
      readonly kind: ExceptionType;
      readonly reason: string;
      readonly by: string;
    }
  | { readonly for: 'guardian'; readonly name: string; readonly relation: string; readonly by: string }
  | { readonly for: 'review'; readonly by: string }
  | { readonly for: 'identity'; readonly means: IdentityMeans; readonly by: string };
export type IdentityMeans = 'family-card' | 'itap' | 'witness';

/** What is to be stored in one transaction. */
export interface Pending {
  /** The same when it is tried again. */
  readonly operation: string;
  readonly facts: readonly SessionFact[];
  /** Held in the capture room until now. */
  readonly samples: readonly string[];
  /** Stored samples whose bytes go. */
  readonly drop: readonly string[];
  readonly by: string;
}

export interface Commit {
  readonly sessionId: string;
  readonly pending: Pending;
}

export interface WhoIs {
  readonly means: 'invitation' | 'typed' | 'operator';
  /** The invitation's code, or the NIK. */
  readonly text: string;
}

/** “Verify my card”, on that reader; what is known of the card lies in the desk's case file. */
export interface CardCheck {
  readonly reader: string;
  readonly caseId: string;
  readonly by: string;
  readonly verification: VerificationStatus | null;
}

/** What a step of the end works on. */
export interface Finishing {
  readonly sessionId: string;
  readonly facts: readonly StoredFact[];
  /** Who let it come so far: the operator of the identity gate. */
  readonly by: string;
}

export interface SessionContext {
  /** Made before the session is opened; stored with its first fact. */
  readonly sessionId: string;
  readonly language: string;
  readonly facts: readonly StoredFact[];
  readonly operator: string | null;
  readonly officerCalled: boolean;
  readonly disputed: boolean;
  readonly errand: Errand | null;
  /** The means of the identity gate that the operator chose. */
  readonly means: IdentityMeans | null;
  readonly guardianAsked: boolean;
  readonly pending: Pending | null;
  /** The same for what staff do meanwhile. */
  readonly side: Pending | null;
  /** Of the capture at hand, or of the last one while it is judged and stored. */
  readonly capture: CaptureStage | null;
  readonly taken: CaptureDone | null;
  /** Captures that a guard refused: they count with the next ones that are kept. */
  readonly refused: number;
  readonly lost: readonly CaptureStep[];
  /** For whom the state at hand waits: only a resident who has gone is not waited for. */
  readonly waitsFor: 'resident' | 'staff' | 'kiosk';
  readonly ending: Ending | null;
  readonly overrideAsked: {
    readonly rule: OverridableRule;
    readonly reason: string;
    readonly by: string;
  } | null;
  /** Tries of the operator's own finger. */
  readonly operatorTries: number;
  /** Of the queue number that was asked for, and the number. */
  readonly priority: QueuePriority | null;
  readonly place: QueuePlace | null;
  /** “Status of my record”: what is told. */
  readonly answer: RecordStatusStage | null;
  readonly check: CardCheck | null;
  readonly printed: boolean | null;
  readonly secondsLeft: number;
  /** Of the state at hand. */
  readonly failure: Failure | null;
}

export function freshContext(
  language: string,
  facts: readonly StoredFact[],
  sessionId?: string,
): SessionContext {
  return {
    sessionId: sessionId ?? randomUUID(),
    language,
    facts,
    operator: null,
    officerCalled: false,
    disputed: false,
    errand: null,
    means: null,
    guardianAsked: false,
    pending: null,
    side: null,
    capture: null,
    taken: null,
    refused: 0,
    lost: [],
    waitsFor: 'kiosk',
    ending: null,
    overrideAsked: null,
    operatorTries: 0,
    priority: null,
    place: null,
    answer: null,
    check: null,
    printed: null,
    secondsLeft: 0,
    failure: null,
  };
}
