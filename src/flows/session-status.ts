/**
 * What the recording's flows tell the outside: a public union, from which every screen of the resident, the operator
 * and the supervisor is projected. State names of the machines stay private. Plain JSON: ids instead of images. It
 * holds personal data: who sees which of it, the projection decides.
 */
import type { FailureCode } from '../failures/catalogue.ts';
import type { Failure } from '../failures/failure.ts';
import type { Biodata } from '../rules/biodata.ts';
import type { FingerPosition } from '../rules/finger-position.ts';
import type { PhotoBackground } from '../rules/photo-background.ts';
import type { RecordStatus } from '../rules/record-status.ts';
import type {
  CaptureStep,
  ExceptionSubject,
  ExceptionType,
  Eye,
  ReasonForComing,
} from '../rules/recording.ts';
import type { SampleKind } from '../store/samples.ts';
import type { QueuePlace } from './queue-status.ts';
import type { VerificationStatus } from './status.ts';

/** Something that needs a second person; never the one in `by`. */
export type PendingApproval =
  | {
      readonly of: 'exception';
      readonly sessionId: string;
      readonly exception: RecordedException;
      /** The photo of face and hands, fetched by its id. */
      readonly photo: string;
      readonly by: string;
    }
  | {
      readonly of: 'override';
      readonly sessionId: string;
      readonly rule: OverridableRule;
      readonly reason: string;
      readonly by: string;
    };

/** Rules that a second person may lift for one session, where the policy lets them. */
export const OVERRIDABLE_RULES = [
  /** Somebody the roster or the centre knows as recorded is recorded again. */
  'recorded-before',
  /** A guard took a finger for somebody else's. */
  'finger-guard',
  /** Younger than the policy records. */
  'minimum-age',
] as const;
export type OverridableRule = (typeof OVERRIDABLE_RULES)[number];

export interface RecordedException {
  readonly id: string;
  readonly subject: ExceptionSubject;
  readonly kind: ExceptionType;
  readonly reason: string;
  /** null: not yet decided. */
  readonly approved: boolean | null;
}

/** One person at the screen. */
export interface SessionStatus {
  /** null until a reason for coming was chosen: then nothing is stored yet. */
  readonly sessionId: string | null;
  readonly channel: 'self-service' | 'assisted';
  readonly training: boolean;
  /** Tag of the language of this person's screens, speech and prints: `id`, `en`, or one that a deployer added. */
  readonly language: string;
  readonly reason: ReasonForComing | null;
  /** All 16 digits; null until it is known. One session, one NIK. */
  readonly nik: string | null;
  readonly name: string | null;
  /** Not on the roster: recorded all the same, and flagged. */
  readonly onRoster: boolean | null;
  /** What there is to do and how far it is, in order; empty until somebody is identified. */
  readonly progress: readonly ProgressStep[];
  readonly stage: Stage;
  readonly exceptions: readonly RecordedException[];
  /** The resident has asked for an officer, who has not come yet. */
  readonly officerCalled: boolean;
  /** The operator who works this session; null: the resident alone. */
  readonly operator: string | null;
  /** Nothing happened for a while: the screen warns; every touch extends. */
  readonly idleWarning: { readonly secondsLeft: number } | null;
  /** What stands on the disk so far, in the order of its making; pictures are fetched by the sample's id. */
  readonly kept: readonly ReviewSample[];
  /** Captures made and thrown away in the whole session. */
  readonly captures: number;
  readonly discarded: number;
  /** For the operator: where the NIK differs from the rest. It is given for life, so that is no fault. */
  readonly notes: readonly Failure[];
}

export interface ProgressStep {
  readonly step: 'identity' | 'biodata' | CaptureStep | 'review' | 'gate' | 'sealed';
  readonly state: 'to-do' | 'now' | 'done' | 'excepted';
}

