/**
 * Sessions: their facts in order, and in the same transaction the samples, the audit entries and the outbox row of a
 * step. A session that ends without a packet is erased in the transaction of its end: a tombstone stays, with outcome,
 * counts and times.
 */
import type Database from 'better-sqlite3-multiple-ciphers';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { AuditEntry } from './audit-events.ts';
import type { AuditLog } from './audit-log.ts';
import type { Calendar } from './calendar.ts';
import { canonicalJson, type Json } from './canonical-json.ts';
import { emptyLog } from './erasing.ts';
import type { IntentSettlement, IntentTable, PreparedSettlement } from './intents.ts';
import type { OutboxKey, OutboxTable } from './outbox.ts';
import type { RosterTable } from './roster.ts';
import type { NewSample } from './samples.ts';
import { publicPart } from './session-events.ts';
import {
  type Ending,
  type SessionFact,
  type StoredFact,
  samplesNamedBy,
  sessionFact,
} from './session-facts.ts';
import { asStored, sessionRows, type UnfinishedSession } from './session-rows.ts';
import { mayFollow } from './session-rules.ts';
import type { StatusTable } from './statuses.ts';
import type { Vault } from './vault.ts';

/** One step of a session: all of it is stored, or nothing. */
export interface SessionStep {
  /** Names the attempt, once in this kiosk: the same again, after an answer that got lost, is stored once. */
  readonly operation: string;
  /** At least one. Each makes an audit entry of its own, without what is personal in it. */
  readonly facts: readonly SessionFact[];
  /** Each must be named by a fact of this step. */
  readonly samples?: readonly NewSample[];
  /** Samples whose bytes go now: replaced by this step, or not kept after all. */
  readonly drop?: readonly string[];
  /** What the step means beside its facts. */
  readonly audit?: readonly AuditEntry[];
  /** Goes out with the number and hash of the step's last audit entry. */
  readonly outbox?: OutboxKey & { readonly payload: { readonly [member: string]: Json } };
  /** The intent of which the step is the outcome. */
  readonly settles?: IntentSettlement;
}

export interface Sessions {
  /**
   * With its first facts, of which `opened` is the first. The same id with the same facts again is once.
   * Errors: STORE-SESSION-CONFLICT, STORE-STEP-REFUSED, STORE-ENTRY-REFUSED.
   */
  open(at: string, id: string, facts: readonly SessionFact[], by: string): Result<StoredFact[]>;
  /** Answers the step's facts as they are kept. Errors: STORE-SESSION-UNKNOWN, -ENDED, -CONFLICT, STORE-STEP-REFUSED, -ENTRY-REFUSED. */
  record(at: string, id: string, step: SessionStep, by: string): Result<StoredFact[]>;
  /** Of an erased session the facts that say nothing of the person. Errors: STORE-SESSION-UNKNOWN. */
  facts(at: string, id: string): Result<StoredFact[]>;
  /** The oldest first. */
  unfinished(at: string): Result<UnfinishedSession[]>;
  /**
   * It is taken up after a crash: for how many times since its last fact. One that is never over would crash the kiosk
   * for ever. Errors: STORE-SESSION-UNKNOWN, also of one that has ended.
   */
  resume(at: string, id: string): Result<number>;
  /** Ends a session without a packet, which erases it; again is once. Errors: STORE-SESSION-UNKNOWN, -ENDED, STORE-STEP-REFUSED. */
  wipe(at: string, id: string, how: Exclude<Ending, 'sealed'>, by: string): Result;
}

export interface SessionTable extends Sessions {
  /** Erases a session that has ended, in one transaction. */
  erase(at: string, id: string): Result;
}

