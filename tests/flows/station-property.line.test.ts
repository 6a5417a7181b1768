/**
 * For any order of captures, cancellations, exceptions, lost devices and restarts: one NIK a session, ten different
 * fingers, no sample without a session, no packet without proof. Station, machines and store are the real ones; what is
 * captured is bytes, since no rule of the order of work looks into a picture.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SimulatedClock } from 'xstate';
import { fail, ok } from '../../src/failures/failure.ts';
import type { HeldCaptures } from '../../src/flows/captures.ts';
import { createRegistry } from '../../src/flows/registry.ts';
import type { SessionWish } from '../../src/flows/session-events.ts';
import { viewOf } from '../../src/flows/session-view.ts';
import { openStation, type Station, type StationParts } from '../../src/flows/station.ts';
import type { StationActor } from '../../src/flows/station-rights.ts';
import { type FingerPosition, isFingerPosition } from '../../src/rules/finger-position.ts';
import { CAPTURE_STEPS } from '../../src/rules/recording.ts';
import type { NewSample } from '../../src/store/samples.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { answerTo, biodataOf, operator, POLICY, resident, supervisor, value } from './station-fixture.ts';

const now = () => new Date('2026-03-02T01:02:03Z');
const folder = mkdtempSync(path.join(tmpdir(), 'anjungan-property-'));
const nikOf = (index: number) => `160712520488${String(index).padStart(4, '0')}`;
let store: Store;
/** Each is another person: nobody is recorded twice. */
let people = 0;
beforeAll(async () => {
  store = value(await openStore({ dataDir: folder, settings: {}, policyHash: '0'.repeat(64), now }));
  const invitations = Array.from({ length: 300 }, (_, index) => ({
    id: `INV-${index}`,
    nik: nikOf(index),
    name: 'SRI WAHYUNI',
    birthDate: '1988-04-12',
    village: 'TANJUNG LAGO',
    invitedOn: '2026-03-02',
    state: 'printed' as const,
    deliveredBy: null,
  }));
  value(await store.roster.import({ number: 1, invitations }, 'kiosk'));
});
afterAll(async () => {
  expect(value(await store.audit.verify())).toMatchObject({ ok: true });
  await store.close();
  rmSync(folder, { recursive: true });
});

/** What the devices do next. */
interface World {
  lost: boolean;
  poor: boolean;
  /** What was read back from the disk does not prove. */
  unproved: boolean;
}

function scriptedCaptures(world: World): HeldCaptures {
  const held = new Map<string, NewSample>();
  return {
    device: (kind) => ({ id: kind, several: true }),
    async take({ kind, fingers, eyes }) {
      await nextTurn();
      if (world.lost) return fail('CAMERA-LOST');
      const subjects = [...fingers.map((position) => ({ position })), ...eyes.map((eye) => ({ eye }))];
      const samples = (subjects.length > 0 ? subjects : [{}]).map((subject): NewSample => {
        const id = randomUUID();
        return {
          id,
          kind,
          record: Buffer.from(id),
          quality: 70,
          reasons: [],
          device: { id: kind },
          ...subject,
        };
      });
      for (const sample of samples) held.set(sample.id, sample);
      const taken = samples.map(({ id: sample, position = null, eye = null, quality }) => {
        return { sample, position, eye, quality, good: !world.poor };
      });
      return ok({ samples: taken, reasons: [], captures: 1, discarded: 0 });
    },
    enough() {},
    check: async () => (world.lost ? fail('CAMERA-LOST') : ok()),
    held: (ids) => ids.flatMap((id) => held.get(id) ?? []),
    drop(ids) {
      for (const id of ids) held.delete(id);
    },
    clear: () => held.clear(),
  };
}

const sha256 = 'a'.repeat(64);
/** Proves and seals without looking: that it comes to neither too early is what is tried. */
const sealingIn = (world: World): StationParts['sealing'] => ({
  prove: async (_, facts) =>
    world.unproved ? fail('PACKET-UNPROVED') : ok({ samples: viewOf(facts).kept.length, sha256 }),
  receiptNumber: async (session) => {
    const number = await store.receipts.issue(session, 'kiosk');
    return number.ok ? ok(`3FA2-${String(number.value).padStart(6, '0')}`) : number;
  },
  seal(session, by) {
    const packet = randomUUID();
    const facts = [{ type: 'sealed', packet, sha256, bytes: 1 } as const];
    const outbox = { kind: 'packet', id: packet, payload: { session } } as const;
    return store.sessions.record(session, { operation: `${session}/seal`, facts, outbox }, by);
  },
});

function partsOf(world: World): StationParts {
  return {
    store,
    captures: scriptedCaptures(world),
    registry: createRegistry(store),
    guards: { check: async () => ok(), forget() {}, operatorFinger: async () => ok({ score: 80 }) },
    sealing: sealingIn(world),
    scanCode: undefined,
    print: undefined,
    printNumber: undefined,
    desk: { policy: { patience: {} } } as StationParts['desk'],
    policy: POLICY,
    selfTest: async () => [],
    clockTrusted: true,
    now,
  };
}

type Deed =
  | { readonly ask: SessionWish; readonly as: StationActor }
  | 'do as told'
  | 'settle'
  | 'refuse'
  | 'restart'
  | { readonly world: Partial<World> };

