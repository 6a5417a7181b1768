/** What a session's machine has done: each answers a `Result`, and may be done again after it was cut off. */
import { fail, ok, type Result } from '../failures/failure.ts';
import { isNik } from '../rules/nik.ts';
import { meaningOf, nextStepForAnybody } from '../rules/record-status.ts';
import { maskNik } from '../store/masked-nik.ts';
import type { Ending, SessionFact, StoredFact } from '../store/session-facts.ts';
import type { Invited, RecordingParts, Registry } from './recording-parts.ts';
import type { Commit, Finishing, SessionContext, WhoIs } from './session-context.ts';
import type { RecordStatusStage } from './session-status.ts';
import { toStore } from './session-steps.ts';
import { viewOf } from './session-view.ts';

/** Stores one step; the capture room lets go of its samples once they are on disk. */
export async function commit(
  parts: RecordingParts,
  { sessionId, pending }: Commit,
): Promise<Result<readonly StoredFact[]>> {
  const { operation, facts, samples, drop, by } = pending;
  const first = facts[0]?.type === 'opened';
  const stored = first
    ? await parts.store.sessions.open(sessionId, facts, by)
    : await parts.store.sessions.record(
        sessionId,
        { operation, facts, samples: parts.captures.held(samples), drop },
        by,
      );
  if (stored.ok) parts.captures.drop(samples);
  return stored;
}

/** The fact that says who this session is about. Errors: SESSION-INVITATION-UNKNOWN, SESSION-NIK-INVALID. */
export async function identify(
  { registry }: RecordingParts,
  { means, text }: WhoIs,
): Promise<Result<SessionFact>> {
  if (means !== 'invitation' && !isNik(text)) return fail('SESSION-NIK-INVALID');
  const found = means === 'invitation' ? await registry.byInvitation(text) : await registry.byNik(text);
  if (!found.ok) return found;
  if (found.value) return ok({ type: 'identified', nik: found.value.nik, means, onRoster: true });
  // Somebody off the roster is recorded all the same, and flagged; a code that is none is not.
  return means === 'invitation'
    ? fail('SESSION-INVITATION-UNKNOWN')
    : ok({ type: 'identified', nik: text, means, onRoster: false });
}

/**
 * “Status of my record”. Whoever holds the invitation or the receipt, or whom an operator has seen, is told all of it; a
 * NIK alone is on many papers and proves nobody: it gets a next step, in which an unknown NIK looks like one that is not
 * recorded yet, and a failed or suspected recording like a duplicate.
 * Errors: SESSION-CODE-UNKNOWN, SESSION-NIK-INVALID, those of the store: what cannot be audited is not told.
 */
export async function tellStatus(
  { registry, store }: RecordingParts,
  { means, text, by }: WhoIs & { readonly by: string },
): Promise<Result<RecordStatusStage>> {
  const nik = await holderOf(registry, { means, text });
  if (!nik.ok) return nik;
  const found = await registry.status(nik.value);
  if (!found.ok) return found;
  const { status, since, stuck } = found.value ?? { status: 'UNREGISTERED', since: null, stuck: false };
  const told = await store.audit.append('status-told', by, { nik: maskNik(nik.value), means, status });
  if (!told.ok) return told;
  return ok(
    means === 'typed'
      ? { at: 'record-status', status: null, since: null, stuck: false, next: nextStepForAnybody(status) }
      : { at: 'record-status', status, since, stuck, next: meaningOf(status).nextStep },
  );
}

/** The NIK that was told, or that of whose invitation or receipt the code is. */
async function holderOf(registry: Registry, { means, text }: WhoIs): Promise<Result<string>> {
  if (means !== 'invitation') return isNik(text) ? ok(text) : fail('SESSION-NIK-INVALID');
  const recorded = await registry.byReceipt(text);
  if (!recorded.ok) return recorded;
  if (recorded.value !== null) return ok(recorded.value);
  const invited = await registry.byInvitation(text);
  if (!invited.ok) return invited;
  return invited.value ? ok(invited.value.nik) : fail('SESSION-CODE-UNKNOWN');
}

