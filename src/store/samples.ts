/** What is kept of a capture: an ISO record with its template and what is known of its making. */
import type { FingerPosition } from '../rules/finger-position.ts';
import type { Eye } from '../rules/recording.ts';

export type SampleKind = 'photo' | 'signature' | 'finger' | 'iris' | 'document' | 'exception-photo';

/** The signed answer of a certified device (MOSIP SBI), by which the centre can verify the record once more. */
export interface SampleEvidence {
  /** As it came: a JWS in compact form, whose payload holds the record. */
  readonly jws: string;
  /** Upper-case hex SHA-256: of the previous hash and this record's, the chain of one transaction. */
  readonly hash: string;
}

/** As a capture hands it over, to be stored in the transaction of its step. */
export interface NewSample {
  readonly id: string;
  readonly kind: SampleKind;
  readonly position?: FingerPosition;
  readonly eye?: Eye;
  /** ISO/IEC 19794-4, -5, -6 or -7; a JPEG for documents and exception photos. */
  readonly record: Uint8Array;
  /** Finger: ISO/IEC 19794-2; iris: the code of biometrics/iris. */
  readonly template?: Uint8Array;
  /** 0–100. */
  readonly quality: number;
  readonly reasons: readonly string[];
  /** Of the device that made it. */
  readonly device: { readonly id: string; readonly make?: string; readonly serial?: string };
  /** Of a certified device. */
  readonly proof?: SampleEvidence;
}

/** What is known of a sample that is kept, without its bytes. */
export interface SampleInfo extends Omit<NewSample, 'record' | 'template' | 'proof'> {
  readonly sessionId: string;
  /** ISO 8601. */
  readonly madeAt: string;
  /** Of the record, 64 hex digits. */
  readonly sha256: string;
  /** Of the template; null: there is none. */
  readonly templateSha256: string | null;
  /** Of the record. */
  readonly bytes: number;
}

/** A finger of an earlier session, to be told from a new resident's. */
export interface RecentFinger {
  readonly sessionId: string;
  readonly sampleId: string;
  readonly position: FingerPosition | null;
  /** ISO/IEC 19794-2. */
  readonly template: Uint8Array;
}

export interface StoredSample extends SampleInfo {
  readonly record: Uint8Array;
  readonly template?: Uint8Array;
  readonly proof?: SampleEvidence;
}