const asked = (ask: SessionWish, as = resident): fc.Arbitrary<Deed> => fc.constant({ ask, as });
const subject = fc
  .constantFrom(...[1, 2, 6, 7, 9].filter(isFingerPosition))
  .map((position: FingerPosition) => {
    return { kind: 'finger', position } as const;
  });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 30, arbitrary: fc.constant<Deed>('do as told') },
  {
    weight: 3,
    arbitrary: subject.map((one): Deed => {
      return {
        ask: { type: 'record-exception', subject: one, kind: 'missing', reason: 'as seen' },
        as: operator,
      };
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom<Deed>('settle', 'refuse') },
  { weight: 2, arbitrary: fc.boolean().map((lost): Deed => ({ world: { lost } })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.boolean(), fc.boolean())
      .map(([poor, unproved]): Deed => ({ world: { poor, unproved } })),
  },
  { weight: 1, arbitrary: fc.constant<Deed>('restart') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...CAPTURE_STEPS).map((step): Deed => {
      return { ask: { type: 'redo', step }, as: resident };
    }),
  },
  { weight: 1, arbitrary: asked({ type: 'back' }) },
  { weight: 1, arbitrary: asked({ type: 'correct-biodata', field: 'alamat', value: 'DUSUN I' }, operator) },
  { weight: 1, arbitrary: asked({ type: 'confirm-correction' }, operator) },
  { weight: 1, arbitrary: asked({ type: 'identify', nik: '1607124101900002' }, operator) },
  { weight: 1, arbitrary: asked({ type: 'leave' }) },
);

/** Nobody needs so many to come from the beginning to the end: whoever does is stuck. */
const MOST_TURNS = 500;

/** Whatever is under way comes to its end: the store answers in order, and each answer may ask once more. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) {
    value(await store.sessions.unfinished());
    await nextTurn();
  }
}

async function story(deeds: readonly Deed[]): Promise<readonly string[]> {
  const world: World = { lost: false, poor: false, unproved: false };
  const bugs: unknown[] = [];
  const clock = new SimulatedClock();
  const open = async () =>
    value(await openStation(partsOf(world), { onBug: (error) => bugs.push(error), clock }));
  let station: Station = await open();
  const seen = new Set<string>();
  const act = async (one: Deed): Promise<void> => {
    await settle();
    const { session, approvals } = station.status();
    if (session?.sessionId) seen.add(session.sessionId);
    if (!session) {
      people++;
      station.send(resident, { type: 'begin', language: 'id' });
    } else if (one === 'do as told') {
      const wish = wishOf(session);
      if (wish) station.send(OPERATORS.has(wish.type) ? operator : resident, wish);
      else clock.increment(2000);
    } else if (one === 'settle' || one === 'refuse') {
      const [first] = approvals;
      if (first?.of !== 'exception') return;
      const exception = first.exception.id;
      station.send(supervisor, { type: 'settle-exception', exception, approved: one === 'settle' });
    } else if (one === 'restart') {
      station.close();
      await settle();
      station = await open();
    } else if ('world' in one) Object.assign(world, one.world);
    else station.send(one.as, one.ask);
  };
  for (const one of deeds) await act(one);
  // Nothing goes wrong any more. By the clock of this machine some turns come too soon to be taken: they are made up for.
  Object.assign(world, { lost: false, poor: false, unproved: false });
  for (let turn = 0; turn < MOST_TURNS && station.status().session?.stage.at !== 'receipt'; turn++) {
    await act('do as told');
    await act('settle');
  }
  await settle();
  station.close();
  for (const { id } of value(await store.sessions.unfinished())) seen.add(id);
  expect(bugs).toEqual([]);
  return [...seen];
}

const OPERATORS: ReadonlySet<SessionWish['type']> = new Set([
  'check-identity',
  'scans-complete',
  'confirm-correction',
  'enter-biodata',
]);
function wishOf(session: Parameters<typeof answerTo>[0]): SessionWish | null {
  const { stage } = session;
  if (stage.at === 'capture' && stage.phase === 'stuck') return { type: 'be-patient' };
  if (stage.at === 'stopped') return { type: 'leave' };
  if (stage.at === 'biodata' && stage.biodata === null)
    return { type: 'enter-biodata', biodata: biodataOf(session.nik ?? '') };
  if (stage.at === 'operator-finger') return { type: 'confirm-correction' };
  if (stage.at === 'proof') return stage.failure && { type: 'retry' };
  if (stage.at === 'identification') return { type: 'type-nik', nik: nikOf(people % 300) };
  return answerTo(session);
}

test('the invariants hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 20, maxLength: 70 }), async (deeds) => {
      let packets = 0;
      for (const id of await story(deeds)) packets += await invariants(id);
      // Whatever happened before: with the devices back and everything decided, people come through.
      expect(packets).toBeGreaterThan(0);
    }),
    { numRuns: 8 },
  );
}, 120_000);

/** How many packets came of it. */
async function invariants(id: string): Promise<number> {
  const facts = value(await store.sessions.facts(id));
  const view = viewOf(facts);
  expect(facts.filter(({ type }) => type === 'identified').length).toBeLessThanOrEqual(1);
  const hands = view.kept.filter(({ step }) => ['right-four', 'left-four', 'thumbs'].includes(step));
  expect(new Set(hands.map(({ position }) => position)).size).toBe(hands.length);
  const kept = new Set(view.kept.map(({ sample }) => sample));
  const listed = value(await store.samples.list(id)).map(({ id: sample }) => sample);
  // A wiped session keeps nothing; of another one exactly what stands is on the disk, but for what took its place.
  expect([...kept].filter((sample) => !listed.includes(sample))).toEqual([]);
  if (view.ended && !view.sealed) expect(listed).toEqual([]);
  const types = facts.map(({ type }) => type);
  const sealed = types.indexOf('sealed');
  if (sealed < 0) return 0;
  const proved = types.lastIndexOf('proved', sealed);
  expect(proved).toBeGreaterThan(0);
  expect(types.slice(proved, sealed)).not.toContain('samples-kept');
  expect(types.slice(proved, sealed)).not.toContain('samples-dropped');
  expect(types.filter((type) => type === 'sealed')).toHaveLength(1);
  return 1;
}
