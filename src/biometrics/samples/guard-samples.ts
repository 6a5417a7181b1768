/** The guards (guards/) and iris hints over samples as they are kept: records in, verdicts out. */
import { fail, ok, type Result } from '../../failures/failure.ts';
import type { FingerPosition } from '../../rules/finger-position.ts';
import { prepare } from '../fingerprint/match.ts';
import type { Thresholds } from '../fingerprint/thresholds.ts';
import {
  type Finger,
  type Person,
  refuseOtherPeople,
  refuseRepeats,
  refuseSwappedHands,
} from '../guards/identity.ts';
import { type Kept, refuseReplay } from '../guards/replay.ts';
import { detailOf, traceOf } from '../guards/trace.ts';
import { type DuplicateHint, duplicateHints } from '../iris/compare.ts';
import { decodeIrisTemplate, type IrisTemplate } from '../iris/template.ts';
import { decodeFingerMinutiae } from '../records/finger-minutiae.ts';
import { readFingerRecord } from './finger-sample.ts';

export interface FingerSample {
  readonly position: FingerPosition;
  /** ISO/IEC 19794-2:2005. */
  readonly template: Uint8Array;
}

/** As guards/identity.ts. @returns also FINGER-RECORD-INVALID */
export function refuseRepeatedSamples(fingers: readonly FingerSample[]): Result {
  const prints = printsOf(fingers);
  return prints.ok ? refuseRepeats(prints.value) : prints;
}

/** As guards/identity.ts. @returns also FINGER-RECORD-INVALID */
export function refuseSwappedSamples(
  captured: readonly FingerSample[],
  known: readonly FingerSample[],
  scale?: Thresholds,
): Result<'as given' | 'unknown'> {
  const [prints, knownPrints] = [printsOf(captured), printsOf(known)];
  if (!prints.ok) return prints;
  return knownPrints.ok ? refuseSwappedHands(prints.value, knownPrints.value, scale) : knownPrints;
}

export interface KnownPerson {
  readonly role: Person['role'];
  readonly fingers: readonly FingerSample[];
}

/** As guards/identity.ts. @returns also FINGER-RECORD-INVALID */
export function refuseOtherPeoplesSamples(
  captured: readonly FingerSample[],
  people: readonly KnownPerson[],
): Result {
  const prints = printsOf(captured);
  if (!prints.ok) return prints;
  const known: Person[] = [];
  for (const { role, fingers } of people) {
    const theirs = printsOf(fingers);
    if (!theirs.ok) return theirs;
    known.push({ role, fingers: theirs.value });
  }
  return refuseOtherPeople(prints.value, known);
}

/**
 * As guards/replay.ts, from the images themselves: those in question are few, the same finger's of other touches.
 * @param record ISO/IEC 19794-4:2011, as are the earlier ones
 * @returns GUARD-REPLAY; the failures of readFingerRecord
 */
export async function refuseReplayedSample(
  record: Uint8Array,
  earlier: readonly Uint8Array[],
): Promise<Result> {
  const fresh = await lookedAt(record);
  if (!fresh.ok) return fresh;
  const kept: Kept[] = [];
  for (const each of earlier) {
    const known = await lookedAt(each);
    if (!known.ok) return known;
    kept.push({ print: known.value.print, trace: traceOf(known.value.detail) });
  }
  return refuseReplay(fresh.value, kept);
}

async function lookedAt(record: Uint8Array) {
  const read = await readFingerRecord(record);
  if (!read.ok) return read;
  const { template } = read.value.extraction;
  // Fresh from the extractor a template carries its ridges.
  return ok({ print: prepare(template), detail: detailOf(read.value.image, template.ridges!) });
}

/** As iris/compare.ts, of kept codes. @returns IRIS-CODE-INVALID */
export function irisHints(
  probe: Uint8Array,
  others: readonly Uint8Array[],
): Result<readonly DuplicateHint[]> {
  const codes: IrisTemplate[] = [];
  for (const bytes of [probe, ...others]) {
    const code = decodeIrisTemplate(bytes);
    if (!code.ok) return code;
    codes.push(code.value);
  }
  return ok(duplicateHints(codes[0]!, codes.slice(1)));
}

function printsOf(samples: readonly FingerSample[]): Result<readonly Finger[]> {
  const fingers: Finger[] = [];
  for (const { position, template } of samples) {
    const decoded = decodeFingerMinutiae(template);
    if (!decoded.ok) return decoded;
    const [only] = decoded.value;
    if (!only) return fail('FINGER-RECORD-INVALID', 'no finger view');
    fingers.push({ position, print: prepare(only) });
  }
  return ok(fingers);
}