export type Stage =
  /** First screen: language, service, reason for coming. */
  | { readonly at: 'choosing' }
  | IdentificationStage
  /** Purpose and basis in plain words, to be acknowledged. */
  | { readonly at: 'notice'; readonly version: number }
  /** Who they are; their signature is a capture of its own. */
  | { readonly at: 'guardian'; readonly why: 'minor' | 'assistance' }
  /** Every source is asked whether the person was recorded before. */
  | { readonly at: 'look-up' }
  | StoppedStage
  | BiodataStage
  | CaptureStage
  /** What was confirmed is on its way to the disk: milliseconds. */
  | { readonly at: 'saving' }
  /** All done but what an exception still needs: its approval. */
  | { readonly at: 'awaiting-approval'; readonly exceptions: readonly string[] }
  | ReviewStage
  | OperatorFingerStage
  | IdentityGateStage
  /** Every sample is read back from disk and matched again. With a failure: `retry`, or `redo` of what it names. */
  | { readonly at: 'proof'; readonly failure: Failure | null }
  /** Receipt number, packet, seal. With a failure: `retry`. */
  | { readonly at: 'sealing'; readonly failure: Failure | null }
  | ReceiptStage
  | { readonly at: 'survey' }
  | RecordStatusStage
  | QueueNumberStage
  /** “Verify my card”: the desk's own verification, which tells what is on the card once the holder is verified. */
  | { readonly at: 'card-check'; readonly verification: VerificationStatus | null }
  | EndedStage
  /** The store cannot write: `retry`, or leave; what was confirmed before is kept. */
  | { readonly at: 'broken'; readonly failure: Failure };

export interface IdentificationStage {
  readonly at: 'identification';
  /** What the person came for: to be recorded, or to ask where their record is. */
  readonly purpose: 'recording' | 'status';
  readonly step: 'asking' | 'checking';
  /** Why the last answer was not taken: not a NIK, an unknown code. */
  readonly failure: Failure | null;
}

/** This person is not recorded, unless a second person lifts the rule. */
export interface StoppedStage {
  readonly at: 'stopped';
  readonly rule: OverridableRule;
  /** Of the record there is, in the centre's words; null: the centre has told nothing. */
  readonly status: RecordStatus | null;
  /** A second person may allow it all the same. */
  readonly mayAsk: boolean;
}

export interface BiodataStage {
  readonly at: 'biodata';
  /** null: nobody knows it yet; an operator enters it. */
  readonly biodata: Partial<Biodata> | null;
  /** Corrected in this session: shown, spoken back and confirmed by the resident. */
  readonly corrected: readonly (keyof Biodata)[];
  /** Goes with the confirmation, so that nobody confirms what they did not see. */
  readonly sha256: string | null;
  /** The resident says that something is wrong: an operator corrects it. */
  readonly disputed: boolean;
  readonly failure: Failure | null;
}

/** What a capture step is for; a session's own captures and those that belong to its papers. */
export type CaptureTarget =
  | CaptureStep
  | 'exception-photo'
  | 'family-card'
  | 'itap'
  | 'review'
  | 'witness'
  | 'guardian';

export interface CaptureStage {
  readonly at: 'capture';
  readonly step: CaptureTarget;
  readonly kind: SampleKind;
  /** Id of the device; null: none of the kind is configured. */
  readonly device: string | null;
  /** What it sees can be watched under this id (capture/room.ts, subscribePreview); null: nothing runs. */
  readonly preview: string | null;
  readonly phase: /** The screen explains; `start-capture` begins. */
    | 'ready'
    /** The device is on; nothing is seen yet. */
    | 'waiting'
    /** Something is seen: `reasons` coaches. */
    | 'placing'
    /** A signature is being written: `finish-signature` ends it. */
    | 'writing'
    /** Taken; its quality, identity and novelty are judged. */
    | 'judging'
    /** This try is not good enough; tries are left. */
    | 'try-again'
    /** No tries are left: another finger first, longer patience, or an exception. */
    | 'stuck'
    /** The device is lost (`failure`); it is looked after, and the capture goes on when it is back. */
    | 'device-lost';
  /** Asked for at this moment: several for a slap scanner, one for a single-finger sensor. */
  readonly fingers: readonly FingerPosition[];
  readonly eyes: readonly Eye[];
  /** How often something was asked for in this round; a new number means: now this, or the same once more. */
  readonly asked: number;
  /** Of the whole step, with what is kept of each so far. */
  readonly subjects: readonly CaptureSubject[];
  readonly tries: number;
  readonly triesLeft: number;
  /** Of the frame or capture at hand, 0–100; null: none yet. */
  readonly quality: number | null;
  /** What to do better, the most important first. */
  readonly reasons: readonly FailureCode[];
  /** Longer patience: more time and more tries. */
  readonly patient: boolean;
  /** Photo: the colour behind the resident; null: the background is waived, or this is no photo. */
  readonly background: PhotoBackground | null;
  /** Why the last try failed, or why the device is lost. */
  readonly failure: Failure | null;
}