export function sessions(
  database: Database.Database,
  audit: AuditLog,
  outbox: OutboxTable,
  intents: IntentTable,
  samples: Vault,
  dayOf: Calendar,
  others: {
    /** Somebody was seen by an operator, who may be invited. */
    readonly came: RosterTable['came'];
    /** A session is erased, and with it how its packet was known. */
    readonly keepStatus: StatusTable['keep'];
  },
): SessionTable {
  const rows = sessionRows(database, dayOf);

  function open(at: string, id: string, facts: readonly SessionFact[], by: string): Result<StoredFact[]> {
    const stored = rows.find(id);
    if (stored !== undefined) {
      const first = rows.factsOf(id).filter((fact) => fact.operation === id);
      return canonicalJson(first.map(({ fact }) => fact) as Json) === canonicalJson(facts as Json)
        ? ok(first.map(asStored))
        : fail('STORE-SESSION-CONFLICT', `${id} is another session`);
    }
    const opened = facts[0];
    if (opened?.type !== 'opened') return fail('STORE-STEP-REFUSED', 'a session begins with opened');
    return write(at, { id, training: opened.training }, { operation: id, facts }, by, () => {
      rows.add(at, id, opened);
      samples.addSession(id);
    });
  }

  function record(at: string, id: string, step: SessionStep, by: string): Result<StoredFact[]> {
    const done = rows.factsOfOperation(step.operation);
    if (done.length > 0) {
      return done.every(({ session }) => session === id)
        ? ok(done.map(asStored))
        : fail('STORE-SESSION-CONFLICT', `${step.operation} is a step of another session`);
    }
    const session = rows.find(id);
    if (session === undefined) return fail('STORE-SESSION-UNKNOWN', id);
    if (step.facts.length === 0) return fail('STORE-STEP-REFUSED', 'a step without a fact');
    return write(at, { id, training: session.training === 1 }, step, by, () => undefined);
  }

  function write(
    at: string,
    { id, training }: { readonly id: string; readonly training: boolean },
    step: SessionStep,
    by: string,
    before: () => void,
  ): Result<StoredFact[]> {
    const checked = check(id, training, step, by);
    if (!checked.ok) return checked;
    const settlement = step.settles ? intents.prepare(step.settles) : ok(NOTHING_TO_SETTLE);
    if (!settlement.ok) return settlement;
    const entries: AuditEntry[] = [
      ...step.facts.map(
        (fact): AuditEntry => ({ event: 'session-fact', by, data: { session: id, fact: publicPart(fact) } }),
      ),
      ...(step.audit ?? []),
      ...settlement.value.entries,
    ];
    const ended = step.facts.find((fact) => fact.type === 'ended');
    const isErased = ended !== undefined && ended.how !== 'sealed';
    if (isErased) entries.push(erasure(id));
    const recorded = audit.record(at, entries, (head) => {
      before();
      for (const sample of step.samples ?? []) samples.add(at, id, sample);
      samples.drop(step.drop ?? []);
      const stored = step.facts.map((fact) =>
        rows.addFact({ session: id, operation: step.operation, at, by, fact }),
      );
      if (step.outbox) {
        const { kind, id: row, payload } = step.outbox;
        outbox.add(at, { kind, id: row }, { ...payload, audit: { seq: head.seq, hash: head.hash } });
      }
      for (const fact of step.facts) {
        if (fact.type === 'identity-checked' && !training) others.came(at, rows.find(id)?.nik ?? '');
      }
      settlement.value.write(at);
      if (isErased) eraseRows(at, id);
      return stored;
    });
    if (recorded.ok && (isErased || step.drop?.length)) emptyLog(database);
    return recorded;
  }

  function check(id: string, training: boolean, step: SessionStep, by: string): Result {
    const wrong = step.facts.find((fact) => !sessionFact.safeParse(fact).success);
    if (wrong !== undefined) return fail('STORE-STEP-REFUSED', `a fact of another form: ${wrong.type}`);
    const allowed = mayFollow({ training, types: rows.typesOf(id) }, step.facts);
    if (!allowed.ok) return allowed;
    for (const fact of step.facts) {
      if (fact.type !== 'exception-settled') continue;
      const recorder = rows.recorderOf(id, fact.exception);
      if (recorder === undefined || recorder === by) {
        return fail('STORE-STEP-REFUSED', 'an exception is settled by another person than who recorded it');
      }
    }
    const wrongSample = sampleFault(id, step);
    return wrongSample === undefined ? ok() : fail('STORE-STEP-REFUSED', wrongSample);
  }

  /** What is wrong between the samples of a step and its facts, if anything. */
  function sampleFault(
    id: string,
    { facts, samples: made = [], drop = [] }: SessionStep,
  ): string | undefined {
    const fresh = new Set(made.map((sample) => sample.id));
    const named = new Set(facts.flatMap(samplesNamedBy));
    const isThere = (sample: string) => samples.has(id, sample);
    if ([...fresh].some((sample) => !named.has(sample))) return 'a sample that no fact names';
    if ([...fresh].some(isThere)) return 'a sample that is there already';
    if ([...named].some((sample) => !fresh.has(sample) && !isThere(sample)))
      return 'a fact that names a sample of nobody';
    if (!drop.every(isThere)) return 'a sample to drop that is not there';
    // Else its loss would neither be counted nor make a proof of it void.
    const isTold = facts.some(({ type }) => type === 'samples-kept' || type === 'samples-dropped');
    return drop.length > 0 && !isTold ? 'a sample to drop, and no fact that tells of it' : undefined;
  }

  function wipe(at: string, id: string, how: Exclude<Ending, 'sealed'>, by: string): Result {
    const session = rows.find(id);
    if (session === undefined) return fail('STORE-SESSION-UNKNOWN', id);
    if (session.erasedAt !== null) return ok();
    const ended = record(at, id, { operation: `${id}/end`, facts: [{ type: 'ended', how }] }, by);
    return ended.ok ? ok() : ended;
  }

  function eraseRows(at: string, id: string): void {
    others.keepStatus(at, id);
    samples.erase(id);
    rows.erase(at, id);
  }

  function erasure(id: string): AuditEntry {
    return { event: 'session-erased', by: 'kiosk', data: { session: id, samples: samples.list(id).length } };
  }

  return {
    open,
    record,
    facts: (_, id) =>
      rows.find(id) === undefined ? fail('STORE-SESSION-UNKNOWN', id) : ok(rows.factsOf(id).map(asStored)),
    unfinished: () => ok(rows.unfinished()),
    resume: (_, id) => {
      const times = rows.resume(id);
      return times === undefined ? fail('STORE-SESSION-UNKNOWN', id) : ok(times);
    },
    wipe,
    erase: (at, id) => audit.record(at, erasure(id), () => eraseRows(at, id)),
  };
}

const NOTHING_TO_SETTLE: PreparedSettlement = { entries: [], write: () => undefined };
