/**
 * The SAM is bound to the kiosk by its UID: the first one seen at a reader is remembered; another one closes the
 * desk until a technician confirms it (ktp-el-card.md). The console may go on: it is the technician's.
 */
import { fail, ok, type Result } from '../failures/failure.ts';
import type { Store } from '../store/store.ts';

export const CONSOLE = 'console';

/** Compares the SAM that answered with the one bound to this reader. A SAM that tells no UID binds nothing. */
export async function checkSam(
  store: Store,
  reader: string,
  sam: string | null,
  by: string,
): Promise<Result> {
  if (sam === null) return ok();
  const bound = await store.facts.get('sam-uid', reader);
  const other = await store.facts.get('sam-other', reader);
  if (!bound.ok) return bound;
  if (!other.ok) return other;
  if (bound.value === null) {
    return store.facts.change([{ name: 'sam-uid', subject: reader, value: sam }], {
      event: 'sam-bound',
      by,
      data: { reader, sam },
    });
  }
  if (bound.value === sam) {
    if (other.value === null) return ok();
    return store.facts.change([{ name: 'sam-other', subject: reader, value: null }], {
      event: 'sam-bound',
      by,
      data: { reader, sam },
    });
  }
  if (other.value !== sam) {
    const data = { reader, sam, bound: bound.value };
    const noted = await store.facts.change([{ name: 'sam-other', subject: reader, value: sam }], {
      event: 'sam-other-seen',
      by,
      data,
    });
    if (!noted.ok) return noted;
  }
  return by === CONSOLE ? ok() : fail('DESK-SAM-OTHER');
}

/** The technician accepts the other SAM. Answers whether there was one to accept. */
export async function confirmSam(store: Store, reader: string, by: string): Promise<Result<boolean>> {
  const other = await store.facts.get('sam-other', reader);
  if (!other.ok) return other;
  if (other.value === null) return ok(false);
  const confirmed = await store.facts.change(
    [
      { name: 'sam-uid', subject: reader, value: other.value },
      { name: 'sam-other', subject: reader, value: null },
    ],
    { event: 'sam-confirmed', by, data: { reader, sam: other.value } },
  );
  return confirmed.ok ? ok(true) : confirmed;
}

/** Does another SAM keep the desk closed? */
export async function otherSamSeen(store: Store, readers: readonly string[]): Promise<Result<boolean>> {
  for (const reader of readers) {
    const other = await store.facts.get('sam-other', reader);
    if (!other.ok) return other;
    if (other.value !== null) return ok(true);
  }
  return ok(false);
}
