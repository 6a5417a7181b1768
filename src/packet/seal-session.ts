/**
 * From the proof to the sealed packet on the kiosk's disk. Sealing cannot be repeated: its intent is stored first, then
 * the packet's file is written, then the fact `sealed`, the outbox row and the intent's outcome in one transaction.
 * Whatever cuts it off, at the next start there is one sealed packet or none.
 */
import { randomUUID } from 'node:crypto';
import { tracingChannel } from 'node:diagnostics_channel';
import { z } from 'zod';
import { fail, ok, type Result } from '../failures/failure.ts';
import type { StoredSample } from '../store/samples.ts';
import type { StoredFact } from '../store/session-facts.ts';
import type { Store } from '../store/store.ts';
import { buildPacket, type SealedPacket } from './build.ts';
import type { CentreKey } from './centre-key.ts';
import { factsOf, type Proof, sha256OfJson, standingSamples } from './content.ts';
import type { KioskKey } from './kiosk-key.ts';
import { type ProveSample, proveSession } from './prove.ts';
import type { Shelf } from './shelf.ts';

export interface SealingParts {
  readonly store: Pick<Store, 'audit' | 'intents' | 'receipts' | 'samples' | 'sessions'>;
  readonly shelf: Shelf;
  readonly kiosk: KioskKey;
  /** undefined: the configuration names no centre, and nothing is sealed. */
  readonly centre: CentreKey | undefined;
  /** SHA-256 of the policy in force. */
  readonly policy: string;
  readonly proveSample: ProveSample;
  readonly now: () => Date;
}

export interface Sealing {
  /** Every sample read back from disk, hashed, decoded, matched again; what the fact `proved` holds. */
  prove(
    session: string,
    facts: readonly StoredFact[],
  ): Promise<Result<{ readonly samples: number; readonly sha256: string }>>;
  /** E.g. `3FA2-000042`: the kiosk, and its number of this session, the same however often it is asked. */
  receiptNumber(session: string): Promise<Result<string>>;
  /**
   * Twice is once. The session's new facts.
   * Errors: PACKET-CENTRE-UNTOLD, PACKET-…, those of the store; the session is not sealed then.
   */
  seal(session: string, by: string): Promise<Result<readonly StoredFact[]>>;
  /** At start: a sealing that was cut off before its fact is given up, and what it left is removed. */
  settleOpen(): Promise<Result>;
}

/** Whoever measures hears of proof and sealing here; nobody listens in the kiosk. */
const tracing = tracingChannel('anjungan:packet');

/** The subject of its intent. */
const sealing = z.object({ packet: z.string() });