/** “Already recorded?”, asked of every source at hand. */
export async function lookUp(
  { registry }: RecordingParts,
  facts: readonly StoredFact[],
): Promise<Result<SessionFact>> {
  const found = await registry.status(nikIn(facts));
  if (!found.ok) return found;
  const known = found.value;
  const failed = known !== null && /^ENROLL_FAILURE/.test(known.status);
  const recorded = known !== null && known.status !== 'UNREGISTERED';
  return ok({
    type: 'record-looked-up',
    sources: known?.source === 'centre' ? ['own-sessions', 'centre'] : ['own-sessions'],
    verdict: failed ? 'may-record-again' : recorded ? 'recorded' : 'may-record',
    status: known?.status ?? null,
  });
}

/** The biodata that the roster knows; null: an operator enters it. */
export async function takeBiodata(
  { registry }: RecordingParts,
  facts: readonly StoredFact[],
): Promise<Result<SessionFact | null>> {
  const found: Result<Invited | null> = await registry.byNik(nikIn(facts));
  if (!found.ok) return found;
  const biodata = found.value?.biodata;
  return ok(biodata ? { type: 'biodata-taken', from: 'roster', biodata } : null);
}

type Finished = Promise<Result<readonly StoredFact[]>>;

export async function prove(parts: RecordingParts, { sessionId, facts, by }: Finishing): Finished {
  const proved = await parts.sealing.prove(sessionId, facts);
  if (!proved.ok) return proved;
  return commit(parts, { sessionId, pending: toStore(by, [{ type: 'proved', ...proved.value }]) });
}

export async function issueReceipt(parts: RecordingParts, { sessionId, by }: Finishing): Finished {
  const receipt = await parts.sealing.receiptNumber(sessionId);
  if (!receipt.ok) return receipt;
  const issued: SessionFact = { type: 'receipt-issued', receipt: receipt.value };
  return commit(parts, { sessionId, pending: toStore(by, [issued]) });
}

export function seal({ sealing }: RecordingParts, { sessionId, by }: Finishing): Finished {
  return sealing.seal(sessionId, by);
}

/** The last fact; all but a sealed session is erased with it, also from the capture room. Twice is once. */
export async function end(
  parts: Pick<RecordingParts, 'store' | 'captures'>,
  { sessionId, how, by }: { readonly sessionId: string; readonly how: Ending; readonly by: string },
): Promise<Result> {
  const ended =
    how === 'sealed'
      ? await parts.store.sessions.record(
          sessionId,
          { operation: `${sessionId}/end`, facts: [{ type: 'ended', how }] },
          by,
        )
      : await parts.store.sessions.wipe(sessionId, how, by);
  parts.captures.clear();
  return ended.ok ? ok() : ended;
}

/** Prints the receipt; false: there is no printer, and the screen shows it. */
export async function print(
  parts: RecordingParts,
  { facts, language }: SessionContext,
  signal: AbortSignal,
): Promise<Result<boolean>> {
  const { receipt, biodata, captures, discarded, kept } = viewOf(facts);
  if (!parts.print || receipt === null) return ok(false);
  const data = { receipt, name: biodata?.nama ?? '', captures, discarded, kept: kept.length };
  const printed = await parts.print(data, language, signal);
  return printed.ok ? ok(true) : printed;
}

/** Prints the slip of a queue number; false: there is no printer, and the screen shows it. */
export async function printNumber(
  parts: RecordingParts,
  { place, language }: SessionContext,
  signal: AbortSignal,
): Promise<Result<boolean>> {
  if (!parts.printNumber || place === null) return ok(false);
  const printed = await parts.printNumber(place, language, signal);
  return printed.ok ? ok(true) : printed;
}

/** Calls back with each code that is held before the scanner; returns the function that ends it. */
export function scanCodes({ scanCode }: RecordingParts, found: (code: string) => void): () => void {
  const abort = new AbortController();
  // A scanner that is lost is looked after by its supervisor; the keypad is there meanwhile.
  void scanCode?.(abort.signal).then((code) => {
    if (code.ok && !abort.signal.aborted) found(code.value);
  });
  return () => abort.abort();
}

function nikIn(facts: readonly StoredFact[]): string {
  const { identified } = viewOf(facts);
  if (!identified) throw new Error('nobody is identified');
  return identified.nik;
}
