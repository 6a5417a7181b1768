/**
 * The SAM is bound to the kiosk by its UID: the first one seen at a reader is remembered; another one closes the
 * desk until a technician confirms it (ktp-el-card.md). The console may go on: it is the technician's.
 */
import { fail, ok, type Result } from '../failures/failure.ts';
import type { Store } from '../store/store.ts';

export const CONSOLE = 'console';

/** Compares the SAM that answered with the one bound to this reader. A SAM that tells no UID binds nothing. */
export async function checkSam(store: Store, reader: string, samUid: string | null, by: string): Promise<Result> {
  if (samUid === null) return ok();
  const bound = await store.facts.get(`sam-bound:${reader}`);
  if (!bound.ok) return bound;
  if (bound.value === samUid) return forgetOther(store, reader);
  if (bound.value === undefined) return bind(store, reader, samUid, by, 'sam-bound');
  const noted = await store.facts.set(`sam-other:${reader}`, samUid);
  if (!noted.ok) return noted;
  const audited = await store.audit.append('sam-other', by, { reader, sam: samUid });
  if (!audited.ok || by === CONSOLE) return audited;
  return fail('DESK-SAM-OTHER');
}

/** The technician accepts the other SAM. Answers whether there was one to accept. */
export async function confirmSam(store: Store, reader: string, by: string): Promise<Result<boolean>> {
  const other = await store.facts.get(`sam-other:${reader}`);
  if (!other.ok) return other;
  if (other.value === undefined) return ok(false);
  const bound = await bind(store, reader, other.value, by, 'sam-confirmed');
  if (!bound.ok) return bound;
  const forgotten = await forgetOther(store, reader);
  return forgotten.ok ? ok(true) : forgotten;
}

/** Does another SAM keep the desk closed? */
export async function otherSamSeen(store: Store, readers: readonly string[]): Promise<Result<boolean>> {
  for (const reader of readers) {
    const other = await store.facts.get(`sam-other:${reader}`);
    if (!other.ok) return other;
    if (other.value !== undefined) return ok(true);
  }
  return ok(false);
}

async function bind(
  store: Store,
  reader: string,
  sam: string,
  by: string,
  event: 'sam-bound' | 'sam-confirmed',
): Promise<Result> {
  const set = await store.facts.set(`sam-bound:${reader}`, sam);
  return set.ok ? store.audit.append(event, by, { reader, sam }) : set;
}

/** The bound SAM is back in its slot: the other one no longer matters. */
async function forgetOther(store: Store, reader: string): Promise<Result> {
  return store.facts.set(`sam-other:${reader}`, undefined);
}