export function createSealing(parts: SealingParts): Sealing {
  const { store, shelf, kiosk } = parts;
  /** Of the session that is about to be sealed; one that is lost with the process is made again. */
  let newest: Proof | undefined;

  async function prove(session: string, facts: readonly StoredFact[]): Promise<Result<Proof>> {
    const read = (sample: string) => store.samples.read(session, sample, 'kiosk', 'proof');
    const proof = await proveSession(session, facts, read, parts.proveSample);
    if (proof.ok) newest = proof.value;
    return proof;
  }

  /** The proof that the session's facts speak of. Errors: PACKET-UNPROVED when what is on disk makes another. */
  async function recordedProof(session: string, facts: readonly StoredFact[]): Promise<Result<Proof>> {
    const recorded = factsOf(facts, 'proved').at(-1)?.sha256;
    if (newest?.session === session && sha256OfJson(newest) === recorded) return ok(newest);
    const anew = await prove(session, facts);
    if (!anew.ok || sha256OfJson(anew.value) === recorded) return anew;
    return fail('PACKET-UNPROVED', 'another proof than is recorded');
  }

  async function build(
    session: string,
    packet: string,
    facts: readonly StoredFact[],
    centre: CentreKey,
  ): Promise<Result<SealedPacket>> {
    const proof = await recordedProof(session, facts);
    if (!proof.ok) return proof;
    const samples = await readAll(store, session, facts);
    if (!samples.ok) return samples;
    const audit = await store.audit.ofSession(session);
    if (!audit.ok) return audit;
    return buildPacket(
      {
        packet,
        session,
        sealedAt: parts.now().toISOString(),
        policy: parts.policy,
        facts,
        samples: samples.value,
        audit: audit.value,
        proof: proof.value,
      },
      kiosk,
      centre,
    );
  }

  async function seal(session: string, by: string): Promise<Result<readonly StoredFact[]>> {
    const { centre } = parts;
    if (!centre) return fail('PACKET-CENTRE-UNTOLD');
    const facts = await store.sessions.facts(session);
    if (!facts.ok) return facts;
    const before = factsOf(facts.value, 'sealed');
    if (before.length > 0) return ok(before);

    const packet = randomUUID();
    const intent = randomUUID();
    const begun = await store.intents.begin({
      id: intent,
      kind: 'sealing',
      sessionId: session,
      subject: { packet },
      by,
    });
    if (!begun.ok) return begun;
    const sealed = await sealAs(session, packet, intent, facts.value, by, centre);
    newest = undefined;
    // STORE-STOPPED leaves open whether it was stored: if not, the intent is still open at the next start.
    if (!sealed.ok && sealed.failure.code !== 'STORE-STOPPED') await abandon(intent, packet);
    return sealed;
  }

  async function sealAs(
    session: string,
    packet: string,
    intent: string,
    facts: readonly StoredFact[],
    by: string,
    centre: CentreKey,
  ): Promise<Result<readonly StoredFact[]>> {
    const built = await build(session, packet, facts, centre);
    if (!built.ok) return built;
    const { bytes, sha256 } = built.value;
    const kept = await shelf.put(packet, bytes);
    if (!kept.ok) return kept;
    const told = { packet, sha256, bytes: bytes.length };
    return store.sessions.record(
      session,
      {
        operation: intent,
        facts: [{ type: 'sealed', ...told }],
        outbox: { kind: 'packet', id: packet, payload: { session, sha256, bytes: bytes.length } },
        settles: { id: intent, outcome: 'done', by },
      },
      by,
    );
  }

  async function abandon(intent: string, packet: string): Promise<Result> {
    const removed = await shelf.remove(packet);
    return removed.ok ? store.intents.settle({ id: intent, outcome: 'failed', by: 'kiosk' }) : removed;
  }

  return {
    async prove(session, facts) {
      const proof = await tracing.tracePromise(() => prove(session, facts), { name: 'prove' });
      if (!proof.ok) return proof;
      return ok({ samples: proof.value.samples.length, sha256: sha256OfJson(proof.value) });
    },
    async receiptNumber(session) {
      const number = await store.receipts.issue(session, 'kiosk');
      if (!number.ok) return number;
      const ours = Buffer.from(kiosk.id, 'base64url').toString('hex', 0, 2).toUpperCase();
      return ok(`${ours}-${String(number.value).padStart(6, '0')}`);
    },
    seal: (session, by) => tracing.tracePromise(() => seal(session, by), { name: 'seal' }),
    async settleOpen() {
      const open = await store.intents.open();
      if (!open.ok) return open;
      for (const { id, subject } of open.value.filter(({ kind }) => kind === 'sealing')) {
        const abandoned = await abandon(id, sealing.parse(subject).packet);
        if (!abandoned.ok) return abandoned;
      }
      return ok();
    },
  };
}

async function readAll(
  store: SealingParts['store'],
  session: string,
  facts: readonly StoredFact[],
): Promise<Result<StoredSample[]>> {
  const samples: StoredSample[] = [];
  for (const { sample } of standingSamples(facts)) {
    const read = await store.samples.read(session, sample, 'kiosk', 'packet');
    if (!read.ok) return read;
    samples.push(read.value);
  }
  return ok(samples);
}