export interface CaptureSubject {
  readonly position: FingerPosition | null;
  readonly eye: Eye | null;
  readonly state: 'to-do' | 'asked' | 'kept' | 'excepted';
  /** Of what is kept. */
  readonly quality: number | null;
  readonly sample: string | null;
}

export interface ReviewStage {
  readonly at: 'review';
  readonly biodata: Partial<Biodata>;
  readonly corrected: readonly (keyof Biodata)[];
  /** Pictures are fetched by the sample's id. */
  readonly samples: readonly ReviewSample[];
  /** Captures made and thrown away in the whole session. */
  readonly captures: number;
  readonly discarded: number;
}

export interface ReviewSample {
  readonly sample: string;
  readonly step: CaptureTarget;
  readonly position: FingerPosition | null;
  readonly eye: Eye | null;
  readonly quality: number;
}

/** The operator's own right index finger, when biodata was corrected. */
export interface OperatorFingerStage {
  readonly at: 'operator-finger';
  /** Who made the correction, and whose finger it is to be. */
  readonly operator: string | null;
  /** The sensor waits for it. */
  readonly pressing: boolean;
  readonly triesLeft: number;
  readonly failure: Failure | null;
}

/** Nobody's packet is sealed before an operator has seen person, papers and fingers, or a witness has signed. */
export interface IdentityGateStage {
  readonly at: 'identity-gate';
  readonly means: readonly ('family-card' | 'itap' | 'witness')[];
  /** The means that was chosen: its papers are scanned, or the witness signs, as captures. */
  readonly chosen: 'family-card' | 'itap' | 'witness' | null;
  readonly scans: readonly string[];
}

export interface ReceiptStage {
  readonly at: 'receipt';
  readonly receipt: string;
  readonly captures: number;
  readonly discarded: number;
  readonly kept: number;
  /** null: it is being printed; false: not on paper, for want of a printer where there is no failure. */
  readonly printed: boolean | null;
  readonly failure: Failure | null;
}

/**
 * “Status of my record”. Whoever holds the invitation or the receipt, or whom an operator has seen, is told all of it;
 * a NIK alone is on many papers and proves nobody: it gets the next step.
 */
export interface RecordStatusStage {
  readonly at: 'record-status';
  /** null: not to be told. */
  readonly status: RecordStatus | null;
  /** ISO 8601 or `YYYY-MM-DD`; null: not known, or not to be told. */
  readonly since: string | null;
  /** Older than is normal for this status. */
  readonly stuck: boolean;
  /** What to do, in plain words. */
  readonly next: { readonly id: string; readonly en: string };
}

/** A number was taken: when it is called, the session begins anew. */
export interface QueueNumberStage {
  readonly at: 'queue-number';
  readonly place: QueuePlace;
  /** null: the slip is being printed; false: not on paper, for want of a printer where there is no failure. */
  readonly printed: boolean | null;
  readonly failure: Failure | null;
}

export interface EndedStage {
  readonly at: 'ended';
  readonly how: 'sealed' | 'abandoned' | 'timed-out' | 'recorded-before' | 'refused' | 'training';
  readonly receipt: string | null;
}
