/**
 * A session of an invented resident with records that are only random bytes, and how it comes into a store. Nothing here
 * needs the test runner: a process that is to be killed uses it, too.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { ok, type Result } from '../../src/failures/failure.ts';
import type { CentreKey } from '../../src/packet/centre-key.ts';
import { sha256OfJson } from '../../src/packet/content.ts';
import type { KioskKey } from '../../src/packet/kiosk-key.ts';
import type { Sealing, SealingParts } from '../../src/packet/seal-session.ts';
import { packetShelf } from '../../src/packet/shelf.ts';
import type { FingerPosition } from '../../src/rules/finger-position.ts';
import type { NewSample, SampleKind, StoredSample } from '../../src/store/samples.ts';
import type { SessionFact, StoredFact } from '../../src/store/session-facts.ts';
import type { Store } from '../../src/store/store.ts';

export const AT = '2026-06-01T08:00:00.000Z';
export const BIODATA = { nik: '1607125204880001', nama: 'SRI "ENDAH" <WAHYUNI>', tanggalLahir: '12-04-1988' };

export function sampleOf(kind: SampleKind, of: Partial<StoredSample> = {}): StoredSample {
  const record = new Uint8Array(randomBytes(400));
  return {
    id: randomUUID(),
    kind,
    record,
    quality: 71,
    reasons: [],
    device: { id: 'finger', make: 'Virtual', serial: '7' },
    sessionId: '',
    madeAt: AT,
    sha256: '',
    templateSha256: null,
    bytes: record.length,
    ...of,
  };
}

/** Facts numbered in their order; those of another than the operator say so. */
export function numbered(facts: readonly (SessionFact & { by?: string })[]): StoredFact[] {
  return facts.map((fact, n) => ({ by: 'resident', ...fact, seq: n + 1, at: AT }) as StoredFact);
}

type Kept = Extract<SessionFact, { type: 'samples-kept' }>;

export function kept(step: Kept['step'], ...samples: StoredSample[]): Kept {
  return {
    type: 'samples-kept',
    step,
    samples: samples.map(({ id, position, eye, quality }) => ({
      sample: id,
      ...(position && { position }),
      ...(eye && { eye }),
      quality,
    })),
    tries: 2,
    discarded: 1,
  };
}

export interface Session {
  readonly facts: readonly StoredFact[];
  readonly samples: readonly StoredSample[];
}

/** From `opened` to the identity gate: all that comes before the proof. */
export function recordedSession(): Session {
  const photo = sampleOf('photo');
  const signature = sampleOf('signature');
  const fingers = ([2, 3] as FingerPosition[]).map((position) => sampleOf('finger', { position }));
  const again = sampleOf('finger', { position: 2 });
  const irises = [sampleOf('iris', { eye: 'right' }), sampleOf('iris', { eye: 'left' })];
  const hands = sampleOf('exception-photo');
  const paper = sampleOf('document');
  const review = sampleOf('signature');
  const exception = randomUUID();
  const samples = [photo, signature, ...fingers, again, ...irises, hands, paper, review];
  const facts = numbered([
    { type: 'opened', reason: 'new', channel: 'assisted', training: false },
    { type: 'notice-acknowledged', version: 1 },
    { type: 'identified', nik: BIODATA.nik, means: 'invitation', onRoster: true },
    { type: 'biodata-taken', from: 'roster', biodata: { ...BIODATA, nama: 'SRI ENDAH' } },
    { type: 'biodata-corrected', field: 'nama', value: BIODATA.nama, by: 'operator-1' },
    { type: 'biodata-confirmed', sha256: sha256OfJson(BIODATA) },
    kept('photo', photo),
    kept('signature', signature),
    kept('right-four', ...fingers),
    kept('irises', ...irises),
    kept('chip-fingers', again),
    kept('exception-photo', hands),
    {
      type: 'exception-recorded',
      exception,
      subject: { kind: 'finger', position: 7 },
      kind: 'missing',
      reason: 'lost at work',
      photo: hands.id,
      by: 'operator-1',
    },
    { type: 'exception-settled', exception, approved: true, by: 'supervisor-1' },
    kept('review', review),
    { type: 'reviewed', sample: review.id },
    kept('family-card', paper),
    { type: 'identity-checked', means: 'family-card', samples: [paper.id], by: 'operator-1' },
  ]);
  return { facts, samples };
}

/** The recorded session, put into a store step by step and proved; its id. */
export async function storeSession(store: Store, sealing: Pick<Sealing, 'prove'>): Promise<string> {
  const { facts, samples } = recordedSession();
  const session = randomUUID();
  const [first, ...rest] = facts;
  must(await store.sessions.open(session, [factIn(first!)], first!.by));
  // One step for each who acts in turn: the disk is asked a few times only.
  for (const turn of turnsOf(rest)) {
    const named = turn.flatMap((fact) => (fact.type === 'samples-kept' ? fact.samples : []));
    const kept = samples.filter(({ id }) => named.some(({ sample }) => sample === id)).map(toKeep);
    const step = { operation: randomUUID(), facts: turn.map(factIn), samples: kept };
    must(await store.sessions.record(session, step, turn[0]!.by));
  }
  const proved = must(await sealing.prove(session, must(await store.sessions.facts(session))));
  const step = { operation: randomUUID(), facts: [{ type: 'proved', ...proved } as const] };
  must(await store.sessions.record(session, step, 'kiosk'));
  return session;
}

function turnsOf(facts: readonly StoredFact[]): StoredFact[][] {
  const turns: StoredFact[][] = [];
  for (const fact of facts) {
    if (turns.at(-1)?.[0]?.by === fact.by) turns.at(-1)!.push(fact);
    else turns.push([fact]);
  }
  return turns;
}

function factIn({ seq: _seq, at: _at, by: _by, ...fact }: StoredFact): SessionFact {
  return fact as SessionFact;
}

function toKeep({
  sessionId: _1,
  madeAt: _2,
  sha256: _3,
  templateSha256: _4,
  bytes: _5,
  ...sample
}: StoredSample): NewSample {
  return sample;
}

/** All that `createSealing` needs, with samples that count as proved. */
export function sealingParts(
  store: Store,
  dataDir: string,
  kiosk: KioskKey,
  centre: CentreKey,
): SealingParts {
  const proveSample = async () => ok({ score: 0, ok: true });
  const shelf = packetShelf(dataDir);
  const now = () => new Date(AT);
  return { store, shelf, kiosk, centre, policy: 'ab'.repeat(32), proveSample, now };
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  return result.value;
}
