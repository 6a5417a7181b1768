/** What the screens offer is what the machines take: no button is dead, at any step of a session. */
import { describe, expect, test } from 'vitest';
import { createActor } from 'xstate';
import { createCaseFiles } from '../../src/capture/case-files.ts';
import { ok } from '../../src/failures/failure.ts';
import type { Step } from '../../src/flows/next-step.ts';
import type { SessionParts } from '../../src/flows/recording-parts.ts';
import { recordingPolicy } from '../../src/flows/recording-policy.ts';
import { freshContext } from '../../src/flows/session-context.ts';
import type { SessionWish } from '../../src/flows/session-events.ts';
import { createSession } from '../../src/flows/session-machine.ts';
import { mayAskOverride } from '../../src/flows/session-moments.ts';
import { type SessionSnapshot, sessionStatus } from '../../src/flows/session-project.ts';
import { deskPolicy } from '../../src/flows/settings.ts';
import { mayAtStation, type StationActor } from '../../src/flows/station-rights.ts';
import type { StationStatus } from '../../src/flows/station-status.ts';
import { Story } from './session-story.ts';

const policy = recordingPolicy.parse({});
const never = () => new Promise(() => {});
/** A session stands still at its step: nothing that has an effect comes to its end. */
const parts = {
  policy,
  captures: {
    device: () => ({ id: 'any', several: false }),
    take: never,
    enough() {},
    drop() {},
    clear() {},
  },
  registry: { byInvitation: never, byNik: never, status: never },
  sealing: { prove: never, receiptNumber: never, seal: never },
  desk: {
    policy: deskPolicy.parse({}),
    caseFiles: createCaseFiles(),
    chipStation: () =>
      ok({ reader: { status: () => ({ state: 'ready', card: false }), subscribe: () => () => {} } }),
  },
} as unknown as SessionParts;

const resident: StationActor = { id: 'resident', role: 'resident' };
const operator: StationActor = { id: 'op.ani', role: 'operator' };

const bare = [
  ...['dispute-biodata', 'start-capture', 'finish-signature', 'clear-signature', 'be-patient', 'back'],
  ...['approve', 'retry', 'print-again', 'close-receipt', 'skip-survey', 'call-officer', 'touch', 'leave'],
  ...['ask-status', 'take-over', 'hand-back', 'ask-guardian', 'scan-more', 'scans-complete', 'refuse'],
].map((type) => ({ type }) as SessionWish);
const wishes: readonly SessionWish[] = [
  ...bare,
  { type: 'speak', language: 'en' },
  { type: 'record', reason: 'new' },
  { type: 'take-number', priority: null },
  { type: 'check-card', reader: 'new' },
  { type: 'type-nik', nik: '1607125204880001' },
  { type: 'acknowledge-notice', version: 1 },
  { type: 'name-guardian', name: 'WALI CONTOH', relation: 'ibu' },
  { type: 'redo', step: 'photo' },
  { type: 'rate', answers: [4, 4, 4, 4, 4, 4, 4, 4, 4] },
];

const stationOf = (snapshot: SessionSnapshot): StationStatus => ({
  kiosk: { state: 'open', hours: null, openedBy: null, pauseReason: null, faults: [] },
  queue: { called: null, serving: null, waiting: [], minutesEach: null },
  session: sessionStatus(snapshot, policy),
  staff: [],
  approvals: [],
  closing: null,
  alarms: [],
});

const OF_CAPTURE = new Set(['start-capture', 'finish-signature', 'clear-signature', 'be-patient']);
function takes(snapshot: SessionSnapshot, wish: SessionWish, by: string): boolean {
  const event = { ...wish, by } as never;
  const { capture } = snapshot.children;
  // The session passes these on, whatever the capture does with them.
  if (capture && OF_CAPTURE.has(wish.type)) return capture.getSnapshot().can(event);
  return snapshot.can(event);
}

function sessionAt(story: Story) {
  const resumed = story.facts.length > 0 ? { sessionId: 'a', facts: story.facts } : null;
  const actor = createActor(createSession(parts), { input: { language: 'id', resumed } });
  actor.start();
  return actor;
}

const minor = { nik: '1607121708090003', tanggalLahir: '17-08-2009', statusPerkawinan: 'BELUM KAWIN' };
const child = { nik: '1607121708150003', tanggalLahir: '17-08-2015', statusPerkawinan: 'BELUM KAWIN' };
const moments: readonly { readonly step: Step['do']; readonly person?: typeof child }[] = [
  { step: 'open' },
  { step: 'identify' },
  { step: 'acknowledge-notice' },
  { step: 'sign-guardian', person: minor },
  { step: 'look-up' },
  { step: 'stop', person: child },
  { step: 'take-biodata' },
  { step: 'confirm-biodata' },
  { step: 'capture' },
  { step: 'review' },
  { step: 'check-identity' },
  { step: 'prove' },
  { step: 'seal' },
];

