/**
 * The audit: append-only, each entry hashed together with the hash of the one before it, the head signed.
 * What it can and cannot show: docs/decisions/store.md.
 */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3-multiple-ciphers';
import { fail, ok, type Result } from '../failures/failure.ts';
import { type AuditEntry, checkEntry } from './audit-events.ts';
import { emptyHead, type Head, type HeadSigner, type KeptHead, type SignedHead } from './audit-head.ts';
import { canonicalJson, type Json } from './canonical-json.ts';

/** The first thing that is wrong with the log. */
export type AuditFault =
  /** An entry is not there although a later one, or a signed head, says that it was. */
  | 'missing'
  /** An entry does not agree with its hash or with the entry before it: altered, replaced or moved. */
  | 'altered'
  /** The signed head is gone, not signed by this kiosk, or is not the head of this log. */
  | 'head';

export interface AuditReport {
  readonly entries: number;
  /** Hash of the last entry, 64 hex digits; null for an empty log. */
  readonly head: string | null;
  readonly ok: boolean;
  /** Number of the entry at which the log first stops agreeing with itself or with a signed head. */
  readonly firstBad?: number;
  readonly fault?: AuditFault;
}

/** An entry as it is kept, with its place in the chain. */
export interface AuditRecord extends Omit<Row, 'data'> {
  readonly data: Json;
}

interface Row {
  readonly seq: number;
  readonly time: string;
  readonly event: string;
  readonly by: string;
  readonly policy: string;
  readonly data: string;
  readonly previous: string;
  readonly hash: string;
}

export interface AuditLog {
  /**
   * One step: in one transaction the entry or entries, and whatever `act` writes alongside (it is given the head that
   * the last entry makes). Errors: STORE-ENTRY-REFUSED, before any write; those of the disk are thrown, after a rollback.
   */
  record<T>(at: string, entries: AuditEntry | readonly AuditEntry[], act: (head: Head) => T): Result<T>;
  /** The entries that name this session, in order. */
  ofSession(id: string): AuditRecord[];
  /** The latest time that an entry tells, ISO 8601; null: there is none. */
  latest(): string | null;
  /** Reads the whole log, and lets other calls in between. */
  verify(): Promise<Result<AuditReport>>;
}

/** Rows read by a verification in one turn of the event loop: about two milliseconds. */
const PAGE = 100;

