/**
 * Expected failures are values, not exceptions: a stable code from the catalogue, and, for the technician,
 * a technical detail (English, never a person's data). Exceptions are for bugs.
 */
import type { FailureCode } from './catalogue.ts';

export interface Failure {
  readonly code: FailureCode;
  /** What exactly was seen, e.g. `SW 6A82 at SELECT 6FF1`. Never a name, NIK, PIN or biometric. */
  readonly detail?: string;
}

export type Result<T = void> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export function ok(): Result<void>;
export function ok<T>(value: T): Result<T>;
export function ok<T>(value?: T): Result<T | undefined> {
  return { ok: true, value };
}

export function fail(code: FailureCode, detail?: string): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: detail === undefined ? { code } : { code, detail } };
}