describe.each(moments)('at $step', ({ step, person = {} }) => {
  test.each([resident, operator])('what is offered to $role is taken', (actor) => {
    const story = new Story().until(step, policy, person);
    const session = sessionAt(story);
    const looked = () => {
      const snapshot = session.getSnapshot();
      const offered = wishes.filter((wish) => mayAtStation(actor, wish, stationOf(snapshot), policy).ok);
      return offered.filter((wish) => !takes(snapshot, wish, actor.id)).map(({ type }) => type);
    };
    expect(looked()).toEqual([]);
    if (step === 'capture') {
      session.send({ type: 'start-capture', by: 'resident' });
      expect(looked()).toEqual([]);
    }
    session.stop();
  });
});

test('a capture is begun by its one main action, and a signature alone is finished', () => {
  const offers = (story: Story) => {
    const session = sessionAt(story);
    const may = (type: 'start-capture' | 'finish-signature') =>
      mayAtStation(resident, { type }, stationOf(session.getSnapshot()), policy).ok;
    const ready = { start: may('start-capture'), finish: may('finish-signature') };
    session.send({ type: 'start-capture', by: 'resident' });
    const begun = { start: may('start-capture'), finish: may('finish-signature') };
    session.stop();
    return [ready, begun];
  };
  const photo = new Story().until('capture', policy);
  expect(offers(photo)).toEqual([
    { start: true, finish: false },
    { start: false, finish: false },
  ]);
  photo.advance(policy);
  expect(offers(photo)).toEqual([
    { start: true, finish: false },
    { start: false, finish: true },
  ]);
});

test('a step of which nothing is kept is not done again: there is nothing to drop', () => {
  const story = new Story().until('capture', policy);
  for (const eye of ['left', 'right'] as const) story.except({ kind: 'iris', eye });
  const session = sessionAt(story.until('review', policy));
  const may = (step: 'irises' | 'photo') => session.getSnapshot().can({ type: 'redo', step, by: 'resident' });
  expect([may('photo'), may('irises')]).toEqual([true, false]);
  session.stop();
});

test('training is for operators alone', () => {
  const session = sessionAt(new Story());
  const wish = { type: 'record', reason: 'new', training: true } as const;
  const status = stationOf(session.getSnapshot());
  expect(mayAtStation(resident, wish, status, policy)).toMatchObject({ failure: { code: 'UI-NOT-ALLOWED' } });
  expect(mayAtStation(operator, wish, status, policy)).toEqual({ ok: true });
  session.stop();
});

describe('lifting a rule', () => {
  const ask = { type: 'ask-override', rule: 'minimum-age', reason: 'menikah', by: 'op.ani' } as const;
  const tooYoung = new Story().until('stop', policy, child);

  test('is asked for where it stands in the way, and no other', () => {
    const session = sessionAt(tooYoung);
    expect(session.getSnapshot().can(ask)).toBe(true);
    expect(session.getSnapshot().can({ ...ask, rule: 'recorded-before' })).toBe(false);
    session.stop();
  });

  test('is not to be had where the policy does not let it be lifted', () => {
    const strict = recordingPolicy.parse({ overrides: { rules: ['recorded-before'] } });
    const input = { language: 'id', resumed: { sessionId: 'a', facts: tooYoung.facts } };
    const session = createActor(createSession({ ...parts, policy: strict }), { input });
    session.start();
    expect(session.getSnapshot().can(ask)).toBe(false);
    session.stop();
  });

  test('also where a guard takes a finger for somebody else’s', () => {
    const fresh = freshContext('id', []);
    const step = { do: 'capture', step: 'thumbs', fingers: [1], eyes: [] } as const;
    const may = (code: 'GUARD-RECENT-FINGER' | 'GUARD-FINGER-REPEATED') =>
      mayAskOverride(step, { ...fresh, failure: { code } }, { rule: 'finger-guard' }, policy);
    expect(may('GUARD-RECENT-FINGER')).toBe(true);
    expect(may('GUARD-FINGER-REPEATED')).toBe(false);
    expect(mayAskOverride(step, fresh, { rule: 'finger-guard' }, policy)).toBe(false);
  });
});