/** `at`: the time of opening, ISO 8601. `policyHash`: SHA-256, 64 hex digits; goes into every entry. */
export function auditLog(
  database: Database.Database,
  signer: HeadSigner,
  kept: KeptHead,
  policyHash: string,
  at: string,
): AuditLog {
  const insert = database.prepare(
    `INSERT INTO audit (seq, time, event, by, policy, data, previous, hash)
     VALUES (@seq, @time, @event, @by, @policy, @data, @previous, @hash)`,
  );
  const replaceHead = database.prepare(
    `INSERT OR REPLACE INTO audit_head (one, seq, hash, signature) VALUES (1, @seq, @hash, @signature)`,
  );
  const headRow = database.prepare<[], SignedHead>('SELECT seq, hash, signature FROM audit_head');
  const lastRow = database.prepare<[], Head>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  const hashOf = database.prepare<[number], string>('SELECT hash FROM audit WHERE seq = ?').pluck();
  const count = database.prepare<[], number>('SELECT count(*) FROM audit').pluck();
  const page = database.prepare<[number], Row>(
    `SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`,
  );

  const named = database.prepare<[string], Row>(
    `SELECT * FROM audit WHERE iif(json_valid(data), data ->> 'session', NULL) = ? ORDER BY seq`,
  );

  const latest = database.prepare<[], string | null>('SELECT max(time) FROM audit').pluck();

  const last = (): Head => lastRow.get() ?? emptyHead;

  function write(time: string, entry: AuditEntry, after: Head): SignedHead {
    const { event, by } = entry;
    const seq = after.seq + 1;
    const data = canonicalJson(entry.data);
    const row = { seq, time, event, by, policy: policyHash, data, previous: after.hash };
    const head = signer.sign({ seq, hash: hashOfEntry(row) });
    insert.run({ ...row, hash: head.hash });
    replaceHead.run(head);
    return head;
  }

  function record<T>(
    time: string,
    entries: AuditEntry | readonly AuditEntry[],
    act: (head: Head) => T,
  ): Result<T> {
    const [first, ...others] = [entries].flat();
    if (first === undefined) throw new Error('nothing is stored without an audit entry');
    for (const entry of [first, ...others]) {
      const checked = checkEntry(entry);
      if (!checked.ok) return checked;
    }
    const step = database.transaction(() => {
      let head = write(time, first, last());
      for (const entry of others) head = write(time, entry, head);
      return { head, value: act(head) };
    });
    const { head, value } = step.immediate();
    kept.note(head);
    return ok(value);
  }

  /** What is wrong between the end of the log and the two signed heads, if anything. */
  function headFault(): Pick<AuditReport, 'fault' | 'firstBad'> | undefined {
    const end = last();
    const head = headRow.get();
    const keptHead = kept.read();
    if (Math.max(head?.seq ?? 0, keptHead?.seq ?? 0) > end.seq)
      return { fault: 'missing', firstBad: end.seq + 1 };
    if (keptHead === undefined) return { fault: 'head' };
    if (keptHead.seq > 0 && hashOf.get(keptHead.seq) !== keptHead.hash) return { fault: 'head' };
    if (end.seq === 0) return undefined;
    if (head === undefined || !signer.verify(head)) return { fault: 'head' };
    if (head.seq < end.seq) return { fault: 'head', firstBad: head.seq + 1 };
    return head.hash === end.hash ? undefined : { fault: 'head', firstBad: end.seq };
  }

  /**
   * A log that does not end where a signed head says must not heal as new entries come. So the disagreement itself is
   * recorded: after every number that was ever used, chained to the furthest head that this kiosk signed. A cut tail
   * stays a gap and a rewritten one a broken chain, for ever.
   */
  function settleHeads(): void {
    const end = last();
    const keptHead = kept.read();
    const head = headRow.get();
    if (end.seq === 0 && keptHead === undefined && head === undefined) {
      kept.note(signer.sign(emptyHead));
      kept.flush();
    } else if (headFault() === undefined) {
      // A crash between a commit and the file leaves the file behind.
      if (head !== undefined && head.seq !== keptHead?.seq) kept.note(head);
    } else {
      const proven = head !== undefined && signer.verify(head) ? head : undefined;
      const signed = (proven?.seq ?? -1) >= (keptHead?.seq ?? -1) ? proven : keptHead;
      const after = { seq: Math.max(end.seq, signed?.seq ?? 0), hash: signed?.hash ?? end.hash };
      const data = { logged: end.seq, kept: keptHead?.seq ?? null };
      const entry: AuditEntry = { event: 'audit-head-disagrees', by: 'kiosk', data };
      kept.note(database.transaction(() => write(at, entry, after)).immediate());
    }
  }

  async function verify(): Promise<Result<AuditReport>> {
    let previous = emptyHead;
    for (;;) {
      const rows = page.all(previous.seq);
      for (const row of rows) {
        const fault = entryFault(row, previous);
        if (fault !== undefined) return ok(report({ fault, firstBad: previous.seq + 1 }));
        previous = row;
      }
      // In the same turn as the last, empty page: no entry can come between the two.
      if (rows.length === 0) return ok(report(headFault()));
      await nextTurn();
      if (!database.open) return fail('STORE-STOPPED');
    }
  }

  function report(fault: Pick<AuditReport, 'fault' | 'firstBad'> | undefined): AuditReport {
    const end = last();
    const head = end.seq === 0 ? null : end.hash;
    return { entries: count.get() ?? 0, head, ok: fault === undefined, ...fault };
  }

  settleHeads();
  const ofSession = (id: string) =>
    named.all(id).map((row): AuditRecord => ({ ...row, data: JSON.parse(row.data) as Json }));

  return { record, ofSession, latest: () => latest.get() ?? null, verify };
}

function entryFault(row: Row, previous: Head): AuditFault | undefined {
  if (row.seq !== previous.seq + 1) return 'missing';
  return row.previous === previous.hash && row.hash === hashOfEntry(row) ? undefined : 'altered';
}

/** SHA-256 over the canonical JSON of all that an entry holds but its own hash; '' when its data is no such JSON. */
function hashOfEntry({ seq, time, event, by, policy, data, previous }: Omit<Row, 'hash'>): string {
  const parsed = parseCanonical(data);
  if (parsed === undefined) return '';
  const text = canonicalJson({ seq, time, event, by, policy, data: parsed, previous });
  return createHash('sha256').update(text).digest('hex');
}

/** undefined for a text that is not the one canonical text of its value (somebody rewrote it). */
function parseCanonical(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
